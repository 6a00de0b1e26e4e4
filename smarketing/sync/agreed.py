"""What the places of a block have agreed on, what is to be made, and what people are told. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from smarketing.kinds import Value
from smarketing.state.action import Action, Yielded
from smarketing.sync.missing import Missing
from smarketing.sync.pairing import Doubt, Tie
from smarketing.sync.proposals import Proposal
from smarketing.sync.statuses import Vocabulary


@dataclass(frozen=True, slots=True)
class Birth:
    """A copy to be made: where, of which action item, under which address, in the place's terms."""

    place: str
    key: str
    address: str
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two members disagreed about a field of an action item: what did not stand.

    `stands` and `yields` are both values as people read them.
    """

    key: str
    title: str
    field: str
    yielded: Yielded
    stands: str
    yields: str


def conflict_of(action: Action, name: str, yielded: Yielded, words: Vocabulary) -> Conflict:
    """Return what people are told of a value of an action item that did not stand."""
    stands, yields = (_word(words, name, value) for value in (yielded.stands, yielded.value))
    return Conflict(action.key, action.title, name, yielded, stands, yields)


def _word(words: Vocabulary, name: str, value: Value) -> str:
    if isinstance(value, frozenset):
        return ", ".join(sorted(value)) or "none"
    if not value:
        return "none"
    return words.word_of(str(value)) if name == "status" else str(value)


@dataclass(frozen=True, slots=True)
class Agreed:
    """The action items after every place has spoken, what is wanted at each, and what to tell.

    `wanted` maps the address of an item to fields in its place's terms, `existence` among them.
    `conflicts` are the new ones. `stopped` maps a place to why it was left alone; `doubted` maps
    it to the addresses that were missing there, which the next run is told; `broken` are those
    that a person has to mend, `away` those that were deleted or archived as a whole, and
    `newly_away` which of these the last run did not tell. `missing` are what is not at places
    where it belongs, and of which state, once it was lost, knows no more; while `lost` not every
    place has been heard, and `fresh` are those (by key) that are new all the same, which the next
    run is told.
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
    missing: tuple[Missing, ...] = ()
    lost: bool = False
    broken: frozenset[str] = frozenset()
    away: frozenset[str] = frozenset()
    newly_away: frozenset[str] = frozenset()
    fresh: frozenset[str] = frozenset()
