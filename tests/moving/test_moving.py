"""What `use:` puts elsewhere comes along, and the old files say where it went."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from smarketing import engine
from smarketing.contract import Setup
from smarketing.desired import Desired, Item
from smarketing.given import Workspace
from smarketing.integrations.local import integration
from smarketing.kinds import THERE, Value
from smarketing.plan import Recap
from smarketing.problems import UserError
from smarketing.state import MemoryState
from smarketing.testing.awkward import Awkward
from smarketing.testing.memory import Memory
from smarketing.testing.memory_things import Thing
from smarketing.testing.memory_tool import Tool
from tests.clocks import StillClock
from tests.local.calendar_program import alter_in_a_calendar

ITEMS: tuple[tuple[str, str, Mapping[str, Value]], ...] = (
    ("document:glossary", "", {"title": "Glossary", "body": "A lead is a person.\n"}),
    ("board:work", "", {"title": "Work"}),
    ("board:work/list:week", "board:work", {"title": "This week"}),
    ("board:work/card:agree", "board:work/list:week", {"title": "Agree", "owner": "Ana Silva"}),
    ("board:work/card:agree/check:one", "board:work/card:agree", {"title": "Write it"}),
    ("table:tracker", "", {"title": "Tracker"}),
    ("table:tracker/column:what", "table:tracker", {"title": "What"}),
    ("table:tracker/row:first", "table:tracker", {"cells": {"what": "Agree"}}),
    (
        "meeting:weekly",
        "",
        {"title": "Weekly", "start": "2026-12-07T10:00", "minutes": 45, "rule": "FREQ=WEEKLY",
         "timezone": "Europe/London"},
    ),
)  # fmt: skip


class Team:
    """A workspace in a folder, and a tool that it may move to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tool = Tool(Awkward(lacks=frozenset({"message", "page"})))
        self.state = MemoryState()
        self.titles: dict[str, str] = {}

    def workspace(self, place: str, stays: tuple[str, ...] = ()) -> Workspace:
        items = {
            address: Item(
                address,
                address.rpartition("/")[2].partition(":")[0],
                "local" if address.startswith(stays) and stays else place,
                parent or f"root:{place}",
                fields,
            )
            for address, parent, fields in ITEMS
        }
        desired = Desired("k3v9-7q2m-x4dt", "Acme", date(2026, 12, 7), items)
        places = {"local": integration(Setup({}, self.folder)), "memory": Memory(self.tool)}
        return Workspace(desired, places, self.state, StillClock(), date(2026, 12, 14), workers=0)

    def apply(self, place: str) -> Recap:
        recap = engine.apply(self.workspace(place))
        assert recap.failed == ()
        return recap

    def thing(self, address: str) -> Thing:
        return self.tool.find(address)

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_bytes().decode()
        assert old in text
        path.write_bytes(text.replace(old, new).encode())


@pytest.fixture
def team(tmp_path: Path) -> Team:
    made = Team(tmp_path)
    made.apply("local")
    return made


def test_words_and_ticks_of_members_come_along(team: Team) -> None:
    team.edit("Glossary.md", "is a person", "is somebody who rang twice")
    team.edit("Work.md", "- [ ] Write it", "- [x] Write it")
    team.apply("memory")
    assert team.thing("document:glossary").fields["body"] == "A lead is somebody who rang twice.\n"
    assert team.thing("board:work/card:agree/check:one").fields["done"] is True
    assert team.thing("board:work/card:agree").fields["owner"] == "Ana Silva"
    assert team.thing("table:tracker/row:first").fields["cells"] == {"what": "Agree"}
    assert engine.make_plan(team.workspace("memory")).steps == ()


def test_what_members_added_comes_along(team: Team) -> None:
    team.edit("Work.md", "## This week\n", "## This week\n\n- [ ] Our own card\n")
    team.apply("memory")
    card = team.tool.titled("Our own card")
    assert team.tool.things[card.parent].marker == "board:work/list:week"
    recap = team.apply("memory")
    assert recap.plan.steps == ()
    assert recap.plan.releases == ()


def test_the_old_files_say_where_the_work_went(team: Team) -> None:
    tool = team.tool
    original = tool.remote
    tool.remote = lambda thing: replace(original(thing), url=f"https://tool.example/{thing.id}")  # type: ignore[method-assign]
    team.apply("memory")
    url = f"https://tool.example/{team.thing('document:glossary').id}"
    text = (team.folder / "Glossary.md").read_text()
    assert f"> This moved. Go on in Glossary: {url}\n" in text
    assert "A lead is a person." in text
    for file in ("Work.md", "Tracker.csv", "Meetings.ics"):
        assert "This moved. Go on in" in (team.folder / file).read_text(), file
    before = {path: path.read_bytes() for path in team.folder.rglob("*") if path.is_file()}
    team.apply("memory")
    assert {p: p.read_bytes() for p in team.folder.rglob("*") if p.is_file()} == before


