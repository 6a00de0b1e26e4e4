"""Who may do what with a file: given, changed, taken away, and told by mail."""

from typing import Any

from smarketing.standin import Mail

from ..call import Call
from ..errors import Said, invalid, no_right
from .json import permission_json, permissions_json
from .model import FOLDER, ROLES, File, Permission, mail_number
from .reach import reached

_TYPES = ("user", "group", "domain", "anyone")
_IN_DRIVES_ONLY = ("fileOrganizer", "organizer")


def list_permissions(call: Call) -> Any:
    """Return a page of the rights on a file."""
    file = reached(call, call.ids[0], "writer")
    found = permissions_json(call, file)
    # Without a size, everything of a file in My Drive comes at once.
    size = call.number("pageSize", 100 if file.drive else max(1, len(found)), 100)
    token = call.asked.one("pageToken") or "0"
    if not token.isdigit():
        raise invalid("Invalid Value", "pageToken")
    start = int(token)
    reply: dict[str, Any] = {"kind": "drive#permissionList"}
    reply["permissions"] = found[start : start + size]
    if start + size < len(found):
        reply["nextPageToken"] = str(start + size)
    return reply


def get(call: Call) -> Any:
    """Return the right of one grantee."""
    file = reached(call, call.ids[0])
    return _json(call, file, call.ids[1])


def create(call: Call) -> Any:
    """Give a right. Who is mailed: whom it is given to, and a group as one."""
    file, said = _shareable(call), call.body()
    new = _permission(file, said)
    if new.role == "owner":
        return _given_away(call, file, new)
    _refuse_silence_outside(call, new)
    old = file.permissions.get(new.id)
    if old is not None and old.role == "owner":
        raise Said(403, "invalidSharingRequest", "The owner of a file has every right already.")
    file.permissions[new.id] = new
    call.store.noticed(file)
    if new.type in ("user", "group") and call.flag("sendNotificationEmail", True):
        _mail(call, file, new)
    return _json(call, file, new.id)


def update(call: Call) -> Any:
    """Change the role or the end of a right."""
    file, said = _shareable(call), call.body()
    held = _held(call, file, call.ids[1])
    role = str(said.get("role", held.role))
    if role == "owner" and held.role != "owner":
        return _given_away(call, file, Permission(held.id, held.type, held.who, role))
    _check_role(file, role)
    if held.role == "owner" and role != "owner":
        raise no_right("The owner of a file cannot be removed.")
    _keep_an_organizer(file, held, role)
    lost = call.store.seen_by(file)
    held.role = role
    held.expires = str(said.get("expirationTime", held.expires))
    if call.flag("removeExpiration"):
        held.expires = ""
    call.store.noticed(file, lost - call.store.seen_by(file))
    return _json(call, file, held.id)


def delete(call: Call) -> Any:
    """Take a right away."""
    file = reached(call, call.ids[0])
    own = call.ids[1] == mail_number(call.caller.person.mail)
    if not own:
        _shareable(call)
    held = _held(call, file, call.ids[1])
    if held.role == "owner":
        raise no_right("The owner of a file cannot be removed.")
    _keep_an_organizer(file, held, "")
    _take_away(call, file, held)
    return None


def _take_away(call: Call, file: File, held: Permission) -> None:
    inside = [file, *call.store.below(file)]
    before = {one.id: call.store.seen_by(one) for one in inside}
    del file.permissions[held.id]
    call.store.noticed(file, before[file.id] - call.store.seen_by(file))
    for one in inside[1:]:
        lost = before[one.id] - call.store.seen_by(one)
        if lost:
            call.store.tell(one.id, one.drive, lost)


def _shareable(call: Call) -> File:
    file = reached(call, call.ids[0], "writer")
    role = call.store.role(file, call.caller.person)
    if file.drive and file.mime == FOLDER and role != "organizer":
        raise no_right()
    return file


def _held(call: Call, file: File, permission_id: str) -> Permission:
    """Return a right that is set on the file itself; raise 403 for an inherited one."""
    held = file.permissions.get(permission_id)
    if held is not None:
        return held
    if permission_id in call.store.rights(file):
        words = "Cannot update or delete an inherited permission."
        reason = (
            "cannotModifyInheritedTeamDrivePermission"
            if file.drive
            else ("cannotModifyInheritedPermission")
        )
        raise Said(403, reason, words)
    raise _no_permission(permission_id)


