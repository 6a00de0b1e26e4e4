"""Keeping places in step within a run: what it goes by in state, and what it stores there."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from smarketing.instep.agendas import with_agendas
from smarketing.instep.going import Going
from smarketing.instep.instep import InStep, in_step
from smarketing.state.action import Action
from smarketing.state.record import Record
from smarketing.state.state import ActionKey

_DOUBTED, _LOST, _LAST, _LISTS = "sync:doubted", "sync:lost", "sync:last", "sync:lists"
_AWAY = "sync:away"
_FRESH = "sync:fresh"


@dataclass(slots=True)
class Keeping:
    """Brings places in step in the midst of a fold, and keeps what came of it."""

    going: Going
    now: float
    came: InStep | None = None

    def __call__(self, records: Mapping[str, Record]) -> Mapping[str, Record]:
        if self.going.running:
            records = self.going.running.with_past(records)
        self.came = with_agendas(in_step(records, self.going), self.going)
        return self.came.records

    @property
    def changed(self) -> dict[ActionKey, Action | None]:
        """The action items that are others than before, None for what is none any more."""
        before, after = self.going.actions, self.came.actions if self.came else {}
        changed: dict[ActionKey, Action | None] = {
            key: action for key, action in after.items() if before.get(key) != action
        }
        return changed | dict.fromkeys(before.keys() - after.keys()) if self.came else {}

    def _away(self) -> frozenset[str]:
        """The places that are not there; one that was not reached is as it was."""
        agreed = self.came.agreed.values() if self.came else ()
        records = self.came.records if self.came else {}
        unreached = {
            place
            for place in self.going.away
            if (record := records.get(place)) and record.place not in self.going.reached
        }
        return frozenset().union(unreached, *(each.away for each in agreed))

    @property
    def facts(self) -> dict[str, str]:
        """What the next run is told."""
        if self.came is None:
            return {}
        doubted = {
            key: {place: sorted(missing) for place, missing in each.items()}
            for key, each in self.came.doubted.items()
        }
        lost = any(each.lost for each in self.came.agreed.values())
        fresh = {key: sorted(each.fresh) for key, each in self.came.agreed.items() if each.fresh}
        return {
            _FRESH: json.dumps(fresh, sort_keys=True) if fresh else "",
            _DOUBTED: json.dumps(doubted, sort_keys=True),
            **lost_fact(lost),
            _AWAY: " ".join(sorted(self._away())),
            _LISTS: json.dumps(dict(self.came.lists), sort_keys=True, ensure_ascii=False),
            _LAST: repr(self.now),
            **self.came.facts,
        }


def away_in(facts: Mapping[str, str]) -> frozenset[str]:
    """Return the places that were not there at the last sync."""
    return frozenset(facts.get(_AWAY, "").split())


def lists_in(facts: Mapping[str, str]) -> dict[str, str]:
    """Return the lists that members had made at the last sync, and the statuses that they were."""
    said: dict[str, str] = json.loads(facts.get(_LISTS, "{}"))
    return said


def synced_at(facts: Mapping[str, str]) -> float | None:
    """Return when the last sync was, in seconds since 1970, None if there was none."""
    return float(facts[_LAST]) if facts.get(_LAST) else None


def lost_fact(lost: bool) -> dict[str, str]:
    """Return what tells the next sync that state has forgotten what was in step."""
    return {_LOST: "yes" if lost else ""}


def is_forgotten(facts: Mapping[str, str]) -> bool:
    """Say whether a run since the last sync found a finished workspace that state did not know."""
    return bool(facts.get(_LOST))


def doubted_in(facts: Mapping[str, str]) -> dict[str, dict[str, frozenset[str]]]:
    """Return what was missing where a place was left alone, by block and place."""
    said = json.loads(facts.get(_DOUBTED, "{}"))
    return {
        block: {place: frozenset(missing) for place, missing in each.items()}
        for block, each in said.items()
    }


def fresh_in(facts: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return what was new, by block, though state was lost and not every place had been heard."""
    said = json.loads(facts.get(_FRESH) or "{}")
    return {block: frozenset(keys) for block, keys in said.items()}