def test_a_part_of_the_workspace_can_move_alone(team: Team) -> None:
    engine.apply(team.workspace("memory", stays=("document:", "meeting:", "table:")))
    assert team.thing("board:work/card:agree").existence == THERE
    with pytest.raises(KeyError):
        team.thing("document:glossary")
    assert "moved" not in (team.folder / "Glossary.md").read_text()


def test_an_interrupted_move_is_finished_by_the_next_run(team: Team) -> None:
    team.edit("Glossary.md", "is a person", "is somebody who rang twice")
    asked: list[str] = []

    def breaks(point: str, step: object) -> str | None:
        asked.append(point)
        return "fail" if point == "perform" and asked.count("perform") > 3 else None

    team.tool.faults = breaks
    engine.apply(team.workspace("memory"))
    team.tool.faults = None
    team.apply("memory")
    assert team.thing("document:glossary").fields["body"] == "A lead is somebody who rang twice.\n"
    assert "This moved" in (team.folder / "Glossary.md").read_text()
    assert engine.make_plan(team.workspace("memory")).steps == ()


def test_a_place_whose_objects_can_not_say_where_the_work_went_is_not_left(team: Team) -> None:
    team.apply("memory")
    before = {path: path.read_bytes() for path in team.folder.rglob("*") if path.is_file()}
    with pytest.raises(UserError, match="memory to local is not possible yet"):
        engine.make_plan(team.workspace("local"))
    assert {p: p.read_bytes() for p in team.folder.rglob("*") if p.is_file()} == before


def test_what_members_added_comes_along_after_a_crash_too(team: Team) -> None:
    team.edit("Work.md", "## This week\n", "## This week\n\n- [ ] Our own card\n")
    performed = 0

    def breaks(point: str, step: object) -> str | None:
        nonlocal performed
        performed += point == "perform"
        return "fail" if point == "perform" and performed > 2 else None

    team.tool.faults = breaks
    engine.apply(team.workspace("memory"))
    assert [t for t in team.tool.things.values() if t.kind == "card"] == []
    team.tool.faults = None
    team.apply("memory")
    card = team.tool.titled("Our own card")
    assert team.tool.things[card.parent].marker == "board:work/list:week"
    assert engine.make_plan(team.workspace("memory")).steps == ()


def test_of_a_meeting_that_moves_the_plan_says_which_single_ones_are_left_behind(
    team: Team,
) -> None:
    file = team.folder / "Meetings.ics"
    alter_in_a_calendar(file, "Weekly", "2026-12-07", "")  # it is past
    alter_in_a_calendar(file, "Weekly", "2026-12-21", "2026-12-22T15:00")
    team.apply("local")
    alter_in_a_calendar(file, "Weekly", "2026-12-28", "")
    team.apply("local")
    recap = team.apply("memory")
    words = "“Weekly”: 2 meetings that members moved or cancelled do not come along"
    assert [each for each in recap.plan.foreseen if each.startswith(words)]
    assert not [thing for thing in team.tool.things.values() if thing.kind == "occurrence"]
    assert not [each for each in team.state.load().records if "/occurrence:" in each]
    series = team.thing("meeting:weekly")
    own = {"date": "2026-12-21", "start": "2026-12-23T09:00"}
    team.tool.member.add("occurrence", series.id, own)
    assert team.apply("memory").plan.steps == ()
    record = team.state.load().records["meeting:weekly/occurrence:2026-12-21"]
    assert (record.place, record.hub["start"]) == ("memory", "2026-12-23T09:00")


def test_what_the_playbook_no_longer_asks_for_comes_along_too(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.apply("local")
    dropped = ("board:work/card:agree", "table:tracker/row:first")
    left = tuple(each for each in ITEMS if not each[0].startswith(dropped))
    monkeypatch.setattr(f"{__name__}.ITEMS", left)
    team.apply("local")
    board = next(team.folder.rglob("Work.md"))
    board.write_text(board.read_text(encoding="utf-8").replace("] Agree", "] Agree it"), "utf-8")
    team.apply("memory")
    card = team.tool.titled("Agree it")
    assert (card.kind, card.fields["owner"]) == ("card", "Ana Silva")
    assert [each.fields["title"] for each in team.tool.children(card.id)] == ["Write it"]
    rows = [each.fields["cells"] for each in team.tool.things.values() if each.kind == "row"]
    assert rows == [{"what": "Agree"}]
    assert not team.apply("memory").done
