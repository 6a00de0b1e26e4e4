"""The text of a document: the smallest edit of exactly the revision that was read."""

from collections.abc import Sequence

from smarketing.contract import Change, Failed, Outcome, Stale
from smarketing.web import Refused

from .doc import edits, markdown_of, normal
from .hand import Hand
from .read import document_request
from .refusals import is_absent


def edit_body(hand: Hand, changes: Sequence[Change], file: str) -> str | Outcome:
    """Return the text as written, or why nothing was written."""
    change = next(each for each in changes if "body" in each.fields)
    wanted = str(change.fields["body"] or "")
    try:
        document = hand.look(document_request(hand.client, file))
    except Refused as refused:
        if is_absent(refused):
            return Stale()
        raise
    if _is_stale(change, markdown_of(document), wanted):
        return Stale()
    requests = edits(document, wanted)
    if not requests:
        return wanted
    revision = document.get("revisionId")
    if not revision:
        return Failed(f"{change.address}: Google lets this account only read it. Share it with us.")
    body = {"requests": requests, "writeControl": {"requiredRevisionId": revision}}
    request = hand.client.docs.documents().batchUpdate(documentId=file, body=body)
    try:
        hand.client.call(request)
    except Refused as refused:
        if refused.status == 400 and "revision" in refused.text.lower():
            return Stale()
        raise
    return wanted


def _is_stale(change: Change, now: str, wanted: str) -> bool:
    before = change.before.fields.get("body") if change.before is not None else None
    if before is None:
        return False
    return normal(now) not in (normal(str(before)), normal(wanted))
