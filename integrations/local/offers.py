"""What lies in the folder and belongs to no workspace: it may be taken up."""

from collections.abc import Iterator

from smarketing.contract import Remote, Unreachable

from .board import kanban
from .contents import mark_in
from .disk import Folder, Refused, name_of
from .found import ARCHIVE, OUTBOX

_HEAD = 65_536


def unclaimed(folder: Folder) -> list[Remote]:
    """Return files and folders without our mark, by kind and title; their contents stay closed."""
    if not folder.root.is_dir():
        return []
    try:
        return list(_unclaimed(folder))
    except (Refused, OSError) as error:
        raise Unreachable(f"{folder.root} can't be read ({error}): run again.") from error


def _unclaimed(folder: Folder) -> Iterator[Remote]:
    for entry in folder.walk():
        if entry.is_link or entry.path.split("/")[0] in (ARCHIVE, OUTBOX):
            continue
        kind = "folder" if entry.is_folder else _kind_of(folder, entry.path)
        if kind:
            title = name_of(entry.path)
            title = title if entry.is_folder else title.rpartition(".")[0]
            yield Remote(entry.path, kind, {"title": title}, url=entry.path, ours=False)


def _kind_of(folder: Folder, path: str) -> str:
    """Return what a file without our mark could be, "" for one that has it, or is no text of ours."""
    if not path.endswith((".md", ".csv")):
        return ""
    with folder.at(path).open("rb") as file:
        head = file.read(_HEAD).decode("utf-8", "ignore")
    if mark_in(path, head) is not None:
        return ""
    if path.endswith(".csv"):
        return "table"
    return "board" if kanban.is_board(head) else "document"
