"""What an old file says once its work went to another tool: where to go on."""

import html
from collections.abc import Callable, Sequence
from datetime import date

from smarketing.contract import Change, Done, Failed, Outcome, Remote, Stale

from . import document
from .board import kanban
from .calendar import calendar
from .calendar.contents import calendar_contents
from .calendar.meeting import Meeting
from .disk import Folder, Refused
from .found import file_of
from .notices import KINDS as NOTICES
from .table import table
from .table.coding import decoded, encoded

_TRIES = 5


def is_signpost(change: Change) -> bool:
    """Say whether the object shall only tell where its work went."""
    return bool(change.note) and not change.fields


def put_signposts(folder: Folder, changes: Sequence[Change], today: date) -> list[Outcome]:
    """Let each file say so; return an outcome per change."""
    return [_put(folder, change, today) for change in changes]


def _put(folder: Folder, change: Change, today: date) -> Outcome:
    before = change.before
    if before is None:
        return Stale()
    try:
        found = _write(
            folder, file_of(before.id), lambda text: _saying(text, change, before, today)
        )
        return Done(before) if found else Stale()
    except (Refused, ValueError) as error:
        return Failed(str(error))


def _write(folder: Folder, path: str, edit: Callable[[str], str]) -> bool:
    held = folder.read(path)
    if held is None:
        return False
    base = on_disk = held.data
    for _ in range(_TRIES):
        data = encoded(edit(decoded(base)), base)
        if data == on_disk:
            return True
        _, displaced = folder.replace(path, data, on_disk)
        if displaced is None:
            return True
        base, on_disk = displaced, data
    raise Refused(f"{path} is being edited right now: run again a little later.")


def _saying(text: str, change: Change, before: Remote, today: date) -> str:
    """Return the file with the words, the same where it has them already."""
    if change.note in text or html.escape(change.note) in text:
        return text
    if change.kind == "board":
        return _on_a_board(text, change.note)
    if change.kind == "table":
        return _in_a_table(text, change.note)
    if change.kind == "meeting":
        return _in_the_calendar(text, change.note, before, today)
    if change.kind == "page":
        start = text.find("<body")
        at = text.find(">", start) + 1 if start >= 0 else len(text)
        return f"{text[:at]}<p><strong>{html.escape(change.note)}</strong></p>{text[at:]}"
    if change.kind in NOTICES:
        return f"{text.rstrip()}\n\n{change.note}\n"
    head, body = document.split(text)
    newline = document.newline_of(text)
    return f"{head}> {change.note}{newline}{newline}{body}"


def _on_a_board(text: str, note: str) -> str:
    board = kanban.parse_board(text)
    lane = board.add_lane("Moved")
    board.add_card(lane, note)
    board.lanes.insert(0, board.lanes.pop())
    return board.text()


def _in_a_table(text: str, note: str) -> str:
    sheet = table.parse_table(text)
    row = sheet.add_row("moved")
    row.put(0, table.encode(note, sheet.delimiter))
    return sheet.text()


def _in_the_calendar(text: str, note: str, before: Remote, today: date) -> str:
    """Say it, and end the series: nobody shall have the meeting twice."""
    diary = calendar.parse_calendar(text)
    for each in calendar_contents(calendar.FILE, diary, ""):
        if each.remote.id == before.id and isinstance(meeting := each.part, Meeting):
            said = str(each.remote.fields.get("description") or "")
            meeting.update({"description": f"{note}\n\n{said}"})
            if not meeting.archived:
                meeting.end(today)
    diary.complete_zones()
    return diary.text()
