"""A team's folder, and a small engine that performs changes and remembers ids."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from smarketing.contract import Change, Done, Listing, Outcome, Remote, Scope
from smarketing.integrations.local.local import Local
from smarketing.kinds import Value

WORKSPACE = "k3v9-7q2m-x4dt"


@dataclass
class Team:
    """A workspace in a folder, with the ids that a state would hold."""

    root: Path
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def local(self) -> Local:
        return Local(self.root, lambda: date(2026, 12, 14))

    def apply(self, *changes: Change) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for step in self.local.steps(changes, WORKSPACE):
            done = self.local.perform(step, self.ids)
            for change, outcome in zip(step.changes, done, strict=True):
                self._remember(change, outcome)
            outcomes += done
        return outcomes

    def create(
        self, address: str, kind: str, parent: str = "root:local", **fields: Value
    ) -> Outcome:
        return self.apply(creation(address, kind, parent, **fields))[0]

    def write(self, address: str, /, **fields: Value) -> Outcome:
        now = self.now(address)
        return self.apply(Change("update", address, now.kind, fields, before=now))[0]

    def now(self, address: str) -> Remote:
        wanted = self.ids[address]
        return next(remote for remote in self.read().remotes if remote.id == wanted)

    def read(self, known: Mapping[str, str] | None = None, **existing: str) -> Listing:
        roots = (".",) if self.ids else ()
        listing: Listing = self.local.read(Scope(WORKSPACE, roots, known or {}, existing))
        return listing

    def known(self) -> dict[str, str]:
        return {remote.id: remote.version for remote in self.read().remotes}

    def _remember(self, change: Change, outcome: Outcome) -> None:
        if not isinstance(outcome, Done):
            return
        self.ids[change.address] = outcome.remote.id
        if outcome.moved:
            old, new = outcome.moved
            self.ids = {
                address: new + each[len(old) :] if each.startswith(old) else each
                for address, each in self.ids.items()
            }


def creation(address: str, kind: str, parent: str = "root:local", **fields: Value) -> Change:
    return Change("create", address, kind, fields, parent)


def remote_of(outcome: Outcome) -> Remote:
    assert isinstance(outcome, Done), outcome
    return outcome.remote


def all_done(outcomes: Sequence[Outcome]) -> bool:
    return all(isinstance(outcome, Done) for outcome in outcomes)
