"""Bring the records of synced boards and tables in step: what each says, then what each shows. Pure.

The tools have had their say: what a record's hub holds is what its place says. What is wanted
at a place becomes its record's hub, and is written like everything else.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from smarketing.address import container_of, kind_of
from smarketing.instep.going import Going, is_reached, places_away, places_of, titles_in
from smarketing.instep.noting import as_records, noted_down, pages_of, unclear_in, views_of
from smarketing.instep.pending import as_really_held, lines_as_really_held, notes_as_held
from smarketing.kinds import THERE, Value
from smarketing.minutes.overlooked import Overlooked, overlooked_in
from smarketing.minutes.page import Page
from smarketing.state.action import Action
from smarketing.state.record import Record
from smarketing.state.state import ActionKey
from smarketing.sync.agreed import Agreed
from smarketing.sync.agreeing import agree, as_viewed
from smarketing.sync.asread import (
    action_as_read,
    block_as_read,
    cards_by_url,
    own_lists,
    without_documents,
)
from smarketing.sync.block import Block
from smarketing.sync.disagreeing import noted, settled
from smarketing.sync.heirs import Heirs, done_in
from smarketing.sync.proposals import Answers
from smarketing.sync.removals import answers_in, with_proposals
from smarketing.sync.showing import Showing, born
from smarketing.sync.statuses import Vocabulary
from smarketing.text.wording import called

_KINDS = ("board", "table")


@dataclass(frozen=True, slots=True)
class InStep:
    """The records and action items once all places are in step, and what there is to tell, by block.

    `lists` are those that members made, by address, with the statuses that they are.
    `pages` are the sections of running notes that were places, `words` the statuses of each block,
    `facts` what the next run is told of meetings, `told` sentences for people, `overlooked` what
    closed minutes say and nothing reads.
    """

    records: Mapping[str, Record]
    actions: Mapping[ActionKey, Action]
    agreed: Mapping[str, Agreed]
    lists: Mapping[str, str]
    pages: Mapping[str, Page] = field(default_factory=dict)
    words: Mapping[str, Vocabulary] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    overlooked: tuple[Overlooked, ...] = ()

    @property
    def doubted(self) -> dict[str, Mapping[str, frozenset[str]]]:
        """What the next run is told of places that were left alone."""
        return {key: agreed.doubted for key, agreed in self.agreed.items() if agreed.doubted}


def in_step(records: Mapping[str, Record], going: Going) -> InStep:
    """Return the records as every place shall show them."""
    now, actions, told = dict(records), dict(going.actions), {}
    lists: dict[str, str] = {}
    boards = [place for place in places_of(going.blocks) if kind_of(place) == "board"]
    pages: dict[str, Page] = {}
    words: dict[str, Vocabulary] = {}
    unclear: tuple[str, ...] = ()
    overlooked: tuple[Overlooked, ...] = ()
    for each in going.blocks:
        whole = block_as_read(each, now)
        words[each.key] = whole.vocabulary
        own = own_lists(whole)
        cards = cards_by_url(now)
        renamed = {a for a, status in own.items() if going.lists.get(a, status) != status}
        lists |= own
        mine = {key: action for (name, key), action in actions.items() if name == each.key}
        here = pages_here(whole, mine, now, going)
        block = without_documents(whole, here)
        known = {key: action_as_read(a, block, now, renamed, cards) for key, a in mine.items()}
        unclear += unclear_in(here, going.people)
        showing = going.showing(block, now)
        known = _as_really_held(known, block, showing, here, going)
        answers = answers_in(now, boards, known.values())
        agreed = _agreed(block, known, showing, going, answers, here, whole.places)
        agreed = _with_away(agreed, whole, now, going)
        written = _written(block, agreed, now, going)
        here = noted_down(agreed, here)
        now |= written | as_records(here, now)
        for key in known.keys() - agreed.actions.keys():
            del actions[block.key, key]
        views = _views(block, agreed, now, going, written) | views_of(agreed, here)
        viewed = as_viewed(agreed, views)
        actions |= {(block.key, key): action for key, action in viewed.items()}
        now |= settled(block, known, agreed, now)
        now |= noted(block, agreed, now, going.today)
        told[block.key] = agreed
        overlooked += overlooked_in(here, viewed, block, titles_in(now))
        pages |= here
    is_unsure = any(agreed.lost for agreed in told.values())  # what was asked may still be open
    for board in [each for each in boards if is_reached(each, now, going) and not is_unsure][:1]:
        proposed = [proposal for agreed in told.values() for proposal in agreed.proposals]
        now |= with_proposals(
            now, board, _first_open_list(board, going, now), proposed, titles_in(now)
        )
    return InStep(now, actions, told, lists, pages, words, told=unclear, overlooked=overlooked)


def _first_open_list(board: str, going: Going, records: Mapping[str, Record]) -> str:
    """Return the first list of a board where people look for open work, else the board."""
    for block in going.blocks:
        place = block.places.get(board)
        for address, status in place.spoken.shows.items() if place else ():
            record = records.get(address)
            if record and record.existence == THERE and not block.vocabulary.is_ticked(status):
                return address
    return board


def pages_here(
    block: Block, actions: Mapping[str, Action], records: Mapping[str, Record], going: Going
) -> dict[str, Page]:
    """Return the sections of running notes that are places of a block now."""
    notes = [p for p in block.places if kind_of(p) == "document" and is_reached(p, records, going)]
    return pages_of(block, actions, records, going.running, notes)


def _as_really_held(
    actions: Mapping[str, Action],
    block: Block,
    showing: Showing,
    pages: Mapping[str, Page],
    going: Going,
) -> dict[str, Action]:
    """Return the action items as seen at what each place held that could not be written to."""
    known = as_really_held(actions, without_documents(block), going.before, showing)
    notes = notes_as_held(going.before, pages)
    before = {**going.before, **notes}
    held = pages_of(block, actions, before, going.running, list(notes))
    return lines_as_really_held(known, block, pages, held)


def heard_meanwhile(records: Mapping[str, Record], going: Going) -> dict[ActionKey, Action]:
    """Return the action items that have to remember, for the next sync, what a place really held.

    Another run than a sync has just heard members there, where something was still to be written.
    """
    changed: dict[ActionKey, Action] = {}
    for each in going.blocks:
        whole = block_as_read(each, records)
        known = {key: a for (name, key), a in going.actions.items() if name == whole.key}
        here = pages_here(whole, known, records, going)
        block = without_documents(whole, here)
        now = _as_really_held(known, block, going.showing(block, records), here, going)
        changed |= {(block.key, key): a for key, a in now.items() if a != known[key]}
    return changed


def _agreed(
    block: Block,
    known: Mapping[str, Action],
    showing: Showing,
    going: Going,
    answers: Answers,
    pages: Mapping[str, Page],
    places: Collection[str],
) -> Agreed:
    said = {
        address: pages[address].said(known, is_lost=going.lost)
        if address in pages
        else showing.said(place, _by_address(known, address))
        for address, place in block.places.items()
        if "title" in place.fields and is_reached(address, showing.records, going)
    }
    agreed = agree(
        known,
        said,
        block,
        going.today,
        answers=answers,
        doubted=going.doubted.get(block.key, {}),
        again=going.again,
        lost=going.lost,
        fresh=going.fresh.get(block.key, ()),
        heirs=Heirs(going.heirs, done_in(showing.records)),
        places=places,
    )
    untitled = _untitled(block, showing, going)
    return replace(agreed, stopped={**untitled, **agreed.stopped}, broken=frozenset(untitled))


def _untitled(block: Block, showing: Showing, going: Going) -> dict[str, str]:
    """Return the tables that were reached and have lost the column of titles, and what helps."""
    return {
        address: (
            "has no column for titles any more, so it can't follow: put the file back as it was, "
            f"or run `smarketing apply --restore {address}`"
        )
        for address, place in block.places.items()
        if kind_of(address) == "table" and "title" not in place.fields
        if is_reached(address, showing.records, going)
    }


def _with_away(agreed: Agreed, block: Block, records: Mapping[str, Record], going: Going) -> Agreed:
    """Return what is agreed, with the places that are not there any more, and what helps."""
    away = places_away([block], records, going.reached)
    why = {
        address: (
            f"is not there any more. `smarketing apply --restore {address}` brings it back, with "
            "what members made of it; to do without, take it out of `sync:` in the playbook"
        )
        for address in away
    }
    return replace(
        agreed,
        stopped={**why, **agreed.stopped},
        away=frozenset(away),
        newly_away=frozenset(away) - going.away,
    )


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
