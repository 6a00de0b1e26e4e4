"""What a file of the folder holds, as remotes beside the parts they were made from. Pure."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from smarketing.contract import Remote
from smarketing.kinds import ARCHIVED, THERE, Value

from . import calendar, document, kanban, notices, table
from .card import Card, Check
from .disk import OURS, join, name_of, parent_of
from .occurrences import Cancelled, Occurrence

ARCHIVE, OUTBOX = "Archive", "Outbox"
ROOT_FILE = join(OURS, "workspace")
EXTENSIONS = {
    "document": ".md", "board": ".md", "page": ".html", "table": ".csv", "message": ".txt",
    "channel": ".txt",
}  # fmt: skip
_PAGE = re.compile(r"<!-- smarketing: (?P<workspace>\S+) (?P<address>\S+) -->\r?\n")
_INNER = re.compile(r"(?s)(?P<path>.+?\.(?:md|csv))#(?P<inner>(?:list:|card:|column:|row:|~).*)")

Part = object
"""Whatever a remote was made from: a lane, a card, a record, or the whole file's model."""


@dataclass(frozen=True, slots=True)
class Found:
    """A remote and the part of its file."""

    remote: Remote
    part: Part


def file_of(remote_id: str) -> str:
    """Return the path of the file or folder in which this lives."""
    if remote_id.startswith(f"{calendar.FILE}#"):
        return calendar.FILE
    found = _INNER.fullmatch(remote_id)
    return found["path"] if found else remote_id


def is_archived(path: str) -> bool:
    """Say whether this lies in the archive."""
    return path.startswith(f"{ARCHIVE}/")


def home_of(path: str) -> str:
    """Return the id of the folder that this belongs to."""
    home = parent_of(path.removeprefix(f"{ARCHIVE}/"))
    return "." if home == OUTBOX else home


def encoding_of(data: bytes) -> str:
    """Return how the file is written; an office program may have saved it in its own way."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    for encoding in ("utf-8", "cp1252"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return "latin-1"


def decoded(data: bytes) -> str:
    """Return the text of a file."""
    return data.decode(encoding_of(data))


def encoded(text: str, like: bytes) -> bytes:
    """Return the text as the file held it before, or in UTF-8 where that can't say it."""
    try:
        return text.encode(encoding_of(like))
    except UnicodeEncodeError:
        return text.encode("utf-8")


def contents(path: str, text: str, version: str) -> list[Found]:
    """Return what a file holds, the file itself first; empty if it is none of our formats."""
    if path == calendar.FILE:
        found = calendar_contents(path, calendar.parse_calendar(text), version)
    elif path.endswith(".md"):
        found = _markdown(path, text, version)
    elif path.endswith(".csv"):
        found = table_contents(path, table.parse_table(text), version)
    elif path.endswith(".html"):
        found = [Found(_page(path, text, version), text)]
    elif path.endswith(".txt"):
        notice = notices.parse_notice(text)
        found = [Found(notice_remote(path, notice, version), notice)] if notice else []
    else:
        found = []
    return found


def mark_in(path: str, text: str) -> document.Mark | None:
    """Return the marker of a file from its first part, without reading all of it."""
    if path.endswith(".md"):
        return document.mark_of(document.split(text)[0])
    if path.endswith(".csv"):
        marked = table.parse_table(text).mark
        return document.Mark(marked.workspace, marked.address) if marked else None
    if path.endswith(".html"):
        found = _PAGE.match(text)
        return document.Mark(found["workspace"], found["address"]) if found else None
    notice = notices.parse_notice(text) if path.endswith(".txt") else None
    return notice.mark if notice else None


def folder_remote(path: str, inode: int, workspace: str) -> Remote:
    """Return a folder; it has no marker, and is in the workspace of its root."""
    return Remote(
        id=path, kind="folder", fields={"title": name_of(path)}, parent=home_of(path),
        existence=_existence(path), workspace=workspace, version=str(inode), url=path,
    )  # fmt: skip


def root_remote(text: str | None, version: str) -> Remote:
    """Return the root from the text of its marker file."""
    try:
        said = json.loads(text or "{}")
    except ValueError:
        said = {}
    said = said if isinstance(said, dict) else {}
    fields: dict[str, Value] = {"title": _text_or_none(said.get("title"))}
    fields["done"] = True if said.get("done") is True else None
    workspace = _text_or_none(said.get("workspace")) or ""
    return Remote(
        id=".", kind="root", fields=fields, marker="root:local" if workspace else "",
        workspace=workspace, version=version, url=".",
    )  # fmt: skip


