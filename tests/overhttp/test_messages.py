"""Nobody is told twice: one message per person and shared root, whatever happened between."""

from collections import Counter
from pathlib import Path

import pytest

from smarketing.planning.given import Request
from smarketing.report.report import plan_text, recap_text

from .members import in_trello
from .miniature import BOTH, TRELLO
from .office import POINTS, Death, Office, office

PEOPLE = {
    "ana": "Ana Silva <ana@acme.example>",
    "ben": "Ben Okoye <ben@acme.example>",
    "dana": "Dana Wu <dana@acme.example>",
}


def team(made: Office, *keys: str) -> None:
    """Let these people be the team."""
    made.change_config(
        people={key: PEOPLE[key] for key in keys},
        teams={
            "north": {"title": "North", "plays": "sales", "lead": keys[0], "members": list(keys)}
        },
    )


def never_twice(made: Office) -> Counter[str]:
    """Hold that nobody got a message twice; return how many each got."""
    told = Counter(made.mails())
    assert not [mail for mail, count in told.items() if count > 1], told
    return Counter(to for _, to, _ in told)


def test_each_person_gets_one_message_per_tool(tmp_path: Path) -> None:
    made = office(tmp_path, BOTH)
    team(made, "ana", "ben")
    made.apply()
    assert never_twice(made) == {"ana@acme.example": 2, "ben@acme.example": 2}


def test_a_run_again_a_change_and_a_lost_state_tell_nobody_again(tmp_path: Path) -> None:
    made = office(tmp_path, BOTH)
    team(made, "ana", "ben")
    made.apply()
    told = made.mails()
    made.apply()
    made.playbook('"title": "Work"', '"title": "Our work"')
    made.playbook("for 45 minutes", "for 30 minutes")
    made.apply()
    made.company.forget()
    made.apply()
    made.settled()
    assert made.mails() == told


def test_who_comes_later_is_told_and_nobody_else(tmp_path: Path) -> None:
    made = office(tmp_path, BOTH)
    made.apply()
    team(made, "ana", "dana")
    made.apply()
    assert never_twice(made) == {"ana@acme.example": 2, "dana@acme.example": 2}


@pytest.mark.slow
def test_a_run_that_dies_while_it_shares_tells_nobody_twice(tmp_path: Path) -> None:
    whole = office(tmp_path / "whole", BOTH)
    team(whole, "ana", "ben")
    life = Death()
    whole.apply(life)
    sharing = [
        number
        for number, asked in enumerate(whole.writes(), start=1)
        if asked.path.endswith(("/members", "/permissions"))
    ]
    assert len(sharing) >= 4
    for nth in sharing:
        for point in POINTS:
            made = office(tmp_path / f"{nth} {point}", BOTH)
            team(made, "ana", "ben")
            made.dies(Death(nth, point))
            made.apply()
            assert made.mails() == whole.mails(), f"died at write {nth} {point}"


def joined(folder: Path) -> Office:
    """Ana and Ben have just joined the board, on which a card waits for Ana."""
    made = office(folder, TRELLO)
    made.playbook('"list": "week",', '"list": "week", "owner": "lead of sales",')
    team(made, "ana", "ben")
    made.apply()
    in_trello(made.vendors, "ana")
    in_trello(made.vendors, "ben")
    return made


def test_who_is_told_by_trello_that_a_card_is_theirs_stands_in_the_plan(tmp_path: Path) -> None:
    made = joined(tmp_path)
    before = Counter(made.mails())
    plan = made.plan()
    assert plan.told == {"trello": ("Ana Silva",)}
    said = plan_text(plan)
    assert "Cards are assigned to Ana Silva, and Trello may tell them so" in said
    assert "Nobody is told" not in said
    assert "Trello may have told them" in recap_text(made.apply())
    assert [to for _, to, _ in Counter(made.mails()) - before] == ["ana@acme.example"]
    assert made.plan().told == {}


def test_no_card_is_assigned_while_messages_are_held_back(tmp_path: Path) -> None:
    made = joined(tmp_path)
    before = made.mails()
    recap = made.apply(request=Request(hold_invitations=True))
    assert set(recap.plan.held) == {"Ana Silva"}
    assert recap.plan.told == {}
    assert "Ana Silva hears nothing yet" in plan_text(recap.plan)
    assert made.mails() == before
    made.apply()
    assert in_trello(made.vendors).assigned("Agree what a lead is") == ["Ana Silva"]
    made.settled()


def with_new_card(folder: Path) -> Office:
    """Ana is on the board, and the playbook has a new card for her."""
    made = joined(folder)
    made.apply()
    made.settled()
    new = '"new": {"title": "New", "list": "week", "owner": "lead of sales"}'
    made.playbook('"call": {', f'{new}, "call": {{')
    return made


def test_who_gets_a_new_card_on_a_board_that_is_there_is_told_by_trello_as_the_plan_says(
    tmp_path: Path,
) -> None:
    made = with_new_card(tmp_path)
    before = Counter(made.mails())
    plan = made.plan()
    assert plan.told == {"trello": ("Ana Silva",)}
    assert "Cards are assigned to Ana Silva, and Trello may tell them so" in plan_text(plan)
    assert made.mails() == sorted(before.elements()), "a plan tells nobody"
    made.apply()
    assert [to for _, to, _ in (Counter(made.mails()) - before).elements()] == ["ana@acme.example"]
    made.settled()


def test_a_new_card_is_made_and_nobody_told_while_messages_are_held_back(tmp_path: Path) -> None:
    made = with_new_card(tmp_path)
    before = Counter(made.mails())
    recap = made.apply(request=Request(hold_invitations=True))
    assert set(recap.plan.held) == {"Ana Silva"}
    assert recap.plan.told == {}
    assert "Ana Silva hears nothing yet" in plan_text(recap.plan)
    assert in_trello(made.vendors).assigned("New") == []
    assert Counter(made.mails()) == before
    made.apply()
    assert in_trello(made.vendors).assigned("New") == ["Ana Silva"]
    assert [to for _, to, _ in (Counter(made.mails()) - before).elements()] == ["ana@acme.example"]
    made.settled()


def test_each_person_of_whom_nobody_hears_yet_is_named_once(tmp_path: Path) -> None:
    made = office(tmp_path, BOTH)
    made.apply()
    team(made, "ana", "ben")
    plan = made.company.plan(made.config)
    assert "Ben Okoye" in plan_text(plan)
    held = made.apply(request=Request(hold_invitations=True)).plan
    assert set(held.held) == {"Ben Okoye <ben@acme.example>", "ben@acme.example"}
    assert held.told == {}
    assert "Ben Okoye hears nothing yet: invitations and messages are held back." in plan_text(held)
