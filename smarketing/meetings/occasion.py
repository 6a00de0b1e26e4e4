"""What the frame of an agenda says of the meeting itself: when, who, and who is not there. Pure."""

from datetime import UTC, datetime, timedelta

from smarketing.calendar.occurrences import Occurrence, occurrences
from smarketing.calendar.said import say_date, say_span
from smarketing.calendar.when import DAYS
from smarketing.meetings.inviting import coming_guests, guests_in, mail_of
from smarketing.meetings.running import Held
from smarketing.minutes.shown import escaped
from smarketing.text.wording import joined, one_line

_DAY = timedelta(days=1)
_NOBODY = "nobody this time"


def said_of(held: Held, one: Occurrence) -> dict[str, str]:
    """Return what a frame may ask for of an occurrence (agenda.SAID)."""
    number, day = _number(held, one), one.start.date()
    local = held.running.now.astimezone(one.start.tzinfo)
    minutes = int((one.end - one.start).total_seconds() // 60)
    return {
        "date": say_date(day),
        "time": say_span(one.start, minutes),
        "number": str(number),
        "chair": _named(held.frame.chair(number, day)),
        "notes": _named(held.frame.notes(number, day)),
        "guest": _guest(held, one),
        "also": "".join(f" · {each}" for each in _also(held, one)),
        "filled": f"{DAYS[local.weekday()][:3]} {local:%H:%M}",
    }


def _number(held: Held, one: Occurrence) -> int:
    """Return which meeting of its series it is; those that were cancelled don't count."""
    start = held.series.start.replace(tzinfo=UTC) - 2 * _DAY
    there = occurrences(held.series, start, one.end, held.altered)
    return len([each for each in there if not each.cancelled and each.start <= one.start]) or 1


def _also(held: Held, one: Occurrence) -> list[str]:
    """Return who is away, whether it is a holiday, and who is a guest elsewhere that week."""
    day = one.start.date()
    found = []
    if away := held.frame.away_on(day):
        found.append(f"away: {joined([escaped(name) for name in away])}")
    if name := held.running.desired.holidays.between(day, day).get(day):
        found.append(f"this is {escaped(name)}: *do you meet at all?*")
    if one.moved:
        found.append(f"moved from {say_date(one.date)}")
    others = [each for each in held.running.desired.guests if each != held.meeting]
    guests = [each for meeting in others for each in _guests_of(held, meeting, one)]
    return [*found, *(words for _, words in sorted(guests))]


def _guests_of(held: Held, meeting: str, one: Occurrence) -> list[tuple[datetime, str]]:
    record, day = held.records.get(meeting), one.start.date()
    title = one_line(str(record.hub.get("title") or "")) if record else ""
    return [
        (
            each.start,
            f"{DAYS[each.start.weekday()]}, “{escaped(title)}”: {_person(who)} is the guest",
        )
        for each, who in _coming(held, meeting)
        if day <= each.start.date() < day + 7 * _DAY
    ]


def _guest(held: Held, one: Occurrence) -> str:
    for each, who in _coming(held, held.meeting):
        if each.date == one.date:
            return _person(who)
    hosting = held.running.desired.guests.get(held.meeting)
    there = guests_in(held.records, held.meeting, hosting.rota) if hosting else {}
    return _person(there[one.date]) if one.date in there else _NOBODY


def _coming(held: Held, meeting: str) -> list[tuple[Occurrence, str]]:
    desired, record = held.running.desired, held.records.get(meeting)
    hosting = desired.guests.get(meeting)
    if hosting is None or record is None or not record.stands or record.released:
        return []
    return coming_guests(desired, held.records, record, hosting, held.running.now)


def _named(name: str) -> str:
    return name if name.startswith("[") else escaped(name)


def _person(mailbox: str) -> str:
    return escaped(mailbox.partition("<")[0].strip() or mail_of(mailbox))
