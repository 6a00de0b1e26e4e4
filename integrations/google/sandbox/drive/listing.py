"""Search of Drive, which may lag behind what was written."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from typing import Any

from ..call import Call
from ..errors import Said, invalid
from .json import file_json
from .model import FOLDER, File, Looked
from .query import Found, read

LATE = "google-search-without-app-properties-at-once"
_LATE_BY = 5.0
"""Seconds for which the marks of a converted upload are not found where search has no lag."""

_ORDERS: dict[str, Callable[[File], Any]] = {
    "createdTime": lambda file: file.created,
    "folder": lambda file: file.mime != FOLDER,
    "modifiedTime": lambda file: file.modified,
    "modifiedByMeTime": lambda file: file.modified,
    "viewedByMeTime": lambda file: file.modified,
    "recency": lambda file: file.modified,
    "name": lambda file: file.name,
    "name_natural": lambda file: file.name.casefold(),
    "quotaBytesUsed": lambda file: len(file.content) if isinstance(file.content, bytes) else 0,
}


def list_files(call: Call) -> Any:
    """Return a page of what a search finds."""
    size = call.number("pageSize", 100, 1000)
    if call.asked.one("spaces", "drive") != "drive":
        raise invalid("The stand-in has no space but drive.", "spaces")
    found = _ordered(call, _found(call))
    start = _start(call)
    page = found[start : start + size]
    mask = call.mask()
    wanted = mask.get("files") if mask and "files" in mask else None
    names = ["*"] if wanted is None else list(wanted)
    reply: dict[str, Any] = {"kind": "drive#fileList", "incompleteSearch": False}
    reply["files"] = [file_json(call, file, names) for file in page]
    if start + size < len(found):
        reply["nextPageToken"] = _token(call, start + size)
    return reply


def _found(call: Call) -> list[File]:
    test, store, client = read(call.asked.one("q")), call.store, call.caller.client
    in_corpus = _corpus(call)
    me, root = call.caller.person.mail, store.root_id(call.caller.person)
    now, lag = call.world.now(), call.world.lag
    late_by = max(lag, _LATE_BY) if LATE in call.world.switches else 0.0
    files: list[File] = []
    for file in store.files.values():
        looked = _as_known(file, now - lag) if lag else file.looked[-1] if file.looked else None
        if looked is None or not file.parent or not in_corpus(file):
            continue
        late = file.converted and now - file.created < late_by
        marks = {} if late else looked.marks.get(client, {})
        trashed = looked.trashed or store.is_trashed(file)
        if lag and not looked.trashed and file.trashed:
            trashed = False
        if test(Found(file, looked, marks, trashed, me, root)) and store.may_see(file, call.caller):
            files.append(file)
    return files


def _as_known(file: File, then: float) -> Looked | None:
    """Return what the index knew of a file at that time."""
    return next((looked for looked in reversed(file.looked) if looked.at <= then), None)


def _corpus(call: Call) -> Callable[[File], bool]:
    corpus = call.one_of("corpora", ("user", "drive", "domain", "allDrives"))
    drive = call.asked.one("driveId")
    everywhere = call.flag("includeItemsFromAllDrives")
    if everywhere and not call.flag("supportsAllDrives"):
        words = "The includeItemsFromAllDrives parameter requires supportsAllDrives."
        raise Said(403, "teamDrivesNotSupported", words)
    if (corpus == "drive") != bool(drive):
        words = "The driveId parameter must be specified if and only if corpora is set to drive."
        raise invalid(words, "driveId", "teamDriveIdRequired")
    if corpus in ("drive", "allDrives") and not everywhere:
        words = "The includeItemsFromAllDrives parameter must be true for this corpora."
        raise Said(403, "includeTeamDriveItemsRequired", words)
    if drive:
        if drive not in call.store.drives:
            raise Said(404, "notFound", f"Shared drive not found: {drive}", location="driveId")
        return lambda file: file.drive == drive
    return lambda file: everywhere or not file.drive


def _ordered(call: Call, files: list[File]) -> list[File]:
    files.sort(key=lambda file: (-file.modified, file.id))
    for order in reversed([one for one in call.asked.one("orderBy").split(",") if one.strip()]):
        name, _, how = order.strip().partition(" ")
        if name not in _ORDERS or how.strip() not in ("", "desc"):
            raise invalid(f"Invalid Value: {order}", "orderBy")
        files.sort(key=_ORDERS[name], reverse=how.strip() == "desc")
    return files


def _asked_for(call: Call) -> str:
    names = ("q", "orderBy", "corpora", "driveId", "includeItemsFromAllDrives")
    return "\n".join(call.asked.one(name) for name in names)


def _token(call: Call, start: int) -> str:
    return urlsafe_b64encode(json.dumps([start, _asked_for(call)]).encode()).decode()


def _start(call: Call) -> int:
    token = call.asked.one("pageToken")
    if not token:
        return 0
    try:
        start, asked_for = json.loads(urlsafe_b64decode(token))
    except ValueError:
        raise invalid("Invalid Value", "pageToken") from None
    if asked_for != _asked_for(call) or not isinstance(start, int):
        raise invalid("Invalid Value", "pageToken")
    return start
