"""Reaching a file of Drive: who may see it, change it, or put something into it."""

from ..call import Call
from ..errors import Said, no_file, no_right
from .model import FOLDER, ROLES, File


def reached(call: Call, file_id: str, role: str = "reader", any_drive: bool = False) -> File:
    """Return a file; raise 404 where the caller can't see it, 403 below this role."""
    if file_id == "root":
        return call.store.root_of(call.caller.person)
    if file_id == call.store.root_id(call.caller.person):
        return call.store.root_of(call.caller.person)
    file = call.store.files.get(file_id)
    if file is None or not call.store.may_see(file, call.caller):
        raise no_file(file_id)
    if file.drive and not (any_drive or call.flag("supportsAllDrives")):
        raise no_file(file_id)
    if ROLES.index(call.store.role(file, call.caller.person)) < ROLES.index(role):
        raise no_right()
    return file


def folder_for(call: Call, parents: object) -> File:
    """Return the folder that shall hold a file; without one it is the top of My Drive."""
    if not parents:
        return call.store.root_of(call.caller.person)
    if not isinstance(parents, list) or not all(isinstance(one, str) for one in parents):
        raise Said(400, "invalid", "Invalid value for: parents", location="parents")
    if len(parents) > 1:
        raise Said(403, "cannotAddParent", "Increasing the number of parents is not allowed")
    folder = reached(call, parents[0], "writer")
    if folder.mime != FOLDER:
        raise Said(403, "parentNotAFolder", "The specified parent is not a folder.")
    return folder
