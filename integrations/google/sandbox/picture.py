"""What the stand-in holds as plain data: without ids, times and versions, so that two compare."""

import json
import re
from typing import Any

from .calendar.store import Calendar, Calendars, Event
from .drive.model import File
from .drive.store import Store

_ID = re.compile(r"(?:1|0A|c_|e|AAAA)[0-9a-f]{32}")
_OF_AN_EVENT = (
    "summary", "description", "location", "start", "end", "recurrence", "attendees",
    "extendedProperties", "attachments", "originalStartTime", "status",
)  # fmt: skip


def picture(store: Store, calendars: Calendars) -> dict[str, Any]:
    """Return all files as trees, and all calendars."""
    tops = [file for file in store.files.values() if not file.parent]
    trees = {_top_name(store, top): _tree(store, top) for top in tops}
    found = {
        "drive": {name: tree for name, tree in sorted(trees.items()) if tree["holds"]},
        "calendars": _sorted([_calendar(one) for one in calendars.calendars.values()]),
    }
    named: dict[str, Any] = json.loads(_without_ids(store, calendars, json.dumps(found)))
    return named


def _top_name(store: Store, top: File) -> str:
    if top.id in store.drives:
        return f"shared drive {store.drives[top.id].name}"
    return f"My Drive of {top.owner}"


def _tree(store: Store, file: File) -> dict[str, Any]:
    inside = [_tree(store, store.files[child]) for child in store.children.get(file.id, ())]
    told: dict[str, Any] = {
        "name": file.name,
        "type": file.mime,
        "access": {one.who or one.type: one.role for one in file.permissions.values()},
        "holds": _sorted(inside),
    }
    told["access"] = dict(sorted(told["access"].items()))
    if file.content is not None:
        is_blob = isinstance(file.content, bytes)
        told["content"] = file.content.decode("latin-1") if is_blob else file.content.picture()
    for name in ("description", "trashed", "properties"):
        if getattr(file, name):
            told[name] = getattr(file, name)
    marks = {client: held for client, held in file.marks.items() if held}
    if marks:
        told["marks"] = marks
    if file.comments:
        told["comments"] = [_comment(one) for one in file.comments.values()]
    return told


def _comment(one: dict[str, Any]) -> dict[str, Any]:
    told = {"author": one["author"]["displayName"], "content": one["content"]}
    return told | {
        "resolved": one["resolved"],
        "replies": [reply["content"] for reply in one["replies"]],
    }


def _calendar(calendar: Calendar) -> dict[str, Any]:
    return {
        "summary": calendar.summary,
        "zone": calendar.zone,
        "access": {rule.who or rule.type: rule.role for rule in calendar.rules.values()},
        "events": _sorted([_event(one) for one in calendar.events.values()]),
    }


def _event(event: Event) -> dict[str, Any]:
    return {name: event.data[name] for name in _OF_AN_EVENT if name in event.data}


def _sorted(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(told, key=lambda one: json.dumps(one, sort_keys=True))


def _without_ids(store: Store, calendars: Calendars, text: str) -> str:
    """Put names in place of ids, as in links from one document to another."""

    def name(found: re.Match[str]) -> str:
        file, calendar = store.files.get(found[0]), calendars.calendars.get(found[0])
        named = file.name if file else calendar.summary if calendar else ""
        return json.dumps(f"<{named}>")[1:-1]

    return _ID.sub(name, text)
