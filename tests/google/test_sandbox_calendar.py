"""What Calendar promises, asked through its own client library."""

from typing import Any

import pytest
from googleapiclient.errors import HttpError

from .sandbox_world import ANA, BEN, ROBOT, Scene

WEEKLY = {
    "id": "meeting0",
    "summary": "Weekly",
    "start": {"dateTime": "2027-03-22T10:00:00", "timeZone": "Europe/London"},
    "end": {"dateTime": "2027-03-22T10:30:00", "timeZone": "Europe/London"},
    "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=4"],
    "extendedProperties": {"private": {"sm_ws": "W1"}},
}


def refusal(error: pytest.ExceptionInfo[HttpError]) -> tuple[int, str]:
    """Return the status and the reason of an error."""
    return error.value.resp.status, error.value.error_details[0]["reason"]


def made(scene: Scene) -> str:
    """Make the app's calendar and return its id."""
    body = {"summary": "Acme", "timeZone": "Europe/London"}
    return str(scene.calendar().calendars().insert(body=body).execute()["id"])


def entered(scene: Scene, calendar: str, **more: Any) -> Any:
    """Enter the weekly meeting."""
    sends = {
        name: more.pop(name) for name in ("sendUpdates", "supportsAttachments") if name in more
    }
    events = scene.calendar().events()
    return events.insert(calendarId=calendar, body=WEEKLY | more, **sends).execute()


def test_an_id_is_used_once_even_after_it_was_cancelled() -> None:
    scene = Scene()
    calendar = made(scene)
    entered(scene, calendar)
    with pytest.raises(HttpError) as again:
        entered(scene, calendar)
    assert refusal(again) == (409, "duplicate")
    scene.calendar().events().delete(calendarId=calendar, eventId="meeting0").execute()
    with pytest.raises(HttpError) as cancelled:
        entered(scene, calendar)
    assert refusal(cancelled) == (409, "duplicate")
    scene.switched("google-cancelled-id-reusable")
    assert entered(scene, calendar)["status"] == "confirmed"


def test_a_cancelled_event_is_revived_by_an_update() -> None:
    scene = Scene()
    calendar = made(scene)
    entered(scene, calendar)
    events = scene.calendar().events()
    events.delete(calendarId=calendar, eventId="meeting0").execute()
    assert events.list(calendarId=calendar).execute()["items"] == []
    (gone,) = events.list(calendarId=calendar, showDeleted=True).execute()["items"]
    assert gone["status"] == "cancelled"
    events.update(calendarId=calendar, eventId="meeting0", body=WEEKLY).execute()
    assert len(events.list(calendarId=calendar).execute()["items"]) == 1


@pytest.mark.parametrize("wrong", ["abcd", "with-a-dash", "weekly0", "Meeting0"])
def test_an_id_has_its_form(wrong: str) -> None:
    scene = Scene()
    calendar = made(scene)
    with pytest.raises(HttpError) as refused:
        entered(scene, calendar, id=wrong)
    assert refusal(refused)[0] == 400


def test_occurrences_keep_their_hour_over_a_clock_change() -> None:
    scene = Scene()
    calendar = made(scene)
    entered(scene, calendar)
    listed = scene.calendar().events().instances(calendarId=calendar, eventId="meeting0").execute()
    starts = [one["start"]["dateTime"] for one in listed["items"]]
    assert starts[:2] == ["2027-03-22T10:00:00Z", "2027-03-29T10:00:00+01:00"]
    assert listed["items"][1]["id"] == "meeting0_20270329T090000Z"
    assert len(starts) == 4


def test_an_occurrence_that_moved_or_went_is_an_exception() -> None:
    scene = Scene()
    calendar = made(scene)
    entered(scene, calendar)
    events = scene.calendar().events()
    second, third = "meeting0_20270329T090000Z", "meeting0_20270405T090000Z"
    start = {"dateTime": "2027-03-30T15:00:00", "timeZone": "Europe/London"}
    end = {"dateTime": "2027-03-30T15:30:00", "timeZone": "Europe/London"}
    moved = events.patch(calendarId=calendar, eventId=second, body={"start": start, "end": end})
    told = moved.execute()
    assert told["recurringEventId"] == "meeting0"
    assert told["originalStartTime"]["dateTime"] == "2027-03-29T10:00:00+01:00"
    events.delete(calendarId=calendar, eventId=third).execute()
    whole = events.list(calendarId=calendar).execute()["items"]
    assert {(one["id"], one["status"]) for one in whole} == {
        ("meeting0", "confirmed"), (second, "confirmed"), (third, "cancelled"),
    }  # fmt: skip
    single = events.list(calendarId=calendar, singleEvents=True, orderBy="startTime").execute()
    days = [one["start"]["dateTime"][:10] for one in single["items"]]
    assert days == ["2027-03-22", "2027-03-30", "2027-04-12"]
    events.patch(
        calendarId=calendar, eventId="meeting0", body={"recurrence": ["RRULE:FREQ=DAILY;COUNT=2"]}
    ).execute()
    assert [one["id"] for one in events.list(calendarId=calendar).execute()["items"]] == [
        "meeting0"
    ]


