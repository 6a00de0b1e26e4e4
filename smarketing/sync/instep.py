"""Bring the records of synced boards and tables in step: what each says, then what each shows. Pure.

The tools have had their say: what a record's hub holds is what its place says. What is wanted
at a place becomes its record's hub, and is written like everything else.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from smarketing.address import container_of, kind_of
from smarketing.kinds import THERE, Value
from smarketing.meetings.running import Running
from smarketing.notes import Note, suggestion
from smarketing.record import Record, Seen
from smarketing.state import ActionKey
from smarketing.sync.action import Action, origin_of
from smarketing.sync.agreeing import Agreed, Conflict, agree, as_viewed
from smarketing.sync.block import Block, Place
from smarketing.sync.folding import side_that_stands
from smarketing.sync.noting import as_records, noted_down, views_of
from smarketing.sync.page import Page
from smarketing.sync.proposals import Answers
from smarketing.sync.removals import answers_in, card_of, with_proposals
from smarketing.sync.showing import Showing, born, own_url
from smarketing.sync.statuses import OWN, Spoken, Vocabulary, parted, vocabulary
from smarketing.wording import called, shortened

_KINDS = ("board", "table")
_OF_A_CARD = {"status": ("parent", "done")}


@dataclass(frozen=True, slots=True)
class Going:
    """What keeping in step goes by.

    `reached` are the integrations that were read. `lost` says that the workspace was finished once,
    and that state has forgotten it. `people` maps keys to names. `doubted` are, by block and place, the
    addresses that were missing when that place was last left alone. `archives` are, by integration,
    the kinds that it can put away; `labels` are those that the playbook names. `running` tells of
    the running notes of meetings.
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
    running: Running | None = None

    def showing(self, block: Block, records: Mapping[str, Record]) -> Showing:
        """Return how these records are read as what the places of a block say."""
        apart = frozenset(card_of(p) for p in places_of(self.blocks) if kind_of(p) == "board")
        places = tuple(block.places.values())
        return Showing(records, places, self.people, self.archives, self.labels, self.today, apart)


@dataclass(frozen=True, slots=True)
class InStep:
    """The records and action items once all places are in step, and what there is to tell, by block.

    `pages` are the sections of running notes that were places, `words` the statuses of each block,
    `facts` what the next run is told of meetings, `told` sentences for people.
    """

    records: Mapping[str, Record]
    actions: Mapping[ActionKey, Action]
    agreed: Mapping[str, Agreed]
    pages: Mapping[str, Page] = field(default_factory=dict)
    words: Mapping[str, Vocabulary] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()

    @property
    def doubted(self) -> dict[str, Mapping[str, frozenset[str]]]:
        """What the next run is told of places that were left alone."""
        return {key: agreed.doubted for key, agreed in self.agreed.items() if agreed.doubted}


def in_step(records: Mapping[str, Record], going: Going) -> InStep:
    """Return the records as every place shall show them."""
    now, actions, told = dict(records), dict(going.actions), {}
    boards = [place for place in places_of(going.blocks) if kind_of(place) == "board"]
    pages: dict[str, Page] = {}
    words: dict[str, Vocabulary] = {}
    unclear: tuple[str, ...] = ()
    for each in going.blocks:
        whole = _with_own_lists(each, now)
        words[each.key] = whole.vocabulary
        mine = {key: action for (name, key), action in actions.items() if name == each.key}
        here = _pages(whole, mine, now, going)
        block = without_documents(whole, here)
        known = {key: _linked(_renamed(a, block), block, now) for key, a in mine.items()}
        unclear += _unclear(here)
        showing = going.showing(block, now)
        answers = answers_in(now, boards, known.values())
        agreed = _agreed(block, known, showing, going, answers, here)
        written = _written(block, agreed, now, going)
        here = noted_down(agreed, here)
        now |= written | as_records(here, now)
        for key in known.keys() - agreed.actions.keys():
            del actions[block.key, key]
        views = _views(block, agreed, now, going, written) | views_of(agreed, here)
        viewed = as_viewed(agreed, views)
        actions |= {(block.key, key): action for key, action in viewed.items()}
        now |= _noted(block, agreed, now, going.today)
        told[block.key] = agreed
        pages |= here
    for board in [each for each in boards if _is_reached(each, now, going)][:1]:
        proposed = [proposal for agreed in told.values() for proposal in agreed.proposals]
        now |= with_proposals(now, board, proposed, titles_in(now))
    return InStep(now, actions, told, pages, words, told=unclear)


