"""Who leaves hands over; who only gets another name stays who they are."""

from pathlib import Path

import pytest

from smarketing.plan import counted

from .members import in_google, in_trello
from .miniature import BOTH, TRELLO
from .office import BEFORE, COMMITTED, Death, Office, office

CARD = "Agree what a lead is"
ANA, BEN = "Ana Silva <ana@acme.example>", "Ben Okoye <ben@acme.example>"
NORTH = {"title": "North", "plays": "sales", "lead": "ana", "members": ["ana", "ben"]}


def with_ana_and_ben(folder: Path, names: tuple[str, ...] = TRELLO) -> Office:
    """The miniature with a card of Ana's; Ana and Ben have joined the board."""
    made = office(folder, names)
    made.playbook('"list": "week",', '"list": "week", "owner": "lead of sales",')
    made.change_config(people={"ana": ANA, "ben": BEN}, teams={"north": NORTH})
    assert not made.apply().failed
    in_trello(made.vendors, "ana")
    in_trello(made.vendors, "ben")
    made.apply()
    assert owners(made) == ["Ana Silva"]
    made.settled()
    return made


def owners(made: Office) -> list[str]:
    """Return the names of those who are assigned to the card."""
    return in_trello(made.vendors, "robot").assigned(CARD)


def ana_leaves(made: Office) -> None:
    made.change_config(
        people={"ana": {"name": ANA, "left": "2026-12-07", "work-to": "ben"}, "ben": BEN}
    )


def test_the_cards_of_who_leaves_go_to_who_takes_over(tmp_path: Path) -> None:
    made = with_ana_and_ben(tmp_path)
    ana_leaves(made)
    planned = counted(made.plan())["trello"]
    recap = made.apply()
    assert not recap.failed
    assert recap.more == (), "our own taking away of the right was no member's edit"
    assert recap.spent["trello"].write == planned.write
    assert owners(made) == ["Ben Okoye"]
    assert "Suggested" not in in_trello(made.vendors, "robot").card(CARD)["desc"]
    made.settled()


@pytest.mark.slow
@pytest.mark.parametrize(("nth", "point"), [(1, COMMITTED), (2, BEFORE)])
def test_they_do_also_after_a_crash(tmp_path: Path, nth: int, point: str) -> None:
    made = with_ana_and_ben(tmp_path)
    ana_leaves(made)
    made.dies(Death(nth, point))
    made.apply()
    assert owners(made) == ["Ben Okoye"]
    made.settled()


def test_a_member_who_took_the_card_from_its_owner_before_decides(tmp_path: Path) -> None:
    made = with_ana_and_ben(tmp_path)
    in_trello(made.vendors, "robot").unassign(CARD, "Ana Silva")
    ana_leaves(made)
    made.apply()
    assert owners(made) == []


def ana_is_called(made: Office, name: str) -> None:
    made.change_config(people={"ana": f"{name} <ana@acme.example>", "ben": BEN})


def test_another_name_of_a_person_is_no_going_and_no_coming(tmp_path: Path) -> None:
    made = with_ana_and_ben(tmp_path, BOTH)
    board, mails = made.picture()["trello"], made.mails()
    for name in ("Ana Silva-Brown", "Ana Brown", "Ana Silva"):
        ana_is_called(made, name)
        plan = made.plan()
        told = [(c.verb, c.address) for c in plan.changes]
        assert set(told) <= {("update", "document:start-here")}
        assert (plan.keeps, plan.conflicts) == ((), ())
        made.apply()
        assert (made.picture()["trello"], made.mails()) == (board, mails)
        made.settled()


def test_who_got_another_name_still_hands_over_and_goes(tmp_path: Path) -> None:
    made = with_ana_and_ben(tmp_path)
    ana_is_called(made, "Ana Silva-Brown")
    made.apply()
    gone = {"name": "Ana Silva-Brown <ana@acme.example>", "left": "2026-12-07", "work-to": "ben"}
    made.change_config(people={"ana": gone, "ben": BEN})
    made.apply()
    assert owners(made) == ["Ben Okoye"]
    made.settled()


def test_a_renamed_person_whom_a_member_took_off_a_meeting_stays_off(tmp_path: Path) -> None:
    made = with_ana_and_ben(tmp_path, BOTH)
    hands = in_google(made.vendors, "robot")
    hands.change_event("Weekly", attendees=[{"email": "ben@acme.example"}])
    made.apply()
    ana_is_called(made, "Ana Silva-Brown")
    made.apply()
    assert [each["email"] for each in hands.event("Weekly")["attendees"]] == ["ben@acme.example"]
    made.settled()


def test_who_leaves_after_the_state_was_lost_is_named_with_what_they_can_enter(
    tmp_path: Path,
) -> None:
    made = with_ana_and_ben(tmp_path, BOTH)
    made.company.forget()
    assert not made.apply().failed
    assert made.plan().still_in == {}, "both are there"
    ana_leaves(made)
    for plan in (made.plan(), made.apply().plan, made.plan()):
        assert plan.still_in == {
            "Ana Silva": {
                "google": ("document:start-here", "folder:home"),
                "trello": ("board:work",),
            }
        }
    made.settled()
