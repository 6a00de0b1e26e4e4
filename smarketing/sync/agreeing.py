"""The fold over places: what each says of its action items becomes what is wanted at each. Pure.

A place that says of a field what it was last seen to say has nothing to say. Else the field
becomes the merge of what that place stood for, what is held true, and what it says now.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from smarketing.kinds import Value
from smarketing.sync.action import Action, Said, Yielded
from smarketing.sync.block import Block


@dataclass(frozen=True, slots=True)
class Answers:
    """What people answered: remove everywhere, leave the rest, make again. Keys of action items."""

    approved: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    restored: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Birth:
    """A copy to be made: where, of which action item, under which address, in the place's terms."""

    place: str
    key: str
    address: str
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two members disagreed about a field of an action item."""

    key: str
    title: str
    field: str
    yielded: Yielded


@dataclass(frozen=True, slots=True)
class Proposal:
    """An action item that is gone or archived at `closed` (place -> day); `still_at` shows it."""

    key: str
    title: str
    closed: Mapping[str, str]
    still_at: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A thing that may be one of others (addresses): a person decides, nothing is made of it."""

    address: str
    title: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """A thing that was found to be an action item that is known elsewhere."""

    key: str
    address: str
    confidence: Literal["certain", "likely"]


@dataclass(frozen=True, slots=True)
class Agreed:
    """The action items after every place has spoken, what is wanted at each, and what to tell.

    `wanted` maps the address of an item to fields in its place's terms, `existence` among them.
    `stopped` maps a place to why it was left alone; `doubted` maps it to the addresses that
    were missing there, which the next run is told.
    """

    actions: Mapping[str, Action]
    wanted: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    births: tuple[Birth, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    ties: tuple[Tie, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    stopped: Mapping[str, str] = field(default_factory=dict)
    doubted: Mapping[str, frozenset[str]] = field(default_factory=dict)
    missing: tuple[tuple[str, str], ...] = ()


def agree(
    actions: Mapping[str, Action],
    said: Mapping[str, Collection[Said]],
    block: Block,
    today: date,
    *,
    answers: Answers = Answers(),
    doubted: Mapping[str, frozenset[str]] = {},
    lost: bool = False,
) -> Agreed:
    """Return what the places of a block agree on.

    `said` maps each place that was reached to everything it shows; a place that is not in it
    keeps what was seen. `doubted` is that of the last run. `lost` says that the workspace was
    finished once and state knows nothing of it: then nothing new is made, what is absent is `missing`.
    """
    raise NotImplementedError


def side_that_stands(block: Block, action: Action, place: str, name: str) -> Literal["hub", "now"]:
    """Say who stands where the tool's record disagrees with what sync set but has not written."""
    return "now" if block.rank(place) <= block.rank(action.set_by.get(name, "")) else "hub"
