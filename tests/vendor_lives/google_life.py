"""Random lives in a Google account: folders, documents, a table, a meeting, and who may see them.

Documents and meetings are written under the version that was read, so nothing of a member's is
ever replaced there. Sheets and the titles and places of files have no version: a word that a member
types into the very cell (or title) that we write, or into one that a row moved there, in the moment
between look and write, may be lost. It is counted, and only then forgiven.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any, ClassVar
from urllib.parse import urlencode

from smarketing.contract import Integration, Setup
from smarketing.integrations.google.google import Google
from smarketing.integrations.google.manifest import NARROW
from smarketing.integrations.google.sandbox import stand_in
from smarketing.integrations.google.sandbox.docs.api import SWITCHES as OF_DOCS
from smarketing.integrations.google.sandbox.docs.document import Doc
from smarketing.integrations.google.sandbox.docs.editor import open_in_editor
from smarketing.integrations.google.sandbox.docs.units import text_of
from smarketing.integrations.google.sandbox.drive.model import DOC, FOLDER, SHEET, File
from smarketing.integrations.google.sandbox.google import Google as Vendor
from smarketing.integrations.google.sandbox.sheets.a1 import letters
from smarketing.integrations.google.sandbox.sheets.api import SWITCHES as OF_SHEETS
from smarketing.integrations.google.sandbox.sheets.book import Sheet
from smarketing.integrations.google.sandbox.switches import SWITCHES
from smarketing.integrations.google.sheet.sheet import KEYS_TITLE
from smarketing.resolve.desired import Item
from smarketing.sandbox.inprocess import InProcess
from smarketing.sandbox.sandbox import Heard
from smarketing.standin import Asked, Person, query_of

from .author import MAILBOXES, PEOPLE, Author, Edit
from .life import ANA, BEN, ROB, WORD, Life

ENDPOINT = "http://127.0.0.1:8460"
TABLE = "table:track"
_RENAMED = re.compile(r"PATCH /drive/v3/files/([\w-]+)")


class FilesAuthor(Author):
    """A playbook of folders, documents, a table and a meeting."""

    place = "google"
    order = ("folder", "document", "table", "column", "row", "meeting")

    def write(self) -> None:
        access = {MAILBOXES["Ana Silva"]: "edit"}
        self.put("folder:home", self.root, title="Home", access=access)
        self.put("folder:more", "folder:home", title="More")
        self._put_document("terms", "rule")
        self._put_document("rule", "terms")
        self.put(TABLE, "folder:home", title="Track")
        for key in ("a", "b", "c"):
            self.put(f"{TABLE}/column:{key}", TABLE, title=f"Column {key}")
        for key in ("first", "second"):
            self._put_row(key)
        self.put(
            "meeting:weekly", self.root, title="Weekly", start="2026-12-14T10:00", minutes=45,
            timezone="Europe/London", rule="FREQ=WEEKLY;BYDAY=MO",
            description=f"About {self.word()} at {self.company}.\n\nSee {self.word()}.",
            attendees=frozenset({MAILBOXES["Ana Silva"]}),
        )  # fmt: skip

    def edits(self) -> tuple[Edit, ...]:
        own = (
            self._edit_text, self._add_document, self._move, self._edit_cell, self._add_row,
            self._add_column, self._put_off, self._share,
        )  # fmt: skip
        return (*super().edits(), *own)

    def _put_document(self, key: str, other: str) -> None:
        body = f"{self.body()}\nSee [the other](link:document:{other}).\n"
        self.put(f"document:{key}", "folder:home", title=f"Document {key}", body=body)

    def _put_row(self, key: str) -> None:
        cells = {"a": f"First {self.word()}", "b": self.word()}
        self.put(f"{TABLE}/row:{key}", TABLE, cells=cells)

    def _add_document(self, luck: Random) -> None:
        documents = self.of_kind("document")
        keys = [k for k in ("three", "four") if self._is_free(f"document:{k}")]
        if keys and documents:
            self._put_document(luck.choice(keys), luck.choice(documents).partition(":")[2])

    def _is_free(self, address: str) -> bool:
        return address not in {*self.items, *self.shelf} and self.now(address) == address

    def _add_row(self, luck: Random) -> None:
        keys = [k for k in ("third", "fourth") if self._is_free(f"{TABLE}/row:{k}")]
        if keys and TABLE in self.items:
            self._put_row(luck.choice(keys))

    def _add_column(self, luck: Random) -> None:
        if TABLE in self.items and self._is_free(f"{TABLE}/column:d"):
            self.put(f"{TABLE}/column:d", TABLE, title=f"Column {self.word()}")

    def _edit_cell(self, luck: Random) -> None:
        if rows := self.of_kind("row"):
            row = luck.choice(rows)
            cells = self.items[row].fields["cells"]
            assert isinstance(cells, Mapping)
            self.change(row, cells={**cells, luck.choice(("a", "b", "c")): self.word()})

    def _move(self, luck: Random) -> None:
        files, folders = self.of_kind("document", "table"), self.of_kind("folder")
        if files and folders:
            item = self.items[luck.choice(files)]
            folder = luck.choice(folders)
            self.items[item.address] = Item(
                item.address, item.kind, self.place, folder, item.fields
            )

    def _put_off(self, luck: Random) -> None:
        if meetings := self.of_kind("meeting"):
            start = luck.choice(("2026-12-14T11:00", "2026-12-21T10:00"))
            self.change(meetings[0], start=start, minutes=luck.choice((30, 45)))

    def _share(self, luck: Random) -> None:
        if "folder:home" in self.items:
            access = self.items["folder:home"].fields["access"]
            assert isinstance(access, Mapping)
            self.change("folder:home", access={**access, MAILBOXES[PEOPLE[2]]: "view"})


class _Secrets:
    def __init__(self, held: Mapping[str, str]) -> None:
        self._held = dict(held)

    def get(self, name: str) -> str:
        return self._held.get(name, "")

    def put(self, name: str, secret: str) -> None:
        self._held[name] = secret


class GoogleLife(Life):
    """A workspace in Rob's Google: Ana may write, Ben too, and Rob works there by hand as well."""

    place = "google"
    edits: ClassVar[tuple[str, ...]] = (
        "edit", "edit", "edit", "edit", "cut", "rename", "move", "trash", "untrash", "delete",
        "add", "copy", "clear", "bold", "comment", "suggest", "settle", "cell", "cell", "row",
        "delete_row", "sort", "column", "event", "event", "cancel", "tab", "head",
    )  # fmt: skip
    in_a_hurry = ("edit", "edit", "cut", "rename", "cell", "sort", "row", "event")
    switches_there_are = frozenset({**SWITCHES, **OF_DOCS, **OF_SHEETS})
    vendor: Vendor

    def __init__(
        self, luck: Random, switches: frozenset[str] = frozenset(), heard: Heard | None = None
    ) -> None:
        def make(world: Any) -> Vendor:
            self.vendor = stand_in(world)
            token = self.vendor.accounts.signed_in(ROB, frozenset(NARROW))
            self._secrets = _Secrets({**self.vendor.account(ROB), "refresh_token": token})
            return self.vendor

        super().__init__(luck, FilesAuthor(), make, switches, heard)

    def integration(self) -> Integration:
        setup = Setup(
            {"endpoint": ENDPOINT},
            Path(),
            lambda host: self._secrets,
            InProcess(self.serve),
            self.clock.now,
        )
        made: Integration = Google(setup)
        return made

    def begin(self) -> None:
        (home,) = [i for i, a in self.bound().items() if a == "folder:home"]
        body = {"type": "user", "role": "writer", "emailAddress": BEN.mail}
        path = f"/drive/v3/files/{home}/permissions"
        self._by(ROB, "POST", path, body, sendNotificationEmail="false")

    # What there is

    def text(self) -> str:
        said: list[str] = []
        store = self.vendor.store
        for file in store.files.values():
            if store.is_trashed(file):
                continue
            said.append(file.name)
            said += _inside(file)
        for event in self._events():
            data = event.data
            said += [str(data.get(n, "")) for n in ("summary", "description", "location")]
        return "\n".join(said)

    def things(self) -> Mapping[str, object]:
        store = self.vendor.store
        found: dict[str, object] = {
            file.id: (file.name, file.parent, file.trashed, *_inside(file))
            for file in store.files.values()
        }
        for calendar in self.vendor.calendars.calendars.values():
            found[calendar.id] = calendar.summary
        found |= {one.id: (one.data.get("summary"), one.number) for one in self._events()}
        for file in store.files.values():
            if isinstance(file.content, Sheet):
                found |= {f"{file.id}#row:{key}": key for key in _keys(file.content)}
        return found

    def ids(self) -> set[str]:
        calendars = self.vendor.calendars.calendars
        found = {*self.vendor.store.files, *calendars}
        found |= {one.id for one in self._events()}
        for file in self.vendor.store.files.values():
            if isinstance(file.content, Sheet):
                found |= {f"{file.id}#row:{key}" for key in _keys(file.content)}
        return found

    def born_as(self, one: str) -> tuple[str, ...]:
        if file := self.vendor.store.files.get(one):
            return file.mime, file.name
        if calendar := self.vendor.calendars.calendars.get(one):
            return "calendar", calendar.summary
        for event in self._events():
            if event.id == one:
                return "event", str(event.data.get("summary"))
        return "row", one

    def made_twice(self) -> list[tuple[str, ...]]:
        sheets = [f.content for f in self.vendor.store.files.values() if f.mime == SHEET]
        keys = [Counter(_keys(sheet)) for sheet in sheets if isinstance(sheet, Sheet)]
        rows = [("row", key) for each in keys for key, times in each.items() if times > 1]
        return super().made_twice() + rows

    def _events(self) -> Iterator[Any]:
        for calendar in self.vendor.calendars.calendars.values():
            yield from (event for event in calendar.events.values() if not event.is_cancelled)

    def excusable(self, asked: Asked) -> Callable[[], set[str]]:
        before = self._at_risk(asked)
        return lambda: self._at_risk(asked) - before

    def _at_risk(self, asked: Asked) -> set[str]:
        """Return the words in what this write replaces under no version."""
        if asked.method not in ("POST", "PATCH"):
            return set()
        store, body = self.vendor.store, asked.body.decode("utf-8", "replace")
        found = re.fullmatch(r"/v4/spreadsheets/([\w-]+):batchUpdate", asked.path)
        file = store.files.get(found[1]) if found else None
        if file is not None and isinstance(file.content, Sheet):
            return set(WORD.findall("\n".join(_written(file.content, json.loads(body)))))
        named = _RENAMED.findall(f"{asked.method} {asked.path}\n{body}")
        names = [store.files[each].name for each in named if each in store.files]
        return set(WORD.findall("\n".join(names))) if '"name"' in body else set()

    def touched_by(self, asked: Asked) -> set[str]:
        said = f"{asked.path} {asked.body.decode('utf-8', 'replace')}"
        return {one for one in self.ids() if one in said}

    # Members

    def _by(self, who: Person, method: str, path: str, body: Any = None, **query: Any) -> Any:
        headers = {
            "authorization": f"Bearer by-hand:{who.token}",
            "content-type": "application/json",
        }
        if path.startswith("/drive/"):
            query.setdefault("supportsAllDrives", "true")
        said = b"" if body is None else json.dumps(body).encode()
        asked = Asked(method, path, query_of(urlencode(query)), headers, said)
        answer = self.sandbox.as_member(asked)
        while answer.status in (403, 429) and b"ateLimit" in answer.body:
            self.clock.move(20.0)
            answer = self.sandbox.as_member(asked)
        assert answer.status < 300, (method, path, body, answer.body)
        return json.loads(answer.body) if answer.body.strip() else {}

    def _who(self, file: File) -> Person:
        roles = {who.key: self.vendor.store.role(file, who) for who in (ANA, BEN)}
        may = [who for who in (ANA, BEN) if roles[who.key] in ("writer", "owner")]
        return self.luck.choice(may or [ROB])

    def _owner(self, file: File) -> Person:
        return next(who for who in (ROB, ANA, BEN) if who.mail == file.owner)

    def _files(self, *mimes: str) -> list[File]:
        """Return the files of the workspace, and what members put among them."""
        store = self.vendor.store
        roots = [i for i, a in self.bound().items() if a == "root:google" and i in store.files]
        return [
            file
            for root in roots
            for file in store.below(store.files[root])
            if file.mime in mimes and not store.is_trashed(file)
        ]

    def _file(self, *mimes: str) -> File | None:
        return self.pick(self._files(*mimes))

    def _document(self) -> tuple[File, str] | None:
        """Return a document and one of its lines."""
        file = self._file(DOC)
        lines = (
            [line for line in file.content.text().split("\n") if _is_plain(line)] if file else []
        )
        return (file, self.luck.choice(lines)) if file and lines else None

    def _in_document(self, work: Callable[[Doc, str], object]) -> bool:
        found = self._document()
        if found is None:
            return False
        file, line = found
        with open_in_editor(self.vendor.store, file.id, self._who(file)) as doc:
            work(doc, line)
        return True

    def member_edit(self) -> bool:
        word = self.word()
        fresh = self.luck.choice((f" {word}", f" {word}. More", f"\nNew paragraph {word}."))
        where = self.luck.random()

        def type_in(doc: Doc, line: str) -> None:
            cut = line if fresh.startswith("\n") or where < 0.5 else line[: int(len(line) * where)]
            doc.member_types(cut or line, fresh)

        return self._in_document(type_in)

    def member_cut(self) -> bool:
        return self._in_document(lambda doc, line: doc.member_deletes(self._sentence(line)))

    def _sentence(self, line: str) -> str:
        sentences = [each for each in line.split(". ") if each.strip()]
        return self.luck.choice(sentences) if sentences else line

    def member_bold(self) -> bool:
        return self._in_document(lambda doc, line: doc.member_bolds(self._sentence(line)))

    def member_comment(self) -> bool:
        word = self.word()
        return self._in_document(lambda doc, line: doc.member_comments(line, word))

    def member_suggest(self) -> bool:
        word = self.word()
        if self.luck.random() < 0.5:
            return self._in_document(lambda doc, line: doc.member_suggests_deletion(line))
        return self._in_document(lambda doc, line: doc.member_suggests(line, f" {word}"))

    def member_settle(self) -> bool:
        """Accept or reject what somebody suggested."""
        accept = self.luck.random() < 0.5

        def settle(doc: Doc, _: str) -> None:
            for each in doc.suggestions():
                (doc.member_accepts if accept else doc.member_rejects)(each)

        return self._in_document(settle)

    def member_tab(self) -> bool:
        word = self.word()
        return self._in_document(lambda doc, _: doc.member_adds_tab("More", f"Tab {word}"))

    def member_clear(self) -> bool:
        def clear(doc: Doc, _: str) -> None:
            for line in [one for one in doc.text().split("\n") if _is_plain(one)]:
                doc.member_deletes(line)

        return self._in_document(clear)

    def member_rename(self) -> bool:
        file = self._file(DOC, SHEET, FOLDER)
        return file is not None and self._patch(file, {"name": f"Mine {self.word()}"})

    def _patch(self, file: File, body: Any, who: Person | None = None, **query: str) -> bool:
        self._by(who or self._who(file), "PATCH", f"/drive/v3/files/{file.id}", body, **query)
        return True

    def member_move(self) -> bool:
        file, folder = self._file(DOC, SHEET), self._file(FOLDER)
        if file is None or folder is None or file.parent == folder.id:
            return False
        if self.vendor.store.role(folder, self._owner(file)) not in ("writer", "owner"):
            return False
        return self._patch(
            file, {}, self._owner(file), addParents=folder.id, removeParents=file.parent
        )

    def member_trash(self) -> bool:
        file = self._file(DOC, SHEET) if self.luck.random() < 0.7 else None
        return file is not None and self._patch(file, {"trashed": True}, self._owner(file))

    def member_untrash(self) -> bool:
        trashed = [f for f in self.vendor.store.files.values() if f.trashed]
        file = self.pick(trashed)
        return file is not None and self._patch(file, {"trashed": False}, self._owner(file))

    def member_delete(self) -> bool:
        file = self._file(DOC)
        if file is None:
            return False
        bound = self.bound()
        self.dead |= {bound[file.id]} if file.id in bound else set()
        self._by(self._owner(file), "DELETE", f"/drive/v3/files/{file.id}")
        return True

    def member_add(self) -> bool:
        folder = self._file(FOLDER)
        if folder is None:
            return False
        body = {"name": f"Own {self.word()}", "mimeType": DOC, "parents": [folder.id]}
        made = self._by(self._who(folder), "POST", "/drive/v3/files", body)["id"]
        with open_in_editor(self.vendor.store, made, ANA) as doc:
            doc.member_types("", f"Own text {self.word()}")
        return True

    def member_copy(self) -> bool:
        file = self._file(DOC, SHEET)
        if file is None:
            return False
        self._by(self._who(file), "POST", f"/drive/v3/files/{file.id}/copy", {})
        return True

    def _in_sheet(self, work: Callable[[Sheet, list[list[str]]], object]) -> bool:
        file = self._file(SHEET)
        values = file.content.values() if file else []
        if file is None or len(values) < 2:
            return False
        with open_in_editor(self.vendor.store, file.id, self._who(file)) as sheet:
            work(sheet, values)
        return True

    def member_cell(self) -> bool:
        def type_in(sheet: Sheet, values: list[list[str]]) -> None:
            row = self.luck.randrange(2, len(values) + 1)
            column = self.luck.randrange(_shown(values))
            sheet.member_sets(f"{letters(column)}{row}", self.word())

        return self._in_sheet(type_in)

    def member_head(self) -> bool:
        def type_in(sheet: Sheet, values: list[list[str]]) -> None:
            column = self.luck.randrange(_shown(values))
            sheet.member_sets(f"{letters(column)}1", f"Head {self.word()}")

        return self._in_sheet(type_in)

    def member_row(self) -> bool:
        cells = [f"Own {self.word()}", self.word()]

        def add(sheet: Sheet, values: list[list[str]]) -> None:
            if self.luck.random() < 0.5:
                sheet.member_appends_row(cells)
            else:
                sheet.member_inserts_row(self.luck.randrange(2, len(values) + 1), cells)

        return self._in_sheet(add)

    def member_delete_row(self) -> bool:
        def delete(sheet: Sheet, values: list[list[str]]) -> None:
            before = self.ids()
            sheet.member_deletes_row(self.luck.randrange(2, len(values) + 1))
            gone = before - self.ids()
            self.dead |= {address for one, address in self.bound().items() if one in gone}

        return self._in_sheet(delete)

    def member_sort(self) -> bool:
        down = self.luck.random() < 0.5

        def sort(sheet: Sheet, values: list[list[str]]) -> None:
            sheet.member_sorts(letters(self.luck.randrange(_shown(values))), down)

        return self._in_sheet(sort)

    def member_column(self) -> bool:
        def add(sheet: Sheet, values: list[list[str]]) -> None:
            at = letters(self.luck.randrange(_shown(values)))
            sheet.member_adds_column(at, f"Own {self.word()}")

        return self._in_sheet(add)

    def _event(self) -> tuple[str, Any] | None:
        pairs = [
            (calendar.id, event)
            for calendar in self.vendor.calendars.calendars.values()
            for event in calendar.events.values()
            if not event.is_cancelled
        ]
        return self.luck.choice(pairs) if pairs else None

    def member_event(self) -> bool:
        found = self._event()
        if found is None:
            return False
        calendar, event = found
        said = str(event.data.get("description", ""))
        fresh = self.luck.choice(
            (
                {"summary": f"Mine {self.word()}"},
                {"description": f"{said} {self.word()}"},
                {"description": f"{said}<br>{self.word()}"},
            )
        )
        path = f"/calendar/v3/calendars/{calendar}/events/{event.id}"
        self._by(ROB, "PATCH", path, fresh)
        return True

    def member_cancel(self) -> bool:
        found = self._event() if self.luck.random() < 0.3 else None
        if found is None:
            return False
        calendar, event = found
        bound = self.bound()
        self.dead |= {bound[i] for i in bound if event.id in i}
        self._by(ROB, "DELETE", f"/calendar/v3/calendars/{calendar}/events/{event.id}")
        return True


