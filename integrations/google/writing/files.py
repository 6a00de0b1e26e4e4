"""Folders, tables' files and documents: made, renamed, moved, put away."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from smarketing.contract import Change, Done, Failed, Lost, Outcome, Remote, Stale
from smarketing.web import NoReply, Refused

from .. import files
from ..client import Answer, Reply
from ..doc import import_text
from ..files import File
from ..refusals import is_absent, outcome
from ..steps import is_guarded, writes_body, writes_metadata
from .document import Written, edit_body
from .hand import Hand, NoPlace

_OWN_IDS = ("root", "folder")


# Made


def make_files(hand: Hand) -> list[Outcome]:
    """Make folders and the files of tables, one level of the tree in one batch."""
    changes = hand.step.changes
    given = _ids(hand)
    outcomes: list[Outcome | None] = [None] * len(changes)
    requests: dict[int, Any] = {}
    for number, change in enumerate(changes):
        try:
            body = _new(hand, change) | given.get(change.address, {})
        except NoPlace as problem:
            outcomes[number] = Failed(str(problem))
            continue
        requests[number] = hand.client.drive.files().create(
            body=body, fields=files.FIELDS, supportsAllDrives=True
        )
    answers = hand.client.batch("drive", list(requests.values()))
    for number, answer in zip(requests, answers, strict=True):
        outcomes[number] = _made(hand, changes[number], answer)
    return [each if each is not None else Lost() for each in outcomes]


def _ids(hand: Hand) -> dict[str, dict[str, str]]:
    """Return an id for each folder to be made: made again with it, a folder is refused."""
    memory, workspace = hand.memory, hand.step.workspace
    own = [change.address for change in hand.step.changes if change.kind in _OWN_IDS]
    with memory.lock:
        lacking = [each for each in own if (workspace, each) not in memory.made]
        if hand.step.fetch or len(lacking) > len(memory.pool):
            count = max(hand.step.fetch, len(lacking))
            request = hand.client.drive.files().generateIds(
                count=count, space="drive", type="files"
            )
            memory.pool += hand.look(request).get("ids", ())
        for each in lacking:
            memory.made[workspace, each] = memory.pool.pop()
        return {each: {"id": memory.made[workspace, each]} for each in own}


def _new(hand: Hand, change: Change) -> dict[str, Any]:
    marks = {files.WORKSPACE: hand.step.workspace, files.ADDRESS: change.address}
    if change.kind == "root":
        marks[files.DONE] = "1" if change.fields.get("done") else "0"
        if change.fields.get("template"):
            marks[files.TEMPLATE] = str(change.fields["template"])
        parents = [hand.drive.shared] if hand.drive.shared else []
    else:
        parents = [hand.place(change)]
    return {
        "name": str(change.fields.get("title") or ""),
        "mimeType": files.MIME[change.kind],
        "appProperties": marks,
        **({"parents": parents} if parents else {}),
    }


def _made(hand: Hand, change: Change, answer: Answer) -> Outcome:
    if isinstance(answer, NoReply):
        return outcome(answer)
    if isinstance(answer, Refused):
        if answer.status == 409 and change.kind in _OWN_IDS:
            return _made_before(hand, change)
        return outcome(answer)
    return Done(hand.taken(answer))


def _made_before(hand: Hand, change: Change) -> Outcome:
    """The folder with our id is there: an earlier call made it, and its reply was lost."""
    made = hand.memory.made[hand.step.workspace, change.address]
    there = hand.look(hand.drive.request(made))
    if files.marker_of(there) != change.address or there.get("trashed"):
        del hand.memory.made[hand.step.workspace, change.address]
        return Failed(f"{change.address}: Google gave its id to another folder. Run again.")
    return Done(hand.taken(there))


def upload(hand: Hand) -> list[Outcome]:
    """Make a document with all its content in one call: Google converts the text."""
    from googleapiclient.http import MediaInMemoryUpload

    (change,) = hand.step.changes
    text = str(change.fields.get("body") or "")
    more: dict[str, Any] = {}
    if text.strip():
        content, mime = import_text(text)
        more["media_body"] = MediaInMemoryUpload(content.encode(), mimetype=mime)
    request = hand.client.drive.files().create(
        body=_new(hand, change), fields=files.FIELDS, supportsAllDrives=True, **more
    )
    remote = hand.taken(hand.client.call(request))
    # What Google made of the text is told by the next read.
    whole = replace(remote, fields={**remote.fields, "body": text}, version="")
    hand.memory.note((whole,))
    return [Done(whole)]


# Altered


def edit_file(hand: Hand) -> list[Outcome]:
    """Edit the text of a document, then its title, place or marks."""
    changes = hand.step.changes
    now = hand.target(changes[0])
    texts: Mapping[str, str] = {}
    aside = ""
    if writes_body(changes):
        edited = edit_body(hand, changes, now)
        if not isinstance(edited, Written):
            return [edited] * len(changes)
        texts, aside = {"body": edited.text}, edited.told
    if not writes_metadata(changes):
        return [replace(_written(hand, c, now, texts), told=aside) for c in changes]
    try:
        told = _edit_metadata(hand, changes, now)
    except (Refused, NoReply) as error:
        told = outcome(error)
    if isinstance(told, Remote):
        return [Done(_with_text(told, change, texts), told=aside) for change in changes]
    return [_half(hand, change, now, texts, told) for change in changes]


def _half(
    hand: Hand, change: Change, now: str, texts: Mapping[str, str], refused: Outcome
) -> Outcome:
    """Return what a change comes to of which at most the text was written."""
    if not writes_body([change]):
        return refused
    return Lost() if writes_metadata([change]) else _written(hand, change, now, texts)


def _written(hand: Hand, change: Change, now: str, texts: Mapping[str, str]) -> Done:
    remote = hand.known(change, now)
    return Done(replace(remote, fields={**remote.fields, **texts}, version="", inside=""))


def _with_text(remote: Remote, change: Change, texts: Mapping[str, str]) -> Remote:
    if remote.kind != "document":
        return remote
    before = change.before.fields if change.before is not None else {}
    known = {"body": before["body"]} if "body" in before else {}
    # Its version may be that of an edit which we have not read.
    return replace(remote, fields={**remote.fields, **known, **texts}, version="", inside="")


def _edit_metadata(hand: Hand, changes: Sequence[Change], now: str) -> Remote | Outcome:
    there: File = {}
    if is_guarded(changes):
        try:
            there = hand.look(hand.drive.request(now))
        except Refused as refused:
            if is_absent(refused):
                return Stale()
            raise
        if there.get("trashed") or any(_is_stale(hand, each, there) for each in changes):
            return Stale()
    body, moves = _patch(hand, changes, there)
    if not body and not moves:
        return hand.taken(there)
    request = hand.client.drive.files().update(
        fileId=now, body=body, fields=files.FIELDS, supportsAllDrives=True, **moves
    )
    return hand.taken(hand.client.call(request))


def _is_stale(hand: Hand, change: Change, there: File) -> bool:
    before = change.before
    if before is None:
        return False
    title = change.fields.get("title")
    if title is not None and there.get("name") not in (title, before.fields.get("title")):
        return True
    if change.verb == "move":
        parents = there.get("parents", ())
        home = files.remote_of(there, {}).parent
        return home != before.parent and hand.place(change) not in parents
    return False


def _patch(
    hand: Hand, changes: Sequence[Change], there: File
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what to change in a file's description, and between which folders it goes."""
    body: dict[str, Any] = {}
    marks: dict[str, str | None] = {}
    moves: dict[str, str] = {}
    for change in changes:
        if change.fields.get("title") not in (None, there.get("name")):
            body["name"] = str(change.fields["title"])
        if "done" in change.fields:
            marks[files.DONE] = "1" if change.fields["done"] else "0"
        if "template" in change.fields:
            marks[files.TEMPLATE] = str(change.fields["template"] or "") or None
        if change.verb == "rename":
            marks[files.ADDRESS] = change.address
        if change.verb == "move":
            moves = _way(there, hand.place(change))
            marks |= {files.SHELF: None, files.HOME: None} if files.is_archived(there) else {}
        if change.verb == "archive" and not files.is_archived(there):
            shelf = _shelf(hand)
            home = files.remote_of(there, {}).parent
            moves = _way(there, shelf)
            marks |= {files.SHELF: shelf, files.HOME: home}
    if marks:
        body["appProperties"] = marks
    return body, moves


def _way(there: File, place: str) -> dict[str, str]:
    parents = [str(each) for each in there.get("parents", ())]
    if place in parents:
        return {}
    return {"addParents": place} | ({"removeParents": ",".join(parents)} if parents else {})


def _shelf(hand: Hand) -> str:
    """Return the folder for what is archived; it is made when first needed."""
    with hand.memory.lock:
        there = hand.memory.shelves.get(hand.step.workspace)
        if there:
            return there
        made = hand.client.call(_shelf_request(hand))
        hand.memory.note_files((made,))
        return str(made["id"])


def _shelf_request(hand: Hand) -> Any:
    marks = {files.WORKSPACE: hand.step.workspace, files.ROLE: files.ARCHIVE_ROLE}
    body: Reply = {
        "name": files.ARCHIVE_TITLE,
        "mimeType": files.FOLDER,
        "parents": [hand.root()],
        "appProperties": marks,
    }
    return hand.client.drive.files().create(body=body, fields=files.FIELDS, supportsAllDrives=True)