def _pages(
    block: Block, actions: Mapping[str, Action], records: Mapping[str, Record], going: Going
) -> dict[str, Page]:
    """Return the sections of running notes that are places of a block now."""
    notes = [p for p in block.places if kind_of(p) == "document" and _is_reached(p, records, going)]
    if going.running is None or not notes:
        return {}
    taken = {
        address for action in actions.values() for address in (action.key, *action.at.values())
    }
    return going.running.pages(notes, records, block.vocabulary, taken)


def _unclear(pages: Mapping[str, Page]) -> tuple[str, ...]:
    """Return a sentence for each new line that names somebody of whom there are several."""
    return tuple(
        f"“{shortened(title)}” names nobody for certain: write {' or '.join(who)}."
        for page in pages.values()
        for title, who in page.unclear()
    )


def titles_in(records: Mapping[str, Record]) -> dict[str, str]:
    """Return what people call the boards, tables and documents."""
    kinds = (*_KINDS, "document")
    return {a: str(r.hub.get("title") or "") for a, r in records.items() if r.kind in kinds}


def places_of(blocks: tuple[Block, ...]) -> list[str]:
    """Return the boards and tables that these blocks keep in step, in their order."""
    return list(dict.fromkeys(p for block in blocks for p in without_documents(block).places))


def _is_reached(place: str, records: Mapping[str, Record], going: Going) -> bool:
    record = records.get(place)
    return record is not None and record.stands and record.place in going.reached


def without_documents(block: Block, but: Collection[str] = ()) -> Block:
    """Return the block with the boards and tables that it keeps in step, and these documents."""
    places = {a: p for a, p in block.places.items() if kind_of(a) in _KINDS or a in but}
    return replace(block, places=places)


def containers_of(blocks: tuple[Block, ...]) -> frozenset[str]:
    """Return the boards and tables that these blocks keep in step."""
    return frozenset(places_of(blocks))


def _with_own_lists(block: Block, records: Mapping[str, Record]) -> Block:
    """Return the block with the lists that members made: each is a status by its own name.

    A card has a tick, too; it says something where one of the statuses is ticked.
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
        address: replace(place, spoken=_speaking(place, words, own))
        for address, place in block.places.items()
    }
    return replace(block, places=places, vocabulary=words)


def _speaking(place: Place, words: Vocabulary, lists: Mapping[str, str]) -> Spoken:
    shown = {
        address: words.status_of(title)
        for address, title in lists.items()
        if title and container_of(address) == place.address
    }
    if kind_of(place.address) == "document":
        return replace(place.spoken, vocabulary=words)
    ticks = kind_of(place.address) == "board" and bool(words.ticked)
    shows = {**place.spoken.shows, **shown}
    return replace(place.spoken, vocabulary=words, shows=shows, ticks=ticks)


def _agreed(
    block: Block,
    known: Mapping[str, Action],
    showing: Showing,
    going: Going,
    answers: Answers,
    pages: Mapping[str, Page],
) -> Agreed:
    said = {
        address: pages[address].said(known)
        if address in pages
        else showing.said(place, _by_address(known, address))
        for address, place in block.places.items()
        if _is_reached(address, showing.records, going)
    }
    return agree(
        known,
        said,
        block,
        going.today,
        answers=answers,
        doubted=going.doubted.get(block.key, {}),
        lost=going.lost,
    )


def _renamed(action: Action, block: Block) -> Action:
    """Let a list of a member's that has another name now be heard: it is another status."""
    seen = dict(action.seen)
    for place in block.places.values():
        last = seen.get(place.address, {}).get("status")
        if last is None or not str(last.hub or "").startswith(OWN):
            continue
        means = place.spoken.shows.get(parted(last.value)[0])
        if means is not None and means != last.hub:
            seen[place.address] = {**seen[place.address], "status": Seen(None, last.hub)}
    return replace(action, seen=seen) if seen != action.seen else action


def _linked(action: Action, block: Block, records: Mapping[str, Record]) -> Action:
    """Return the action item with a link to where it was first seen, once that has a place."""
    place, record = container_of(action.key), records.get(action.key)
    holds = place in block.places and "link" not in block.places[place].fields
    if not holds or record is None or "link" not in block.fields or action.hub.get("link"):
        return action
    if kind_of(action.key) not in ("card", "row") or origin_of(action.key):
        return action
    url = own_url(record)
    return replace(action, hub={**action.hub, "link": url}) if url else action


def _by_address(actions: Mapping[str, Action], place: str) -> dict[str, Action]:
    return {action.at[place]: action for action in actions.values() if place in action.at}


