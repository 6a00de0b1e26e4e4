"""Which teams there are now, and who joins, moves, leaves and meets. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from smarketing.config.handover import Roster, Team, renamed_people
from smarketing.reorganisation.known import Reorganisation
from smarketing.state.record import Record
from smarketing.text.wording import called, joined

SHOWN = 3


def of_teams(what: Reorganisation) -> Iterator[str]:
    """Say which teams split, come together, begin and end."""
    old, new = what.former.teams, what.desired.roster.teams
    if not old:
        return
    heirs: dict[str, list[str]] = defaultdict(list)
    for key, team in new.items():
        for former in (key, *team.was):
            if former in old and (former == key or former not in new):
                heirs[former].append(key)
    told: set[str] = set()
    for former, keys in heirs.items():
        if len(keys) > 1:
            told.update(keys)
            yield f"{old[former].title} splits into {joined([new[key].title for key in keys])}."
    for key, team in new.items():
        if key not in told:
            yield from _team(key, team, [old[f] for f, keys in heirs.items() if key in keys])
    for key, team in old.items():
        if key not in heirs:
            yield f"{team.title} is no longer a team."


def _team(key: str, team: Team, formers: Sequence[Team]) -> Iterator[str]:
    titles = [each.title for each in formers]
    if not formers:
        yield f"{team.title} is a new team."
    elif len(formers) > 1:
        yield f"{joined(titles)} become {team.title}."
    elif titles != [team.title]:
        yield f"{titles[0]} becomes {team.title}."
    plays = {role for each in formers for role in each.plays}
    if formers and plays != set(team.plays):
        roles = joined([role.replace("-", " ") for role in team.plays]) or "nothing"
        yield f"{team.title} now plays {roles}."


def of_people(what: Reorganisation) -> Iterator[str]:
    """Say who joins, moves and leaves, and which meetings go on with others."""
    former, now = what.former, what.desired.roster
    if not former.people and not former.teams:
        return
    for old, new in renamed_people(former, now).items():
        yield f"{old} is now called {new}."
    names = renamed_people(former, now)
    staying = {names.get(name, name) for name in former.people.values()}
    for key, name in now.people.items():
        mine = [team.title for team in now.teams.values() if key in team.people]
        if name not in staying:
            yield f"{name} joins {joined(mine)}." if mine else f"{name} joins."
        elif moved := _moved(key, former, now):
            yield f"{name} moves from {moved[0]} to {moved[1]}."
    for name in former.people.values():
        if name not in now.people.values() and name not in names:
            yield f"{name} leaves."
    yield from _meetings(what)


def _moved(key: str, former: Roster, now: Roster) -> tuple[str, str] | None:
    """Return from which team to which somebody goes, where it is not their team that changes."""
    old_key = next((old for old, new in now.was.items() if new == key), key)
    before = [t for t, team in former.teams.items() if old_key in team.people]
    after = [t for t, team in now.teams.items() if key in team.people]
    kept = {one for t in after for one in (t, *now.teams[t].was)}
    left = [former.teams[t].title for t in before if t not in kept]
    came = [now.teams[t].title for t in after if not {t, *now.teams[t].was} & set(before)]
    return (joined(left), joined(came)) if left and came else None


def _meetings(what: Reorganisation) -> Iterator[str]:
    """Say which series go on with others than before."""
    for address, record in what.after.items():
        was = what.before.get(address)
        if record.kind != "meeting" or was is None or record.released:
            continue
        gone = _mailboxes(was) - _mailboxes(record)
        come = _mailboxes(record) - _mailboxes(was)
        title = called(address, str(record.hub.get("title") or ""))
        parts = [f"without {_names(gone)}"] if gone else []
        parts += [f"with {_names(come)}"] if come else []
        if parts:
            yield f"The meeting “{title}” goes on {joined(parts)}."


def _mailboxes(record: Record) -> frozenset[str]:
    people = record.hub.get("attendees")
    return people if isinstance(people, frozenset) else frozenset()


def _names(mailboxes: Iterable[str]) -> str:
    plain = sorted(each.removeprefix("group:").split("<")[0].strip() for each in mailboxes)
    return joined(plain, most=SHOWN)
