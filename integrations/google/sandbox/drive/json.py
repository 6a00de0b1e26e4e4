"""Files, people and permissions as Drive writes them."""

from collections.abc import Callable, Iterable, Mapping
from hashlib import md5
from typing import Any

from smarketing.standin import World

from ..call import Call
from ..times import written
from .model import DOC, FOLDER, ROLES, SHEET, SHORTCUT, File, Permission, mail_number

_VIEW = {
    DOC: "https://docs.google.com/document/d/{}/edit?usp=drivesdk",
    SHEET: "https://docs.google.com/spreadsheets/d/{}/edit?usp=drivesdk",
    FOLDER: "https://drive.google.com/drive/folders/{}",
}


def file_json(call: Call, file: File, names: Iterable[str]) -> dict[str, Any]:
    """Return these fields of a file, without those that it does not have."""
    found: dict[str, Any] = {}
    for name in _FIELDS if "*" in (names := list(names)) else names:
        value = _FIELDS[name](call, file) if name in _FIELDS else None
        if value is not None:
            found[name] = value
    return found


def user_json(call: Call, mail: str) -> dict[str, Any]:
    """Return a person."""
    return {
        "kind": "drive#user",
        "displayName": display_name(call.world, mail),
        "me": mail == call.caller.person.mail,
        "permissionId": mail_number(mail),
        "emailAddress": mail,
    }


def display_name(world: World, mail: str) -> str:
    """Return the name of whoever has this address."""
    return next((one.name for one in world.people if one.mail == mail), mail.partition("@")[0])


def permissions_json(call: Call, file: File) -> list[dict[str, Any]]:
    """Return everybody's rights on a file, inherited ones included."""
    rights = call.store.rights(file)
    return [permission_json(call, file, listed) for listed in rights.values()]


def permission_json(call: Call, file: File, listed: list[tuple[Permission, str]]) -> dict[str, Any]:
    """Return the right of one grantee, who may have it from several folders."""
    one = listed[0][0]
    roles = [_role_on(file, permission, holder) for permission, holder in listed]
    found: dict[str, Any] = {
        "kind": "drive#permission",
        "id": one.id,
        "type": one.type,
        "role": max(roles, key=ROLES.index),
        "permissionDetails": [
            _detail(file, role, holder) for role, (_, holder) in zip(roles, listed, strict=True)
        ],
    }
    if one.type in ("user", "group"):
        name = display_name(call.world, one.who)
        found |= {"emailAddress": one.who, "displayName": name, "deleted": False}
    if one.type == "domain":
        found |= {"domain": one.who, "displayName": one.who}
    if one.type in ("domain", "anyone"):
        found["allowFileDiscovery"] = one.discoverable
    if one.expires:
        found["expirationTime"] = one.expires
    return found


def _role_on(file: File, permission: Permission, holder: str) -> str:
    # Who owns a folder may write, not own, what others put into it.
    return "writer" if permission.role == "owner" and holder != file.id else permission.role


def _detail(file: File, role: str, holder: str) -> dict[str, Any]:
    kind = "member" if file.drive and holder == file.drive else "file"
    inherited = holder != file.id
    found: dict[str, Any] = {"permissionType": kind, "role": role, "inherited": inherited}
    return found | ({"inheritedFrom": holder} if inherited else {})


def _at_least(call: Call, file: File, role: str) -> bool:
    return ROLES.index(call.store.role(file, call.caller.person)) >= ROLES.index(role)


def _parents(call: Call, file: File) -> list[str] | None:
    parent = call.store.files.get(file.parent)
    return [parent.id] if parent and call.store.may_see(parent, call.caller) else None


def _shared_permissions(call: Call, file: File) -> list[dict[str, Any]] | None:
    if file.drive or not _at_least(call, file, "writer"):
        return None
    return permissions_json(call, file)


