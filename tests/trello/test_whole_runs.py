"""Whole runs of the engine on a Trello: built once, then quiet; nobody's word is lost."""

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from random import Random

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from smarketing.contract import Calls
from smarketing.integrations.trello.sandbox.switches import SWITCHES
from smarketing.integrations.trello.trello import Trello
from smarketing.kinds import Value
from smarketing.plan import Recap
from smarketing.planning.given import Workspace
from smarketing.resolve.desired import Desired, Item
from smarketing.run import engine
from smarketing.standin import Answer, Asked
from smarketing.state.state import MemoryState
from smarketing.testing.site import OTHER, WORKSPACE
from tests.vendors.desk import ANA, BEN, US

from .desk import Desk

BOARD = "board:work"
CARD = f"{BOARD}/card:agree"
ITEMS: Mapping[str, tuple[str, dict[str, Value]]] = {
    BOARD: (
        "root:trello",
        {"title": "Work", "access": {"Ana Silva <ana@acme.example>": "edit"}},
    ),
    f"{BOARD}/list:week": (BOARD, {"title": "This week"}),
    f"{BOARD}/list:done": (BOARD, {"title": "Done"}),
    f"{BOARD}/label:hot": (BOARD, {"title": "Hot", "color": "red"}),
    CARD: (
        f"{BOARD}/list:week",
        {
            "title": "Agree what a lead is",
            "description": "Ask both teams. Write it down.",
            "owner": "Ana Silva",
            "due": "2026-12-14",
            "labels": frozenset({"Hot"}),
        },
    ),
    f"{CARD}/check:one": (CARD, {"title": "Write it"}),
    f"{BOARD}/card:try": (
        f"{BOARD}/list:week",
        {"title": "Try it", "description": f"After [agreeing](link:{CARD})."},
    ),
}


@dataclass
class Run:
    """One workspace on a desk: its playbook, its state, its integration."""

    desk: Desk = field(default_factory=Desk)
    workspace: str = WORKSPACE
    is_template: bool = False
    state: MemoryState = field(default_factory=MemoryState)
    existing: Mapping[str, str] = field(default_factory=dict)
    items: dict[str, tuple[str, dict[str, Value]]] = field(
        default_factory=lambda: {a: (parent, dict(f)) for a, (parent, f) in ITEMS.items()}
    )

    def given(self, tool: Trello | None = None) -> Workspace:
        items = {
            address: Item(address, address.rpartition("/")[2].split(":")[0], "trello", *said)
            for address, said in self.items.items()
        }
        desired = Desired(
            self.workspace, "Acme", date(2026, 12, 7), items,
            playbook="starter", is_template=self.is_template,
        )  # fmt: skip
        places = {"trello": tool or self.desk.integration()}
        given = Workspace(desired, places, self.state, self.desk.clock, date(2026, 12, 14))
        return replace(given, workers=0, existing={"trello": self.existing})

    def apply(self) -> Recap:
        return engine.apply(self.given())

    def well(self) -> Recap:
        """Apply, and insist that all went well and took the calls that the plan counted."""
        recap = self.apply()
        assert recap.failed == ()
        return recap

    def card(self, name: str = "Agree what a lead is") -> dict[str, object]:
        boards = self.desk.vendor.picture()["boards"]
        (found,) = [
            card
            for board in boards
            for lane in board["lists"]
            for card in lane["cards"]
            if card["name"] == name and not card["closed"]
        ]
        return dict(found)

    def id_of(self, address: str) -> str:
        binding = self.state.load().records[address].binding
        assert binding is not None
        return binding.id


def made(recap: Recap) -> Calls:
    return recap.spent["trello"]


def planned(recap: Recap) -> Calls:
    steps = [step.calls for step in recap.plan.steps]
    return sum(steps, recap.plan.reads["trello"])


def test_the_first_run_makes_the_calls_of_its_plan_and_the_third_one_call() -> None:
    run = Run()
    first = run.well()
    assert made(first) == planned(first)
    second, third = run.well(), run.well()
    assert second.plan.steps == third.plan.steps == ()
    # The second still looks whether another machine has made the same.
    assert (made(second), made(third)) == (Calls(2, 0), Calls(1, 0))
    assert [mail.to for mail in run.desk.tools.mails] == ["ana@acme.example"]


def test_links_between_cards_are_urls() -> None:
    run = Run()
    run.well()
    desc = str(run.card("Try it")["desc"])
    assert desc.startswith("After [agreeing](https://trello.com/c/")
    assert run.well().plan.steps == ()


def test_lost_state_makes_nothing_twice_and_invites_nobody_again() -> None:
    run = Run()
    run.well()
    picture = run.desk.vendor.picture()
    recap = replace(run, state=MemoryState()).well()
    assert recap.plan.missing == ()
    assert run.desk.vendor.picture() == picture
    assert [mail.to for mail in run.desk.tools.mails] == ["ana@acme.example"]


def test_an_owner_is_assigned_once_they_joined_and_then_all_is_quiet() -> None:
    run = Run()
    run.well()
    assert run.card()["members"] == []
    run.desk.vendor.accept(ANA.key)
    recap = run.well()
    assert made(recap) == planned(recap)
    assert run.card()["members"] == [ANA.mail]
    assert "Owner:" not in str(run.card()["desc"])
    assert run.well().plan.steps == ()


