"""Which method of the vendor's description is served by which function."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .calendar import calendars
from .calendar import events as calendar_events
from .calendar import listing as calendar_list
from .call import Call
from .drive import changes, comments, permissions, shared_drives
from .drive import files as drive_files
from .drive import listing as drive_list
from .drive.json import user_json

_FILE = "kind,id,name,mimeType,driveId,teamDriveId"
_FILES = f"kind,incompleteSearch,nextPageToken,files({_FILE})"
_PERMISSION = "kind,id,type,role"
_CHANGES = (
    "kind,nextPageToken,newStartPageToken,changes(kind,removed,fileId,time,type,changeType,"
    f"driveId,drive(kind,id,name),file({_FILE}))"
)
MUST_SAY = "must say"
"""In place of the usual fields: the vendor wants to be told which."""


@dataclass(frozen=True, slots=True)
class Route:
    """A function and the fields that it returns where none are asked for, "" for all."""

    serve: Callable[[Call], Any]
    usual: str = ""


def about(call: Call) -> Any:
    """Return who asks, and how much room there is."""
    room = {"limit": "16106127360", "usage": "0", "usageInDrive": "0", "usageInDriveTrash": "0"}
    return {
        "kind": "drive#about",
        "user": user_json(call, call.caller.person.mail),
        "storageQuota": room,
        "canCreateDrives": True,
        "maxUploadSize": "5242880000000",
    }


ROUTES: Mapping[tuple[str, str], Route] = {
    ("drive.v3", "about.get"): Route(about, MUST_SAY),
    ("drive.v3", "changes.getStartPageToken"): Route(changes.start_token),
    ("drive.v3", "changes.list"): Route(changes.list_changes, _CHANGES),
    ("drive.v3", "comments.create"): Route(comments.create, MUST_SAY),
    ("drive.v3", "comments.delete"): Route(comments.delete),
    ("drive.v3", "comments.get"): Route(comments.get, MUST_SAY),
    ("drive.v3", "comments.list"): Route(comments.list_comments, MUST_SAY),
    ("drive.v3", "comments.update"): Route(comments.update, MUST_SAY),
    ("drive.v3", "drives.create"): Route(shared_drives.create, "kind,id,name"),
    ("drive.v3", "drives.get"): Route(shared_drives.get, "kind,id,name"),
    ("drive.v3", "drives.list"): Route(
        shared_drives.list_drives, "kind,nextPageToken,drives(kind,id,name)"
    ),
    ("drive.v3", "drives.update"): Route(shared_drives.update, "kind,id,name"),
    ("drive.v3", "files.copy"): Route(drive_files.copy, _FILE),
    ("drive.v3", "files.create"): Route(drive_files.create, _FILE),
    ("drive.v3", "files.delete"): Route(drive_files.delete),
    ("drive.v3", "files.emptyTrash"): Route(drive_files.empty_trash),
    ("drive.v3", "files.export"): Route(drive_files.export),
    ("drive.v3", "files.generateIds"): Route(drive_files.generate_ids),
    ("drive.v3", "files.get"): Route(drive_files.get, _FILE),
    ("drive.v3", "files.list"): Route(drive_list.list_files, _FILES),
    ("drive.v3", "files.update"): Route(drive_files.update, _FILE),
    ("drive.v3", "permissions.create"): Route(permissions.create, _PERMISSION),
    ("drive.v3", "permissions.delete"): Route(permissions.delete),
    ("drive.v3", "permissions.get"): Route(permissions.get, _PERMISSION),
    ("drive.v3", "permissions.list"): Route(
        permissions.list_permissions, f"kind,nextPageToken,permissions({_PERMISSION})"
    ),
    ("drive.v3", "permissions.update"): Route(permissions.update, _PERMISSION),
    ("drive.v3", "replies.create"): Route(comments.create_reply, MUST_SAY),
    ("drive.v3", "replies.list"): Route(comments.list_replies, MUST_SAY),
    ("calendar.v3", "acl.delete"): Route(calendars.delete_rule),
    ("calendar.v3", "acl.get"): Route(calendars.get_rule),
    ("calendar.v3", "acl.insert"): Route(calendars.insert_rule),
    ("calendar.v3", "acl.list"): Route(calendars.list_rules),
    ("calendar.v3", "acl.patch"): Route(calendars.patch_rule),
    ("calendar.v3", "acl.update"): Route(calendars.patch_rule),
    ("calendar.v3", "calendarList.get"): Route(calendars.get_entry),
    ("calendar.v3", "calendarList.list"): Route(calendars.list_entries),
    ("calendar.v3", "calendars.delete"): Route(calendars.delete),
    ("calendar.v3", "calendars.get"): Route(calendars.get),
    ("calendar.v3", "calendars.insert"): Route(calendars.insert),
    ("calendar.v3", "calendars.patch"): Route(calendars.patch),
    ("calendar.v3", "calendars.update"): Route(calendars.patch),
    ("calendar.v3", "events.delete"): Route(calendar_events.delete),
    ("calendar.v3", "events.get"): Route(calendar_events.get),
    ("calendar.v3", "events.insert"): Route(calendar_events.insert),
    ("calendar.v3", "events.instances"): Route(calendar_list.instances),
    ("calendar.v3", "events.list"): Route(calendar_list.list_events),
    ("calendar.v3", "events.patch"): Route(calendar_events.patch),
    ("calendar.v3", "events.update"): Route(calendar_events.update),
}
