"""Whom a run invited to single meetings, and which of these stay behind, as sentences. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time

from smarketing.address import container_of, key_of
from smarketing.calendar.occurrences import series_of, upcoming_altered
from smarketing.calendar.said import say_date
from smarketing.contract import Change
from smarketing.meetings.altered import KIND, altered_in
from smarketing.meetings.inviting import mail_of, mails_of
from smarketing.state.record import Record
from smarketing.text.wording import called, one_line, plural

_TIMES = frozenset(("start", "minutes", "timezone", "rule"))


def invited(changes: Iterable[Change], records: Mapping[str, Record]) -> list[str]:
    """Return a sentence for each guest that these changes invited; `records` are those after."""
    return [
        f"{who} is the guest at “{title}” of {when}."
        for change in changes
        if change.kind == KIND and "attendees" in change.fields
        for title, when in [_which(change.address, records)]
        for who in _new(change, records)
    ]


def left_behind(
    moving: Mapping[str, str], records: Mapping[str, Record], today: date
) -> Iterator[str]:
    """Say of meetings that move to another tool which coming ones have to be moved there again.

    `moving` maps addresses to the places they leave, `records` are those before.
    """
    for address in moving:
        if ahead := _ahead(address, records, records, today):
            yield (
                f"“{_title(address, records)}”: {plural(ahead, 'meeting', 'meetings')} that members "
                f"moved or cancelled {'does' if ahead == 1 else 'do'} not come along: move or cancel "
                f"{'it' if ahead == 1 else 'them'} again in the new calendar."
            )


def put_back(
    changes: Iterable[Change],
    before: Mapping[str, Record],
    records: Mapping[str, Record],
    today: date,
) -> Iterator[str]:
    """Say of series that get other days or times which coming meetings lose what members made of
    them, where the calendar drops that.

    `changes` are those in such calendars, `before` the records with the series as it was, and
    `records` those with all that was heard of its single meetings.
    """
    for change in changes:
        if change.kind != "meeting" or not change.before or not _TIMES & change.fields.keys():
            continue
        if ahead := _ahead(change.address, before, records, today):
            one = ahead == 1
            yield (
                f"“{_title(change.address, before)}”: its days or times change, and with that its "
                f"calendar drops what members made of {plural(ahead, 'coming meeting', 'coming meetings')} "
                f"that they moved or cancelled: move or cancel {'it' if one else 'them'} again afterwards."
            )


def _ahead(
    address: str, before: Mapping[str, Record], records: Mapping[str, Record], today: date
) -> int:
    """Return how many coming occurrences of a meeting members moved or cancelled."""
    record = before.get(address)
    series = series_of(record.hub) if record and record.kind == "meeting" else None
    now = datetime.combine(today, time(), UTC)
    try:
        return upcoming_altered(series, now, altered_in(records, address)) if series else 0
    except (ValueError, OverflowError):
        return 0  # a rule or a zone of a member's own, that nobody can follow


def _title(address: str, records: Mapping[str, Record]) -> str:
    return called(address, str(records[address].hub.get("title") or ""))


def _which(address: str, records: Mapping[str, Record]) -> tuple[str, str]:
    series = records.get(container_of(address))
    title = called(container_of(address), str(series.hub.get("title") or "") if series else "")
    return title, say_date(date.fromisoformat(key_of(address)))


def _new(change: Change, records: Mapping[str, Record]) -> list[str]:
    """Return the names of those whom a change adds to an occurrence, beside those of its series."""
    series, own = records.get(container_of(change.address)), records.get(change.address)
    people = own.hub.get("attendees") if own else None
    usual = mails_of(series.hub.get("attendees")) if series else frozenset()
    before = mails_of(change.before.fields.get("attendees")) if change.before else frozenset()
    fresh = people if isinstance(people, frozenset) else frozenset()
    return sorted(
        one_line(who.partition("<")[0]) or who
        for who in fresh
        if mail_of(who) not in usual | before
    )
