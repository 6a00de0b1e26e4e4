"""Shared drives: they own what is in them."""

from typing import Any

from ..call import Call
from ..errors import Said, invalid
from ..times import written
from .model import FOLDER, Drive, File, Permission, mail_number


def create(call: Call) -> Any:
    """Make a shared drive; the same request id makes it once."""
    request, name = call.asked.one("requestId"), str(call.body().get("name", "")).strip()
    if not request:
        raise Said(400, "required", "Required parameter: requestId", location="requestId")
    if not name:
        raise invalid("The name of a shared drive cannot be empty.", "name")
    if any(drive.request == request for drive in call.store.drives.values()):
        raise Said(409, "duplicate", "A shared drive with this request ID already exists.")
    now, person = call.world.now(), call.caller.person
    drive = Drive(call.store.new_id("0A"), name, now, request)
    top = File(drive.id, "Drive", FOLDER, "", call.caller.client, now, drive=drive.id)
    number = mail_number(person.mail)
    top.permissions[number] = Permission(number, "user", person.mail, "organizer")
    call.store.drives[drive.id] = drive
    call.store.add(top, call.caller)
    return _json(drive)


def get(call: Call) -> Any:
    """Return a shared drive."""
    return _json(_reached(call, call.ids[0]))


def update(call: Call) -> Any:
    """Rename a shared drive."""
    drive = _reached(call, call.ids[0])
    if call.store.role(call.store.files[drive.id], call.caller.person) != "organizer":
        raise Said(403, "insufficientFilePermissions", "Only a manager may change it.")
    drive.name = str(call.body().get("name", drive.name))
    call.store.tell(drive.id, drive.id)
    return _json(drive)


def list_drives(call: Call) -> Any:
    """Return a page of the shared drives that the person is a member of."""
    size, token = call.number("pageSize", 10, 100), call.asked.one("pageToken") or "0"
    if not token.isdigit():
        raise invalid("Invalid Value", "pageToken")
    person, store = call.caller.person, call.store
    found = [one for one in store.drives.values() if store.role(store.files[one.id], person)]
    start = int(token)
    reply: dict[str, Any] = {"kind": "drive#driveList"}
    reply["drives"] = [_json(drive) for drive in found[start : start + size]]
    if start + size < len(found):
        reply["nextPageToken"] = str(start + size)
    return reply


def _reached(call: Call, drive_id: str) -> Drive:
    drive = call.store.drives.get(drive_id)
    if drive is None or not call.store.role(call.store.files[drive_id], call.caller.person):
        raise Said(404, "notFound", f"Shared drive not found: {drive_id}", location="driveId")
    return drive


def _json(drive: Drive) -> dict[str, Any]:
    found = {"kind": "drive#drive", "id": drive.id, "name": drive.name, "hidden": False}
    return found | {"createdTime": written(drive.created)}
