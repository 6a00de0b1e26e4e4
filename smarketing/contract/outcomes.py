"""What came of a change."""

from dataclasses import dataclass

from smarketing.contract.reading import Remote


@dataclass(frozen=True, slots=True)
class Done:
    """The change stands. `remote` is the object as the tool now holds it.

    `displaced` is the object that the write replaced, where it was not the one the plan saw:
    a member's edit that the core merges and writes again. `moved` is (old, new) where ids and
    urls of other objects that began with `old` now begin with `new`, as below a moved folder.
    `told` says to people what the tool refused and what stands instead: once, so it names no object.
    """

    remote: Remote
    displaced: Remote | None = None
    moved: tuple[str, str] | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class Stale:
    """Nothing was written: the object is no longer as the plan saw it."""


@dataclass(frozen=True, slots=True)
class Later:
    """Nothing was written: the tool asks us to wait this many seconds."""

    after: float


@dataclass(frozen=True, slots=True)
class Lost:
    """It is unknown whether the write arrived. The core looks for it before anything else."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The change does not stand. `error` says what happened and what to do.

    A part of a text may have been written: the next run reads it, and asks for the rest again.
    """

    error: str


Outcome = Done | Stale | Later | Lost | Failed
