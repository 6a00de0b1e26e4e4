"""A plan counts itself, names its removals and saves as JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smarketing.contract import Calls, Change, Step
from smarketing.plan import (
    ConflictShown,
    Failure,
    Keep,
    Plan,
    Recap,
    as_json,
    calls,
    counts,
    is_empty,
    recap_json,
)
from smarketing.planning.approval import digest, mass_removal

CARD = Change("create", "board:work/card:call", "card", {"title": "Call", "due": "2026-12-07"})
PAIRS = st.lists(st.tuples(st.text(max_size=5), st.text(max_size=5)), max_size=6)


def test_counts_name_every_verb_and_take_releases_conflicts_and_keeps_in() -> None:
    plan = Plan(
        "Acme",
        "id",
        changes=(CARD, Change("move", "board:work/card:old", "card", parent="board:work/list:a")),
        releases=("document:old", "document:older"),
        conflicts=(ConflictShown("document:glossary", "body", "local", "ours", "theirs"),),
        keeps=(Keep("board:work", "title", "local", "stays"),),
    )
    assert counts(plan) == {
        "revoke": 0,
        "grant": 0,
        "notify": 0,
        "create": 1,
        "update": 0,
        "move": 1,
        "rename": 0,
        "archive": 0,
        "release": 2,
        "conflict": 1,
        "keep": 1,
    }


def test_a_release_that_is_also_a_change_counts_once() -> None:
    released = Change("release", "document:old", "document")
    plan = Plan("Acme", "id", changes=(released,), releases=("document:old",))
    assert counts(plan)["release"] == 1
    assert [change["verb"] for change in as_json(plan)["changes"]] == ["release"]


def test_calls_add_the_looking_around_to_the_steps_of_each_integration() -> None:
    steps = (
        Step("a", "trello", (CARD,), Calls(1, 2)),
        Step("b", "trello", (CARD,), Calls(0, 1)),
        Step("c", "google", (CARD,)),
    )
    plan = Plan("Acme", "id", steps=steps, reads={"trello": Calls(3), "local": Calls(1)})
    assert calls(plan) == {
        "google": {"read": 0, "write": 1},
        "local": {"read": 1, "write": 0},
        "trello": {"read": 4, "write": 3},
    }


def test_a_plan_without_steps_is_empty_whatever_there_is_to_tell() -> None:
    keeps = (Keep("board:work", "title", "local", "stays"),)
    assert is_empty(Plan("Acme", "id", keeps=keeps, releases=("document:old",)))
    assert not is_empty(Plan("Acme", "id", steps=(Step("a", "local", (CARD,)),)))


def test_json_names_verb_address_integration_and_fields_but_no_values() -> None:
    plan = Plan("Acme", "id", changes=(CARD,), places={CARD.address: "local"}, releases=("page:a",))
    saved = json.loads(json.dumps(as_json(plan)))
    assert saved["workspace"] == "Acme"
    assert saved["changes"] == [
        {
            "verb": "create",
            "address": "board:work/card:call",
            "integration": "local",
            "fields": ["due", "title"],
        },
        {"verb": "release", "address": "page:a", "integration": "", "fields": []},
    ]


def test_a_recap_says_what_was_done_and_what_failed() -> None:
    recap = Recap(Plan("Acme", "id"), (CARD,), (Failure("document:a", "update", "It is open."),))
    saved = json.loads(json.dumps(recap_json(recap)))
    assert [done["address"] for done in saved["done"]] == ["board:work/card:call"]
    assert saved["failed"] == [{"address": "document:a", "verb": "update", "error": "It is open."}]
    assert {"workspace", "counts", "changes", "conflicts", "calls"} <= set(saved)


@given(PAIRS, st.randoms())
def test_a_digest_ignores_the_order(pairs: list[tuple[str, str]], random: object) -> None:
    assert digest(pairs) == digest(list(reversed(pairs))) == digest([*pairs, *pairs])


@given(PAIRS, PAIRS)
def test_other_objects_have_another_digest(
    some: list[tuple[str, str]], others: list[tuple[str, str]]
) -> None:
    assert (digest(some) == digest(others)) == (set(some) == set(others))


@pytest.mark.parametrize(
    ("removed", "size", "needs_approval"),
    [
        (10, 1000, False),
        (11, 1000, True),
        (3, 10, False),
        (4, 10, True),
        (3, 3, False),
        (1, 4, False),
        (2, 4, True),
        (0, 0, False),
    ],
)
def test_more_than_ten_or_more_than_thirty_percent_of_a_container_needs_approval(
    removed: int, size: int, needs_approval: bool
) -> None:
    things = tuple(f"card:{number}" for number in range(removed))
    assert mass_removal({"board:work": things}, {"board:work": size}) is needs_approval


def test_eleven_removals_need_approval_wherever_they_are() -> None:
    removed = {f"board:{number}": ("card:a",) for number in range(11)}
    assert mass_removal(removed, dict.fromkeys(removed, 100))
