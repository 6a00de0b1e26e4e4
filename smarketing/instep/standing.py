"""How synced places stand: what would follow, what waits for a person, when it was last looked at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from smarketing.address import container_of
from smarketing.instep.going import Going, places_of, titles_in
from smarketing.instep.instep import in_step
from smarketing.instep.keeping import synced_at
from smarketing.instep.promised import promised_lines
from smarketing.instep.telling import (
    conflict_json,
    conflict_line,
    doubt_line,
    missing_json,
    missing_lines,
)
from smarketing.state.record import Record
from smarketing.sync.agreed import Conflict, conflict_of
from smarketing.sync.missing import Missing
from smarketing.sync.pairing import Doubt
from smarketing.sync.proposals import Proposal
from smarketing.sync.removals import sentence
from smarketing.text.wording import called, plural

_A_MINUTE, _AN_HOUR, _A_DAY = 60, 3600, 86_400


@dataclass(frozen=True, slots=True)
class Place:
    """One synced board or table: how many of its things would change, and how many appear.

    `why` says why it can't follow now, "" if it can; where it `is_broken`, a person has to mend it.
    """

    address: str
    title: str
    follow: int
    new: int
    why: str = ""
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """All synced places at one moment. `idle` are the seconds since the last sync, None for none.

    `promised` are sentences about what becomes of promises in running notes, `overlooked` those
    about what closed minutes say and nothing reads.
    """

    places: tuple[Place, ...]
    conflicts: tuple[Conflict, ...]
    proposals: tuple[Proposal, ...]
    doubts: tuple[Doubt, ...]
    titles: Mapping[str, str]
    idle: float | None
    promised: tuple[str, ...] = ()
    overlooked: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()

    @property
    def needs_a_person(self) -> bool:
        """Whether something is open that only a person can settle."""
        broken = any(place.is_broken for place in self.places)
        return bool(self.conflicts or self.proposals or self.doubts or self.missing or broken)


def standing_of(
    records: Mapping[str, Record], going: Going, facts: Mapping[str, str], now: float
) -> Standing | None:
    """Return how the synced places stand, None where nothing is kept in step."""
    if not going.blocks:
        return None
    came = in_step(records, going)
    agreed = came.agreed.values()
    titles = titles_in(records)
    follow = [container_of(a) for each in agreed for a in each.wanted]
    new = [birth.place for each in agreed for birth in each.births]
    stopped = {place: why for each in agreed for place, why in each.stopped.items()}
    places = tuple(
        Place(
            place,
            titles.get(place, ""),
            follow.count(place),
            new.count(place),
            stopped.get(place, "") or _unreached(place, records, going),
            any(place in each.broken | each.away for each in agreed),
        )
        for place in places_of(going.blocks)
    )
    last = synced_at(facts)
    return Standing(
        places,
        tuple(
            conflict_of(action, name, yielded, came.words[block])
            for (block, _), action in came.actions.items()
            if block in came.words
            for name, each in action.yielded.items()
            for yielded in each
        ),
        tuple(proposal for each in agreed for proposal in each.proposals),
        tuple(doubt for each in agreed for doubt in each.doubts),
        titles,
        None if last is None else max(0.0, now - last),
        tuple(promised_lines(going.blocks, _notes(records, going), titles)),
        tuple(each.sentence for each in came.overlooked),
        tuple(missing for each in agreed for missing in each.missing),
    )


def _notes(records: Mapping[str, Record], going: Going) -> list[str]:
    """Return the running notes that are there."""
    frames = going.running.desired.agendas.values() if going.running else ()
    return [f.document for f in frames if (r := records.get(f.document)) and r.stands]


def _unreached(place: str, records: Mapping[str, Record], going: Going) -> str:
    record = records.get(place)
    if record is None or not record.stands:
        return "is not there"
    return "" if record.place in going.reached else "was not reached"


def standing_lines(standing: Standing) -> Iterator[str]:
    """Yield how the places stand, as lines to read."""
    if standing.idle is None:
        yield "Not kept in step yet: run `smarketing sync`."
        return
    for place in standing.places:
        yield f"{called(place.address, place.title)}: {_said(place)}."
    yield from standing.promised
    yield f"Last sync: {ago(standing.idle)}."
    for conflict in standing.conflicts:
        yield conflict_line(conflict, standing.titles)
    for proposal in standing.proposals:
        yield f"{sentence(proposal, standing.titles)}: tick it on the card “Proposed removals”."
    for doubt in standing.doubts:
        yield doubt_line(doubt, standing.titles)
    yield from missing_lines(standing.missing, standing.titles)
    yield from standing.overlooked


def _said(place: Place) -> str:
    if place.why:
        return place.why
    told = [plural(place.follow, "thing follows", "things follow")] if place.follow else []
    told += [plural(place.new, "thing is new", "things are new")] if place.new else []
    return f"{' and '.join(told)} with the next sync" if told else "in step"


def ago(seconds: float) -> str:
    """Return how long ago something was, in words."""
    for unit, one, many in (
        (_A_DAY, "day", "days"),
        (_AN_HOUR, "hour", "hours"),
        (_A_MINUTE, "minute", "minutes"),
    ):
        if seconds >= unit:
            return f"{plural(int(seconds // unit), one, many)} ago"
    return "just now"


def standing_json(standing: Standing | None) -> dict[str, Any] | None:
    """Return how the places stand as data."""
    if standing is None:
        return None
    return {
        "seconds_since_last": standing.idle,
        "places": {
            each.address: {
                "in_step": not (each.follow or each.new or each.why),
                "follow": each.follow,
                "new": each.new,
                "why": each.why,
            }
            for each in standing.places
        },
        "conflicts": [conflict_json(each) for each in standing.conflicts],
        "proposals": [{"key": each.key, "title": each.title} for each in standing.proposals],
        "promised": list(standing.promised),
        "overlooked": list(standing.overlooked),
        "doubts": [{"address": each.address, "title": each.title} for each in standing.doubts],
        "missing": missing_json(standing.missing),
    }