def _capabilities(call: Call, file: File) -> dict[str, bool]:
    edits, comments = _at_least(call, file, "writer"), _at_least(call, file, "commenter")
    return {
        "canAddChildren": edits and file.mime == FOLDER,
        "canComment": comments,
        "canCopy": file.mime != FOLDER,
        "canDelete": _at_least(call, file, "organizer" if file.drive else "owner"),
        "canDownload": file.mime != FOLDER,
        "canEdit": edits,
        "canListChildren": file.mime == FOLDER,
        "canRename": edits,
        "canShare": edits,
        "canTrash": _at_least(call, file, "fileOrganizer" if file.drive else "owner"),
    }


def _blob(file: File) -> bytes | None:
    return file.content if isinstance(file.content, bytes) else None


def _size(call: Call, file: File) -> str | None:
    if file.mime in (FOLDER, SHORTCUT):
        return None
    blob = _blob(file)
    return "1024" if blob is None else str(len(blob))


def _extension(call: Call, file: File) -> str | None:
    return None if _blob(file) is None else file.name.rpartition(".")[2]


def _sum(call: Call, file: File) -> str | None:
    blob = _blob(file)
    return None if blob is None else md5(blob, usedforsecurity=False).hexdigest()


def _mine(call: Call, file: File) -> bool | None:
    return None if file.drive else file.owner == call.caller.person.mail


def _shortcut(call: Call, file: File) -> dict[str, str] | None:
    if not file.target:
        return None
    found = {"targetId": file.target}
    target = call.store.files.get(file.target)
    return found | ({"targetMimeType": target.mime} if target else {})


def _view_link(call: Call, file: File) -> str:
    return _VIEW.get(file.mime, "https://drive.google.com/file/d/{}/view?usp=drivesdk").format(
        file.id
    )


_FIELDS: Mapping[str, Callable[[Call, File], Any]] = {
    "kind": lambda call, file: "drive#file",
    "id": lambda call, file: file.id,
    "name": lambda call, file: file.name,
    "mimeType": lambda call, file: file.mime,
    "description": lambda call, file: file.description or None,
    "starred": lambda call, file: call.caller.person.mail in file.starred,
    "trashed": lambda call, file: call.store.is_trashed(file),
    "explicitlyTrashed": lambda call, file: file.trashed,
    "parents": _parents,
    "properties": lambda call, file: dict(file.properties) or None,
    "appProperties": lambda call, file: dict(file.marks.get(call.caller.client, {})) or None,
    "spaces": lambda call, file: ["drive"],
    "version": lambda call, file: str(file.version),
    "webViewLink": _view_link,
    "createdTime": lambda call, file: written(file.created),
    "modifiedTime": lambda call, file: written(file.modified),
    "modifiedByMe": lambda call, file: file.modified_by == call.caller.person.mail,
    "owners": lambda call, file: None if file.drive else [user_json(call, file.owner)],
    "lastModifyingUser": lambda call, file: user_json(call, file.modified_by or file.owner),
    "shared": lambda call, file: None if file.drive else len(call.store.rights(file)) > 1,
    "ownedByMe": _mine,
    "capabilities": _capabilities,
    "permissions": _shared_permissions,
    "permissionIds": lambda call, file: list(call.store.rights(file)),
    "size": _size,
    "quotaBytesUsed": lambda call, file: _size(call, file) or "0",
    "md5Checksum": _sum,
    "fileExtension": _extension,
    "headRevisionId": lambda call, file: f"r{file.version}" if _blob(file) is not None else None,
    "originalFilename": lambda call, file: file.name if _blob(file) is not None else None,
    "driveId": lambda call, file: file.drive or None,
    "teamDriveId": lambda call, file: file.drive or None,
    "isAppAuthorized": lambda call, file: any(
        client == call.caller.client for client, _ in file.apps
    ),
    "shortcutDetails": _shortcut,
    "writersCanShare": lambda call, file: None if file.drive else True,
    "viewersCanCopyContent": lambda call, file: True,
    "copyRequiresWriterPermission": lambda call, file: False,
    "hasThumbnail": lambda call, file: False,
    "thumbnailVersion": lambda call, file: "0",
}
