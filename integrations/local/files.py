"""Changes of whole files and folders: made, written, renamed, moved, put into the archive."""

from collections.abc import Callable, Mapping

from smarketing.contract import Change, Done, Failed, Outcome, Remote, Stale

from . import document
from .contents import EXTENSIONS, contents, folder_remote, mark_in, page_text
from .disk import Bytes, Folder, Refused, join, name_of, parent_of
from .document import Mark
from .edits import holds, is_stale, wants_back
from .filenames import file_stem
from .found import ARCHIVE, OUTBOX, home_of, is_archived
from .notices import KINDS as NOTICES
from .notices import Notice, parse_notice
from .root import ROOT_FILE, root_remote, root_text
from .table.coding import decoded, encoded

_TRIES = 5


def perform_file(folder: Folder, change: Change, ids: Mapping[str, str], workspace: str) -> Outcome:
    """Make one change of the root, a folder, a document, a page, a message or a channel."""
    if change.kind == "root":
        return _root(folder, change, workspace)
    if change.kind == "folder":
        return _folder(folder, change, ids, workspace)
    if change.verb == "create":
        return _create(folder, change, ids, workspace)
    return _alter(folder, change, ids)


def new_path(folder: Folder, change: Change, ids: Mapping[str, str], workspace: str) -> str:
    """Return where a new file goes; a file there that is this very item is taken up."""
    parent = OUTBOX if change.kind in NOTICES else _parent(change.parent, ids)
    stem = file_stem(_name(change))
    extension = EXTENSIONS[change.kind]
    wanted = join(parent, stem + extension)
    held = folder.read(wanted) if folder.at(wanted).is_file() else None
    if held and mark_in(wanted, decoded(held.data)) == Mark(workspace, change.address):
        return wanted
    return folder.free(parent, stem, extension)


def _name(change: Change) -> str:
    """Return what a file is called; of a message that several get, whose it is as well."""
    said = str(change.fields.get("title") or change.fields.get("subject") or "")
    to = str(change.fields.get("to") or "").partition("<")[0].strip()
    return f"{said}, for {to}" if to and to.split()[0] not in said else said


def relocate(folder: Folder, change: Change, path: str, ids: Mapping[str, str]) -> str | None:
    """Rename or move a file or folder as the change asks; return its new path, None if none."""
    extension = EXTENSIONS.get(change.kind, "")
    parent = _new_home(folder, change, path, ids)
    stem = name_of(path).removesuffix(extension)
    if "title" in change.fields:
        stem = file_stem(str(change.fields["title"] or ""))
    if join(parent, stem + extension) == path:
        return None
    target = folder.free(
        parent, stem, extension, name_of(path) if parent == parent_of(path) else ""
    )
    if target == path:
        return None
    folder.rename(path, target)
    return target


def _new_home(folder: Folder, change: Change, path: str, ids: Mapping[str, str]) -> str:
    if change.verb == "archive":
        home = parent_of(path)
        archive = ARCHIVE if home == "." else f"{ARCHIVE}/{home}"
        return home if is_archived(path) else archive
    if change.parent:
        return _parent(change.parent, ids)
    if is_archived(path) and wants_back(change):
        home = home_of(path)
        return home if home == "." or folder.at(home).is_dir() else "."
    return parent_of(path)


def _parent(address: str, ids: Mapping[str, str]) -> str:
    if address in ids:
        return ids[address]
    if not address or address.startswith("root:"):
        return "."
    raise Refused(f"{address} is not in the folder yet: run again.")


def _root(folder: Folder, change: Change, workspace: str) -> Outcome:
    folder.make(".")
    held = folder.read(ROOT_FILE)
    if held is None:
        text = root_text(workspace, change.fields)
        made = folder.create(ROOT_FILE, text.encode("utf-8"))
        return Done(root_remote(text, made.version)) if made else Stale()
    now = root_remote(decoded(held.data), held.version)
    if now.workspace not in ("", workspace):
        return Failed(
            f"{folder.root} holds another workspace ({now.workspace}): choose another folder in "
            "config.yaml."
        )
    text = root_text(workspace, {**now.fields, **change.fields})
    version, _ = folder.replace(ROOT_FILE, text.encode("utf-8"), held.data)
    return Done(root_remote(text, version))


