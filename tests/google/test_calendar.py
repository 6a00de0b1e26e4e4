"""Meetings as events, and back: what members put there stays there."""

from datetime import date

import pytest

from smarketing.integrations.google import events
from smarketing.kinds import ARCHIVED, THERE, Value

WEEKLY: dict[str, Value] = {
    "title": "Weekly",
    "description": "What moved?",
    "start": "2026-12-07T10:00",
    "minutes": 45,
    "timezone": "Europe/London",
    "rule": "FREQ=WEEKLY",
    "attendees": frozenset({"ana@acme.example"}),
    "notes": "https://docs.google.com/document/d/notes-notes-1/edit",
}


def an_event(**more: object) -> dict[str, object]:
    body = events.body_of(WEEKLY, "k3v9", "meeting:weekly", "abc")
    return {"etag": '"1"', "status": "confirmed", **body, **more}


def test_what_is_entered_is_told_again() -> None:
    remote = events.remote_of(an_event(), "cal@group", "root-1")
    assert dict(remote.fields) == WEEKLY
    assert (remote.id, remote.marker, remote.workspace) == (
        "cal@group/abc",
        "meeting:weekly",
        "k3v9",
    )
    assert remote.parent == "root-1"
    assert remote.existence == THERE


@pytest.mark.parametrize(
    ("told", "zone", "shown"),
    [
        ("2026-12-07T10:00:00Z", "Europe/London", "2026-12-07T10:00"),
        ("2026-07-06T09:00:00Z", "Europe/London", "2026-07-06T10:00"),
        ("2026-12-07T11:00:00+01:00", "Europe/London", "2026-12-07T10:00"),
    ],
)
def test_a_start_is_told_as_the_clock_of_its_zone_shows_it(
    told: str, zone: str, shown: str
) -> None:
    start = {"dateTime": told, "timeZone": zone}
    event = an_event(start=start, end=start)
    assert events.remote_of(event, "cal", "").fields["start"] == shown


def test_a_day_without_a_time_is_as_long_as_it_is() -> None:
    event = an_event(start={"date": "2026-12-07"}, end={"date": "2026-12-09"})
    fields = events.remote_of(event, "cal", "").fields
    assert (fields["start"], fields["minutes"], fields["timezone"]) == ("2026-12-07", 2880, None)


def test_an_answer_to_an_invitation_survives_a_change_of_those_invited() -> None:
    event = an_event(attendees=[{"email": "ana@acme.example", "responseStatus": "accepted"}])
    both = frozenset({"ana@acme.example", "ben@acme.example"})
    assert events.patch_of(event, {"attendees": both})["attendees"] == [
        {"email": "ana@acme.example", "responseStatus": "accepted"},
        {"email": "ben@acme.example"},
    ]


def test_days_that_members_took_out_survive_another_rule() -> None:
    event = an_event(recurrence=["RRULE:FREQ=WEEKLY", "EXDATE:20261214T100000Z"])
    patch = events.patch_of(event, {"rule": "FREQ=DAILY"})
    assert patch["recurrence"] == ["RRULE:FREQ=DAILY", "EXDATE:20261214T100000Z"]


def test_a_members_attachment_stays_beside_the_notes() -> None:
    theirs = {"fileUrl": "https://drive.google.com/file/d/theirs-1/view", "title": "Slides"}
    ours = {"fileUrl": str(WEEKLY["notes"]) + "?usp=drive_web", "title": "Notes"}
    event = an_event(attachments=[theirs, ours])
    assert events.remote_of(event, "cal", "").fields["notes"] == WEEKLY["notes"]
    patch = events.patch_of(event, {"notes": "https://docs.google.com/document/d/new-notes/edit"})
    assert [each["title"] for each in patch["attachments"]] == ["Slides", "Notes"]
    assert patch["attachments"][1]["fileUrl"].endswith("/new-notes/edit")


def test_notes_that_a_member_took_off_are_gone() -> None:
    assert events.remote_of(an_event(attachments=[]), "cal", "").fields["notes"] is None


def test_an_ended_series_keeps_its_past_and_knows_its_rule() -> None:
    event = an_event()
    ended = {**event, **events.together(event, events.ending(event, date(2027, 2, 1)))}
    assert ended["recurrence"] == ["RRULE:FREQ=WEEKLY;UNTIL=20270201T235959Z"]
    remote = events.remote_of(ended, "cal", "")
    assert remote.existence == ARCHIVED
    assert remote.fields["rule"] == "FREQ=WEEKLY"
    back = {**ended, **events.together(ended, events.resuming(ended))}
    assert back["recurrence"] == ["RRULE:FREQ=WEEKLY"]


def test_a_series_that_has_not_begun_ends_with_its_first_meeting() -> None:
    patch = events.ending(an_event(), date(2026, 1, 1))
    assert patch["recurrence"] == ["RRULE:FREQ=WEEKLY;UNTIL=20261207T100000Z"]


def test_an_id_of_ours_is_always_the_same_and_has_only_letters_that_google_takes() -> None:
    one = events.event_id("k3v9", "meeting:weekly")
    assert one == events.event_id("k3v9", "meeting:weekly")
    assert one != events.event_id("p8d2", "meeting:weekly")
    assert set(one) <= set("0123456789abcdefghijklmnopqrstuv")
    assert 5 <= len(one) <= 1024


def test_two_patches_keep_the_properties_of_both() -> None:
    event = an_event()
    both = events.patch_of(event, {"notes": None})
    both = events.together(both, events.ending(event, date(2027, 2, 1)))
    private = both["extendedProperties"]["private"]
    assert private == {events.NOTES: "", events.ENDED: "FREQ=WEEKLY"}
