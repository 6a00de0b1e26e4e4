"""An agenda raises what is still to agree by its meeting, and no more than fits."""

from datetime import date

import pytest

from smarketing.address import kind_of
from smarketing.agenda.agenda import questions as said
from smarketing.agenda.told import Question
from smarketing.kinds import ARCHIVED, THERE, Value
from smarketing.meetings.questions import questions
from smarketing.state.record import Binding, Record

WEEKLY, NOTES, DAY = "meeting:weekly", "document:notes", date(2026, 12, 14)


def record(address: str, **hub: Value) -> Record:
    fields = {"existence": THERE, "parent": "root:local", **hub}
    return Record(address, kind_of(address), "local", fields, binding=Binding(address))


def asked(number: int, *more: Record) -> list[str]:
    there = (record(WEEKLY, title="Smarketing weekly"), *more)
    records = {each.address: each for each in there}
    found = questions(records, (), WEEKLY, number, DAY, {NOTES})
    return [each.question for each in found]


def handoff(by: str, address: str = "document:handoff", **hub: Value) -> Record:
    body = f"# Hand-off\n\nWe answer [to agree: how fast?, head of sales, {by}].\n"
    return record(address, title="Hand-off rule", body=body, **hub)


@pytest.mark.parametrize(
    "by",
    [
        *("second weekly meeting", "first weekly meeting", "the 2nd weekly", "next weekly meeting"),
        *("14 Dec", "by Fri 11 Dec 2026", "2026-12-14", "Second Smarketing weekly"),
    ],
)
def test_what_is_due_by_this_meeting_is_raised(by: str) -> None:
    assert asked(2, handoff(by)) == ["How fast?"]


@pytest.mark.parametrize(
    "by",
    [
        *("third weekly meeting", "second quarterly review", "15 Dec", "1 Mar 2027", "Friday"),
        *("second day", "after the test on ten customers", "look back after 30 days", ""),
    ],
)
def test_what_is_due_later_or_nobody_can_say_when_is_not(by: str) -> None:
    assert asked(2, handoff(by)) == []


def test_what_was_put_away_and_what_notes_repeat_is_not_asked() -> None:
    gone = handoff("14 Dec", existence=ARCHIVED)
    assert asked(2, gone, handoff("14 Dec", NOTES)) == []


def test_what_was_due_first_is_asked_first_wherever_it_stands() -> None:
    table = record("table:goals", title="Goals")
    row = record(
        "table:goals/row:one", parent="table:goals",
        cells={"target": "[to agree: how many?, Ana, first weekly meeting]"},
    )  # fmt: skip
    card = record("board:w/card:a", title="Chat", description="[to agree: which chat? Ben, 8 Dec]")
    there = (handoff("next weekly meeting"), card, record("board:w", title="Work"), row, table)
    assert asked(2, *there) == ["How many?", "Which chat?", "How fast?"]


@pytest.mark.parametrize(
    ("by", "number", "late"),
    [
        *(("second weekly meeting", 2, ""), ("second weekly meeting", 4, "due at meeting 2")),
        *(("next weekly meeting", 4, ""), ("14 Dec", 4, ""), ("11 Dec", 4, "due Fri 11 Dec")),
    ],
)
def test_a_question_whose_meeting_or_day_has_passed_says_when_it_was_due(
    by: str, number: int, late: str
) -> None:
    there = {each.address: each for each in (record(WEEKLY, title="Weekly"), handoff(by))}
    (found,) = questions(there, (), WEEKLY, number, DAY, {NOTES})
    assert found.late == late
    about = f"(head of sales; {late})" if late else "(head of sales)"
    assert said([found]) == (
        f"- *To agree:* How fast? {about} · [Hand-off rule](link:document:handoff)"
    )


def test_five_are_said_in_a_line_each_and_the_rest_is_counted() -> None:
    one = Question("How fast, [really]?", "head of sales", "Hand-off rule", "document:handoff")
    lines = said([one] * 7).splitlines()
    assert lines[0] == (
        r"- *To agree:* How fast, \[really\]? (head of sales) · [Hand-off rule](link:document:handoff)"
    )
    assert lines[5:] == ["- and 2 more on [Start here](link:document:start-here)"]
    assert said([]) == ""
