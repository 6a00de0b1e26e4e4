"""The text of a document: the smallest edit of exactly the revision that was read."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from smarketing.contract import Change, Failed, Outcome, Stale
from smarketing.web import Refused

from ..doc import Choosing, Offer, choices, edits, markdown_of, normal, offer_of
from ..doc.kept import as_kept
from ..reading.insides import document_request
from ..refusals import is_absent
from ..steps import inside_of
from .hand import Hand

NO_DROP_DOWNS = (
    "Google lets this account make no drop-downs: the status of a promise stands there as a word."
)


@dataclass(frozen=True, slots=True)
class Written:
    """The text as it stands now, and what there is to tell of it."""

    text: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class _Edit:
    """What one edit asks for: `chosen` of members' drop-downs, `offer` of ours."""

    chosen: Choosing
    offer: Offer = field(default_factory=Offer)
    requests: Sequence[Any] = ()

    @property
    def is_daring(self) -> bool:
        """Whether it sets drop-downs. Which accounts may is not documented."""
        return bool(self.chosen.requests) or self.sets_ours

    @property
    def sets_ours(self) -> bool:
        """Whether it sets drop-downs of ours."""
        ours = (one for one in self.requests if one not in self.chosen.requests)
        return any("dropdown" in name.lower() for one in ours for name in one)


def edit_body(hand: Hand, changes: Sequence[Change], file: str) -> Written | Outcome:
    """Return the text as written, or why nothing was written."""
    change = next(each for each in changes if "body" in each.fields)
    try:
        document = as_kept(inside_of(changes), hand.now())
        if document is not None and not _is_stale(change, document):
            with suppress(_Overtaken):
                return _edited(hand, change, file, document)
        return _edited(hand, change, file, hand.look(document_request(hand.client, file)))
    except _Overtaken:
        return Stale()
    except Refused as refused:
        if is_absent(refused):
            return Stale()
        raise


def _edited(hand: Hand, change: Change, file: str, document: dict[str, Any]) -> Written | Outcome:
    if _is_stale(change, document):
        return Stale()
    wanted = _wanted(change)
    edit = _edit_of(document, wanted, change)
    if not edit.requests:
        return _as_far(change, edit.chosen, wanted)
    if not document.get("revisionId"):
        return Failed(f"{change.address}: Google lets this account only read it. Share it with us.")
    told = ""
    try:
        _update(hand, file, edit.requests, document["revisionId"])
    except Refused as refused:
        if not edit.is_daring or refused.status not in (400, 403, 501):
            raise
        told = NO_DROP_DOWNS if edit.sets_ours else ""
        edit = _in_words(document, wanted)
        if edit.requests:
            _update(hand, file, edit.requests, document["revisionId"])
    return _as_far(change, edit.chosen, wanted, told)


def _edit_of(document: dict[str, Any], wanted: str, change: Change) -> _Edit:
    offer = offer_of(document, change.choices)
    chosen = choices(document, wanted, change.choices, offer)
    requests = [*chosen.requests, *edits(document, wanted, offer)]
    return _Edit(chosen, offer, offer.with_needed(requests))


def _in_words(document: dict[str, Any], wanted: str) -> _Edit:
    """Return the edit without drop-downs: members' stay as they are, ours become words."""
    return _Edit(choices(document, wanted, is_able=False), requests=edits(document, wanted))


def _update(hand: Hand, file: str, requests: Sequence[Any], revision: str) -> None:
    body = {"requests": requests, "writeControl": {"requiredRevisionId": revision}}
    try:
        hand.client.call(hand.client.docs.documents().batchUpdate(documentId=file, body=body))
    except Refused as refused:
        if refused.status == 400 and "revision" in refused.text.lower():
            raise _Overtaken from None
        raise


class _Overtaken(Exception):  # noqa: N818 - reads as what it is: somebody was faster
    """The document is of another revision by now."""


def _as_far(change: Change, chosen: Choosing, wanted: str, told: str = "") -> Written | Outcome:
    """Return the text if all of it stands, else which drop-downs stay as they are.

    A change that is not told as done is not read as a member's edit by the next run.
    """
    if not chosen.lacking:
        return Written(chosen.as_shown(wanted), told)
    which = "; ".join(f"“{shown}” could not become “{word}”" for shown, word in chosen.lacking)
    return Failed(
        f"{change.address}: a drop-down stays as it is: {which}. "
        "Choose it yourself, or give the drop-down an option of that name."
    )


def _wanted(change: Change) -> str:
    return str(change.fields["body"] or "")


def _is_stale(change: Change, document: dict[str, Any]) -> bool:
    before = change.before.fields.get("body") if change.before is not None else None
    if before is None:
        return False
    return normal(markdown_of(document)) not in (normal(str(before)), normal(_wanted(change)))
