"""Running notes in sections: each bears its day, a new one goes on top, the rest stays as it is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smarketing.calendar.occurrences import Occurrence
from smarketing.calendar.readiness import parse_ready, usually_since
from smarketing.minutes.freezing import frozen
from smarketing.minutes.minutes import part_of, section_of, sections, with_section
from smarketing.state.record import Record, Seen

LONDON = ZoneInfo("Europe/London")
NEW = "## Mon 14 Dec 2026, 10:00-10:45\n\nNew.\n"
NOTES = """# Weekly

About these notes.

## Mon 7 Dec 2026, 10:00-10:45 · first meeting

### 4 Ideas (5 min)

1. One (3 votes)

## An extra heading of a member

More.

## Minutes of 2026-11-30

Old.
"""


def test_a_section_ends_where_the_next_heading_of_its_level_with_another_day_begins() -> None:
    found = sections(NOTES)
    assert [each.day for each in found] == [date(2026, 12, 7), date(2026, 11, 30)]
    first = section_of(NOTES, {date(2026, 12, 7)})
    assert first is not None
    assert NOTES[first.start : first.end].endswith("member\n\nMore.\n\n")
    assert section_of(NOTES, {date(2026, 12, 8)}) is None


@pytest.mark.parametrize(
    "heading",
    [
        "Actions",
        "Mon 7 Dec 2026, our own heading",
        "7 Dec, the rest",
        "Until 14 Dec",
        "50 leads",
    ],
)
def test_a_heading_that_names_no_other_day_belongs_to_the_meeting_above(heading: str) -> None:
    body = f"## Mon 7 Dec 2026\n\nx\n\n## {heading}\n\n- [ ] @ana y\n"
    assert [body[each.start : each.end] for each in sections(body)] == [body]


def test_older_minutes_whose_headings_leave_out_the_year_belong_to_no_meeting_above() -> None:
    body = "# Weekly\n\n## Mon 30 Nov\n\nOld.\n\n## Actions\n\n- [ ] @ana y\n"
    new = with_section(body, NEW)
    (found,) = sections(new)
    assert new[found.start : found.end] == f"{NEW}\n"
    assert new.replace(f"{NEW}\n", "") == body


@pytest.mark.parametrize(
    "heading", ["Mon 7 Dec 2026", "7th December 2026, short", "Dec 7, 2026", "2026-12-07: weekly"]
)
def test_a_heading_may_say_its_day_in_other_words(heading: str) -> None:
    assert [each.day for each in sections(f"## {heading}\n\nx\n")] == [date(2026, 12, 7)]


def test_a_part_is_what_stands_beneath_its_heading() -> None:
    assert part_of(NOTES, "ideas") == "\n1. One (3 votes)\n\n"
    assert part_of(NOTES, "numbers") == ""


bodies = st.lists(
    st.sampled_from(
        [
            "# T", "## Mon 7 Dec 2026", "## 2026-11-30", "## 30 Nov", "## Other", "### Promises", "- [ ] a",
            "", "text", "> quote", "```", "| a | b |", "| - | - |", "    code", "<b>",
        ]
    ),
    max_size=14,
)  # fmt: skip


@given(bodies, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_a_new_section_leaves_every_byte_of_the_others(
    lines: list[str], end: str, ended: bool
) -> None:
    body = end.join(lines) + (end if ended else "")
    new = with_section(body, NEW)
    found = section_of(new, {date(2026, 12, 14)})
    if found is None:
        return  # it stands in what members left open: a fence, a block of HTML
    rest = new[: found.start] + new[found.end :]
    kept = rest.replace(end * 2, end).strip(end)
    assert kept == body.replace(end * 2, end).strip(end)
    for each in sections(body):
        was, now = section_of(body, {each.day}), section_of(new, {each.day})
        assert was is not None
        assert now is not None
        assert new[now.start : now.end] == body[was.start : was.end]


def test_a_new_section_takes_in_nothing_that_stood_there_before() -> None:
    body = "# Weekly\n\n## How we meet\n\n### Actions\n\n- [ ] @ana of old\n"
    assert with_section(body, NEW) == f"{body}\n{NEW}"


def test_a_new_section_is_the_first() -> None:
    new = with_section(NOTES, NEW)
    assert [each.day.day for each in sections(new)] == [14, 7, 30]
    assert new.startswith("# Weekly\n\nAbout these notes.\n\n## Mon 14 Dec 2026")
    assert with_section("", NEW) == NEW


def one(hour: int, minute: int = 0) -> Occurrence:
    start = datetime(2026, 12, 14, hour, minute, tzinfo=LONDON)
    return Occurrence(start.date(), start, start.replace(hour=hour + 1))


@pytest.mark.parametrize(
    ("sentence", "since"),
    [
        ("the same day at 8:00", datetime(2026, 12, 14, 8, tzinfo=LONDON)),
        ("the working day before at 15:00", datetime(2026, 12, 10, 15, tzinfo=LONDON)),
        ("2 working days before at 9am", datetime(2026, 12, 9, 9, tzinfo=LONDON)),
        ("the day before at noon", None),
        ("the day before at 18:00", datetime(2026, 12, 13, 18, tzinfo=LONDON)),
        ("24 hours before", datetime(2026, 12, 13, 10, tzinfo=LONDON)),
        ("3 days before", datetime(2026, 12, 11, 10, tzinfo=LONDON)),
        ("soon", None),
        ("99 days before", None),
    ],
)
def test_the_playbook_says_when_an_agenda_is_written(sentence: str, since: datetime | None) -> None:
    holidays = {date(2026, 12, 11)}
    if since is None:
        with pytest.raises(ValueError, match="Write "):
            parse_ready(sentence)
    else:
        assert parse_ready(sentence).since(one(10), "Europe/London", holidays) == since


def test_where_it_does_not_it_is_the_morning_or_the_afternoon_before() -> None:
    assert usually_since(one(10), "Europe/London") == datetime(2026, 12, 14, 8, tzinfo=LONDON)
    assert usually_since(one(9), "Europe/London") == datetime(2026, 12, 14, 8, tzinfo=LONDON)
    early = usually_since(one(8, 30), "Europe/London")
    assert early == datetime(2026, 12, 11, 15, tzinfo=LONDON)


def held(left: str, wanted: str) -> str:
    """Return the body of notes once past minutes are as members left them."""
    seen = {"local": {"body": Seen(left, left)}}
    record = Record("document:notes", "document", "local", {"body": wanted}, seen)
    now = date(2026, 12, 14)
    return str(frozen(record, lambda day: day < now).hub["body"])


def test_what_could_not_be_written_in_time_is_not_written_into_past_minutes() -> None:
    wanted = NOTES.replace("1. One", "1. Changed by us")
    assert held(NOTES, wanted) == NOTES
    assert held(NOTES, with_section(wanted, NEW)) == with_section(NOTES, NEW)


def test_an_agenda_that_did_not_arrive_in_time_does_not_arrive_later() -> None:
    late = with_section(NOTES, NEW.replace("14 Dec", "13 Dec"))
    assert held(NOTES, late) == NOTES


def test_what_waits_for_the_meeting_to_come_still_waits() -> None:
    left = with_section(NOTES, NEW)
    wanted = left.replace("New.", "New and changed.").replace("Old.", "Changed.")
    assert held(left, wanted) == left.replace("New.", "New and changed.")
