"""Checks that what a playbook refers to is there: folders, roles, lists, labels, addresses."""

from collections.abc import Collection, Iterator
from typing import Any

from smarketing.calendar.hosting import role_of_guest
from smarketing.playbook.forms import column_forms
from smarketing.playbook.items import Board, Card, Table
from smarketing.playbook.meetings import CHANNEL, Meeting
from smarketing.playbook.playbook import Playbook
from smarketing.playbook.syncblocks import sync_problems
from smarketing.problems import Problem
from smarketing.text.suggestion import did_you_mean
from smarketing.text.wording import joined
from smarketing.yamlfiles.datapath import Path_, value_at
from smarketing.yamlfiles.source import Source

GOAL_COLUMNS = ("goal", "baseline", "now", "target", "by", "owner")
"""The keys of the columns that a table of goals has; it may have others too."""

_SECTIONS = ("folders", "boards", "documents", "tables", "meetings", "channels")


def broken_references(playbook: Playbook, source: Source) -> Iterator[Problem]:
    """Return a problem for each thing that the playbook names and does not have."""
    yield from _References(playbook, source).problems()


class _References:
    """Names are looked up in what was written, so that one mistake is told once."""

    def __init__(self, playbook: Playbook, source: Source) -> None:
        self.playbook = playbook
        self.source = source
        self.folders = self._keys("folders")
        self.roles = self._keys("roles")

    def problems(self) -> Iterator[Problem]:
        """Return all problems, section by section."""
        yield from self._homes_and_shares()
        yield from self._circles()
        for key, board in self.playbook.boards.items():
            yield from self._board(key, board)
        yield from self._repeats()
        for key, table in self.playbook.tables.items():
            yield from self._table(key, table)
        yield from self._meetings()
        yield from self._digests()
        yield from self._channels()
        yield from self._addresses()
        yield from sync_problems(self.playbook, self.source)
        yield from self._first_parts()
        yield from self._former_keys()

    def _keys(self, *path: str) -> Collection[str]:
        value = value_at(self.source.data, path)
        return value.keys() if isinstance(value, dict) else ()

    def _missing(self, path: Path_, what: str, word: str, known: Collection[str]) -> Problem:
        return self.source.problem(path, f"There is no {what} '{word}'.", did_you_mean(word, known))

    def _homes_and_shares(self) -> Iterator[Problem]:
        for section in ("folders", "boards", "documents", "tables"):
            for key, item in getattr(self.playbook, section).items():
                at = (section, key)
                if item.in_ is not None and item.in_ not in self.folders:
                    yield self._missing((*at, "in"), "folder", item.in_, self.folders)
                for role in item.share:
                    if role not in self.roles:
                        suggestion = did_you_mean(role, self.roles)
                        words = f"There is no role '{role}'."
                        yield self.source.key_problem((*at, "share", role), words, suggestion)

    def _circles(self) -> Iterator[Problem]:
        folders = self.playbook.folders
        clear: set[str] = set()
        for key in folders:
            way: dict[str, None] = {}
            here: str | None = key
            while here in folders and here not in way and here not in clear:
                way[here] = None
                here = folders[here].in_
            if here == key and here in way:
                words = f"The folder '{key}' lies in itself."
                yield self.source.problem(("folders", key, "in"), words, "Name another folder.")
            clear.update(way)

    def _board(self, key: str, board: Board) -> Iterator[Problem]:
        lists = self._keys("boards", key, "lists")
        labels = self._keys("boards", key, "labels")
        if board.cards and not lists:
            words = "A board with cards needs lists to put them in."
            yield self.source.key_problem(("boards", key, "cards"), words, "Add 'lists:'.")
        for name, card in board.cards.items():
            at = ("boards", key, "cards", name)
            if card.list_ is not None and lists and card.list_ not in lists:
                yield self._missing((*at, "list"), "list", card.list_, lists)
            for number, label in enumerate(card.labels):
                if label not in labels:
                    yield self._missing((*at, "labels", number), "label", label, labels)
            if card.owner is not None:
                yield from self._owner((*at, "owner"), card.owner)
            if card.checklist:
                yield from self._checklist((*at, "checklist"), card)

    def _owner(self, at: Path_, owner: str) -> Iterator[Problem]:
        role = owner.removeprefix("lead of ").strip()
        if "{{" in owner or "{%" in owner or role in self.roles:
            return
        words = f"'{owner[:60]}' is no role."
        known = [f"lead of {key}" for key in self.roles] + list(self.roles)
        yield self.source.problem(at, words, did_you_mean(owner, known))

    def _checklist(self, at: Path_, card: Card) -> Iterator[Problem]:
        seen: set[str] = set()
        for number, check in enumerate(card.checklist):
            if check.key in seen:
                words = f"The key '{check.key}' stands in this checklist twice."
                yield self.source.problem((*at, number), words, "Change one.")
            seen.add(check.key)

    def _repeats(self) -> Iterator[Problem]:
        inputs = self.playbook.inputs
        mappings = [key for key, given in inputs.items() if isinstance(given.default, dict)]
        for path, name in self._loops():
            if name not in self._keys("inputs"):
                yield self._missing(path, "input", name, mappings)
            elif name in inputs and name not in mappings:
                words = f"The input '{name}' is one text, so there is nothing to repeat."
                yield self.source.problem(path, words, "Give it a default of 'key: title' lines.")

    def _loops(self) -> Iterator[tuple[Path_, str]]:
        things: list[tuple[Path_, Any]] = [
            (("documents", key), document) for key, document in self.playbook.documents.items()
        ]
        for key, board in self.playbook.boards.items():
            things += ((("boards", key, "cards", name), card) for name, card in board.cards.items())
        for key, table in self.playbook.tables.items():
            things += ((("tables", key, "rows", name), row) for name, row in table.rows.items())
        for at, thing in things:
            if thing.for_each is not None:
                yield (*at, "for-each"), thing.for_each

    def _table(self, key: str, table: Table) -> Iterator[Problem]:
        forms = column_forms(value_at(self.source.data, ("tables", key, "columns")))
        columns = forms if isinstance(forms, dict) else table.columns
        if table.holds == "goals":
            yield from self._goal_columns(key, columns)
        for name, row in table.rows.items():
            for cell in row.cells:
                if cell not in columns:
                    at = ("tables", key, "rows", name, cell)
                    suggestion = did_you_mean(cell, columns.keys())
                    words = f"There is no column '{cell}'."
                    yield self.source.key_problem(at, words, suggestion)

    def _goal_columns(self, key: str, columns: Collection[str]) -> Iterator[Problem]:
        missing = [column for column in GOAL_COLUMNS if column not in columns]
        if missing:
            named = joined([f"'{column}'" for column in missing])
            words = f"A table that holds goals needs a column with the key {named}."
            instead = f"Its columns have the keys {joined(GOAL_COLUMNS)}; their titles are yours."
            yield self.source.key_problem(("tables", key, "columns"), words, instead)

    def _meetings(self) -> Iterator[Problem]:
        for key, meeting in self.playbook.meetings.items():
            for number, role in enumerate(meeting.invite):
                if role not in self.roles:
                    yield self._missing(
                        ("meetings", key, "invite", number), "role", role, self.roles
                    )
            if meeting.guest is not None:
                yield from self._guest(("meetings", key, "guest"), meeting)
            if meeting.notes is None:
                continue
            at, notes = ("meetings", key, "notes"), meeting.notes
            if notes.in_ is not None and notes.in_ not in self.folders:
                yield self._missing((*at, "in"), "folder", notes.in_, self.folders)
            if notes.document in self._keys("documents"):
                words = f"The document '{notes.document}' is already under 'documents'."
                yield self.source.problem((*at, "document"), words, "Give the notes another key.")

    def _digests(self) -> Iterator[Problem]:
        for key, digest in self.playbook.digest.items():
            for number, each in enumerate(digest.to):
                is_channel = each.startswith(CHANNEL)
                what = "channel" if is_channel else "role"
                known = (
                    [f"{CHANNEL}{k}" for k in self._keys("channels")] if is_channel else self.roles
                )
                if each not in known:
                    yield self._missing(("digest", key, "to", number), what, each, known)

    def _guest(self, at: Path_, meeting: Meeting) -> Iterator[Problem]:
        try:
            role = role_of_guest(meeting.guest or "")
        except ValueError as error:
            yield self.source.problem(at, str(error))
            return
        if role not in self.roles:
            yield self._missing(at, "role", role, self.roles)
        elif role in meeting.invite:
            words = f"Everybody of '{role}' is invited to this meeting anyway."
            yield self.source.problem(at, words, "Name a role that is not, or delete this line.")

    def _channels(self) -> Iterator[Problem]:
        for key, channel in self.playbook.channels.items():
            for number, role in enumerate(channel.invite):
                if role not in self.roles:
                    at = ("channels", key, "invite", number)
                    yield self._missing(at, "role", role, self.roles)

    def _addresses(self) -> Iterator[Problem]:
        named: list[tuple[Path_, str]] = [
            (("parts", part, number), address)
            for part, addresses in self.playbook.parts.items()
            for number, address in enumerate(addresses)
        ]
        for key, channel in self.playbook.channels.items():
            at: Path_ = ("channels", key, "bookmarks")
            named += (((*at, number), one) for number, one in enumerate(channel.bookmarks))
        for key, sync in self.playbook.sync.items():
            named += ((("sync", key, "between", n), one) for n, one in enumerate(sync.between))
        if not named:
            return
        known = set(addresses_of(self.playbook))
        for path, address in named:
            if not {address, address.rpartition(".")[0]} & known and not self._written(address):
                kind = address.rsplit("/", 1)[-1].partition(":")[0]
                alike = [one for one in known if f"{kind}:" in one] or sorted(known)
                yield self._missing(path, "item", address, alike)

    def _first_parts(self) -> Iterator[Problem]:
        known = self._keys("parts")
        for number, part in enumerate(self.playbook.begin_with or ()):
            if part not in known:
                yield self._missing(("begin-with", number), "part", part, known)

    def _written(self, address: str) -> bool:
        """Say whether the address is in the file, though something else is wrong with it."""
        path: tuple[str, ...] = ()
        for part in address.split("/"):
            kind, _, key = part.partition(":")
            path = (*path, f"{kind}s", key)
        return value_at(self.source.data, path) is not None

    def _former_keys(self) -> Iterator[Problem]:
        for section in (*_SECTIONS, "inputs"):
            items = getattr(self.playbook, section)
            for key, item in items.items():
                yield from self._former((section, key), item, items)
            if section == "boards":
                for key, board in items.items():
                    for part in ("lists", "labels", "cards"):
                        siblings = getattr(board, part)
                        for name, item in siblings.items():
                            yield from self._former((section, key, part, name), item, siblings)

    def _former(self, at: Path_, item: Any, siblings: Collection[str]) -> Iterator[Problem]:
        for former in item.was:
            if former in siblings:
                words = f"'{former}' is still here, so nothing else can have been it."
                yield self.source.problem((*at, "was"), words, "Delete one of the two.")


def addresses_of(playbook: Playbook) -> Iterator[str]:
    """Return the address of everything in a playbook, `for-each` items by their shared key."""
    yield from (f"folder:{key}" for key in playbook.folders)
    yield from (f"document:{key}" for key in playbook.documents)
    for key, board in playbook.boards.items():
        yield f"board:{key}"
        yield from (f"board:{key}/list:{name}" for name in board.lists)
        yield from (f"board:{key}/label:{name}" for name in board.labels)
        for name, card in board.cards.items():
            yield f"board:{key}/card:{name}"
            yield from (f"board:{key}/card:{name}/check:{check.key}" for check in card.checklist)
    for key, table in playbook.tables.items():
        yield f"table:{key}"
        yield from (f"table:{key}/column:{name}" for name in table.columns)
        yield from (f"table:{key}/row:{name}" for name in table.rows)
    for key, meeting in playbook.meetings.items():
        yield f"meeting:{key}"
        if meeting.notes is not None:
            yield f"document:{meeting.notes.document}"
    yield from (f"channel:{key}" for key in playbook.channels)
