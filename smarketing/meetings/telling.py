"""Whom a run invited to single meetings, as sentences. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date

from smarketing.address import container_of, key_of
from smarketing.contract import Change
from smarketing.meetings.altered import KIND
from smarketing.meetings.inviting import mail_of, mails_of
from smarketing.record import Record
from smarketing.when import say_date
from smarketing.wording import called, one_line


def invited(changes: Iterable[Change], records: Mapping[str, Record]) -> list[str]:
    """Return a sentence for each guest that these changes invited; `records` are those after."""
    return [
        f"{who} is the guest at “{title}” of {when}."
        for change in changes
        if change.kind == KIND and "attendees" in change.fields
        for title, when in [_which(change.address, records)]
        for who in _new(change, records)
    ]


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
