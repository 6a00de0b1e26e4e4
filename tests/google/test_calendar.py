"""Meetings as events, and back: what members put there stays there."""

from datetime import date, datetime

import pytest

from smarketing.integrations.google import events, occurrences
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


def one_of_a_series(**more: object) -> dict[str, object]:
    london = {"dateTime": "2026-12-14T10:00:00Z", "timeZone": "Europe/London"}
    return {
        "id": "abc_20261214T100000Z",
        "etag": '"7"',
        "status": "confirmed",
        "recurringEventId": "abc",
        "originalStartTime": london,
        "start": {"dateTime": "2026-12-16T15:00:00Z", "timeZone": "Europe/London"},
        "end": {"dateTime": "2026-12-16T15:30:00Z", "timeZone": "Europe/London"},
        "attendees": [{"email": "Ana@acme.example"}],
        **more,
    }


def test_an_altered_occurrence_is_told_below_its_series_by_its_original_date() -> None:
    remote = occurrences.remote_of(one_of_a_series(), "cal@group")
    assert dict(remote.fields) == {
        "date": "2026-12-14",
        "start": "2026-12-16T15:00",
        "minutes": 30,
        "timezone": "Europe/London",
        "attendees": frozenset({"ana@acme.example"}),
    }
    assert (remote.id, remote.parent) == ("cal@group/abc_20261214T100000Z", "cal@group/abc")
    assert (remote.marker, remote.existence) == ("", THERE)
    assert occurrences.series_in(remote.id) == remote.parent
    assert occurrences.series_in("cal@group/abc") == ""


def test_of_a_cancelled_occurrence_google_tells_no_more_than_which_it_was() -> None:
    told = one_of_a_series(status="cancelled")
    bare = {name: told[name] for name in ("id", "etag", "status", "recurringEventId")}
    remote = occurrences.remote_of({**bare, "originalStartTime": told["originalStartTime"]}, "cal")
    assert remote.existence == ARCHIVED
    assert dict(remote.fields) == {"date": "2026-12-14"}


@pytest.mark.parametrize(
    ("told", "zone", "day"),
    [
        ({"dateTime": "2026-12-15T04:00:00Z", "timeZone": "America/Los_Angeles"}, "", "2026-12-14"),
        ({"dateTime": "2026-12-15T04:00:00Z"}, "America/Los_Angeles", "2026-12-14"),
        ({"dateTime": "2026-12-14T20:00:00-08:00"}, "", "2026-12-14"),
        ({"dateTime": "2026-12-13T23:00:00Z", "timeZone": "Asia/Tokyo"}, "", "2026-12-14"),
        ({"date": "2026-12-14"}, "Asia/Tokyo", "2026-12-14"),
    ],
)
def test_the_original_date_is_the_day_in_the_zone_of_the_series(
    told: dict[str, str], zone: str, day: str
) -> None:
    assert occurrences.original_date(one_of_a_series(originalStartTime=told), zone) == day
    bounds = occurrences.around(day)
    if "dateTime" in told:
        moment = datetime.fromisoformat(told["dateTime"])
        assert datetime.fromisoformat(bounds["timeMin"]) < moment
        assert moment < datetime.fromisoformat(bounds["timeMax"])


def test_an_occurrence_that_was_moved_or_cancelled_meanwhile_is_not_taken_for_unaltered() -> None:
    still = one_of_a_series()
    still["start"] = still["originalStartTime"]
    assert occurrences.unaltered([still], "2026-12-14") == still
    assert occurrences.unaltered([still], "2026-12-21") is None
    assert occurrences.unaltered([one_of_a_series()], "2026-12-14") is None
    assert occurrences.unaltered([{**still, "status": "cancelled"}], "2026-12-14") is None
