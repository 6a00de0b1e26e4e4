"""Which digest should be out by now. Pure: the moment comes in."""

from datetime import date, datetime, timedelta

from smarketing.calendar.digesttimes import Digest
from smarketing.calendar.when import first, zone

LATE = timedelta(days=4)
"""How long a digest that could not go is still worth sending: then the next one tells it all."""


def is_late(at: datetime, now: datetime) -> bool:
    """Say whether a digest that was due at `at` and did not go is left to the next one."""
    return now - at > LATE


def due(digest: Digest, since: datetime, now: datetime) -> datetime | None:
    """Return when the digest of these days was due, None where none was yet.

    What was due before `since`, when the first run looked, was nobody's. Moments have a time
    zone; the answer stands on the clock of the workspace.
    """
    from dateutil.rrule import rrulestr

    here = zone(digest.when.timezone)
    began, local = since.astimezone(here), now.astimezone(here)
    start = first(digest.when, began.date())
    found = rrulestr(digest.when.rule, dtstart=start).before(local.replace(tzinfo=None), inc=True)
    if not isinstance(found, datetime):
        return None
    at = found.replace(tzinfo=here)
    return at if began < at else None


def next_day(digest: Digest, at: datetime) -> date:
    """Return the day of the digest that follows the one of this moment."""
    from dateutil.rrule import rrulestr

    local = at.astimezone(zone(digest.when.timezone)).replace(tzinfo=None)
    start = first(digest.when, local.date())
    found = rrulestr(digest.when.rule, dtstart=start).after(local)
    return found.date() if isinstance(found, datetime) else local.date() + timedelta(days=7)
