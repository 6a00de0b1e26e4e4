"""Drive's files as objects of ours: markers, kinds, rights, urls. Pure."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from smarketing.address import is_address, kind_of
from smarketing.contract import Remote
from smarketing.kinds import ARCHIVED, THERE, Value

File = Mapping[str, Any]

FIELDS = (
    "id,name,mimeType,parents,appProperties,version,createdTime,trashed,ownedByMe,driveId,"
    "permissions(id,type,emailAddress,role,deleted,permissionDetails)"
)

FOLDER = "application/vnd.google-apps.folder"
DOCUMENT = "application/vnd.google-apps.document"
TABLE = "application/vnd.google-apps.spreadsheet"
MIME = {"root": FOLDER, "folder": FOLDER, "document": DOCUMENT, "table": TABLE}
_KINDS = {FOLDER: "folder", DOCUMENT: "document", TABLE: "table"}

WORKSPACE, ADDRESS, DONE, TEMPLATE = "sm_ws", "sm_addr", "sm_done", "sm_template"
ROLE, HOME, SHELF = "sm_role", "sm_home", "sm_shelf"
"""Our properties of a file. `ROLE` is that of a folder which is no item; an archived file
knows its former folder as `HOME` and the folder that it was put into as `SHELF`."""

ARCHIVE_ROLE, ARCHIVE_TITLE = "archive", "Archive"

_URLS = {
    FOLDER: "https://drive.google.com/drive/folders/{}",
    DOCUMENT: "https://docs.google.com/document/d/{}/edit",
    TABLE: "https://docs.google.com/spreadsheets/d/{}/edit",
}
_IN_URL = re.compile(r"/(?:d|folders)/([A-Za-z0-9_-]{10,})|[?&]id=([A-Za-z0-9_-]{10,})")


Rights = Mapping[str, frozenset[tuple[str, str]]]
"""The rights in folders by their ids, so that a file's inherited ones can be told apart."""


def marker_of(file: File) -> str:
    """Return the address that a file bears, "" for none."""
    address = str(_properties(file).get(ADDRESS, ""))
    return address if is_address(address) else ""


def workspace_of(file: File) -> str:
    """Return the workspace that a file bears, "" for none."""
    return str(_properties(file).get(WORKSPACE, ""))


def is_shelf(file: File) -> bool:
    """Say whether this is the folder for what was archived."""
    return _properties(file).get(ROLE) == ARCHIVE_ROLE


def kind_of_file(file: File) -> str:
    """Return the kind of item that a file is, "" for one that we can't hold."""
    kind = _KINDS.get(str(file.get("mimeType")), "")
    return "root" if kind == "folder" and marker_of(file).startswith("root:") else kind


def remote_of(file: File, above: Rights, body: str | None = None) -> Remote:
    """Return a file as an object; `body` is the text of a document, None where it is unread."""
    kind = kind_of_file(file)
    marker = marker_of(file)
    if marker and kind_of(marker) != kind:
        marker = ""
    archived = is_archived(file)
    return Remote(
        id=str(file["id"]),
        kind=kind,
        fields=_fields(file, kind, above, body),
        parent="" if kind == "root" else _home(file),
        existence=ARCHIVED if archived else THERE,
        marker=marker,
        workspace=workspace_of(file),
        version=str(file.get("version", "")),
        url=url_of(str(file["id"]), str(file.get("mimeType"))),
        born=born(str(file.get("createdTime", ""))),
        # What lies in a shared drive belongs to the drive.
        ours=bool(file.get("ownedByMe")) or bool(file.get("driveId") and marker),
    )


def _fields(file: File, kind: str, above: Rights, body: str | None) -> dict[str, Value]:
    fields: dict[str, Value] = {"title": str(file.get("name", ""))}
    if kind == "root":
        fields["done"] = _properties(file).get(DONE) == "1"
        fields["template"] = _properties(file).get(TEMPLATE) or None
        return fields
    fields["access"] = access_of(file, above)
    if kind == "document" and body is not None:
        fields["body"] = body
    return fields


def access_of(file: File, above: Rights) -> dict[str, str]:
    """Return the roles that people and groups have in this very file."""
    found: dict[str, str] = {}
    for permission in file.get("permissions", ()):
        who, role = grantee(permission), _own_role(file, permission, above)
        if who and role and not permission.get("deleted"):
            # The owner may do what an editor may; a playbook knows no owners.
            found[who] = "writer" if role == "owner" else role
    return found


def _own_role(file: File, permission: Mapping[str, Any], above: Rights) -> str:
    """Return the role that a right gives in the file itself, "" where a folder above gives it."""
    role = str(permission.get("role"))
    details = permission.get("permissionDetails")
    if details:
        own = [str(each.get("role")) for each in details if not each.get("inherited")]
        return next(iter(own), "")
    pair = (str(permission.get("id")), role)
    held = any(pair in above.get(each, ()) for each in file.get("parents", ()))
    return "" if held else role


def grantee(permission: Mapping[str, Any]) -> str:
    """Return whom a permission is for, "" where it is for nobody in particular."""
    mail = str(permission.get("emailAddress", "")).lower()
    group = "group:" if permission.get("type") == "group" else ""
    return f"{group}{mail}" if mail else ""


def owner_of(file: File) -> str:
    """Return the mail address of the owner, "" where a drive owns the file."""
    told = file.get("permissions", ())
    return next((grantee(each) for each in told if each.get("role") == "owner"), "")


def is_archived(file: File) -> bool:
    """Say whether we put the file away, and nobody took it out again."""
    shelf = _properties(file).get(SHELF)
    return bool(shelf) and shelf in file.get("parents", ())


def in_url(text: str) -> str:
    """Return the id of the file that an address in the browser leads to, else the text itself."""
    found = _IN_URL.search(text)
    return (found[1] or found[2]) if found else text.strip()


def url_of(file: str, mime: str) -> str:
    """Return where a browser shows a file."""
    return _URLS.get(mime, "https://drive.google.com/open?id={}").format(file)


def born(time: str) -> float:
    """Return a time of Google's in seconds since 1970, 0.0 for none."""
    try:
        return datetime.fromisoformat(time).timestamp() if time else 0.0
    except ValueError:
        return 0.0


def _home(file: File) -> str:
    if is_archived(file):
        return str(_properties(file).get(HOME, ""))
    return str(next(iter(file.get("parents", ())), ""))


def rights_in(file: File) -> frozenset[tuple[str, str]]:
    told = file.get("permissions", ())
    return frozenset((str(each.get("id")), str(each.get("role"))) for each in told)


def _properties(file: File) -> Mapping[str, Any]:
    found = file.get("appProperties")
    return found if isinstance(found, Mapping) else {}
