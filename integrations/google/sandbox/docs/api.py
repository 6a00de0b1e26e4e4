"""The Docs API over HTTP: which request reads or changes which document."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from smarketing.standin import Answer, Asked, json_answer

from ..drive.model import DOC, File
from ..drive.store import Files
from ..mask import Tree, picked, wanted
from .document import Doc
from .errors import Declined
from .json import ACCEPTED, INLINE, WITHOUT

__all__ = ["SWITCHES", "Doc", "answer"]

SWITCHES: Mapping[str, str] = {
    "google-docs-import-makes-check-lists": (
        "an upload's `- [ ]` becomes a check list whose ticks cannot be read, "
        "instead of literal text"
    ),
    "google-docs-import-keeps-line-breaks": (
        "a line break inside a Markdown paragraph stays one, instead of a blank"
    ),
    "google-docs-import-ends-with-an-empty-paragraph": "a converted upload ends with an empty paragraph",
    "google-docs-headings-clear-bold": "giving a paragraph a heading's style makes bold words plain",
    "google-docs-ended-items-keep-indents": (
        "a paragraph that stops being a list item is indented as deep as its level was"
    ),
    "google-docs-without-drop-downs": "programs of this account may not make or set drop-downs",
    "google-docs-edited-drop-downs-get-new-ids": (
        "when a member edits what a drop-down offers, all its options get other ids"
    ),
    "google-docs-copies-lose-named-ranges": "a copy of a document has no named ranges",
}
_PATH = re.compile(r"/v1/documents/([^/:]+)(:batchUpdate)?")
_DEFAULT = "DEFAULT_FOR_CURRENT_ACCESS"
_VIEWS = frozenset((_DEFAULT, INLINE, ACCEPTED, WITHOUT))
_BODY = frozenset(("requests", "writeControl"))
_CONTROL = frozenset(("requiredRevisionId", "targetRevisionId", "writeMode"))


def answer(asked: Asked, files: Files) -> Answer:
    """Serve a request of the Docs API."""
    try:
        return json_answer(_reply(asked, files))
    except Declined as no:
        error = {"code": no.status, "message": no.why, "status": no.code}
        return json_answer({"error": error}, no.status)


def _reply(asked: Asked, files: Files) -> dict[str, Any]:
    updating = asked.path.endswith(":batchUpdate")
    mask = _mask(asked, "BatchUpdateDocumentResponse" if updating else "Document")
    reply: dict[str, Any] = picked(_whole(asked, files, mask), mask)
    return reply


def _mask(asked: Asked, schema: str) -> Tree | None:
    fields = asked.one("fields").replace(".", "/")
    return wanted(fields, "docs.v1", schema) if fields and fields != "*" else None


def _whole(asked: Asked, files: Files, mask: Tree | None) -> dict[str, Any]:
    if asked.path == "/v1/documents" and asked.method == "POST":
        title = str(_json(asked).get("title") or "Untitled document")
        return _shown(asked, files, files.created(title, DOC, Doc.blank(files.switches)), mask)
    found = _PATH.fullmatch(asked.path)
    if found is None or asked.method != ("POST" if found[2] else "GET"):
        raise Declined("The requested URL was not found on this server.", 404, "NOT_FOUND")
    file = files.opened(found[1], files.person, bool(found[2]), DOC)
    return _updated(asked, files, file) if found[2] else _shown(asked, files, file, mask)


def _shown(asked: Asked, files: Files, file: File, mask: Tree | None) -> dict[str, Any]:
    tabs = asked.one("includeTabsContent") == "true" or "tabs" in (mask or ())
    comments = _comments(asked, tabs)
    may_see_all = files.may_comment(file, files.person)
    view = asked.one("suggestionsViewMode", _DEFAULT)
    if view not in _VIEWS:
        raise Declined(f"Invalid value at 'suggestions_view_mode', {view!r}")
    if comments and view != INLINE:
        raise Declined("commentsViewMode needs suggestionsViewMode SUGGESTIONS_INLINE.")
    if not may_see_all and (comments or view in (INLINE, ACCEPTED)):
        words = "The caller does not have permission to view suggestions or comments."
        raise Declined(words, 403, "PERMISSION_DENIED")
    if view == _DEFAULT:
        view = INLINE if may_see_all else WITHOUT
    doc = file.content
    assert isinstance(doc, Doc)
    doc.told(files.world.now())
    return {"documentId": file.id, "title": file.name, **doc.json(view, tabs, comments)}


def _comments(asked: Asked, tabs: bool) -> bool:
    mode = asked.one("commentsViewMode")
    if mode and not tabs:
        raise Declined("commentsViewMode needs includeTabsContent.")
    return mode == "COMMENTS_VIEW_MODE_INCLUDED"


def _updated(asked: Asked, files: Files, file: File) -> dict[str, Any]:
    body = _json(asked)
    requests, control = body.get("requests") or [], body.get("writeControl") or {}
    _known(body, _BODY, "")
    if not isinstance(requests, list) or not isinstance(control, dict):
        raise Declined("Invalid JSON payload received.")
    _known(control, _CONTROL, "write_control")
    doc = file.content
    assert isinstance(doc, Doc)
    doc.switches = files.switches
    now = files.world.now()
    at = datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    reply = doc.batch_update(requests, control, files.person.name, at, now)
    doc.told(now)
    if requests:
        files.touched(file, files.person)
    return {"documentId": file.id, **reply}


def _known(given: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    for name in given:
        if name not in known:
            at = f" at '{where}'" if where else ""
            words = f'Invalid JSON payload received. Unknown name "{name}"{at}: Cannot find field.'
            raise Declined(words)


def _json(asked: Asked) -> dict[str, Any]:
    try:
        body = asked.json()
    except ValueError:
        raise Declined("Invalid JSON payload received. Unexpected token.") from None
    if not isinstance(body, dict):
        raise Declined("Invalid JSON payload received.")
    return body