def root_text(workspace: str, fields: Mapping[str, Value]) -> str:
    """Return the text of the root's marker file."""
    said = {"workspace": workspace, "title": fields.get("title"), "done": fields.get("done")}
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def page_text(mark: document.Mark, content: str) -> str:
    """Return a page with its marker in the first line."""
    return f"<!-- {mark.line()} -->\n{content}"


def notice_remote(path: str, notice: notices.Notice, version: str) -> Remote:
    """Return a message or a channel."""
    return _file(path, notice.kind, notice.fields, notice.mark, version)


def board_contents(path: str, board: kanban.Board, version: str) -> list[Found]:
    """Return a board, its lists, their cards and the cards' checks."""
    mark = document.mark_of(board.head)
    found = [Found(_file(path, "board", {"title": _stem(path)}, mark, version), board)]
    whole = found[0].remote
    ids, blocks = _Twins(), set[str]()
    for lane in board.lanes:
        lane_id = ids.take(f"{path}#list:{lane.title}")
        fields = {"title": lane.title}
        existence = ARCHIVED if lane.dropped or is_archived(path) else THERE
        remote = _inside(whole, lane_id, "list", fields, path, existence=existence)
        found.append(Found(remote, lane))
        for card in lane.cards:
            found += _card(whole, card, lane_id, _existence(path), ids, blocks)
    for card in board.archive.cards if board.archive else []:
        found += _card(whole, card, path, ARCHIVED, ids, blocks)
    return found


def table_contents(path: str, sheet: table.Table, version: str) -> list[Found]:
    """Return a table, its columns and its rows."""
    mark = document.Mark(sheet.mark.workspace, sheet.mark.address) if sheet.mark else None
    found = [Found(_file(path, "table", {"title": _stem(path)}, mark, version), sheet)]
    whole, ids, keys = found[0].remote, _Twins(), {at: key for key, at in sheet.columns.items()}
    for at in range(len(sheet.header.cells) if sheet.records else 0):
        title = sheet.header.value(at)
        if at == sheet.marked or not title.strip():
            continue
        key = keys.get(at, "")
        inner = f"column:{key}" if key else f"column:~{title}"
        remote = _inside(whole, ids.take(f"{path}#{inner}"), "column", {"title": title}, path)
        found.append(Found(_marked(remote, whole, f"column:{key}" if key else ""), key))
    taken = set[str]()
    for row in sheet.rows:
        key = sheet.key(row) if sheet.key(row) not in taken else ""
        taken.add(key)
        inner = f"row:{key}" if key else f"row:~{_hash(sheet.delimiter.join(row.cells))}"
        existence = ARCHIVED if sheet.dropped(row) else _existence(path)
        fields: dict[str, Value] = {"cells": sheet.cells(row)}
        remote = _inside(
            whole, ids.take(f"{path}#{inner}"), "row", fields, path, existence=existence
        )
        remote = replace(remote, called=_first_cell(sheet, row))
        found.append(Found(_marked(remote, whole, f"row:{key}" if key else ""), row))
    return found


def _first_cell(sheet: table.Table, row: table.Record) -> str:
    return next((row.value(at) for at in range(len(row.cells)) if at != sheet.marked), "")


def calendar_contents(path: str, diary: calendar.Calendar, version: str) -> list[Found]:
    """Return our meetings, each before the occurrences that differ from it."""
    ids, series = _Twins(), set[str]()
    found: list[Found] = []
    for meeting in diary.meetings:
        remote = Remote(
            id=ids.take(f"{path}#{meeting.uid}"), kind="meeting", fields=meeting.fields,
            parent=".", existence=ARCHIVED if meeting.archived else THERE,
            marker=meeting.mark.address, workspace=meeting.mark.workspace, version=version,
            url=path,
        )  # fmt: skip
        found.append(Found(remote, meeting))
        if meeting.uid not in series:
            found += [_occurrence(remote, each) for each in diary.altered(meeting)]
        series.add(meeting.uid)
    return found


