"""What keeping in step goes by: the blocks, the action items as known, and who and what is there."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from smarketing.address import kind_of
from smarketing.kinds import THERE
from smarketing.meetings.running import Running
from smarketing.state.action import Action
from smarketing.state.record import Record
from smarketing.state.state import ActionKey
from smarketing.sync.asread import without_documents
from smarketing.sync.block import Block
from smarketing.sync.removals import card_of
from smarketing.sync.showing import Showing

_TITLED = ("board", "table", "document")


@dataclass(frozen=True, slots=True)
class Going:
    """What keeping in step goes by.

    `reached` are the integrations that were read. `lost` says that the workspace was finished once,
    and that state has forgotten it. `people` maps keys to names, `left` those of whom has left, and
    `heirs` such a name to that of who has the open work. `doubted` are, by block and place, the
    addresses that were missing when that place was last left alone. `archives` are, by integration,
    the kinds that it can put away; `labels` are those that the playbook names,
    `lists` those lists that members made, with the statuses that they were at the last time.
    `before` are the records before the tools had their say, `running` tells of running notes.
    `again` says that this is a further look of the same run, `away` which places were not there at
    the last sync. `fresh` are, by block, the action items that are new though state is `lost`.
    """

    blocks: tuple[Block, ...]
    actions: Mapping[ActionKey, Action]
    reached: frozenset[str]
    today: date
    people: Mapping[str, str] = field(default_factory=dict)
    doubted: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    lost: bool = False
    archives: Mapping[str, frozenset[str]] = field(default_factory=dict)
    labels: frozenset[str] = frozenset()
    lists: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, Record] = field(default_factory=dict)
    running: Running | None = None
    left: Mapping[str, str] = field(default_factory=dict)
    heirs: Mapping[str, str] = field(default_factory=dict)
    again: bool = False
    away: frozenset[str] = frozenset()
    fresh: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def showing(self, block: Block, records: Mapping[str, Record]) -> Showing:
        """Return how these records are read as what the places of a block say."""
        apart = frozenset(card_of(p) for p in places_of(self.blocks) if kind_of(p) == "board")
        places = tuple(block.places.values())
        return Showing(
            records, places, self.people, self.archives, self.labels, self.today, apart, self.left
        )


def titles_in(records: Mapping[str, Record]) -> dict[str, str]:
    """Return what people call the boards, tables and documents."""
    return {a: str(r.hub.get("title") or "") for a, r in records.items() if r.kind in _TITLED}


def places_of(blocks: tuple[Block, ...]) -> list[str]:
    """Return the boards and tables that these blocks keep in step, in their order."""
    return list(dict.fromkeys(p for block in blocks for p in without_documents(block).places))


def is_reached(place: str, records: Mapping[str, Record], going: Going) -> bool:
    """Say whether a board, table or document stands where an integration was read."""
    record = records.get(place)
    return record is not None and record.stands and record.place in going.reached


def places_away(
    blocks: Iterable[Block], records: Mapping[str, Record], reached: Collection[str]
) -> list[str]:
    """Return the places of blocks that were there once, and were deleted or archived since."""
    return [
        place
        for place in dict.fromkeys(place for block in blocks for place in block.places)
        if (record := records.get(place)) and record.existence != THERE and record.place in reached
    ]


def containers_of(blocks: tuple[Block, ...]) -> frozenset[str]:
    """Return the boards and tables that these blocks keep in step."""
    return frozenset(places_of(blocks))
