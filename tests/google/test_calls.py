"""How few calls a whole workspace takes: 8 folders, 10 documents, a table of 60 rows, 3 series."""

from smarketing.contract import LAST, Calls, Change, Done, Remote, Scope
from smarketing.kinds import Value
from smarketing.state.pace import Pace
from tests.vendors.desk import Clock, creation

from .desk import ROOT, Desk, Team

FOLDERS = ("home", "plans", "people", "numbers", "minutes", "material", "shelf")
PAGES = "\n\n".join(f"Paragraph {n} says what both teams agreed on." for n in range(30)) + "\n"


def a_workspace() -> list[Change]:
    changes = [creation(ROOT, title="Acme", done=False)]
    changes += [creation(f"folder:{key}", ROOT, title=key.title()) for key in FOLDERS]
    changes += [
        creation(f"document:d{n}", "folder:home", title=f"Document {n}", body=f"# D{n}\n\n{PAGES}")
        for n in range(10)
    ]
    table = "table:tracker"
    changes += [creation(table, ROOT, title="Tracker")]
    for n in range(8):
        choices: Value = frozenset({"open", "stuck", "done"} if n == 1 else ())
        changes.append(creation(f"{table}/column:c{n}", table, title=f"C {n}", choices=choices))
    changes += [
        creation(f"{table}/row:r{n}", table, cells={f"c{at}": f"{n}.{at}" for at in range(8)})
        for n in range(60)
    ]
    when: dict[str, Value] = {
        "start": "2026-12-07T10:00",
        "minutes": 45,
        "timezone": "Europe/London",
    }
    changes += [
        creation(f"meeting:m{n}", ROOT, title=f"Meeting {n}", rule="FREQ=WEEKLY", **when)
        for n in range(3)
    ]
    access: dict[str, Value] = {"access": {"group:north@acme.example": "writer"}}
    before = Remote("", "folder", {"access": {}})
    changes.append(Change("grant", "folder:home", "folder", access, before=before, stage=LAST))
    made = Remote("", "root", {"done": False})
    changes.append(Change("update", ROOT, "root", {"done": True}, before=made, stage=LAST + 1))
    return changes


def total(calls: Calls) -> int:
    return calls.read + calls.write


def remembered(team: Team, scope: Scope) -> Scope:
    listing = team.tool.read(scope)
    told = {each.id: each for each in listing.remotes}
    known = {each: scope.known[each] for each in listing.unchanged}
    known |= {each.id: each.version for each in told.values()}
    bound = dict(scope.bound) | {each.id: each.kind for each in told.values()}
    return Scope(team.workspace, (team.ids[ROOT],), known, bound=bound, cursor=listing.cursor)


def test_a_whole_workspace_takes_few_calls_and_as_many_as_planned() -> None:
    team = Team()
    scope = Scope(team.workspace)
    first = team.tool.read(scope)
    looking = team.tool.spent()
    changes = a_workspace()
    planned = sum((step.calls for step in team.steps(*changes)), Calls(0, 0))
    team.build(*changes)
    assert team.tool.spent() - looking == planned
    # feed, search, calendars; ids, root, batch, ten documents, cells, calendar, series, group, done
    assert total(team.tool.spent()) == 21

    bound = {each: address.rsplit("/", 1)[-1].split(":")[0] for address, each in team.ids.items()}
    made = Scope(team.workspace, (team.ids[ROOT],), bound=bound, cursor=first.cursor)
    settled = remembered(team, made)
    assert settled.bound.keys() == set(team.ids.values())

    before = team.tool.spent()
    again = team.tool.read(settled)
    assert not again.remotes
    assert team.tool.spent() - before == Calls(2, 0)


def test_lost_state_takes_sixteen_calls() -> None:
    team = Team()
    team.build(*a_workspace())
    team.tool = team.desk.integration()
    found = team.tool.read(Scope(team.workspace)).remotes
    assert {each.id for each in found} == set(team.ids.values())
    # feed, two searches, ten documents, a table, calendars, events
    assert team.tool.spent() == Calls(16, 0)


def test_at_our_pace_google_never_asks_us_to_wait() -> None:
    team = Team(Desk(Clock(tick=0.0), limits=True))
    pace = Pace(team.tool.manifest.limits)
    clock = team.desk.clock
    began = clock.now()
    for step in team.steps(*a_workspace()):
        clock.sleep(pace.wait(step.draws, clock.now()))
        pace.start(step.draws, clock.now())
        outcomes = team.tool.perform(step, dict(team.ids))
        pace.land(step.draws)
        assert not [each for each in outcomes if not isinstance(each, Done)]
        team.ids |= {
            change.address: outcome.remote.id
            for change, outcome in zip(step.changes, outcomes, strict=True)
            if isinstance(outcome, Done)
        }
    # 21 writes to Drive: ten at once, then three a second.
    assert clock.now() - began <= 7.0