def _occurrence(series: Remote, each: Occurrence | Cancelled) -> Found:
    day = each.date.isoformat()
    off = isinstance(each, Cancelled) or each.cancelled
    # Of one that does not take place it is not said when, or who comes.
    fields = {"date": day} if isinstance(each, Cancelled) or off else each.fields
    remote = Remote(
        id=f"{series.id}/{day}", kind="occurrence", fields=fields, parent=series.id,
        existence=ARCHIVED if off else THERE, workspace=series.workspace,
        version=series.version, url=series.url,
    )  # fmt: skip
    return Found(remote, each)


def with_address(found: Iterable[Found], address: str, workspace: str) -> list[Found]:
    """Return a file's contents as if the file bore this address: `existing:` says so."""
    result = []
    for each in found:
        remote = replace(each.remote, workspace=workspace)
        if "#" not in remote.id or file_of(remote.id) == remote.id:
            remote = replace(remote, marker=address)
        elif isinstance(each.part, Card) and not remote.marker:
            key = kanban.card_key(each.part.block)
            remote = replace(remote, marker=f"{address}/card:{key}" if key else "")
        result.append(Found(remote, each.part))
    return result


def _markdown(path: str, text: str, version: str) -> list[Found]:
    head, body = document.split(text)
    if kanban.is_board(head):
        return board_contents(path, kanban.parse_board(text), version)
    fields: dict[str, Value] = {"title": _stem(path), "body": body}
    return [Found(_file(path, "document", fields, document.mark_of(head), version), text)]


def _page(path: str, text: str, version: str) -> Remote:
    found = _PAGE.match(text)
    mark = document.Mark(found["workspace"], found["address"]) if found else None
    content = text[found.end() :] if found else text
    return _file(path, "page", {"title": _stem(path), "content": content}, mark, version)


def _card(
    board: Remote, card: Card, parent: str, existence: str, ids: "_Twins", blocks: set[str]
) -> Iterator[Found]:
    key = kanban.card_key(card.block) if card.block not in blocks else ""
    blocks.add(card.block)
    inner = f"card:{key}" if key else f"~{_hash(card.first.strip())}"
    fields: dict[str, Value] = {
        "title": card.title, "description": card.description, "owner": card.owner,
        "due": card.due, "labels": card.labels, "done": card.done,
    }  # fmt: skip
    url = f"{board.id}#^{card.block}" if card.block else board.id
    remote = _inside(board, ids.take(f"{board.id}#{inner}"), "card", fields, parent, url, existence)
    yield Found(_marked(remote, board, f"card:{key}" if key else ""), card)
    for check in card.checks:
        yield Found(_check(board, check, remote, ids), check)


def _check(board: Remote, check: Check, card: Remote, ids: "_Twins") -> Remote:
    existence = ARCHIVED if check.dropped else THERE
    fields: dict[str, Value] = {"title": check.text, "done": check.done}
    check_id = ids.take(f"{card.id}/check:{check.text}")
    return _inside(board, check_id, "check", fields, card.id, card.url, existence)


def _inside(
    whole: Remote,
    remote_id: str,
    kind: str,
    fields: Mapping[str, Value],
    parent: str,
    url: str = "",
    existence: str = THERE,
) -> Remote:
    return Remote(
        id=remote_id, kind=kind, fields=fields, parent=parent, existence=existence,
        workspace=whole.workspace, version=whole.version, url=url or whole.url,
    )  # fmt: skip


def _marked(remote: Remote, whole: Remote, part: str) -> Remote:
    return replace(remote, marker=f"{whole.marker}/{part}" if part and whole.marker else "")


def _file(
    path: str, kind: str, fields: Mapping[str, Value], mark: document.Mark | None, version: str
) -> Remote:
    return Remote(
        id=path, kind=kind, fields=fields, parent=home_of(path), existence=_existence(path),
        marker=mark.address if mark else "", workspace=mark.workspace if mark else "",
        version=version, url=path,
    )  # fmt: skip


def _existence(path: str) -> str:
    return ARCHIVED if is_archived(path) else THERE


def _stem(path: str) -> str:
    return name_of(path).rpartition(".")[0]


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


def _text_or_none(value: object) -> str | None:
    return value if isinstance(value, str) else None


class _Twins:
    """Ids that are given once only: a second one gets `~2`."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        name, number = wanted, self._numbers.get(wanted, 1)
        while name in self._taken:
            number += 1
            name = f"{wanted}~{number}"
        # Of ten thousand twins each begins where the last one ended.
        self._numbers[wanted] = number
        self._taken.add(name)
        return name
