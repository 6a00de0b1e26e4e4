"""The guests of the coming occurrences: whom to invite, and what they are told. Pure.

A guest is invited to single occurrences, never to the series. Whom a member puts there or takes
off in the calendar stands; who has been a guest is read from the occurrences themselves.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from hashlib import sha256

from smarketing.address import container_of, key_of
from smarketing.contract import LAST
from smarketing.desired import Desired, Item
from smarketing.kinds import THERE, Value
from smarketing.meetings.altered import KIND, address_of, altered_in
from smarketing.meetings.hosting import Hosting
from smarketing.meetings.occurrences import Occurrence, series_of, upcoming
from smarketing.meetings.rotation import Rota, guests
from smarketing.record import PLAYBOOK, Record
from smarketing.whensaid import say_date

NEXT = 2
"""How many occurrences ahead have their guest."""

GUEST = "message:guest-"
"""How the addresses of messages to guests begin."""

TOLD = "guests:told"
"""The fact of who was told before this state was begun."""


def guests_to_invite(
    desired: Desired,
    records: Mapping[str, Record],
    now: datetime,
    messages_in: str,
    held: Collection[str],
    facts: Mapping[str, str],
) -> list[Item]:
    """Return the coming occurrences with their guests, and a message to each who has had none.

    `messages_in` is where messages go, "" for nowhere; `held` are the places whose calendar knows
    occurrences, `facts` those in state.
    """
    earlier = facts.get(TOLD, "").split()
    items: list[Item] = []
    for address, hosting in desired.guests.items():
        record = records.get(address)
        if record is None or not record.stands or record.released or record.place not in held:
            continue
        for one, guest in coming_guests(desired, records, record, hosting, now):
            items.append(_occurrence(record, one, guest))
            told = _message(desired, record, hosting, one, guest, messages_in)
            if told.address in earlier:
                continue
            if messages_in and not _is_sent(records.get(told.address)):
                items.append(told)
    return items


def told_earlier(desired: Desired, records: Mapping[str, Record]) -> dict[str, str]:
    """Return the fact of whom a lost state may have told: who stands in the calendar already."""
    told = [
        _address(meeting, day, guest)
        for meeting, hosting in desired.guests.items()
        for day, guest in guests_in(records, meeting, hosting.rota).items()
    ]
    return {TOLD: " ".join(sorted(told))} if told else {}


def coming_guests(
    desired: Desired,
    records: Mapping[str, Record],
    record: Record,
    hosting: Hosting,
    now: datetime,
) -> list[tuple[Occurrence, str]]:
    """Return the next occurrences for which we ask a guest, with the guest (a mailbox)."""
    try:
        return _coming(desired, records, record, hosting, now)
    except (ValueError, OverflowError):
        return []  # a rule or a zone of a member's own, that nobody can follow


def _coming(
    desired: Desired,
    records: Mapping[str, Record],
    record: Record,
    hosting: Hosting,
    now: datetime,
) -> list[tuple[Occurrence, str]]:
    """Return the next occurrences for which we ask a guest, with the guest."""
    series = series_of(record.hub)
    if series is None:
        return []
    ahead = upcoming(series, now, NEXT + 1, altered_in(records, record.address))
    ahead = tuple(one for one in ahead if one.start > now)[:NEXT]
    if not ahead:
        return []
    days = {one.date: one.start.date() for one in ahead}
    there = guests_in(records, record.address, hosting.rota)
    anyway = mails_of(record.hub.get("attendees"))
    rota = Rota(
        [who for who in hosting.rota.people if mail_of(who) not in anyway], hosting.rota.away
    )
    decided = {day for day in days if _is_decided(records, record.address, day)}
    off = desired.holidays.between(min(days.values()), max(days.values()))
    found = guests(
        {at: day for at, day in days.items() if at not in decided},
        rota,
        {day: who for day, who in there.items() if day not in days or day in decided},
        {day: who for day, who in there.items() if day in days},
        off.keys(),
    )
    return [(one, found[one.date]) for one in ahead if one.date in found]


def guests_in(records: Mapping[str, Record], meeting: str, rota: Rota) -> dict[date, str]:
    """Return who of a rota comes, or came, to which occurrence of a meeting, by original date.

    Who was asked to one that is cancelled has not had their turn.
    """
    series = records.get(meeting)
    known = mails_of(series.hub.get("attendees")) if series else frozenset()
    own = {mail_of(who): who for who in rota.people}
    found: dict[date, str] = {}
    for address, record in records.items():
        if record.kind == KIND and record.existence == THERE and container_of(address) == meeting:
            extra = sorted(mails_of(record.hub.get("attendees")) - known)
            if who := next((own[mail] for mail in extra if mail in own), ""):
                found[date.fromisoformat(key_of(address))] = who
    return found


def _is_decided(records: Mapping[str, Record], meeting: str, day: date) -> bool:
    """Say whether a member took off whom we had asked: then it is theirs who comes."""
    record, series = records.get(address_of(meeting, day)), records.get(meeting)
    asked = record.seen.get(PLAYBOOK, {}).get("attendees") if record else None
    if record is None or asked is None or series is None:
        return False
    guest = mails_of(asked.value) - mails_of(series.hub.get("attendees"))
    return bool(guest - mails_of(record.hub.get("attendees")))


def mail_of(mailbox: str) -> str:
    """Return the address in `Ana Silva <ana@acme.example>`, or what stands there instead."""
    return mailbox.rpartition("<")[2].rstrip("> ").strip().lower()


def mails_of(people: Value) -> frozenset[str]:
    """Return the addresses of those who are invited."""
    return frozenset(map(mail_of, people)) if isinstance(people, frozenset) else frozenset()


def _occurrence(series: Record, one: Occurrence, guest: str) -> Item:
    people = series.hub.get("attendees")
    invited = (people if isinstance(people, frozenset) else frozenset()) | {guest}
    address = address_of(series.address, one.date)
    fields: dict[str, Value] = {"date": one.date.isoformat(), "attendees": invited}
    return Item(address, KIND, series.place, series.address, fields, stage=LAST)


def _is_sent(record: Record | None) -> bool:
    return record is not None and bool(record.binding or record.existence != THERE)


def _message(
    desired: Desired,
    series: Record,
    hosting: Hosting,
    one: Occurrence,
    guest: str,
    place: str,
) -> Item:
    address = _address(series.address, one.date, guest)
    title = str(series.hub.get("title") or "the meeting")
    when = f"{say_date(one.start.date())}, {one.start:%H:%M}-{one.end:%H:%M}"
    name = guest.partition("<")[0].strip() or guest
    notes = str(series.hub.get("notes") or "").removeprefix("link:")
    record = desired.items.get(notes)
    lines = [
        f"Hello {name.split()[0]},",
        "",
        f"you are the guest of {hosting.team} at “{title}”: {when} ({series.hub.get('timezone')}).",
        "It is in your calendar. Listen, ask one question, and take one thing back to your team.",
        "",
    ]
    if record is not None and record.fields.get("title"):
        lines += [f"- [{record.fields['title']}](link:{notes})", ""]
    lines += ["You can't come? Ask somebody of your team, and put them into the calendar entry."]
    fields: dict[str, Value] = {
        "to": guest,
        "subject": f"{name.split()[0]}, you are the guest at “{title}” on {say_date(one.start.date())}",
        "body": "\n".join(lines),
    }
    return Item(address, "message", place, f"root:{place}", fields, stage=LAST)


def _address(meeting: str, day: date, guest: str) -> str:
    digest = sha256(f"{meeting} {day} {mail_of(guest)}".encode()).hexdigest()[:12]
    return f"{GUEST}{day}-{digest}"