def _is_plain(line: str) -> bool:
    return bool(line.strip()) and all(char.isprintable() for char in line)


def _shown(values: list[list[str]]) -> int:
    """Return how many columns a member sees: those left of the one with the keys."""
    head = values[0]
    return max(1, head.index(KEYS_TITLE) if KEYS_TITLE in head else len(head))


def _cells(sheet: Sheet) -> dict[tuple[int, int], str]:
    """Return what the cells of the first sheet show, without the empty ones."""
    return {
        (row, column): cell.shown
        for row, cells in sheet.book.grids[0].cells.items()
        for column, cell in cells.items()
        if cell.shown
    }


def _keys(sheet: Sheet) -> list[str]:
    cells = _cells(sheet)
    at = next(
        (column for (row, column), said in cells.items() if said == KEYS_TITLE and not row), -1
    )
    return [said for (row, column), said in cells.items() if column == at and row]


def _inside(file: File) -> list[str]:
    content = file.content
    if isinstance(content, Doc):
        said = [text_of(tab.units) for tab in content.matter.tabs]
        return [*said, *(c.head.words for c in content.matter.comments.values())]
    if isinstance(content, Sheet):
        return [f"{place}: {said}" for place, said in sorted(_cells(content).items())]
    return []


def _written(sheet: Sheet, body: Mapping[str, Any]) -> Iterable[str]:
    """Return what the cells hold that a batchUpdate writes."""
    cells = _cells(sheet)
    for request in body.get("requests", ()):
        update = request.get("updateCells")
        if not update:
            continue
        start = update.get("start") or {
            "rowIndex": update["range"].get("startRowIndex", 0),
            "columnIndex": update["range"].get("startColumnIndex", 0),
        }
        for down, row in enumerate(update.get("rows", ())):
            for right, _ in enumerate(row.get("values", ())):
                at = start.get("rowIndex", 0) + down, start.get("columnIndex", 0) + right
                yield cells.get(at, "")
