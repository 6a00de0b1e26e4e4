"""What two machines made side by side and can't be marked is listed, and never touched."""

from datetime import date

from smarketing.planning.given import Workspace
from smarketing.resolve.desired import Desired, Item
from smarketing.run import engine
from smarketing.state.state import MemoryState
from smarketing.testing.awkward import Awkward
from smarketing.testing.memory import Memory
from smarketing.testing.memory_tool import Tool
from tests.clocks import StillClock

WHY = "is there twice under this name: put one away by hand"


def workspace(tool: Tool, state: MemoryState) -> Workspace:
    board, lane = "board:work", "board:work/list:week"
    items = {
        board: Item(board, "board", "memory", "root:memory", {"title": "Work"}),
        lane: Item(lane, "list", "memory", board, {"title": "This week"}),
    }
    desired = Desired("k3v9", "Acme", date(2026, 12, 7), items)
    places = {"memory": Memory(tool)}
    return Workspace(desired, places, state, StillClock(), date(2026, 12, 14), workers=0)


def test_a_second_list_of_the_same_name_is_listed_and_left_alone() -> None:
    tool, state = Tool(Awkward(unmarked=frozenset({"list"}))), MemoryState()
    engine.apply(workspace(tool, state))
    assert engine.make_plan(workspace(tool, state)).keeps == ()
    board = tool.find("board:work").id
    tool.member.add("list", board, {"title": "This week"})
    tool.member.add("list", board, {"title": "Another week"})
    plan = engine.make_plan(workspace(tool, state))
    assert [(k.address, k.why) for k in plan.keeps] == [("board:work/list:week", WHY)]
    assert plan.steps == ()


def test_two_machines_at_once_leave_no_double_list_unsaid() -> None:
    tool = Tool(Awkward(unmarked=frozenset({"list"})))
    one, other = MemoryState(), MemoryState()
    begun = False

    def side_by_side(point: str, step: object) -> None:
        nonlocal begun
        if point == "perform" and not begun and "list" in str(step):
            begun = True
            engine.apply(workspace(tool, other))

    tool.faults = side_by_side
    engine.apply(workspace(tool, one))
    tool.faults = None
    lists = [t for t in tool.things.values() if t.kind == "list" and t.existence == "there"]
    for state in (one, other):
        engine.apply(workspace(tool, state))
        keeps = [keep.address for keep in engine.make_plan(workspace(tool, state)).keeps]
        assert ("board:work/list:week" in keeps) == (len(lists) > 1)
    assert begun
    assert len(lists) == 2
