"""A text is written once what it links to is there; where both link to each other, one edit follows."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from smarketing.changes.linking import in_link_order
from smarketing.contract import Calls, Change, Setup, Step
from smarketing.integrations.local import integration
from smarketing.plan import Recap, counted, extra_calls
from smarketing.planning.given import Workspace
from smarketing.report.report import recap_text
from smarketing.resolve.desired import Desired, Item
from smarketing.run import engine
from smarketing.state.state import MemoryState
from smarketing.testing.awkward import Awkward
from smarketing.testing.memory import Memory
from smarketing.testing.memory_tool import Tool
from tests.clocks import StillClock


def workspace(texts: dict[str, str], tools: dict[str, Tool], state: MemoryState) -> Workspace:
    items = {
        f"document:{key}": Item(
            f"document:{key}",
            "document",
            place,
            f"root:{place}",
            {"title": key.title(), "body": text},
        )
        for (key, text), place in zip(texts.items(), list(tools) * len(texts), strict=False)
    }
    desired = Desired("k3v9", "Acme", date(2026, 12, 7), items)
    places = {name: Memory(tool, name) for name, tool in tools.items()}
    return Workspace(desired, places, state, StillClock(), date(2026, 12, 14), workers=0)


def applied(texts: dict[str, str]) -> tuple[Recap, Tool]:
    tool, state = Tool(Awkward(lacks=frozenset({"message"}))), MemoryState()
    recap = engine.apply(workspace(texts, {"memory": tool}, state))
    assert recap.failed == ()
    assert engine.make_plan(workspace(texts, {"memory": tool}, state)).steps == ()
    assert recap.spent == counted(recap.plan), recap.more
    for key, text in texts.items():
        body = str(tool.find(f"document:{key}").fields["body"])
        assert "link:" not in body
        assert body.count("mem:") == text.count("link:")
    return recap, tool


def test_a_text_waits_for_what_it_links_to() -> None:
    texts = {"start": "[all](link:document:glossary)\n", "glossary": "Words.\n"}
    recap, _ = applied(texts)
    made = [change.address for change in recap.done if change.kind == "document"]
    assert made == ["document:glossary", "document:start"]


def test_where_two_link_to_each_other_one_edit_follows_as_planned() -> None:
    texts = {"one": "[two](link:document:two)\n", "two": "[one](link:document:one)\n"}
    recap, _ = applied(texts)
    updates = [step for step in recap.plan.steps if step.changes[0].verb == "update"]
    assert [step.changes[0].address for step in updates if step.changes[0].kind != "root"] == [
        "document:two"
    ] or len(updates) == 2


@given(
    st.dictionaries(
        st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3), min_size=1
    )
)
def test_any_links_are_all_there_after_one_run(links: dict[str, list[str]]) -> None:
    texts = {
        key: "".join(f"[{to}](link:document:{to})\n\n" for to in targets if to in links)
        for key, targets in links.items()
    }
    applied({key: text or "Nothing.\n" for key, text in texts.items()})


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=30))
def test_waiting_never_goes_in_a_circle(pairs: list[tuple[int, int]]) -> None:
    steps = [
        Step(f"s{n}", "memory", (Change("create", f"document:d{n}", "document"),), Calls(0, 1))
        for n in range(8)
    ]
    waits = {f"document:d{a}": frozenset({f"document:d{b}"}) for a, b in pairs if a != b}
    ordered = in_link_order(steps, waits)
    done: set[str] = set()
    waiting = list(ordered.steps)
    while waiting:
        ready = [step for step in waiting if step.needs <= done]
        assert ready, "steps wait for each other"
        done |= {step.key for step in ready}
        waiting = [step for step in waiting if step.key not in done]


def test_links_into_another_tool_leave_those_at_home_as_they_were(tmp_path: Path) -> None:
    tool, state = Tool(Awkward(lacks=frozenset({"message"}))), MemoryState()
    original = tool.remote
    tool.remote = lambda thing: replace(original(thing), url=f"https://tool.example/{thing.id}")  # type: ignore[method-assign]
    text = "[home](link:document:home) and [away](link:document:away)\n"
    items = {
        f"document:{key}": Item(
            f"document:{key}", "document", place, f"root:{place}", {"title": key, "body": body}
        )
        for key, place, body in (
            ("start", "local", text),
            ("home", "local", "Home.\n"),
            ("away", "memory", "Away.\n"),
        )
    }
    desired = Desired("k3v9-7q2m-x4dt", "Acme", date(2026, 12, 7), items)
    places = {"local": integration(Setup({}, tmp_path)), "memory": Memory(tool)}
    given = Workspace(desired, places, state, StillClock(), date(2026, 12, 14), workers=0)
    engine.apply(given)
    url = f"https://tool.example/{tool.find('document:away').id}"
    assert f"[home](home.md) and [away]({url})" in (tmp_path / "start.md").read_text()
    assert engine.make_plan(given).steps == ()


def test_links_that_have_to_follow_are_named_as_the_reason_for_more_calls(tmp_path: Path) -> None:
    (tmp_path / "glossary.md").write_text("A member's own words.\n", encoding="utf-8")
    items = {
        f"document:{key}": Item(
            f"document:{key}", "document", "local", "root:local", {"title": key, "body": body}
        )
        for key, body in (("start", "[words](link:document:glossary)\n"), ("glossary", "Words.\n"))
    }
    desired = Desired("k3v9-7q2m-x4dt", "Acme", date(2026, 12, 7), items)
    places = {"local": integration(Setup({}, tmp_path))}
    given = Workspace(desired, places, MemoryState(), StillClock(), date(2026, 12, 14), workers=0)
    recap = engine.apply(given)
    assert extra_calls(recap) > 0
    assert recap.more == ("links to what was just made had to follow",)
    assert "more than planned: links to what was just made had to follow." in recap_text(recap)
    assert "[words](glossary%20%282%29.md)" in (tmp_path / "start.md").read_text(encoding="utf-8")
