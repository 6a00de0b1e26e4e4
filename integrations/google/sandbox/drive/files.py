"""Files of Drive: made, read, changed, moved, copied, exported, deleted."""

from typing import Any

from smarketing.standin import Answer

from ..call import Call
from ..errors import Said, invalid, no_right
from .json import file_json
from .marks import mark
from .model import DOC, FOLDER, SHEET, SHORTCUT, File
from .reach import folder_for, reached
from .upload import Media, brought, content_of

_LARGEST_EXPORT = 10_000_000
_SETTABLE = frozenset(("name", "description", "starred", "trashed", "appProperties", "properties"))


def shown(call: Call, file: File) -> dict[str, Any]:
    """Return the file as the reply to a call."""
    mask = call.mask()
    return file_json(call, file, ["*"] if mask is None else mask)


def generate_ids(call: Call) -> Any:
    """Give ids for files that will be made."""
    count = call.number("count", 10, 1000)
    ids = [call.store.new_id() for _ in range(count)]
    call.store.given_ids.update(ids)
    return {"kind": "drive#generatedIds", "space": "drive", "ids": ids}


def create(call: Call) -> Any:
    """Make a file, perhaps by converting what was uploaded."""
    said, media = brought(call)
    mime = _mime(said, media)
    folder = folder_for(call, said.get("parents"))
    file_id = _id_for(call, said, mime)
    name = str(said.get("name", "Untitled"))
    file = File(file_id, name, mime, folder.id, call.caller.client, call.world.now())
    file.drive = folder.drive
    file.converted = media is not None and mime in (DOC, SHEET)
    if mime == SHORTCUT:
        file.target = reached(call, str(said.get("shortcutDetails", {}).get("targetId"))).id
    else:
        file.content = content_of(call, mime, name, media)
    _describe(call, file, said)
    call.store.add(file, call.caller)
    call.store.given_ids.discard(file_id)
    return shown(call, file)


def get(call: Call) -> Any:
    """Return a file, or with alt=media what is inside."""
    file = reached(call, call.ids[0])
    if call.asked.one("alt") != "media":
        return shown(call, file)
    if not isinstance(file.content, bytes):
        words = "Only files with binary content can be downloaded. Use Export with Docs files."
        raise Said(403, "fileNotDownloadable", words, location="alt")
    return Answer(200, {"Content-Type": file.mime}, file.content)


def export(call: Call) -> Any:
    """Return a document or a spreadsheet in another form."""
    file = reached(call, call.ids[0], any_drive=True)
    if file.mime not in (DOC, SHEET):
        raise Said(403, "fileNotExportable", "Export only supports Docs Editors files.")
    mime = call.asked.one("mimeType")
    try:
        data: bytes = file.content.text_export(mime)
    except (KeyError, ValueError):
        words = "The requested conversion is not supported."
        raise invalid(words, "convertTo") from None
    if len(data) > _LARGEST_EXPORT:
        raise Said(403, "exportSizeLimitExceeded", "This file is too large to be exported.")
    return Answer(200, {"Content-Type": mime}, data)


def update(call: Call) -> Any:
    """Change metadata, the folder, or all that is inside."""
    said, media = brought(call)
    file = reached(call, call.ids[0], "writer")
    if file.id == call.store.root_id(call.caller.person) or file.id == file.drive:
        raise no_right("The top folder can't be changed.")
    moves_to = _moved(call, file)
    _may_trash(call, file, said)
    if "parents" in said:
        words = "The parents field is not directly writable in update requests."
        raise Said(403, "fieldNotWritable", words)
    content = file.content if media is None else _instead(call, file, media)
    _describe(call, file, said)
    file.content = content
    lost_by: set[str] = set()
    if moves_to is not None:
        before = call.store.seen_by(file)
        call.store.move(file, moves_to, call.caller.person.mail)
        lost_by = before - call.store.seen_by(file)
    if media is not None or set(said) & _SETTABLE:
        call.store.touched(file, call.caller.person)
    if moves_to is not None:
        call.store.noticed(file, lost_by)
    return shown(call, file)


def copy(call: Call) -> Any:
    """Make a copy; what the body does not say is as it was."""
    source = reached(call, call.ids[0])
    if source.mime == FOLDER:
        raise Said(403, "cannotCopyFile", "This file cannot be copied by the user.")
    said = call.body()
    where = said.get("parents") or _folder_of(call, source)
    folder = folder_for(call, where)
    file_id = _id_for(call, said, source.mime)
    name = str(said.get("name", f"Copy of {source.name}"))
    file = File(file_id, name, source.mime, folder.id, call.caller.client, call.world.now())
    file.drive, file.description, file.target = folder.drive, source.description, source.target
    file.content = _copied(source.content)
    file.properties = dict(source.properties)
    if "google-copy-drops-app-properties" not in call.world.switches:
        client = call.caller.client
        file.marks[client] = dict(source.marks.get(client, {}))
    _describe(call, file, said)
    call.store.add(file, call.caller)
    call.store.given_ids.discard(file_id)
    return shown(call, file)


