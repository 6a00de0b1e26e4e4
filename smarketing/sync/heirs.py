"""Open action items of who has left: whose they are from now on, and how many there are. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from smarketing.address import container_of, kind_of
from smarketing.state.action import Action
from smarketing.state.record import Record
from smarketing.sync.block import Block


@dataclass(frozen=True, slots=True)
class Heirs:
    """Who has the open work of whom: the name of who has left -> that of who takes over, "" for
    nobody. `done` are the addresses of the cards that are ticked."""

    names: Mapping[str, str] = field(default_factory=dict)
    done: Collection[str] = frozenset()

    def handed_over(self, action: Action, block: Block) -> Action:
        """Return the action item with an owner who is there; what is done keeps the name."""
        owner = str(action.hub.get("owner") or "")
        heir = self.names.get(owner, "") if owner else ""
        if not heir or not is_open(action, block, self.done):
            return action
        return replace(action, hub={**action.hub, "owner": heir})


NO_HEIRS = Heirs()


def is_open(action: Action, block: Block, done: Collection[str]) -> bool:
    """Say whether an action item is still to be done, at a place that shows it."""
    if block.vocabulary.is_ticked(action.hub.get("status")):
        return False
    return any(map(action.is_open, action.at)) and not any(at in done for at in action.at.values())


def done_in(records: Mapping[str, Record]) -> frozenset[str]:
    """Return the addresses of the cards that are ticked."""
    return frozenset(
        address
        for address, record in records.items()
        if record.kind == "card" and record.hub.get("done")
    )


def waiting_for_heirs(
    blocks: Collection[Block],
    actions: Mapping[tuple[str, str], Action],
    records: Mapping[str, Record],
    leaving: Collection[str],
    handed: Collection[str],
) -> dict[str, list[frozenset[str]]]:
    """Return what the next sync hands over: of each open promise the addresses that show it, by
    the name of who leaves.

    `handed` are the addresses of what is handed over at once.
    """
    found: dict[str, list[frozenset[str]]] = {}
    by_key, done = {block.key: block for block in blocks}, done_in(records)
    for (key, _), action in actions.items():
        owner, at = str(action.hub.get("owner") or ""), frozenset(action.at.values())
        if owner not in leaving or key not in by_key or not is_open(action, by_key[key], done):
            continue
        if not any(kind_of(each) == "card" and each in handed for each in at):
            found.setdefault(owner, []).append(at)
    known = {*handed, *(at for action in actions.values() for at in action.at.values())}
    owned = {p.address for block in blocks for p in block.places.values() if "owner" in p.fields}
    for address, card in records.items():  # what no sync has seen yet
        owner = str(card.hub.get("owner") or "")
        is_here = card.kind == "card" and container_of(address) in owned and address not in known
        if is_here and owner in leaving and card.stands and address not in done:
            found.setdefault(owner, []).append(frozenset({address}))
    return found
