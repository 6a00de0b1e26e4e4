"""The parts of a playbook that config chooses, and the day on which each of them begins.

A part that is taken up when a workspace is in use already gets a day of its own, once, in
config.yaml: else all that it asks for would be overdue on the day on which it appears.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, StringConstraints

from smarketing.address import without_item
from smarketing.calendar.said import say_date
from smarketing.yamlfiles.fieldtypes import Day, Key, day
from smarketing.yamlfiles.shape import Shape

FACT = "parts"
"""The name under which state remembers the parts that were taken up, each with its day."""

_FORM = r"^[a-z0-9][a-z0-9-]{0,39}(?: from 20[0-9]{2}-[0-9]{2}-[0-9]{2})?$"


def part_form(value: Any) -> Any:
    """Return name and day apart: `rollout`, or `rollout from 2027-03-01`."""
    if not isinstance(value, str) or not re.search(r"\s", value.strip()):
        return {"name": value} if isinstance(value, str) else value
    found = re.fullmatch(r"(?P<name>\S+)\s+from\s+(?P<day>\S+)", value.strip())
    if not found:
        raise ValueError("Write the part alone, or with its first day: rollout from 2027-03-01")
    return {"name": found["name"], "start": day(found["day"])}


class ChosenPart(Shape):
    """A part that config chooses; without a day of its own it begins with the workspace."""

    name: Key
    start: Day | None = None

    @property
    def words(self) -> str:
        """Return it as config.yaml has it."""
        return f"{self.name} from {self.start.isoformat()}" if self.start else self.name


WrittenPart = Annotated[
    ChosenPart,
    BeforeValidator(
        part_form, json_schema_input_type=Annotated[str, StringConstraints(pattern=_FORM)]
    ),
]


@dataclass(frozen=True, slots=True)
class Remembered:
    """What state remembers: whether this workspace was applied before, and by name the day of
    each part that was taken up, None for those that began with the workspace."""

    is_applied: bool = False
    days: Mapping[str, date | None] = field(default_factory=dict)


NOTHING = Remembered()


def remembered(
    fact: str, addresses: Iterable[str], parts: Mapping[str, Sequence[str]]
) -> Remembered:
    """Return what state remembers, from its fact, or from the addresses that it has records of.

    `parts` are the playbook's. What has been there without a word about its day began with the
    workspace.
    """
    if fact:
        days = {name: _day(said) for name, said in json.loads(fact).items()}
        return Remembered(is_applied=True, days=days)
    known = {plain for address in addresses for plain in (address, without_item(address))}
    if not known:
        return NOTHING
    shared = Counter(address for within in parts.values() for address in set(within))
    there: dict[str, date | None] = {}
    for name, within in parts.items():
        # A folder that several parts share says nothing of any of them.
        own = [address for address in within if shared[address] == 1]
        if known.intersection(own) if own else known.issuperset(within):
            there[name] = None
    return Remembered(is_applied=True, days=there)


def with_days(
    chosen: Sequence[ChosenPart], start: date, today: date, known: Remembered
) -> tuple[ChosenPart, ...]:
    """Return the parts with the days that they have, or get: only a new one in an applied
    workspace gets one: the Monday after today, or that on which the workspace itself begins.
    """
    fresh = max(next_monday(today), start)

    def own(part: ChosenPart) -> date | None:
        if part.start is not None or not known.is_applied:
            return part.start
        return known.days.get(part.name, fresh)

    return tuple(part.model_copy(update={"start": own(part)}) for part in chosen)


def told(
    before: Sequence[ChosenPart], after: Sequence[ChosenPart], known: Remembered
) -> Iterator[str]:
    """Say of each part which day a run writes into config.yaml."""
    for was, now in zip(before, after, strict=True):
        if now.start is not None and was.start is None:
            again = ", as before" if now.name in known.days else ""
            yield (
                f"The part {now.name} begins on {say_date(now.start)}{again}: its days count from "
                f"there. In config.yaml it becomes '{now.words}'."
            )


def fact_of(days: Mapping[str, date | None], former: str) -> str:
    """Return the fact of these parts; those that are switched off now keep their day."""
    said = {name: found.isoformat() if found else "" for name, found in days.items()}
    return json.dumps({**json.loads(former or "{}"), **said}, sort_keys=True)


def next_monday(today: date) -> date:
    """Return the Monday after today: nothing that is new is due, or met, before."""
    return today + timedelta(days=7 - today.weekday())


def _day(said: str) -> date | None:
    return date.fromisoformat(said) if said else None