def _folder(folder: Folder, change: Change, ids: Mapping[str, str], workspace: str) -> Outcome:
    if change.verb == "create":
        return _new_folder(folder, change, ids, workspace)
    path = _path_of(change, ids)
    if not path or not folder.at(path).is_dir():
        return Stale()
    now = _folder_now(folder, path, workspace)
    if is_stale(change, now):
        return Stale()
    new = relocate(folder, change, path, ids)
    if new is None:
        return Done(now)
    return Done(_folder_now(folder, new, workspace), moved=(f"{path}/", f"{new}/"))


def _new_folder(folder: Folder, change: Change, ids: Mapping[str, str], workspace: str) -> Outcome:
    parent = _parent(change.parent, ids)
    stem = file_stem(str(change.fields.get("title") or ""))
    path = join(parent, stem)
    if not folder.at(path).is_dir() or path in (ARCHIVE, OUTBOX):
        path = folder.free(parent, stem, "")
    folder.make(path)
    return Done(_folder_now(folder, path, workspace))


def _folder_now(folder: Folder, path: str, workspace: str) -> Remote:
    return folder_remote(path, folder.at(path).lstat().st_ino, workspace)


def _create(folder: Folder, change: Change, ids: Mapping[str, str], workspace: str) -> Outcome:
    path = new_path(folder, change, ids, workspace)
    there = folder.read(path)
    if there:
        now = _remote(path, there)
        return Done(now) if now and holds(change, now) else Stale()
    text = _new_text(Mark(workspace, change.address), change)
    made = folder.create(path, text.encode("utf-8"))
    remote = _remote(path, made) if made else None
    return Done(remote) if remote else Stale()


def _new_text(mark: Mark, change: Change) -> str:
    fields = change.fields
    if change.kind == "page":
        return page_text(mark, str(fields.get("content") or ""))
    if change.kind in NOTICES:
        return Notice(change.kind, mark, fields).text()
    return document.new_head(mark) + str(fields.get("body") or "")


def _alter(folder: Folder, change: Change, ids: Mapping[str, str]) -> Outcome:
    path = _path_of(change, ids)
    held = folder.read(path) if path else None
    if held is None:
        return Stale()
    version = _write(folder, path, held, lambda text: _altered(path, text, change))
    if version is None:
        return Stale()
    new = relocate(folder, change, path, ids) or path
    present = folder.read(new)
    remote = _remote(new, present) if present else None
    return Done(remote) if remote else Stale()


def _write(folder: Folder, path: str, held: Bytes, edit: Callable[[str], str | None]) -> str | None:
    """Write the edit; return None where it no longer fits, with the member's words put back."""
    base = on_disk = held.data
    version = held.version
    for _ in range(_TRIES):
        text = edit(decoded(base))
        data = base if text is None else encoded(text, base)
        if data == on_disk:
            return None if text is None else version
        version, displaced = folder.replace(path, data, on_disk)
        if displaced is None:
            return None if text is None else version
        base, on_disk = displaced, data
    raise Refused(f"{path} is being edited right now: run again a little later.")


def _altered(path: str, text: str, change: Change) -> str | None:
    """Return the file with the change made in its text, None if the plan saw another one."""
    found = contents(path, text, "")
    if not found or is_stale(change, found[0].remote):
        return None
    now, fields = found[0].remote, change.fields
    mark = Mark(now.workspace, change.address)
    if change.kind == "page":
        content = str(fields.get("content", now.fields["content"]) or "")
        head = text[: len(text) - len(str(now.fields["content"]))]
        return page_text(mark, content) if change.verb == "rename" else head + content
    if change.kind in NOTICES and (notice := parse_notice(text)):
        return Notice(notice.kind, mark, {**notice.fields, **fields}).text()
    if "body" in fields and fields["body"] != now.fields["body"]:
        text = document.with_body(text, str(fields["body"] or ""))
    if change.verb == "rename":
        head, body = document.split(text)
        text = document.with_mark(head, mark) + body
    return text


def _path_of(change: Change, ids: Mapping[str, str]) -> str:
    return ids.get(change.address) or (change.before.id if change.before else "")


def _remote(path: str, held: Bytes) -> Remote | None:
    found = contents(path, decoded(held.data), held.version)
    return found[0].remote if found else None
