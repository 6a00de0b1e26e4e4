"""The sync blocks as a playbook asks for them, for the places that appear in this workspace.

Running notes that no block names belong to the first one with a board: what is promised there
becomes a card, as if it had been put onto that board, and nothing else is written there.
"""

from collections.abc import Mapping

from smarketing.address import kind_of
from smarketing.playbook.directions import NOWHERE, directions, within
from smarketing.playbook.meetings import Sync
from smarketing.playbook.syncblocks import chosen_fields, fields_of
from smarketing.resolve.scope import Scope
from smarketing.sync.block import Block, Place
from smarketing.sync.statuses import Spoken, Status, Vocabulary, vocabulary
from smarketing.text.wording import joined


def sync_blocks(scope: Scope) -> tuple[Block, ...]:
    """Return the blocks with at least two places here; what is left out is said."""
    words = _vocabulary(scope)
    notes = _notes_that_no_block_names(scope)
    found: list[Block] = []
    for key, asked in scope.playbook.sync.items():
        has_board = any(kind_of(p) == "board" and p in scope.items for p in asked.between)
        if block := _block(scope, key, asked, words, notes if has_board else ()):
            found.append(block)
            notes = () if has_board else notes
    return tuple(found)


def _notes_that_no_block_names(scope: Scope) -> tuple[str, ...]:
    """Return the running notes that stand in no `between:`, in the order of their meetings."""
    named = {place for asked in scope.playbook.sync.values() for place in asked.between}
    notes = dict.fromkeys(frame.document for frame in scope.agendas.values())
    return tuple(each for each in notes if each in scope.items and each not in named)


def _block(
    scope: Scope, key: str, asked: Sync, words: Vocabulary, joining: tuple[str, ...]
) -> Block | None:
    """Return a block with the notes that are joining it."""
    named = [place for place in dict.fromkeys(asked.between) if place in scope.items]
    here = [*named, *joining]
    absent = [place for place in dict.fromkeys(asked.between) if place not in scope.items]
    if absent:
        rest = "the others are kept in step" if len(here) > 1 else "so nothing is kept in step"
        be = "does" if len(absent) == 1 else "do"
        scope.leave_out(f"{joined(absent)} {be} not appear here: {rest} (sync '{key}').")
    if len(here) < 2:
        return None
    held = {place: fields_of(scope.playbook, asked, place) for place in here}
    chosen = chosen_fields(asked, held)
    places = {
        place: Place(
            place,
            {name: held[place][name] for name in chosen if name in held[place]},
            _spoken(scope, place, held[place], words),
        )
        for place in here
    }
    new = within(directions(asked.new, asked.between), named)
    new |= _as_from(new, named, joining) if asked.new != NOWHERE else {}
    prefer = asked.prefer if asked.prefer in places else ""
    return Block(key, places, chosen, words, new, prefer or "")


def _as_from(
    new: Mapping[str, frozenset[str]], named: list[str], joining: tuple[str, ...]
) -> dict[str, frozenset[str]]:
    """Return where new things of these notes appear: on the first board, and where its own do."""
    reached = [next(place for place in named if kind_of(place) == "board")] if joining else []
    for place in reached:  # what appears there may appear somewhere else from there
        reached += sorted(new.get(place, frozenset()) - set(reached))
    return dict.fromkeys(joining, frozenset(reached))


def _spoken(scope: Scope, place: str, held: Mapping[str, str], words: Vocabulary) -> Spoken:
    """Return how a place shows statuses, as far as the playbook knows it.

    Lists that members made, and whether cards have a tick here, are known when the tool is read.
    """
    kind = kind_of(place)
    if kind == "board":
        lists = _titles(scope, place, "list")
        return Spoken(words, {at: _of_list(words, at, title) for at, title in lists.items()})
    if kind == "table":
        column = scope.items.get(f"{place}/column:{held.get('status', '')}")
        choices = column.fields.get("choices") if column else None
        shows = _choices(words, choices if isinstance(choices, frozenset) else frozenset())
        # What is not among the choices may be written all the same: no tool forbids it.
        return Spoken(words, shows, is_free=True)
    return Spoken(words, {s.title: s.key for s in words.statuses}, True, ticks=True, is_terse=True)


def _of_list(words: Vocabulary, address: str, title: str) -> str:
    key = address.rpartition(":")[2]
    is_status = any(status.key == key for status in words.statuses)
    return key if is_status else words.status_of(title)


def _choices(words: Vocabulary, choices: frozenset[str]) -> dict[str, str]:
    """Return the choices in the order of work, those that are no known status at the end."""
    order = {status.key: at for at, status in enumerate(words.statuses)}
    meant = {choice: words.status_of(choice) for choice in sorted(choices)}
    return dict(sorted(meant.items(), key=lambda each: order.get(each[1], len(order))))


def _vocabulary(scope: Scope) -> Vocabulary:
    asked = (
        Status(key, key, status.words, status.ticked)
        for key, status in scope.playbook.statuses.items()
    )
    boards = [p for each in scope.playbook.sync.values() for p in each.between if p in scope.items]
    lists = [
        (address.rpartition(":")[2], title)
        for board in boards
        if kind_of(board) == "board"
        for address, title in _titles(scope, board, "list").items()
    ]
    return vocabulary(asked, lists)


def _titles(scope: Scope, holder: str, kind: str) -> dict[str, str]:
    """Return the titles of what a holder has of a kind, by address, in the playbook's order."""
    within = f"{holder}/{kind}:"
    return {
        address: str(item.fields.get("title") or "")
        for address, item in scope.items.items()
        if address.startswith(within) and "/" not in address[len(within) :]
    }