def _written(
    block: Block, agreed: Agreed, records: Mapping[str, Record], going: Going
) -> dict[str, Record]:
    changed: dict[str, Record] = {}
    now = dict(records)
    showing = going.showing(block, now)
    known_at = {place: _by_address(agreed.actions, place) for place in block.places}
    for address, fields in agreed.wanted.items():
        place = block.places[container_of(address)]
        if kind_of(place.address) not in _KINDS:
            continue
        known = known_at[place.address].get(address)
        made = showing.written(place, address, fields, known)
        now |= made
        changed |= made
    for birth in agreed.births:
        place = block.places[birth.place]
        if kind_of(place.address) not in _KINDS:
            continue
        tool = records[birth.place].place
        first = next(iter(place.spoken.shows), birth.place)
        source = _source(agreed.actions[birth.key], records)
        changed |= born(place, birth.address, tool, birth.fields, source, first)
    return changed


def _views(
    block: Block,
    agreed: Agreed,
    records: Mapping[str, Record],
    going: Going,
    written: Mapping[str, Record],
) -> dict[str, Mapping[str, Value]]:
    """Return what the things that were just set or made show now."""
    showing = going.showing(block, records)
    found: dict[str, Mapping[str, Value]] = {}
    for place in block.places.values():
        known = _by_address(agreed.actions, place.address)
        here = written.keys() & known.keys()
        if here:
            said = showing.said(place, {address: known[address] for address in here}, here)
            found |= {one.address: one.fields for one in said}
    return found


def _source(action: Action, records: Mapping[str, Record]) -> str:
    """Return a text that leads to what a new card is a copy of."""
    leads_to = action.key if kind_of(action.key) == "card" else container_of(action.key)
    record = records.get(leads_to)
    title = str(record.hub.get("title") or "") if record else ""
    return f"From [{called(leads_to, title)}](link:{leads_to})."


def _noted(
    block: Block, agreed: Agreed, records: Mapping[str, Record], today: date
) -> dict[str, Record]:
    """Show what did not stand where people work: on the card, if there is one."""
    changed: dict[str, Record] = {}
    for conflict in agreed.conflicts:
        at = agreed.actions[conflict.key].at
        cards = [at[place] for place in block.places if place in at and kind_of(place) == "board"]
        for address in [each for each in cards if each in records][:1]:
            record = changed.get(address, records[address])
            text = suggestion(in_words(block, conflict, records), today, conflict.field)
            note = Note("", text)
            if record.existence == THERE and note not in record.notes:
                changed[address] = replace(record, notes=(*record.notes, note))
    return changed


def in_words(block: Block, conflict: Conflict, records: Mapping[str, Record]) -> str:
    """Return what did not stand, with who said it where, as far as anybody knows."""
    yielded = conflict.yielded
    value = (
        block.vocabulary.word_of(str(yielded.value or ""))
        if conflict.field == "status"
        else (
            ", ".join(sorted(yielded.value))
            if isinstance(yielded.value, frozenset)
            else str(yielded.value or "none")
        )
    )
    place = records.get(yielded.place)
    title = str(place.hub.get("title") or "") if place else ""
    said = f"in “{called(yielded.place, title)}”"
    told = [f"by {yielded.by}" if yielded.by else "", said, yielded.when]
    return f"{value} ({' '.join(filter(None, told))})"


def that_stand(
    blocks: tuple[Block, ...], actions: Mapping[ActionKey, Action], records: Mapping[str, Record]
) -> frozenset[tuple[str, str]]:
    """Return the fields of records (address, name) whose hub stands against what its tool says.

    They were set by a place that goes first, and are not written yet.
    """
    by_key = {block.key: block for block in blocks}
    found: set[tuple[str, str]] = set()
    for (name, _), action in actions.items():
        block = by_key.get(name)
        for place, address in action.at.items() if block else ():
            record = records.get(address)
            if block is None or record is None or place not in block.places:
                continue
            for each in action.set_by:
                if side_that_stands(block, action, place, each) == "hub":
                    found |= {(address, own) for own in _fields_of(record, each)}
    return frozenset(found)


def _fields_of(record: Record, name: str) -> tuple[str, ...]:
    """Return the fields of a record that show a field of its action item, and wait to be written."""
    fields = ("cells",) if record.kind == "row" else _OF_A_CARD.get(name, (name,))
    seen = record.seen.get(record.place, {})
    return tuple(
        each
        for each in fields
        if each in record.hub and each in seen and seen[each].hub != record.hub[each]
    )