def let_a_member_write_just_before(run: Run) -> None:
    """Let a member add words to the card between our last look at it and our next write."""
    hands, card = run.desk.member(US), run.id_of(CARD)

    def edit(asked: Asked) -> Answer | None:
        if asked.method == "PUT" and asked.path.endswith(card):
            run.desk.before = None
            desc = hands.get(f"cards/{card}", fields="desc")["desc"]
            said = desc.replace("Ask both teams.", "Ask both teams and Zoë.")
            hands.put(f"cards/{card}", {"desc": said})
        return None

    run.desk.before = edit


def test_words_of_a_member_between_look_and_write_survive() -> None:
    run = Run()
    run.well()
    run.items[CARD][1]["description"] = "Ask both teams. Write it on one page."
    let_a_member_write_just_before(run)
    run.well()
    assert str(run.card()["desc"]).startswith("Ask both teams and Zoë. Write it on one page.")
    assert run.well().plan.steps == ()


def test_words_that_a_member_writes_beside_a_changed_owner_survive() -> None:
    run = Run()
    run.well()
    run.items[CARD][1]["owner"] = "Dana Wu"
    let_a_member_write_just_before(run)
    run.well()
    desc = str(run.card()["desc"])
    assert desc.startswith(
        "Ask both teams and Zoë. Write it down.\n\nOwner: Dana Wu\n\n[smarketing]"
    )
    assert run.well().plan.steps == ()


def test_a_label_whose_making_was_not_answered_is_not_made_for_the_next_card_again() -> None:
    run = Run()
    run.well()
    for card in (CARD, f"{BOARD}/card:try"):
        run.items[card][1]["labels"] = frozenset({"Nobody's"})

    def lose(asked: Asked) -> Answer | None:
        if asked.method == "POST" and asked.one("name") == "Nobody's":
            run.desk.before = None
            run.desk.vendor.answer(asked)
            raise requests.ConnectionError("broken")
        return None

    run.desk.before = lose
    run.well()
    (board,) = run.desk.vendor.picture()["boards"]
    assert [each["name"] for each in board["labels"]] == ["Hot", "Nobody's"]
    assert run.well().plan.steps == ()


def test_a_second_workspace_is_copied_from_a_template() -> None:
    desk = Desk()
    Run(desk, OTHER, is_template=True).well()
    run = Run(desk)
    recap = run.well()
    assert made(recap) == planned(recap)
    copies = [each for each in recap.plan.steps if any(c.like for c in each.changes)]
    assert len(copies) == 1
    assert run.well().plan.steps == ()


def looks(run: Run) -> str:
    """Return everything that Trello shows, with all its own addresses alike."""
    picture = json.dumps(run.desk.vendor.picture(), sort_keys=True)
    return re.sub(r"trello\.com/c/\w+", "trello.com/c/X", picture)


@cache
def unbroken() -> str:
    run = Run()
    run.well()
    return looks(run)


@settings(max_examples=40)
@given(st.integers(1, 24), st.sampled_from(["before", "after", "rate limit", "error"]))
def test_whatever_breaks_the_next_runs_end_where_an_unbroken_one_does(at: int, what: str) -> None:
    run = Run()
    count = 0

    def breaking(asked: Asked) -> Answer | None:
        nonlocal count
        count += 1
        if count != at:
            return None
        if what == "before":
            raise ConnectionResetError("killed")
        if what == "after":
            run.desk.vendor.answer(asked)
            raise ConnectionResetError("killed")
        refusal: Answer = run.desk.refusal(what)
        return refusal

    run.desk.before = breaking
    with suppress(ConnectionResetError):
        run.apply()
    run.desk.before = None
    for _ in range(2):
        run.apply()
    assert run.apply().plan.steps == ()
    assert looks(run) == unbroken()
    assert [mail.to for mail in run.desk.tools.mails] == ["ana@acme.example"]


def test_two_people_change_one_card_and_both_changes_stay() -> None:
    run = Run()
    run.well()
    run.desk.join(run.id_of(BOARD), BEN)
    run.desk.member(BEN).put(f"cards/{run.id_of(CARD)}", {"name": "Agree on leads", "due": ""})
    run.items[CARD][1]["labels"] = frozenset()
    run.well()
    card = run.card("Agree on leads")
    assert (card["due"], card["labels"]) == (None, [])
    assert run.well().plan.steps == ()


def test_cards_that_link_to_each_other_take_the_calls_of_the_plan() -> None:
    run = Run()
    run.items[CARD][1]["description"] = f"Then [try](link:{BOARD}/card:try)."
    recap = run.well()
    assert made(recap) == planned(recap)
    for name in ("Agree what a lead is", "Try it"):
        assert "](https://trello.com/c/" in str(run.card(name)["desc"])
    assert run.well().plan.steps == ()


