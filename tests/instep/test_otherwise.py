"""Places in step, and what else happens to a workspace: it moves, a run is taken back, somebody goes."""

from datetime import date
from pathlib import Path

from smarketing.contract import Setup
from smarketing.forget.forgetting import forgetting
from smarketing.integrations.local import integration
from smarketing.kinds import GONE
from smarketing.planning.given import Request, Workspace
from smarketing.resolve.desired import Desired, Item
from smarketing.run import engine
from smarketing.state.action import Action, Yielded
from smarketing.state.record import Binding, Record, Seen, Snapshot
from smarketing.state.state import MemoryState
from smarketing.testing.awkward import Awkward
from smarketing.testing.memory import Memory
from smarketing.testing.memory_tool import Tool
from smarketing.text.mentions import Who
from smarketing.undo.backwards import undo_of
from tests.clocks import Clock

from .office import BOARD, ITEMS, LEAD, TABLE, Office, block


def test_what_members_made_goes_along_to_another_tool_and_stays_in_step(tmp_path: Path) -> None:
    tool, state = Tool(Awkward(lacks=frozenset({"message", "page"}))), MemoryState()

    def workspace(place: str) -> Workspace:
        items = {
            address: Item(
                address, kind, place, parent if "/" in address else f"root:{place}", fields
            )
            for address, (kind, _, parent, fields) in ITEMS.items()
        }
        desired = Desired("k3v9-7q2m-x4dt", "Acme", date(2026, 12, 7), items, sync=(block(),))
        places = {"local": integration(Setup({}, tmp_path)), "memory": Memory(tool)}
        return Workspace(desired, places, state, Clock(), date(2026, 12, 7), workers=0)

    engine.apply(workspace("local"))
    board = next(tmp_path.rglob("Work.md"))
    text = board.read_text(encoding="utf-8")
    board.write_text(text.replace("## Stuck\n", "## Stuck\n\n- [ ] Ask Legal\n"), encoding="utf-8")
    assert not engine.apply(workspace("local"), Request(sync=True)).failed
    assert not engine.apply(workspace("memory")).failed
    titles = [t.fields["title"] for t in tool.things.values() if t.kind == "card"]
    assert sorted(map(str, titles)) == [LEAD, "Ask Legal"]
    rows = [t for t in tool.things.values() if t.kind == "row"]
    assert len(rows) == 2
    tool.member.move(tool.titled("Ask Legal").id, tool.titled("Done").id)
    assert not engine.apply(workspace("memory"), Request(sync=True)).failed
    held = [str(t.fields["cells"]) for t in tool.things.values() if t.kind == "row"]
    assert any("Ask Legal" in cells and "Done" in cells for cells in held)
    assert len(held) == 2
    for sync in (True, False):
        assert engine.make_plan(workspace("memory"), Request(sync=sync)).changes == ()


def test_removals_are_proposed_anew_in_the_tool_that_a_board_moved_to(tmp_path: Path) -> None:
    tool, state = Tool(Awkward(lacks=frozenset({"message", "page"}))), MemoryState()

    def run(place: str, sync: bool = True) -> None:
        items = {
            address: Item(
                address, kind, place, parent if "/" in address else f"root:{place}", fields
            )
            for address, (kind, _, parent, fields) in ITEMS.items()
        }
        desired = Desired("k3v9-7q2m-x4dt", "Acme", date(2026, 12, 7), items, sync=(block(),))
        places = {"local": integration(Setup({}, tmp_path)), "memory": Memory(tool)}
        workspace = Workspace(desired, places, state, Clock(), date(2026, 12, 7), workers=0)
        assert not engine.apply(workspace, Request(sync=sync)).failed

    run("local", sync=False)
    board, table = next(tmp_path.rglob("Work.md")), tmp_path / "Tracker.csv"
    text = board.read_text(encoding="utf-8")
    more = "## Stuck\n\n- [ ] Ask Legal\n- [ ] Price list\n"
    board.write_text(text.replace("## Stuck\n", more), encoding="utf-8")
    run("local")
    rows = table.read_text(encoding="utf-8-sig").splitlines()
    kept = [row for row in rows if "Ask Legal" not in row]
    table.write_text("\ufeff" + "\n".join(kept) + "\n", encoding="utf-8")
    run("local")
    text = board.read_text(encoding="utf-8")
    (line,) = [each for each in text.splitlines() if "Remove it there, too?" in each]
    board.write_text(text.replace(f"{line}\n", ""), encoding="utf-8")
    run("local")
    assert "Remove it there" not in board.read_text(encoding="utf-8").partition("***")[0]
    run("memory", sync=False)
    run("memory")
    (row,) = [t for t in tool.things.values() if t.kind == "row" and "Price" in str(t.fields)]
    tool.member.delete(row.id)
    run("memory")
    assert tool.titled("Proposed removals").existence == "there"
    asked = [str(t.fields["title"]) for t in tool.things.values() if t.kind == "check"]
    assert [each for each in asked if "Remove it" in each and "Price list" in each]
    run("memory", sync=False)


def test_a_sync_that_is_taken_back_leaves_what_a_member_wrote_and_takes_back_the_copy() -> None:
    office = Office()
    office.sync()
    office.write(LEAD, due="2026-12-18")
    office.sync()
    assert office.card().fields["due"] == "2026-12-18"
    (run, *_) = office.state.runs()
    assert run.command == ""
    office.apply(undo=undo_of(run, office.state))
    assert office.card().fields["due"] == "2026-12-11"
    office.sync()
    assert office.card().fields["due"] == "2026-12-11"
    assert office.row()["due"] == "2026-12-18", "no member's edit is lost"
    office.is_quiet()


def test_what_a_sync_made_goes_to_the_archive_when_it_is_taken_back() -> None:
    office = Office()
    office.sync()
    assert office.row()
    (run, *_) = office.state.runs()
    office.apply(undo=undo_of(run, office.state))
    assert office.rows() == []
    office.sync()
    assert office.rows() == [], "what was taken back is not made again"
    assert office.card()


ANA = Who("Ana Silva", "ana@acme.example")


def test_who_is_forgotten_is_forgotten_in_action_items_too() -> None:
    card = f"{BOARD}/card:call"
    record = Record(
        card,
        "card",
        "trello",
        {"title": "Call", "owner": "Ben Okoye", "existence": GONE},
        {"trello": {"owner": Seen("Ben Okoye", "Ben Okoye")}},
        Binding("c1"),
    )
    action = Action(
        card,
        {"title": "Call", "owner": "Ana Silva"},
        {BOARD: {"owner": Seen("Ana Silva", "Ana Silva")}},
        {BOARD: card},
        yielded={"owner": (Yielded("Ana Silva", TABLE, "Ben Okoye", BOARD, "2026-12-07"),)},
    )
    found = forgetting(Snapshot({card: record}), (), (), ANA, {}, {("work", card): action})
    assert not ANA.times(repr(found.actions))
    assert found.actions.keys() == {("work", card)}
    shown = Record(
        card,
        "card",
        "trello",
        {"title": "Call", "owner": "Ana Silva"},
        {"trello": {"owner": Seen("Ana Silva", "Ana Silva")}},
        Binding("c1"),
    )
    kept = forgetting(Snapshot({card: shown}), (), (), ANA, {}, {("work", card): action})
    assert kept.actions == {}, "what a tool shows is no secret of ours"
