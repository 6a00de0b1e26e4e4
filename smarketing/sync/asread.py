"""A sync block and its action items as the tools were just read: lists, columns, links. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from smarketing.address import container_of, kind_of
from smarketing.kinds import THERE
from smarketing.state.action import Action, leads_to, origin_of
from smarketing.state.record import Record, Seen
from smarketing.sync.block import Block, Place
from smarketing.sync.showing import own_url
from smarketing.sync.statuses import OWN, Spoken, Vocabulary, parted, vocabulary

_KINDS = ("board", "table")


def without_documents(block: Block, but: Collection[str] = ()) -> Block:
    """Return the block with the boards and tables that it keeps in step, and these documents."""
    places = {a: p for a, p in block.places.items() if kind_of(a) in _KINDS or a in but}
    return replace(block, places=places)


def block_as_read(block: Block, records: Mapping[str, Record]) -> Block:
    """Return the block with what its places have: members' own lists, and no column that is gone.

    A list that a member made is a status by its own name. What the playbook has only just got
    waits for `apply`. A card has a tick, too; it says something where a status is ticked.
    """
    own = {
        address: str(record.hub.get("title") or "")
        for address, record in records.items()
        if record.kind == "list" and record.existence == THERE
        if (place := block.places.get(container_of(address))) and "status" in place.fields
        if address not in place.spoken.shows
    }
    words = vocabulary(block.vocabulary.statuses, choices=filter(None, own.values()))
    places = {
        address: replace(
            place,
            fields=_held(place, records),
            spoken=_speaking(place, words, own, records),
        )
        for address, place in block.places.items()
    }
    return replace(block, places=places, vocabulary=words)


def _held(place: Place, records: Mapping[str, Record]) -> dict[str, str]:
    return {
        name: column
        for name, column in place.fields.items()
        if not column or _is_there(f"{place.address}/column:{column}", records)
    }


def _is_there(address: str, records: Mapping[str, Record]) -> bool:
    record = records.get(address)
    return record is not None and record.existence == THERE


def _speaking(
    place: Place, words: Vocabulary, lists: Mapping[str, str], records: Mapping[str, Record]
) -> Spoken:
    if kind_of(place.address) != "board":
        return replace(place.spoken, vocabulary=words)
    shows = {a: status for a, status in place.spoken.shows.items() if _is_there(a, records)}
    shows |= {
        address: words.status_of(title)
        for address, title in lists.items()
        if title and container_of(address) == place.address
    }
    return replace(place.spoken, vocabulary=words, shows=shows, ticks=bool(words.ticked))


def own_lists(block: Block) -> dict[str, str]:
    """Return the lists that members made, and the statuses that they are, by address."""
    return {
        address: status
        for place in block.places.values()
        for address, status in place.spoken.shows.items()
        if kind_of(place.address) == "board" and status.startswith(OWN)
    }


def action_as_read(
    action: Action,
    block: Block,
    records: Mapping[str, Record],
    renamed: Collection[str],
    cards: Mapping[str, str],
) -> Action:
    """Return the action item with what was learned of it since: names of lists, a link.

    `renamed` are the addresses of lists that are another status than at the last time, `cards`
    those of cards by where a person finds them.
    """
    return _linked(_heard_again(action, renamed), block, records, cards)


def cards_by_url(records: Mapping[str, Record]) -> dict[str, str]:
    """Return the addresses of cards by where a person finds just them."""
    return {own_url(record): a for a, record in records.items() if record.kind == "card"}


def _heard_again(action: Action, renamed: Collection[str]) -> Action:
    """Let a list of a member's that has another name now be heard: it is another status."""
    seen = dict(action.seen)
    for place, fields in action.seen.items() if renamed else ():
        last = fields.get("status")
        if last is not None and parted(last.value)[0] in renamed:
            seen[place] = {**fields, "status": Seen(None, last.hub)}
    return replace(action, seen=seen)


def _linked(
    action: Action, block: Block, records: Mapping[str, Record], cards: Mapping[str, str]
) -> Action:
    """Let it link to its card, once that has an address of its own; a link of a member's stands.

    One to another card came along when somebody copied a row: nobody chose it.
    """
    card = leads_to(action)
    record, known = records.get(card), action.hub.get("link")
    if record is None or container_of(card) not in block.places or "link" not in block.fields:
        return action
    is_chosen = bool(known) and cards.get(str(known), card) == card
    if origin_of(action.key) or (is_chosen and "link" in action.set_by):
        return action
    url = own_url(record)
    if not url or url == known:
        return action
    set_by = {name: place for name, place in action.set_by.items() if name != "link"}
    return replace(action, hub={**action.hub, "link": url}, set_by=set_by)