def test_a_write_on_an_old_state_is_refused() -> None:
    scene = Scene()
    calendar = made(scene)
    first = entered(scene, calendar)
    events = scene.calendar().events()
    change = events.patch(calendarId=calendar, eventId="meeting0", body={"summary": "Ours"})
    change.headers["If-Match"] = first["etag"]
    assert change.execute()["summary"] == "Ours"
    for stale in (
        events.patch(calendarId=calendar, eventId="meeting0", body={"summary": "Late"}),
        events.delete(calendarId=calendar, eventId="meeting0"),
    ):
        stale.headers["If-Match"] = first["etag"]
        with pytest.raises(HttpError) as refused:
            stale.execute()
        assert refusal(refused) == (412, "conditionNotMet")


def test_a_patch_merges_properties_and_replaces_attendees() -> None:
    scene = Scene()
    calendar = made(scene)
    entered(scene, calendar, attendees=[{"email": ANA.mail}])
    body = {
        "extendedProperties": {"private": {"sm_addr": "meeting:weekly"}},
        "attendees": [{"email": BEN.mail}],
        "description": "<b>Agenda</b>",
    }
    events = scene.calendar().events()
    told = events.patch(calendarId=calendar, eventId="meeting0", body=body).execute()
    assert told["extendedProperties"]["private"] == {"sm_ws": "W1", "sm_addr": "meeting:weekly"}
    assert told["attendees"] == [{"email": BEN.mail, "responseStatus": "needsAction"}]
    assert told["description"] == "<b>Agenda</b>"
    assert told["summary"] == "Weekly"
    assert scene.mails() == []


def test_guests_are_mailed_only_when_that_is_asked_for() -> None:
    scene = Scene()
    calendar = made(scene)
    entered(scene, calendar, attendees=[{"email": ANA.mail}], sendUpdates="all")
    body = {"attendees": [{"email": ANA.mail}, {"email": BEN.mail}]}
    events = scene.calendar().events()
    events.patch(calendarId=calendar, eventId="meeting0", body=body, sendUpdates="all").execute()
    events.patch(calendarId=calendar, eventId="meeting0", body={"summary": "Quiet"}).execute()
    events.delete(calendarId=calendar, eventId="meeting0", sendUpdates="all").execute()
    assert scene.mails() == [
        (ANA.mail, "Invitation: Weekly"),
        (ANA.mail, "Updated invitation: Weekly"),
        (BEN.mail, "Invitation: Weekly"),
        (ANA.mail, "Canceled event: Quiet"),
        (BEN.mail, "Canceled event: Quiet"),
    ]


def test_a_sync_token_tells_only_what_changed_since() -> None:
    scene = Scene()
    calendar = made(scene)
    for name in ("alpha", "bravo"):
        entered(scene, calendar, id=name)
    events = scene.calendar().events()
    first = events.list(calendarId=calendar, maxResults=1).execute()
    assert "nextSyncToken" not in first
    second = events.list(calendarId=calendar, pageToken=first["nextPageToken"]).execute()
    token = second["nextSyncToken"]
    assert events.list(calendarId=calendar, syncToken=token).execute()["items"] == []
    events.patch(calendarId=calendar, eventId="alpha", body={"summary": "New"}).execute()
    events.delete(calendarId=calendar, eventId="bravo").execute()
    reply = events.list(calendarId=calendar, syncToken=token).execute()
    told = {(one["id"], one["status"]) for one in reply["items"]}
    assert told == {("alpha", "confirmed"), ("bravo", "cancelled")}
    assert (
        events.list(calendarId=calendar, syncToken=reply["nextSyncToken"]).execute()["items"] == []
    )


def test_a_sync_token_takes_no_other_parameters() -> None:
    scene = Scene()
    calendar = made(scene)
    events = scene.calendar().events()
    token = events.list(calendarId=calendar).execute()["nextSyncToken"]
    for more in (
        {"singleEvents": True},
        {"timeMin": "2027-01-01T00:00:00Z"},
        {"privateExtendedProperty": "sm_ws=W1"},
        {"showDeleted": False},
    ):
        with pytest.raises(HttpError) as refused:
            events.list(calendarId=calendar, syncToken=token, **more).execute()
        assert refusal(refused)[0] == 400


def test_an_old_sync_token_asks_for_a_full_list() -> None:
    scene = Scene()
    calendar = made(scene)
    events = scene.calendar().events()
    token = events.list(calendarId=calendar).execute()["nextSyncToken"]
    scene.ask("POST", "/_google/expire-sync-tokens", scene.hand(ROBOT), {})
    with pytest.raises(HttpError) as refused:
        events.list(calendarId=calendar, syncToken=token).execute()
    assert refusal(refused) == (410, "fullSyncRequired")
    fresh = events.list(calendarId=calendar).execute()["nextSyncToken"]
    entered(scene, calendar)
    assert len(events.list(calendarId=calendar, syncToken=fresh).execute()["items"]) == 1


