"""What is remembered of running notes from run to run: agendas written, lines shown. Pure."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from smarketing.meetings.standing import Standing

_NOTES, _STANDING = "notes:", "notes:standing"


@dataclass(frozen=True, slots=True)
class Remembered:
    """Of one document: `filled` is the original date of the last meeting whose agenda we wrote,
    `day` that of the section which `lines` (address -> words) were seen in, `carried` how often
    each was carried over, `numbers` what each row of numbers said in the last agenda, `unmeasured`
    the day (ISO) since which agendas say of one that nobody has measured it, `done` the cards that
    were done by then, `told` the lines (address -> words) of which people were told that nothing
    reads them any more, `left` what lines said behind their ticks when they were last read."""

    filled: date | None = None
    day: date | None = None
    lines: Mapping[str, str] = field(default_factory=dict)
    carried: Mapping[str, int] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    unmeasured: Mapping[str, str] = field(default_factory=dict)
    done: Collection[str] = ()
    told: Mapping[str, str] = field(default_factory=dict)
    left: Mapping[str, str] = field(default_factory=dict)
    own: Collection[str] = ()
    open: Mapping[str, str] = field(default_factory=dict)


def remembered_in(facts: Mapping[str, str]) -> dict[str, Remembered]:
    """Return what is remembered, by document."""
    return {
        name.removeprefix(_NOTES): _read(said)
        for name, said in facts.items()
        if name.startswith(f"{_NOTES}document:") and said
    }


def standing_in(facts: Mapping[str, str]) -> Standing:
    """Return where the cards stood when they were last looked at."""
    said = json.loads(facts.get(_STANDING) or "{}")
    return Standing({address: (where, since) for address, (where, since) in said.items()})


def facts_of(remembered: Mapping[str, Remembered], standing: Standing) -> dict[str, str]:
    """Return what the next run is told."""
    cards = {address: list(each) for address, each in standing.cards.items()}
    notes = {f"{_NOTES}{document}": _written(each) for document, each in remembered.items()}
    return {**notes, _STANDING: json.dumps(cards, sort_keys=True)}


def _read(said: str) -> Remembered:
    data = json.loads(said)
    return Remembered(
        _day(data["filled"]),
        _day(data["day"]),
        data["lines"],
        data["carried"],
        data["numbers"],
        data.get("unmeasured", {}),
        data.get("done", ()),
        data.get("told", {}),
        data.get("left", {}),
        data.get("own", ()),
        data.get("open", {}),
    )


def _written(one: Remembered) -> str:
    data = {
        "filled": one.filled.isoformat() if one.filled else "",
        "day": one.day.isoformat() if one.day else "",
        "lines": dict(one.lines),
        "carried": dict(one.carried),
        "numbers": dict(one.numbers),
        "unmeasured": dict(one.unmeasured),
        "done": sorted(one.done),
        "told": dict(one.told),
        "left": dict(one.left),
        "own": sorted(one.own),
        "open": dict(one.open),
    }
    return json.dumps(data, sort_keys=True, ensure_ascii=False)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
