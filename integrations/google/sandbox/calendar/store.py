"""The calendars of everybody and the events in them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from smarketing.standin import Person

from ..caller import Caller
from ..drive.store import Store
from ..errors import Said

ROLES = ("none", "freeBusyReader", "reader", "writer", "owner")


@dataclass(slots=True)
class Event:
    """One event, series, or exception to a series. `data` is what was written into it."""

    id: str
    data: dict[str, Any]
    creator: str
    created: float
    updated: float = 0.0
    number: int = 0
    sequence: int = 0

    @property
    def is_cancelled(self) -> bool:
        """Say whether it was deleted."""
        return self.data.get("status") == "cancelled"

    @property
    def series(self) -> str:
        """Return the id of the series that this is an exception to, "" for none."""
        return str(self.data.get("recurringEventId", ""))

    @property
    def etag(self) -> str:
        """Return what differs whenever the event does."""
        return f'"{self.number:016d}"'


@dataclass(slots=True)
class Rule:
    """Who may do what with a calendar. `type` is user, group, domain or default."""

    type: str
    who: str
    role: str

    @property
    def id(self) -> str:
        """Return the id of the rule."""
        return f"{self.type}:{self.who}" if self.who else self.type


@dataclass(slots=True)
class Calendar:
    """One calendar. `forgotten` is the number up to which sync tokens are too old."""

    id: str
    summary: str
    owner: str
    client: str
    zone: str = "UTC"
    description: str = ""
    location: str = ""
    primary: bool = False
    number: int = 0
    forgotten: int = -1
    events: dict[str, Event] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)

    def exceptions(self, series: str) -> Iterator[Event]:
        """Yield the exceptions to a series."""
        return (event for event in self.events.values() if event.series == series)


class Calendars:
    """Everything that Calendar holds."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.calendars: dict[str, Calendar] = {}
        self.number = 0

    def primary(self, person: Person) -> Calendar:
        """Return the calendar that everybody has."""
        if person.mail not in self.calendars:
            made = Calendar(person.mail, person.mail, person.mail, "", primary=True)
            made.rules = {f"user:{person.mail}": Rule("user", person.mail, "owner")}
            self.calendars[person.mail] = made
        return self.calendars[person.mail]

    def add(self, summary: str, caller: Caller) -> Calendar:
        """Make a calendar."""
        ending = "@group.calendar.google.com"
        made = Calendar(
            self._store.new_id("c_") + ending, summary, caller.person.mail, caller.client
        )
        mail = caller.person.mail
        made.rules[f"user:{mail}"] = Rule("user", mail, "owner")
        self.calendars[made.id] = made
        return made

    def reached(self, calendar_id: str, caller: Caller, role: str = "reader") -> Calendar:
        """Return a calendar; raise 404 where it can't be seen, 403 below this role."""
        found = self.primary(caller.person) if calendar_id == "primary" else None
        if found is None and calendar_id == caller.person.mail:
            found = self.primary(caller.person)
        found = found or self.calendars.get(calendar_id)
        held = self.role(found, caller) if found else "none"
        if found is None or held == "none":
            raise Said(404, "notFound", "Not Found")
        if ROLES.index(held) < ROLES.index(role):
            raise Said(403, "requiredAccessLevel", "You need to have writer access.")
        return found

    def role(self, calendar: Calendar, caller: Caller) -> str:
        """Return what this person may do through this app."""
        if not caller.sees_all_calendars and calendar.client != caller.client:
            return "none"
        roles = [one.role for one in calendar.rules.values() if self._is_for(one, caller.person)]
        return max(roles, key=ROLES.index, default="none")

    def changed(self, calendar: Calendar, event: Event) -> None:
        """Count a change of an event."""
        self.number += 1
        calendar.number = event.number = self.number
        event.updated = self._store.world.now()

    def _is_for(self, rule: Rule, person: Person) -> bool:
        if rule.type == "group":
            return person.mail in self._store.groups.get(rule.who, ())
        if rule.type == "domain":
            return person.mail.endswith("@" + rule.who)
        return rule.type == "default" or rule.who == person.mail
