"""What a member writes while we write stands, and what could not stand is shown beside it."""

from datetime import date

import pytest

from smarketing.planning.given import Workspace
from smarketing.resolve.desired import Desired, Item
from smarketing.run import engine
from smarketing.state.state import MemoryState
from smarketing.testing.awkward import Awkward
from smarketing.testing.memory import Memory
from smarketing.testing.memory_tool import Tool
from tests.clocks import StillClock


def workspace(tool: Tool, state: MemoryState, body: str) -> Workspace:
    items = {
        "document:rule": Item(
            "document:rule", "document", "memory", "root:memory", {"title": "Rule", "body": body}
        ),
        "document:other": Item(
            "document:other",
            "document",
            "memory",
            "root:memory",
            {"title": "Other", "body": "O.\n"},
        ),
    }
    desired = Desired("k3v9", "Acme", date(2026, 12, 7), items)
    places = {"memory": Memory(tool)}
    return Workspace(desired, places, state, StillClock(), date(2026, 12, 14), workers=0)


@pytest.mark.parametrize("versions", [True, False])
def test_two_rewrites_of_one_sentence_in_one_moment_are_both_seen(versions: bool) -> None:
    tool, state = Tool(Awkward(versions=versions)), MemoryState()
    engine.apply(workspace(tool, state, "Ask both. Then call.\n"))
    edits = iter(["Ask nobody. Then call.\n"])

    def meanwhile(point: str, step: object) -> None:
        if point == "gap" and (edit := next(edits, None)):
            tool.member.set("document:rule", "body", edit)

    tool.faults = meanwhile
    engine.apply(workspace(tool, state, "Ask everybody. Then call.\n"))
    text = str(tool.find("document:rule").fields["body"])
    assert "Ask nobody. Then call." in text
    assert "> **Suggested text, 14 Dec:** Ask everybody." in text
    assert engine.make_plan(workspace(tool, state, "Ask everybody. Then call.\n")).steps == ()


def test_a_note_shows_its_links_as_the_tool_does_and_stays() -> None:
    tool, state = Tool(), MemoryState()
    engine.apply(workspace(tool, state, "See [it](link:document:other) first.\n"))
    url = f"mem:{tool.find('document:other').id}"
    tool.member.set("document:rule", "body", f"See [it]({url}) last.\n")
    new = "Read [it](link:document:other) first.\n"
    engine.apply(workspace(tool, state, new))
    text = str(tool.find("document:rule").fields["body"])
    assert f"> **Suggested text, 14 Dec:** Read [it]({url}) first." in text
    assert engine.make_plan(workspace(tool, state, new)).steps == ()
    engine.apply(workspace(tool, state, new))
    assert str(tool.find("document:rule").fields["body"]) == text
