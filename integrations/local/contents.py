"""What a file of the folder holds, by its format. Pure."""

import re
from collections.abc import Iterable
from dataclasses import replace

from smarketing.contract import Remote
from smarketing.kinds import Value

from . import document, notices
from .board import kanban
from .board.card import Card
from .board.contents import board_contents
from .calendar import calendar
from .calendar.contents import calendar_contents
from .disk import name_of
from .found import Found, existence_at, file_of, home_of, stem, whole_file
from .table import table
from .table.contents import table_contents

EXTENSIONS = {
    "document": ".md", "board": ".md", "page": ".html", "table": ".csv", "message": ".txt",
    "channel": ".txt",
}  # fmt: skip
_PAGE = re.compile(r"<!-- smarketing: (?P<workspace>\S+) (?P<address>\S+) -->\r?\n")


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
        existence=existence_at(path), workspace=workspace, version=str(inode), url=path,
    )  # fmt: skip


def page_text(mark: document.Mark, content: str) -> str:
    """Return a page with its marker in the first line."""
    return f"<!-- {mark.line()} -->\n{content}"


def notice_remote(path: str, notice: notices.Notice, version: str) -> Remote:
    """Return a message or a channel."""
    return whole_file(path, notice.kind, notice.fields, notice.mark, version)


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
    fields: dict[str, Value] = {"title": stem(path), "body": body}
    return [Found(whole_file(path, "document", fields, document.mark_of(head), version), text)]


def _page(path: str, text: str, version: str) -> Remote:
    found = _PAGE.match(text)
    mark = document.Mark(found["workspace"], found["address"]) if found else None
    content = text[found.end() :] if found else text
    return whole_file(path, "page", {"title": stem(path), "content": content}, mark, version)
