"""What taking a run back is about, what else has a say in it, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from smarketing.address import moved_under
from smarketing.plan import Keep
from smarketing.recognising.look import Look
from smarketing.reorganisation.homeward import Homeward
from smarketing.state.history import Run, Write, title_of
from smarketing.state.record import Record
from smarketing.text.wording import called


@dataclass(frozen=True, slots=True)
class Undo:
    """A run to be taken back: what it wrote, in its order, and `words` that say which it is.

    `keys` are the (former, later) addresses that this run and later ones gave, in their order.
    `again` says that this is a further look within the same run: all is merged out already.
    """

    run: Run
    writes: tuple[Write, ...]
    words: str = ""
    keys: tuple[tuple[str, str], ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What else has a say: the tools, who took over whose work, who is there and who has left.

    `here` are the mailboxes that playbook and config let in anywhere, or invite, `left` the
    names of those who have left. `silent` are the addresses of what is made from the other items.
    """

    looks: Mapping[str, Look]
    successors: Mapping[str, str] = field(default_factory=dict)
    here: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Undone:
    """The records once the run is taken back, what stays as members have it, and what stays else.

    `stays` are sentences for a person, `homeward` members' own things that go back.
    """

    records: Mapping[str, Record]
    keeps: tuple[Keep, ...]
    stays: tuple[str, ...]
    homeward: tuple[Homeward, ...] = ()


@dataclass(slots=True)
class Undoing:
    """What one undo works on. Its functions stand in the modules whose names begin with undo_.

    `made` is by address what the run made, `moved` where a thing stood before this undo.
    `told` are those to whom a message went, `let_in` those who got a right.
    """

    records: dict[str, Record]
    undo: Undo
    around: Around
    present: Mapping[str, str]
    made: dict[str, Write] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    homeward: list[Homeward] = field(default_factory=list)
    keeps: list[Keep] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)
    told: dict[str, None] = field(default_factory=dict)
    let_in: dict[str, None] = field(default_factory=dict)


def present(undo: Undo, records: Mapping[str, Record]) -> dict[str, str]:
    """Return the address that each item has now: an object keeps its id where its key changes."""
    by_id = {(r.place, r.binding.id): a for a, r in records.items() if r.binding}
    found: dict[str, str] = {}
    for write in undo.writes:
        address: str | None = called_now(undo, write.address)
        if address not in records:
            address = by_id.get((write.place, write.id))
        if address is not None:
            found[write.address] = address
    return found


def called_now(undo: Undo, address: str) -> str:
    """Return the address that an item of this one has now."""
    for former, later in undo.keys:
        address = moved_under(address, former, later)
    return address


def title_in(record: Record) -> str:
    """Return what people call it."""
    return called(record.address, title_of(record))
