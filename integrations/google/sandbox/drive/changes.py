"""The feed of changes: one for each person, and one for each shared drive."""

from typing import Any

from ..call import Call
from ..errors import Said, invalid
from ..mask import Tree
from ..times import written
from .json import file_json
from .model import Happened

WITHOUT_DRIVES = "google-feed-without-shared-drives"


def start_token(call: Call) -> Any:
    """Return the token from which the feed will tell what is new."""
    _drive(call)
    return {"kind": "drive#startPageToken", "startPageToken": str(call.store.number + 1)}


def list_changes(call: Call) -> Any:
    """Return a page of what happened since a token, each file once."""
    token = call.asked.one("pageToken")
    if not token:
        raise Said(400, "required", "Required parameter: pageToken", location="pageToken")
    if not token.isdigit() or not 0 < int(token) <= call.store.number + 1:
        raise invalid("Invalid Value", "pageToken")
    size = call.number("pageSize", 100, 1000)
    mask = call.mask()
    drive = _drive(call)
    told: list[dict[str, Any]] = []
    reply: dict[str, Any] = {"kind": "drive#changeList", "changes": told}
    for happened in call.store.happened_since(int(token)):
        change = _told(call, happened, drive, mask)
        if change is None:
            continue
        if len(told) == size:
            reply["nextPageToken"] = str(happened.number)
            return reply
        told.append(change)
    reply["newStartPageToken"] = str(call.store.number + 1)
    return reply


def _drive(call: Call) -> str:
    drive = call.asked.one("driveId")
    if not drive:
        return ""
    top = call.store.files.get(drive)
    if drive not in call.store.drives or top is None or not call.store.may_see(top, call.caller):
        raise Said(404, "notFound", f"Shared drive not found: {drive}", location="driveId")
    if not call.flag("supportsAllDrives"):
        words = "The driveId parameter requires supportsAllDrives."
        raise Said(403, "teamDrivesNotSupported", words)
    return drive


def _told(call: Call, happened: Happened, drive: str, mask: Tree | None) -> dict[str, Any] | None:
    """Return a change as this caller is told it, None where it is not theirs to know."""
    if not _is_in_feed(call, happened, drive):
        return None
    of_drive = happened.file in call.store.drives
    found: dict[str, Any] = {
        "kind": "drive#change",
        "type": "drive" if of_drive else "file",
        "changeType": "drive" if of_drive else "file",
        "time": written(happened.at),
        "driveId" if of_drive else "fileId": happened.file,
    }
    file = call.store.files.get(happened.file)
    if file is not None and call.store.may_see(file, call.caller):
        found["removed"] = False
        if of_drive:
            name = call.store.drives[file.id].name
            found["drive"] = {"kind": "drive#drive", "id": file.id, "name": name}
        else:
            found["file"] = file_json(call, file, _file_names(mask))
        return found
    was_theirs = call.caller.person.mail in happened.lost_by and happened.seen_in(call.caller)
    if not was_theirs or not call.flag("includeRemoved", True):
        return None
    return found | {"removed": True}


def _is_in_feed(call: Call, happened: Happened, drive: str) -> bool:
    if drive:
        return happened.drive == drive
    if not happened.drive:
        return True
    return call.flag("includeItemsFromAllDrives") and WITHOUT_DRIVES not in call.world.switches


def _file_names(mask: Tree | None) -> list[str]:
    changes = mask.get("changes") if mask else None
    names = changes.get("file") if changes else None
    return ["*"] if names is None else list(names)
