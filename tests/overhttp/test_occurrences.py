"""Single meetings in Google Calendar: what members make of them stays, and guests are invited."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from smarketing.calendar.occurrences import Altered
from smarketing.meetings.altered import altered_in
from smarketing.plan import counted
from smarketing.planning.given import Request
from smarketing.sandbox.cast import ROBOT
from smarketing.state.sqlite import SqliteState
from tests.calls.test_calls import AGAIN, total

from .members import InGoogle, in_google
from .miniature import BOTH, CONFIG, PLAYBOOK, write_yaml
from .office import POINTS, Crash, Death, Office, office

SYNC = Request(sync=True)
WEEKLY = "meeting:weekly"


@pytest.fixture
def built(tmp_path: Path) -> Office:
    """The miniature in both tools, built, whose weekly of sales has a guest of marketing."""
    made = office(tmp_path, BOTH)
    meeting = {**PLAYBOOK["meetings"]["weekly"], "guest": "one of marketing"}
    roles = {"sales": "required", "marketing": "required"}
    write_yaml(
        tmp_path / "playbook" / "playbook.yaml",
        {**PLAYBOOK, "roles": roles, "meetings": {"weekly": meeting}},
    )
    market = {"title": "Marketing", "plays": "marketing", "lead": "dana", "members": ["ben"]}
    people = {"dana": "Dana Wu <dana@acme.example>", "ben": "Ben Okoye <ben@acme.example>"}
    made.change_config(
        people={**CONFIG["people"], **people}, teams={**CONFIG["teams"], "market": market}
    )
    assert not made.apply().failed
    made.apply()
    return made


class Page:
    """Google Calendar in the browser of the one who owns the calendar."""

    def __init__(self, made: Office) -> None:
        self._hands: InGoogle = in_google(made.vendors, ROBOT)
        self._calendar, self._series = self._hands.place_of_event("Weekly")
        self._path = f"/calendar/v3/calendars/{self._calendar}/events"

    def instances(self) -> list[dict[str, Any]]:
        path = f"{self._path}/{self._series}/instances"
        found = self._hands._call("GET", path, showDeleted="true", maxResults="20")["items"]
        assert isinstance(found, list)
        return found

    def one(self, day: str) -> dict[str, Any]:
        """Return the occurrence of this original date."""
        found = [e for e in self.instances() if e["originalStartTime"]["dateTime"][:10] == day]
        assert len(found) == 1
        return found[0]

    def move(self, day: str, start: str) -> None:
        times = {
            "start": {"dateTime": f"{start}:00", "timeZone": "Europe/London"},
            "end": {"dateTime": f"{start[:14]}59:00", "timeZone": "Europe/London"},
        }
        self._hands._call("PATCH", f"{self._path}/{self.one(day)['id']}", times)

    def cancel(self, day: str) -> None:
        self._hands._call("DELETE", f"{self._path}/{self.one(day)['id']}")

    def invite(self, day: str, *mails: str) -> None:
        body = {"attendees": [{"email": mail} for mail in mails]}
        self._hands._call("PATCH", f"{self._path}/{self.one(day)['id']}", body)

    def guests(self) -> dict[str, list[str]]:
        """Return who comes beside sales, by the day that it really is."""
        return {
            event["start"]["dateTime"][:10]: sorted(extra)
            for event in self.instances()
            if event["status"] != "cancelled"
            if (extra := {e["email"].partition("@")[0] for e in event["attendees"]} - {"ana"})
        }


def known(made: Office) -> dict[str, Altered]:
    """Return what state knows of single meetings."""
    path = made.company.data / "workspaces" / "k3v9-7q2m-x4dt.sqlite3"
    state = SqliteState(path)
    try:
        records = state.load().records
    finally:
        state.close()
    return {day.isoformat(): altered for day, altered in altered_in(records, WEEKLY).items()}


def test_what_members_moved_or_cancelled_is_known_and_no_run_writes_or_reads_more(
    built: Office,
) -> None:
    page = Page(built)
    page.move("2026-12-14", "2026-12-16T15:00")
    page.cancel("2026-12-21")
    before = built.picture()
    recap = built.apply()
    assert recap.done == ()
    assert recap.spent == counted(recap.plan)
    found = known(built)
    assert found["2026-12-21"].cancelled
    assert str(found["2026-12-14"].start) == "2026-12-16 15:00:00"
    assert found["2026-12-14"].minutes == 59
    again = built.apply()
    assert again.done == ()
    assert total(again.spent) <= AGAIN
    assert built.picture() == before
    page.move("2026-12-14", "2026-12-17T15:00")
    built.apply()
    assert str(known(built)["2026-12-14"].start) == "2026-12-17 15:00:00"
    built.company.forget()
    built.apply()
    assert set(known(built)) == {"2026-12-14", "2026-12-21"}
    assert page.one("2026-12-21")["status"] == "cancelled"


def test_a_guest_is_invited_to_single_meetings_and_google_mails_nobody(built: Office) -> None:
    page = Page(built)
    page.move("2026-12-14", "2026-12-16T15:00")
    mails = built.mails()
    recap = built.apply(request=SYNC)
    assert not recap.failed
    assert recap.spent == counted(recap.plan)
    assert page.guests() == {"2026-12-16": ["dana"], "2026-12-21": ["ben"]}
    assert page.one("2026-12-14")["start"]["dateTime"].startswith("2026-12-16T15:00")
    assert built.mails() == mails
    built.settled()
    again = built.apply(request=SYNC)
    assert again.done == ()
    assert total(again.spent) <= AGAIN


def test_whom_a_member_puts_there_in_google_stands(built: Office) -> None:
    page = Page(built)
    built.apply(request=SYNC)
    page.invite("2026-12-14", "ana@acme.example", "ben@acme.example")
    page.invite("2026-12-21", "ana@acme.example")
    built.apply(request=SYNC)
    built.apply()
    built.apply(request=SYNC)
    assert page.guests() == {"2026-12-14": ["ben"]}
    page.cancel("2026-12-14")
    built.apply(request=SYNC)
    assert page.one("2026-12-14")["status"] == "cancelled"
    assert page.guests() == {"2026-12-28": ["dana"]}


@pytest.mark.parametrize("point", POINTS)
def test_a_run_that_dies_while_it_invites_is_finished_by_the_next(
    built: Office, point: str
) -> None:
    page = Page(built)
    with suppress(Crash):
        built.apply(Death(1, point), SYNC)
        raise AssertionError("it did not die")
    built.apply(request=SYNC)
    assert page.guests() == {"2026-12-14": ["dana"], "2026-12-21": ["ben"]}
    built.settled()
    assert built.apply(request=SYNC).done == ()


def test_where_google_drops_exceptions_with_another_time_the_guests_are_asked_again(
    built: Office,
) -> None:
    page = Page(built)
    built.apply(request=SYNC)
    page.move("2026-12-28", "2026-12-29T15:00")
    built.apply()
    built.playbook("at 10:00", "at 11:30")
    assert not built.apply().failed
    built.apply(request=SYNC)
    assert page.one("2026-12-14")["start"]["dateTime"].startswith("2026-12-14T11:30")
    assert page.guests() == {"2026-12-07": ["dana"], "2026-12-14": ["ben"]}
    built.settled()
    assert built.apply(request=SYNC).done == ()


def test_before_a_series_gets_other_days_the_plan_says_how_many_moved_ones_it_loses(
    built: Office,
) -> None:
    page = Page(built)
    page.move("2026-12-14", "2026-12-16T15:00")
    page.cancel("2026-12-21")
    meeting = {**PLAYBOOK["meetings"]["weekly"], "when": "every Tuesday at 10:00 for 45 minutes"}
    file = built.folder / "playbook" / "playbook.yaml"
    write_yaml(file, {**json.loads(file.read_text("utf-8")), "meetings": {"weekly": meeting}})
    words = "drops what members made of 2 coming meetings that they moved or cancelled"
    (told,) = [each for each in built.plan().foreseen if words in each]
    assert told.startswith("“Weekly”: its days or times change")
    assert built.apply().failed == ()
    assert not [each for each in page.instances() if each["status"] == "cancelled"]
    assert not [each for each in built.plan().foreseen if "drops what" in each]
