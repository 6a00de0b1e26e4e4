"""State behind a narrow protocol: load all, commit some, open and close intents.

Only the coordinating thread calls it. Each call is one transaction, durable when it returns.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from smarketing.state.action import Action
from smarketing.state.history import KEPT, Noted, Run, Write
from smarketing.state.record import Intent, Record, Snapshot

ActionKey = tuple[str, str]
"""The key of a sync block, and that of an action item in it."""

NO_ACTIONS: Mapping[ActionKey, Action | None] = {}


@dataclass(frozen=True, slots=True)
class Instead:
    """What takes the place of what a state holds; None forgets a record or an action item."""

    records: Mapping[str, Record | None]
    facts: Mapping[str, str]
    runs: Iterable[Run]
    writes: Iterable[Write]
    actions: Mapping[ActionKey, Action | None] = field(default_factory=dict)


class State(Protocol):
    """Where a workspace's records, open intents and facts are kept."""

    def load(self) -> Snapshot:
        """Return everything. An empty state is an empty snapshot."""
        ...

    def commit(
        self,
        records: Mapping[str, Record | None],
        facts: Mapping[str, str],
        closed: Iterable[str] = (),
        noted: Noted | None = None,
        *,
        actions: Mapping[ActionKey, Action | None] = NO_ACTIONS,
    ) -> None:
        """Store records, action items (None forgets one), facts and history; close these intents.

        When a run ends, the values of runs long past are forgotten.
        """
        ...

    def open(self, intent: Intent) -> None:
        """Store what a step is about to do."""
        ...

    def rewrite(self, instead: Instead) -> None:
        """Store these instead of what is there, so that no trace of the former is left.

        The values of writes that do not keep them are forgotten.
        """
        ...

    def actions(self) -> Mapping[ActionKey, Action]:
        """Return the action items of all sync blocks."""
        ...

    def runs(self, most: int | None = None) -> tuple[Run, ...]:
        """Return the runs that wrote something, the newest first: all, or so many at most."""
        ...

    def writes(self, run: int) -> tuple[Write, ...]:
        """Return what a run wrote, in its order."""
        ...


class MemoryState:
    """State that lives as long as this object: for rehearsals and tests."""

    def __init__(self) -> None:
        self._records: dict[str, Record] = {}
        self._actions: dict[ActionKey, Action] = {}
        self._intents: dict[str, Intent] = {}
        self._facts: dict[str, str] = {}
        self._runs: dict[int, Run] = {}
        self._writes: dict[int, tuple[Write, ...]] = {}

    def load(self) -> Snapshot:
        return Snapshot(dict(self._records), tuple(self._intents.values()), dict(self._facts))

    def commit(
        self,
        records: Mapping[str, Record | None],
        facts: Mapping[str, str],
        closed: Iterable[str] = (),
        noted: Noted | None = None,
        *,
        actions: Mapping[ActionKey, Action | None] = NO_ACTIONS,
    ) -> None:
        for address, record in records.items():
            if record is None:
                self._records.pop(address, None)
            else:
                self._records[address] = record
        for key, action in actions.items():
            if action is None:
                self._actions.pop(key, None)
            else:
                self._actions[key] = action
        self._facts.update(facts)
        for step in closed:
            self._intents.pop(step, None)
        if noted is not None:
            self._note(noted)

    def rewrite(self, instead: Instead) -> None:
        self.commit(instead.records, instead.facts, actions=instead.actions)
        self._runs.update({run.number: run for run in instead.runs})
        new = {(write.run, write.number): write for write in instead.writes}
        for run, there in self._writes.items():
            self._writes[run] = tuple(new.get((run, write.number), write) for write in there)

    def open(self, intent: Intent) -> None:
        self._intents[intent.key] = intent

    def actions(self) -> Mapping[ActionKey, Action]:
        return dict(self._actions)

    def runs(self, most: int | None = None) -> tuple[Run, ...]:
        return tuple(self._runs[number] for number in sorted(self._runs, reverse=True)[:most])

    def writes(self, run: int) -> tuple[Write, ...]:
        return self._writes.get(run, ())

    def _note(self, noted: Noted) -> None:
        number = noted.run.number
        self._runs[number] = noted.run
        self._writes[number] = (*self._writes.get(number, ()), *noted.writes)
        if noted.run.end is not None:
            for past in range(1, number - KEPT + 1):
                self._writes[past] = tuple(
                    replace(write, before={}, after={}, is_kept=False)
                    for write in self._writes.get(past, ())
                )
