"""Rights are given once, last of all, and taken back first, and only where we gave them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pytest

from smarketing.contract import Step
from smarketing.fold.access import with_groups
from smarketing.plan import Plan, Recap
from smarketing.planning.given import NOTHING_ASKED, Request, Workspace
from smarketing.resolve.desired import Desired, Item
from smarketing.run import engine
from smarketing.state.state import MemoryState
from smarketing.testing.awkward import Awkward
from smarketing.testing.memory import Memory
from smarketing.testing.memory_tool import Tool
from tests.clocks import StillClock

ANA, BEN, DANA = "Ana <ana@a.example>", "Ben <ben@a.example>", "Dana <dana@a.example>"
NORTH = "Sales North <north@a.example>"


@dataclass
class Desk:
    """A folder that is shared, in a tool that tells nobody by messages of ours."""

    share: Mapping[str, str] = field(default_factory=lambda: {ANA: "edit", BEN: "view"})
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    tool: Tool = field(default_factory=lambda: Tool(Awkward(lacks=frozenset({"message"}))))
    state: MemoryState = field(default_factory=MemoryState)

    def workspace(self) -> Workspace:
        items = {
            "folder:home": Item(
                "folder:home",
                "folder",
                "memory",
                "root:memory",
                {"title": "Home", "access": dict(self.share)},
            ),
            "document:glossary": Item(
                "document:glossary",
                "document",
                "memory",
                "folder:home",
                {"title": "Glossary", "body": "See [home](link:folder:home).\n"},
            ),
        }
        desired = Desired("k3v9", "Acme", date(2026, 12, 7), items, groups=self.groups)
        places = {"memory": Memory(self.tool)}
        return Workspace(desired, places, self.state, StillClock(), date(2026, 12, 14), workers=0)

    def plan(self) -> Plan:
        return engine.make_plan(self.workspace())

    def apply(self, request: Request = NOTHING_ASKED) -> Recap:
        recap = engine.apply(self.workspace(), request)
        assert recap.failed == ()
        return recap

    @property
    def access(self) -> Mapping[str, str]:
        held = self.tool.find("folder:home").fields["access"]
        assert isinstance(held, Mapping)
        return held


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.apply()
    return made


def verbs(recap: Recap | Plan) -> list[str]:
    changes = recap.done if isinstance(recap, Recap) else recap.changes
    return [change.verb for change in changes if change.verb in ("grant", "revoke")]


def test_rights_come_after_everything_is_built_and_only_once() -> None:
    desk = Desk()
    seen: list[str] = []

    def noted(point: str, step: Step | None) -> None:
        if point == "perform" and step:
            seen.extend(change.verb for change in step.changes)

    desk.tool.faults = noted
    desk.apply()
    assert desk.access == {ANA: "edit", BEN: "view"}
    assert seen.index("grant") > max(n for n, verb in enumerate(seen) if verb == "create")
    assert desk.plan().steps == ()


def test_only_the_first_right_of_each_person_comes_with_words() -> None:
    desk = Desk()
    notes = [change.note for change in desk.plan().changes if change.verb == "grant"]
    assert len(notes) == 2
    assert notes[0].startswith("Hello Ana,")
    assert "[Glossary](link:document:glossary)" in notes[0]


def test_the_words_name_the_places_as_they_are_once_made() -> None:
    desk = Desk()
    said: list[str] = []

    def noted(point: str, step: Step | None) -> None:
        if point == "perform" and step:
            said.extend(change.note for change in step.changes if change.note)

    desk.tool.faults = noted
    desk.apply()
    assert len(said) == 2
    assert not any("link:" in note for note in said)


def test_who_leaves_the_roster_loses_what_we_gave_first_of_all(desk: Desk) -> None:
    desk.share = {ANA: "edit"}
    desk.tool.member.set("folder:home", "access", {ANA: "edit", BEN: "admin"})
    desk.tool.member.rename("document:glossary", "Words")
    recap = desk.apply()
    assert recap.done[0].verb == "revoke"
    assert desk.access == {ANA: "edit"}
    assert desk.plan().steps == ()


def test_a_right_that_a_member_gave_is_listed_and_never_touched(desk: Desk) -> None:
    desk.tool.member.set("folder:home", "access", {**desk.access, DANA: "edit"})
    plan = desk.plan()
    assert plan.rights["folder:home"] == (DANA,)
    desk.share = {}
    desk.apply()
    assert desk.access == {DANA: "edit"}


def test_a_right_that_a_member_took_away_stays_away(desk: Desk) -> None:
    desk.tool.member.set("folder:home", "access", {ANA: "edit"})
    assert verbs(desk.apply()) == []
    assert verbs(desk.apply()) == []
    assert desk.access == {ANA: "edit"}


def test_a_right_that_the_playbook_changes_follows_unless_a_member_did(desk: Desk) -> None:
    desk.share = {ANA: "view", BEN: "edit"}
    desk.tool.member.set("folder:home", "access", {ANA: "edit", BEN: "admin"})
    desk.apply()
    assert desk.access == {ANA: "view", BEN: "admin"}


def test_after_lost_state_nobody_is_let_in_again(desk: Desk) -> None:
    desk.state = MemoryState()
    assert verbs(desk.apply()) == []
    assert desk.access == {ANA: "edit", BEN: "view"}


def test_a_grant_whose_answer_was_lost_is_not_made_twice() -> None:
    desk = Desk()
    made: list[str] = []

    def losing(point: str, step: Step | None) -> str | None:
        grants = [c for c in step.changes if c.verb == "grant"] if step else []
        if point != "perform" or not grants:
            return None
        made.extend(str(change.fields["access"]) for change in grants)
        return "lost"

    desk.tool.faults = losing
    desk.apply()
    desk.tool.faults = None
    desk.apply()
    assert len(made) == len(set(made)) == 2
    desk.share = {}
    desk.apply()
    assert desk.access == {}


def test_a_group_stands_for_all_its_members() -> None:
    groups = {NORTH: frozenset({ANA, BEN})}
    everybody = {ANA: "edit", BEN: "edit", DANA: "view"}
    assert with_groups(everybody, groups) == {DANA: "view", f"group:{NORTH}": "edit"}
    assert with_groups(frozenset({ANA, BEN}), groups) == frozenset({f"group:{NORTH}"})
    assert with_groups({ANA: "edit", BEN: "view"}, groups) == {ANA: "edit", BEN: "view"}
    assert with_groups(frozenset({ANA}), groups) == frozenset({ANA})


def test_held_invitations_let_nobody_in() -> None:
    desk = Desk()
    desk.apply(Request(hold_invitations=True))
    assert desk.access == {}
    desk.apply()
    assert desk.access == {ANA: "edit", BEN: "view"}


def test_many_rights_taken_at_once_need_a_yes() -> None:
    crowd = {f"P{n} <p{n}@a.example>": "edit" for n in range(12)}
    desk = Desk(share=crowd)
    desk.apply()
    desk.share = {}
    recap = desk.apply()
    assert recap.plan.needs_approval
    assert len(desk.access) == 12
    desk.apply(Request(approve=recap.plan.needs_approval))
    assert desk.access == {}


def test_who_now_enters_with_a_group_is_never_locked_out(desk: Desk) -> None:
    desk.groups = {NORTH: frozenset({ANA})}
    desk.share = {ANA: "edit", BEN: "view"}
    desk.apply(Request(hold_invitations=True))
    assert desk.access == {ANA: "edit", BEN: "view"}


def test_each_person_whose_answer_was_lost_is_named_in_the_recap() -> None:
    desk = Desk()

    def losing(point: str, step: Step | None) -> str | None:
        grants = [c for c in step.changes if c.verb == "grant"] if step else []
        return "lost" if point == "perform" and grants else None

    desk.tool.faults = losing
    recap = desk.apply()
    named = {str(change.fields["access"]) for change in recap.done if change.verb == "grant"}
    assert len(named) == 2