def delete(call: Call) -> Any:
    """Delete a file for good, and with a folder all that is in it."""
    file = reached(call, call.ids[0], "reader")
    if call.store.role(file, call.caller.person) not in (
        ("organizer",) if file.drive else ("owner",)
    ):
        raise no_right()
    if not file.parent:
        raise no_right("The top folder can't be deleted.")
    call.store.remove(file)
    return None


def empty_trash(call: Call) -> Any:
    """Delete for good what the caller has in the trash."""
    for file in list(call.store.files.values()):
        if file.trashed and file.owner == call.caller.person.mail and file.id in call.store.files:
            call.store.remove(file)
    return None


def _mime(said: dict[str, Any], media: Media | None) -> str:
    mime = said.get("mimeType") or (media.kind if media else "application/octet-stream")
    if mime in (FOLDER, SHORTCUT) and media is not None:
        raise invalid("Bad Request: a folder has no media.")
    return str(mime)


def _id_for(call: Call, said: dict[str, Any], mime: str) -> str:
    """Return the id of a new file; raise 400 or 409 for one that was said and can't be."""
    said_id = said.get("id")
    if said_id is None:
        return call.store.new_id()
    if mime in (DOC, SHEET):
        words = "Generated IDs are not supported for Docs Editors formats."
        raise invalid(words, "file.id", "invalidParameter")
    if said_id in call.store.files or said_id in call.store.gone:
        raise Said(409, "fileIdInUse", "A file already exists with the provided ID.")
    if said_id not in call.store.given_ids:
        raise invalid("The provided file ID is not usable.", "file.id", "invalidParameter")
    return str(said_id)


def _describe(call: Call, file: File, said: dict[str, Any]) -> None:
    """Write what a body says about a file."""
    mark(call, file, said)
    if "name" in said:
        file.name = str(said["name"])
    if "description" in said:
        file.description = str(said["description"] or "")
    if "trashed" in said:
        file.trashed = bool(said["trashed"])
    if "starred" in said:
        (file.starred.add if said["starred"] else file.starred.discard)(call.caller.person.mail)


def _may_trash(call: Call, file: File, said: dict[str, Any]) -> None:
    if "trashed" not in said or bool(said["trashed"]) == file.trashed:
        return
    role = call.store.role(file, call.caller.person)
    if role not in (("fileOrganizer", "organizer") if file.drive else ("owner",)):
        raise no_right()


def _instead(call: Call, file: File, media: Media) -> Any:
    """Return what takes the place of all that was inside, places of comments included."""
    if file.mime in (FOLDER, SHORTCUT):
        raise invalid("Bad Request: this file has no media.")
    return content_of(call, file.mime, file.name, media)


def _moved(call: Call, file: File) -> File | None:
    """Return the folder that a file shall move to, None where it stays."""
    to, away = call.asked.one("addParents"), call.asked.one("removeParents")
    if not to and not away:
        return None
    if "," in to or "," in away:
        raise Said(403, "cannotAddParent", "Increasing the number of parents is not allowed")
    target = folder_for(call, [to]) if to else None
    if away:
        away = reached(call, away).id
    if target is not None and target.id == file.parent and away in ("", file.parent):
        return None
    if target is None or away != file.parent:
        words = "Increasing the number of parents is not allowed"
        if target is None:
            words = "A file must have exactly one parent."
        raise Said(403, "cannotAddParent" if target else "cannotRemoveParent", words)
    _may_move(call, file, target)
    return target


def _may_move(call: Call, file: File, target: File) -> None:
    if any(above.id == file.id for above in call.store.above(target)):
        raise Said(403, "cyclicMembershipsNotAllowed", "A folder can't be moved into itself.")
    if file.drive != target.drive and file.mime == FOLDER:
        words = "Moving folders into shared drives is not supported."
        raise Said(403, "teamDrivesFolderMoveInNotSupported", words)


def _folder_of(call: Call, source: File) -> list[str]:
    """Return where a copy goes that names no folder: beside its source, if one may write there."""
    parent = call.store.files.get(source.parent)
    if parent is None or not call.store.may_see(parent, call.caller):
        return []
    if call.store.role(parent, call.caller.person) in ("reader", "commenter"):
        return []
    return [parent.id]


def _copied(content: Any) -> Any:
    return content if content is None or isinstance(content, bytes) else content.copied()
