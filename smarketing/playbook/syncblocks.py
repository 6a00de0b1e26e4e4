"""What is wrong with the sync blocks and statuses of a playbook: where, and what to write instead."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from smarketing.address import kind_of
from smarketing.playbook.columns import CALLED, columns_of
from smarketing.playbook.directions import NoDirection, directions
from smarketing.playbook.statuswords import status_problems
from smarketing.problems import Problem
from smarketing.state.action import FIELDS
from smarketing.text.suggestion import did_you_mean
from smarketing.text.wording import joined
from smarketing.yamlfiles.datapath import Path_
from smarketing.yamlfiles.source import Source

if TYPE_CHECKING:
    from smarketing.playbook.meetings import Sync
    from smarketing.playbook.playbook import Playbook

HELD_BY: Mapping[str, tuple[str, ...]] = {
    "board": ("title", "status", "owner", "due", "labels", "checklist"),
    "table": tuple(CALLED),
    "document": ("title", "status", "owner", "due"),
}
"""The fields that each kind of place can hold; a table needs a column for each."""


def sync_problems(playbook: "Playbook", source: Source) -> Iterator[Problem]:
    """Return all problems with the sections `statuses` and `sync`."""
    yield from status_problems(playbook, source)
    taken: dict[str, str] = {}
    for key, block in playbook.sync.items():
        yield from _Block(playbook, source, key, block).problems(taken)


def fields_of(playbook: "Playbook", block: "Sync", place: str) -> dict[str, str]:
    """Return the fields that a place of a block can hold, with the column of each, "" if none."""
    kind, _, key = place.partition(":")
    if kind != "table":
        return dict.fromkeys(HELD_BY[kind], "")
    table = playbook.tables.get(key)
    titles = {name: column.title for name, column in table.columns.items()} if table else {}
    return columns_of(titles, _named(block, place))


def _named(block: "Sync", place: str) -> dict[str, str]:
    return {str(name): column for name, column in block.columns.get(place, {}).items()}


def is_place(playbook: "Playbook", address: str) -> bool:
    """Say whether action items can be shown here: on a board, in a table, in running notes."""
    return address in _places_of(playbook)


def _places_of(playbook: "Playbook") -> list[str]:
    boards = [f"board:{key}" for key in playbook.boards]
    return [*boards, *(f"table:{key}" for key in playbook.tables), *_running_notes(playbook)]


def _running_notes(playbook: "Playbook") -> list[str]:
    notes = [meeting.notes for meeting in playbook.meetings.values()]
    return [f"document:{each.document}" for each in notes if each is not None]


class _Block:
    def __init__(self, playbook: "Playbook", source: Source, key: str, block: "Sync") -> None:
        self.playbook, self.source, self.block = playbook, source, block
        self.at: Path_ = ("sync", key)
        self.key = key
        self.places = [p for p in dict.fromkeys(block.between) if is_place(playbook, p)]

    def problems(self, taken: dict[str, str]) -> Iterator[Problem]:
        """Return the block's problems; `taken` maps the places of former blocks to these."""
        yield from self._places(taken)
        yield from self._columns()
        yield from self._fields()
        if self.block.prefer is not None and self.block.prefer not in self.block.between:
            words = f"'{self.block.prefer}' is not among the places of 'between:'."
            instead = f"Prefer {_or(self.block.between)}, or leave the line out."
            yield self.source.problem((*self.at, "prefer"), words, instead)
        try:
            directions(self.block.new, self.block.between)
        except NoDirection as error:
            instead = f"Write 'everywhere', 'nowhere', or '{self._example()}'."
            yield self.source.problem((*self.at, "new"), str(error), instead)

    def _example(self) -> str:
        known = [*self.places, *_places_of(self.playbook), "board:work", "table:tracker"]
        first, second = tuple(dict.fromkeys(known))[:2]
        return f"from {first} to {second}"

    def _places(self, taken: dict[str, str]) -> Iterator[Problem]:
        for number, place in enumerate(self.block.between):
            path = (*self.at, "between", number)
            if place in self.block.between[:number]:
                yield self.source.problem(path, f"'{place}' stands here twice.", "Delete one.")
            elif not is_place(self.playbook, place) and not self._is_absent(place):
                words = f"'{place[:80]}' can't show action items."
                yield self.source.problem(path, words, self._what_can())
            elif place in self.places and taken.setdefault(place, self.key) != self.key:
                words = f"'{place}' is kept in step by the block '{taken[place]}' already."
                yield self.source.problem(path, words, "Name all its places in that one block.")

    def _is_absent(self, place: str) -> bool:
        """Say whether it would be a place if it were there: that is told of every address."""
        kind, _, key = place.partition(":")
        return kind in ("board", "table") and "/" not in key

    def _what_can(self) -> str:
        known = _places_of(self.playbook)
        words = "Boards, tables and the running notes of meetings can"
        return f"{words}: {joined(known)}." if 0 < len(known) <= 20 else f"{words}."

    def _columns(self) -> Iterator[Problem]:
        for place in self.block.columns:
            path = (*self.at, "columns", place)
            if place not in self.places or kind_of(place) != "table":
                words = f"'{place}' is not a table among the places of 'between:'."
                tables = [p for p in self.places if kind_of(p) == "table"]
                yield self.source.key_problem(path, words, did_you_mean(place, tables))
                continue
            yield from self._columns_of(place, _named(self.block, place), path)

    def _columns_of(self, place: str, named: Mapping[str, str], path: Path_) -> Iterator[Problem]:
        columns = self.playbook.tables[place.partition(":")[2]].columns
        holders: dict[str, list[str]] = defaultdict(list)
        for name, column in named.items():
            holders[column].append(name)
            if name == "checklist":
                words = "A table has no checklists."
                yield self.source.key_problem((*path, name), words, "Delete this line.")
            elif column not in columns:
                words = f"{place} has no column with the key '{column}'."
                yield self.source.problem((*path, name), words, did_you_mean(column, columns))
            elif len(holders[column]) > 1:
                words = f"The column '{column}' holds '{holders[column][0]}' already."
                yield self.source.problem((*path, name), words, "Give each field a column.")

    def _fields(self) -> Iterator[Problem]:
        held = {place: fields_of(self.playbook, self.block, place) for place in self.places}
        if len(held) < 2 or len(held) < len(set(self.block.between)):
            return
        for number, name in enumerate(self.block.fields_):
            path = (*self.at, "fields", number)
            lacking = [
                place
                for place in held
                if name in HELD_BY[kind_of(place)] and name not in held[place]
            ]
            holding = [place for place in held if name in held[place]]
            if lacking:
                words = f"{joined(lacking)} has no column for '{name}'."
                yield self.source.problem(path, words, self._column_for(name, lacking[0]))
            elif len(holding) < least_of(name):
                words = f"'{name}' can't be kept in step: {self._who_holds(holding)}."
                yield self.source.problem(path, words, "Take it out of 'fields:'.")

    def _column_for(self, name: str, place: str) -> str:
        return (
            f"Add a column '{name.capitalize()}', say which one holds it "
            f"('columns: {{{place}: {{{name}: key-of-the-column}}}}'), "
            "or take it out of 'fields:'."
        )

    def _who_holds(self, holding: list[str]) -> str:
        return f"only {holding[0]} can hold it" if holding else "no place here can hold it"


def least_of(name: str) -> int:
    """Return how many places have to hold a field: a link leads from one to what it is a copy of."""
    return 1 if name == "link" else 2


def _or(words: tuple[str, ...]) -> str:
    return " or ".join(words)


def chosen_fields(block: "Sync", held: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """Return the fields that a block keeps in step: those it names, or what people expect.

    The title always goes along, because nothing new could be recognised without it.
    """
    asked = block.fields_ or ("title", "status", "owner", "due")
    return tuple(
        name
        for name in FIELDS
        if name == "title"
        or (name in asked and sum(name in each for each in held.values()) >= least_of(name))
    )