def _no_permission(permission_id: str) -> Said:
    words = f"Permission not found: {permission_id}."
    return Said(404, "notFound", words, location="permissionId")


def _json(call: Call, file: File, permission_id: str) -> dict[str, Any]:
    listed = call.store.rights(file).get(permission_id)
    if listed is None:
        raise _no_permission(permission_id)
    return permission_json(call, file, listed)


def _permission(file: File, said: dict[str, Any]) -> Permission:
    kind, role = str(said.get("type", "")), str(said.get("role", ""))
    if kind not in _TYPES:
        raise invalid("The permission type field is required.", "permission.type", "required")
    _check_role(file, role)
    who = ""
    if kind in ("user", "group"):
        who = str(said.get("emailAddress", "")).strip().lower()
        if "@" not in who.strip("@"):
            words = "The permission email address is required for this type."
            raise invalid(words, "permission.emailAddress", "invalidSharingRequest")
    if kind == "domain":
        who = str(said.get("domain", ""))
        if not who:
            raise invalid("The domain field is required.", "permission.domain")
    if kind not in ("user", "group") and role in (*_IN_DRIVES_ONLY, "owner"):
        raise invalid("The specified role is not allowed for this type.", "permission.role")
    number = "anyoneWithLink" if kind == "anyone" else mail_number(who)
    expires, open_ = str(said.get("expirationTime", "")), bool(said.get("allowFileDiscovery"))
    return Permission(number, kind, who, role, expires, open_)


def _check_role(file: File, role: str) -> None:
    if role not in ROLES:
        raise invalid("The specified role is invalid or not supported.", "permission.role")
    if role in _IN_DRIVES_ONLY and not file.drive:
        raise Said(403, "cannotShareTeamDriveRole", f"{role} is a role of shared drives only.")
    if role == "owner" and file.drive:
        raise Said(403, "ownerOnTeamDriveItemNotSupported", "Items there have no owner.")
    if role == "organizer" and file.id != file.drive:
        words = "The organizer role can only be given on a shared drive."
        raise Said(403, "organizerOnNonTeamDriveNotSupported", words)


def _given_away(call: Call, file: File, new: Permission) -> dict[str, Any]:
    """Make somebody else the owner; they are told in any case."""
    if call.store.role(file, call.caller.person) != "owner":
        raise no_right()
    if not call.flag("transferOwnership"):
        words = "The transferOwnership parameter must be enabled when the role is 'owner'."
        raise Said(403, "forbidden", words, location="transferOwnership")
    if call.asked.one("sendNotificationEmail") == "false":
        words = "A notification can't be left out for a new owner."
        raise Said(403, "forbidden", words, location="sendNotificationEmail")
    former = file.permissions[mail_number(file.owner)]
    former.role = "writer"
    file.owner = new.who
    file.permissions[new.id] = new
    call.store.noticed(file)
    _mail(call, file, new)
    return _json(call, file, new.id)


def _keep_an_organizer(file: File, held: Permission, role: str) -> None:
    if held.role != "organizer" or role == "organizer":
        return
    if not any(one.role == "organizer" and one is not held for one in file.permissions.values()):
        words = "A shared drive must have at least one organizer."
        raise Said(403, "cannotRemoveLastOrganizer", words)


def _refuse_silence_outside(call: Call, new: Permission) -> None:
    """Raise 400 where somebody without an account shall be given a right without a mail."""
    if new.type != "user" or call.flag("sendNotificationEmail", True):
        return
    domains = {one.mail.partition("@")[2] for one in call.world.people}
    if new.who.partition("@")[2] not in domains:
        words = f"You are trying to invite {new.who}. There is no Google account with this address."
        raise invalid(words, "", "invalidSharingRequest")


def _mail(call: Call, file: File, new: Permission) -> None:
    what = "Folder" if file.mime == FOLDER else "Item"
    subject = f"{what} shared with you: {file.name!r}"
    call.world.mails.append(Mail(new.who, subject, call.caller.person.mail, call.world.now()))
