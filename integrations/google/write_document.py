"""The text of a document: the smallest edit of exactly the revision that was read."""

from collections.abc import Sequence
from typing import Any

from smarketing.contract import Change, Failed, Outcome, Stale
from smarketing.web import Refused

from .doc import Choosing, choices, edits, holds_things, markdown_of, normal
from .hand import Hand
from .insides import document_request
from .refusals import is_absent


def edit_body(hand: Hand, changes: Sequence[Change], file: str) -> str | Outcome:
    """Return the text as written, or why nothing was written."""
    change = next(each for each in changes if "body" in each.fields)
    wanted = str(change.fields["body"] or "")
    try:
        document = hand.look(document_request(hand.client, file, tabs=holds_things(wanted)))
    except Refused as refused:
        if is_absent(refused):
            return Stale()
        raise
    if _is_stale(change, markdown_of(document), wanted):
        return Stale()
    chosen = choices(document, wanted)
    requests = [*chosen.requests, *edits(document, wanted)]
    if not requests:
        return _as_far(change, chosen, wanted)
    revision = document.get("revisionId")
    if not revision:
        return Failed(f"{change.address}: Google lets this account only read it. Share it with us.")
    try:
        _update(hand, file, requests, revision)
    except Refused as refused:
        if _is_overtaken(refused):
            return Stale()
        if not chosen.requests or refused.status not in (400, 403, 501):
            raise
        # Which accounts may set a drop-down is not documented: the words go without it.
        return _without_choosing(hand, change, file, document)
    return _as_far(change, chosen, wanted)


def _without_choosing(
    hand: Hand, change: Change, file: str, document: dict[str, Any]
) -> str | Outcome:
    wanted = str(change.fields["body"] or "")
    if requests := edits(document, wanted):
        try:
            _update(hand, file, requests, document["revisionId"])
        except Refused as refused:
            if _is_overtaken(refused):
                return Stale()
            raise
    return _as_far(change, choices(document, wanted, is_able=False), wanted)


def _update(hand: Hand, file: str, requests: Sequence[Any], revision: str) -> None:
    body = {"requests": requests, "writeControl": {"requiredRevisionId": revision}}
    hand.client.call(hand.client.docs.documents().batchUpdate(documentId=file, body=body))


def _is_overtaken(refused: Refused) -> bool:
    return refused.status == 400 and "revision" in refused.text.lower()


def _as_far(change: Change, chosen: Choosing, wanted: str) -> str | Outcome:
    """Return the text if all of it stands, else which drop-downs stay as they are.

    A change that is not told as done is not read as a member's edit by the next run.
    """
    if not chosen.lacking:
        return chosen.as_shown(wanted)
    which = "; ".join(f"“{shown}” could not become “{word}”" for shown, word in chosen.lacking)
    return Failed(
        f"{change.address}: a drop-down stays as it is: {which}. "
        "Choose it yourself, or give the drop-down an option of that name."
    )


def _is_stale(change: Change, now: str, wanted: str) -> bool:
    before = change.before.fields.get("body") if change.before is not None else None
    if before is None:
        return False
    return normal(now) not in (normal(str(before)), normal(wanted))