def test_of_two_machines_at_once_one_workspace_stays() -> None:
    run, other = Run(), Run()
    other.desk = run.desk

    def begin(asked: Asked) -> Answer | None:
        if asked.method == "POST":
            run.desk.before = None
            other.well()
        return None

    run.desk.before = begin
    run.well()
    for each in (run, other, run, other):
        each.well()
    boards = [board for board in run.desk.vendor.picture()["boards"] if not board["closed"]]
    assert [board["name"] for board in boards] == ["Work"]
    titles = [card["name"] for lane in boards[0]["lists"] for card in lane["cards"]]
    assert titles == ["Agree what a lead is", "Try it"]
    assert run.id_of(BOARD) == other.id_of(BOARD)
    assert run.well().plan.steps == other.well().plan.steps == ()


def test_a_large_workspace_never_provokes_a_refusal() -> None:
    run = Run(Desk(limits=True))
    run.desk.clock.tick = 0.01
    lane = f"{BOARD}/list:week"
    for n in range(120):
        run.items[f"{BOARD}/card:c{n}"] = (lane, {"title": f"Card {n}"})
    refused: list[str] = []
    serve = run.desk.vendor.answer

    def watched(asked: Asked) -> Answer:
        answer: Answer = serve(asked)
        refused.extend([asked.path] if answer.status == 429 else [])
        return answer

    run.desk.before = watched
    recap = run.well()
    assert made(recap) == planned(recap)
    assert refused == []
    names = [c["name"] for c in run.desk.vendor.picture()["boards"][0]["lists"][0]["cards"]]
    assert names == ["Agree what a lead is", "Try it", *(f"Card {n}" for n in range(120))]


@given(st.sets(st.sampled_from(sorted(SWITCHES))))
@settings(max_examples=20)
def test_whatever_nobody_knows_of_trello_runs_end_quiet(switches: set[str]) -> None:
    run = Run(Desk(switches=frozenset(switches)))
    run.well()
    run.items[CARD][1]["title"] = "Agree again"
    run.well()
    assert run.well().plan.steps == ()
    assert run.card("Agree again")["due"] == "2026-12-14T17:00:00.000Z"


def test_a_text_that_is_too_long_holds_up_nothing_else() -> None:
    run = Run()
    run.items[f"{BOARD}/card:agree"][1]["description"] = "é" * 17000
    run.items[f"{BOARD}/card:try"][1]["description"] = "Later."
    recap = run.apply()
    assert [each.address for each in recap.failed if "too long" in each.error] == [CARD]
    assert any("too long" in each for each in recap.plan.foreseen)
    assert run.card("Try it")["name"] == "Try it"


def test_who_signs_in_may_be_in_the_team() -> None:
    run = Run()
    run.items[BOARD][1]["access"] = {
        "Rob Ortega <rob@acme.example>": "edit",
        "Ana Silva <ana@acme.example>": "view",
    }
    run.items[CARD][1]["owner"] = "Rob Ortega"
    recap = run.well()
    assert made(recap) == planned(recap)
    assert [mail.to for mail in run.desk.tools.mails] == ["ana@acme.example"]
    assert run.card()["members"] == [US.mail]
    assert run.well().plan.steps == ()


def test_an_existing_board_gets_what_it_lacks_and_keeps_what_it_has() -> None:
    run = Run()
    hands = run.desk.member(US)
    board = hands.post("boards/", name="Old board", desc="Ours since 2019.", defaultLists=False)
    lane = hands.post("lists", name="Someday", idBoard=board["id"])
    hands.post("cards", idList=lane["id"], name="Old card")
    run.existing = {BOARD: board["shortUrl"]}
    recap = run.well()
    assert made(recap) == planned(recap)
    (now,) = run.desk.vendor.picture()["boards"]
    assert now["desc"].startswith("Ours since 2019.\n\n[smarketing]: # ")
    assert [each["name"] for each in now["lists"]] == ["Someday", "This week", "Done"]
    assert run.card("Old card")["desc"] == ""
    assert run.well().plan.steps == ()
    picture = run.desk.vendor.picture()
    again = replace(run, state=MemoryState())
    again.well()
    assert run.desk.vendor.picture() == picture


@pytest.mark.parametrize("seed", range(6))
def test_a_storm_ends_and_the_next_run_finishes(seed: int) -> None:
    luck, run = Random(seed), Run()

    def storm(asked: Asked) -> Answer | None:
        fate = luck.random()
        if fate < 0.06:
            why = luck.choice(["rate limit", "unavailable", "error", "gateway"])
            refusal: Answer = run.desk.refusal(why)
            return refusal
        if fate < 0.09:
            run.desk.vendor.answer(asked)
            raise requests.ConnectionError("the reply was dropped")
        if fate < 0.11:
            answer: Answer = run.desk.vendor.answer(asked)
            return replace(answer, body=answer.body[:-3])
        if fate < 0.12:
            raise requests.ReadTimeout("slow")
        return None

    run.desk.before = storm
    for _ in range(3):
        run.apply()
    run.desk.before = None
    for _ in range(2):
        run.apply()
    assert run.apply().plan.steps == ()
    assert looks(run) == unbroken()
    assert [mail.to for mail in run.desk.tools.mails] == ["ana@acme.example"]