def test_events_are_found_by_their_mark_and_by_time() -> None:
    scene = Scene()
    calendar = made(scene)
    entered(scene, calendar)
    entered(scene, calendar, id="other", extendedProperties={"private": {"sm_ws": "W2"}})
    events = scene.calendar().events()
    marked = events.list(calendarId=calendar, privateExtendedProperty="sm_ws=W1").execute()
    assert [one["id"] for one in marked["items"]] == ["meeting0"]
    window = {"timeMin": "2027-04-01T00:00:00Z", "timeMax": "2027-04-06T00:00:00Z"}
    single = events.list(calendarId=calendar, singleEvents=True, **window).execute()
    assert {one["id"] for one in single["items"]} == {
        "meeting0_20270405T090000Z", "other_20270405T090000Z",
    }  # fmt: skip


def test_a_link_to_the_notes_needs_its_parameter() -> None:
    scene = Scene()
    calendar = made(scene)
    notes = [{"fileUrl": "https://docs.google.com/document/d/abc/edit", "title": "Notes"}]
    assert "attachments" not in entered(scene, calendar, attachments=notes)
    told = entered(scene, calendar, id="other", attachments=notes, supportsAttachments=True)
    assert told["attachments"][0]["fileId"] == "abc"
    quiet = (
        scene.calendar()
        .events()
        .patch(calendarId=calendar, eventId="other", body={"summary": "New"})
    )
    assert "attachments" in quiet.execute()


@pytest.mark.parametrize(
    "wrong",
    [
        {"end": None},
        {"start": {"dateTime": "2027-03-22T10:00:00"}},
        {"start": {"date": "2027-03-22"}},
        {"end": {"dateTime": "2027-03-21T10:00:00Z"}},
        {"recurrence": ["RRULE:FREQ=SOMETIMES"]},
        {"recurrence": ["DTSTART:20270322T100000Z"]},
        {"recurrence": ["RRULE:FREQ=WEEKLY;UNTIL=20270401T100000"]},
        {"start": {"dateTime": "2027-03-22T10:00:00", "timeZone": "Europe/Nowhere"}},
    ],
)
def test_an_event_that_can_not_be_is_refused(wrong: dict[str, Any]) -> None:
    scene = Scene()
    calendar = made(scene)
    with pytest.raises(HttpError) as refused:
        entered(scene, calendar, **wrong)
    assert refusal(refused)[0] == 400


def test_the_narrow_scope_sees_only_the_calendars_of_the_app() -> None:
    scene = Scene()
    calendar = made(scene)
    assert scene.calendar().calendars().get(calendarId=calendar).execute()["summary"] == "Acme"
    with pytest.raises(HttpError) as hidden:
        scene.calendar().events().list(calendarId="primary").execute()
    assert refusal(hidden)[0] == 404
    with pytest.raises(HttpError) as refused:
        scene.calendar().acl().list(calendarId=calendar).execute()
    assert refusal(refused) == (403, "insufficientPermissions")


def test_a_calendar_is_shared_by_hand_and_a_member_edits_in_it() -> None:
    scene = Scene()
    calendar = made(scene)
    entered(scene, calendar)
    hers = scene.calendar(scene.hand(ANA)).events()
    with pytest.raises(HttpError):
        hers.get(calendarId=calendar, eventId="meeting0").execute()
    rule = {"role": "writer", "scope": {"type": "user", "value": ANA.mail}}
    scene.calendar(scene.hand(ROBOT)).acl().insert(calendarId=calendar, body=rule).execute()
    hers.patch(calendarId=calendar, eventId="meeting0", body={"location": "Room 1"}).execute()
    ours = scene.calendar().events().get(calendarId=calendar, eventId="meeting0").execute()
    assert ours["location"] == "Room 1"
    listed = scene.calendar(scene.hand(ANA)).calendarList().list().execute()["items"]
    assert {(one["id"], one["accessRole"]) for one in listed} == {
        (ANA.mail, "owner"), (calendar, "writer"),
    }  # fmt: skip


def test_the_same_time_in_other_words_moves_nothing() -> None:
    scene = Scene()
    calendar = made(scene)
    entered(scene, calendar)
    events = scene.calendar().events()
    second = "meeting0_20270329T090000Z"
    events.patch(calendarId=calendar, eventId=second, body={"location": "Room 1"}).execute()
    told = events.get(calendarId=calendar, eventId="meeting0").execute()
    events.update(calendarId=calendar, eventId="meeting0", body=told).execute()
    assert events.get(calendarId=calendar, eventId=second).execute()["location"] == "Room 1"
    assert events.get(calendarId=calendar, eventId="meeting0").execute()["sequence"] == 0
