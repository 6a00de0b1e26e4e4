"""What the minutes of a meeting leave for the next ones: ideas, and what was decided."""

from datetime import date

from smarketing.agenda.agenda import ideas as said
from smarketing.agenda.told import Decision, Idea
from smarketing.meetings.left import decisions, ideas, own_words

HELD = date(2026, 12, 7)
HINT = "*One line each: what, and from when on.*"


def test_an_idea_is_tried_from_the_meeting_on_that_chose_it() -> None:
    minutes = (
        "### Ideas\n\n1. A page (Cleo; 3 votes) · trying\n2. A list +1 +1\n- Example: a demo\n"
    )
    left = [Idea("A page (Cleo)", 3, HELD), Idea("A list", 2)]
    assert ideas(minutes, HELD) == left
    again = f"### Ideas\n\n{said(left, date(2026, 12, 21))}\n"
    assert "what came of it?" in again
    assert [each.tried for each in ideas(again, date(2026, 12, 21))] == [HELD, None]


def test_an_idea_that_was_kept_dropped_or_struck_out_does_not_come_again() -> None:
    minutes = (
        "### Ideas\n\n- A page · trying since Mon 7 Dec · *what came of it?* · kept\n"
        "- A slot · dropped\n- ~~A fair~~\n- Kept promises on the wall\n"
    )
    assert ideas(minutes, HELD) == [Idea("Kept promises on the wall")]


def test_an_idea_counts_however_somebody_typed_its_line() -> None:
    prompt = "Add yours in a line; a `+1` behind a line is a vote:\nyou have two."
    minutes = (
        f"### Ideas\n\n1. A list\n   of firms +1\nA fair +1\n\n{prompt}\n\n"
        "Objections page +1 +1 +1\nA demo\n\n\\- A call (Ana) +1\n2\\. A slot\n\n"
        "Two of marketing:\n\n*One each.*\n\nNo new ideas this time.\n\n~~A mug~~\n\n"
        "☐ @ana send the list\n\n- [ ] Ben: a promise\n\n### Numbers\n\nNo idea\n"
    )
    left = [
        *(Idea("A list of firms", 1), Idea("A fair", 1), Idea("Objections page", 3)),
        *(Idea("A demo"), Idea("A call (Ana)", 1), Idea("A slot")),
    ]
    assert ideas(minutes, HELD, own_words(prompt)) == left
    again = f"### Ideas\n\n{said(left, HELD)}\n"
    assert sorted(ideas(again, HELD), key=str) == sorted(left, key=str)
    in_google = minutes.replace("vote:\nyou", "vote: you").replace("`+1` behind", "+1 behind")
    assert ideas(in_google, HELD, own_words(prompt)) == left
    assert ideas(in_google.replace("two.", "three."), HELD, own_words(prompt)) == left


def test_decisions_come_back_once_and_again_when_a_day_of_theirs_has_come() -> None:
    body = (
        "## Mon 14 Dec 2026\n\n### Decided\n\n" + HINT + "\n\nNo call on Fridays\n\n"
        "## Mon 7 Dec 2026\n\n### Decided\n\nWrite it down.\n\n"
        "- Same day from 16 Dec on\n- [ ] Ana: a promise\n- *Example: a sentence*\n"
        "- Prices stay until 1 Feb\n- No mail after 9 Dec\n"
    )
    last, today = date(2026, 12, 14), date(2026, 12, 21)
    assert decisions(body, last, today, ["Write it down."]) == [
        Decision("No call on Fridays", last),
        Decision("Same day from 16 Dec on", HELD, has_come=True),
    ]
