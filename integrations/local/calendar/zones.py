"""The rules of a time zone as calendars want them: a VTIMEZONE with yearly rules. Pure."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_YEARS = 5


def zone_text(name: str, year: int) -> str:
    """Return the VTIMEZONE, right from this year on for as long as the zone keeps its rules."""
    zone = ZoneInfo(name)
    parts = [_part(zone, change, year) for change in _changes(zone, year)]
    if not parts or "" in parts:
        return _listed(name)
    return f"BEGIN:VTIMEZONE\r\nTZID:{name}\r\n{''.join(parts)}END:VTIMEZONE\r\n"


def _changes(zone: ZoneInfo, year: int) -> list[datetime]:
    """Return the hours, in UTC without a zone, in which the clocks change in this year."""
    first = datetime(year, 1, 1)
    offsets = [_offset(zone, first + timedelta(days=day)) for day in range(366)]
    return [
        _hour(zone, first + timedelta(days=day - 1))
        for day in range(1, 366)
        if offsets[day] != offsets[day - 1]
    ]


def _hour(zone: ZoneInfo, start: datetime) -> datetime:
    before = _offset(zone, start)
    return next(
        at
        for at in (start + timedelta(minutes=30 * half) for half in range(1, 49))
        if _offset(zone, at) != before
    )


def _part(zone: ZoneInfo, change: datetime, year: int) -> str:
    """Return one half of the year, "" where no yearly rule tells when it begins."""
    old, new = _offset(zone, change - timedelta(minutes=1)), _offset(zone, change)
    for day in _rules(change + old):
        starts = [_nth(change + old, day, year + more) for more in range(_YEARS)]
        if all(_begins(zone, start - old, new) for start in starts):
            return _half(zone, change, (old, new), day)
    return ""


def _half(zone: ZoneInfo, change: datetime, offsets: tuple[timedelta, timedelta], day: str) -> str:
    old, new = offsets
    local = change + old
    here = change.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone)
    kind = "DAYLIGHT" if here.dst() else "STANDARD"
    # From 1970 on, as calendars expect it, so that a meeting of any year finds a rule.
    start = _nth(local, day, 1970)
    lines = (
        f"BEGIN:{kind}",
        f"DTSTART:{start:%Y%m%dT%H%M%S}",
        f"RRULE:FREQ=YEARLY;BYMONTH={local.month};BYDAY={day}",
        f"TZNAME:{here.tzname()}",
        f"TZOFFSETFROM:{_sign(old)}",
        f"TZOFFSETTO:{_sign(new)}",
        f"END:{kind}",
    )
    return "".join(f"{line}\r\n" for line in lines)


def _rules(local: datetime) -> Iterator[str]:
    day = _DAYS[local.weekday()]
    if (local + timedelta(days=7)).month != local.month:
        yield f"-1{day}"
    yield f"{(local.day + 6) // 7}{day}"


def _nth(local: datetime, rule: str, year: int) -> datetime:
    number, weekday = int(rule[:-2]), _DAYS.index(rule[-2:])
    if number > 0:
        first = local.replace(year=year, day=1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
    after = (local.replace(year=year, day=1) + timedelta(days=31)).replace(day=1)
    last = after - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def _begins(zone: ZoneInfo, change: datetime, new: timedelta) -> bool:
    before = _offset(zone, change - timedelta(minutes=1))
    return before != new and _offset(zone, change) == new


def _offset(zone: ZoneInfo, utc: datetime) -> timedelta:
    there = utc.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone).utcoffset()
    return there or timedelta()


def _sign(offset: timedelta) -> str:
    minutes = int(offset.total_seconds() // 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def _listed(name: str) -> str:
    """Return the zone as a list of dates, where it has no yearly rule or never changes."""
    from icalendar import Timezone

    return str(Timezone.from_tzid(name).to_ical(), "utf-8")
