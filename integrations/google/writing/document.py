"""The text of a document: the smallest edit of exactly the revision that was read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from smarketing.contract import Change, Failed, Outcome, Stale
from smarketing.web import Refused

from ..doc import Choosing, Offer, choices, edits, markdown_of, normal, offer_of
from ..reading.insides import document_request
from ..refusals import is_absent
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
    wanted = str(change.fields["body"] or "")
    try:
        document = hand.look(document_request(hand.client, file, tabs=True))
    except Refused as refused:
        if is_absent(refused):
            return Stale()
        raise
    if _is_stale(change, markdown_of(document), wanted):
        return Stale()
    edit = _edit_of(document, wanted, change)
    if not edit.requests:
        return _as_far(change, edit.chosen, wanted)
    if not document.get("revisionId"):
        return Failed(f"{change.address}: Google lets this account only read it. Share it with us.")
    told = ""
    try:
        _update(hand, file, edit.requests, document["revisionId"])
    except Refused as refused:
        if _is_overtaken(refused):
            return Stale()
        if not edit.is_daring or refused.status not in (400, 403, 501):
            raise
        told = NO_DROP_DOWNS if edit.sets_ours else ""
        edit = _in_words(document, wanted)
        if edit.requests:
            try:
                _update(hand, file, edit.requests, document["revisionId"])
            except Refused as again:
                if _is_overtaken(again):
                    return Stale()
                raise
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
    hand.client.call(hand.client.docs.documents().batchUpdate(documentId=file, body=body))


def _is_overtaken(refused: Refused) -> bool:
    return refused.status == 400 and "revision" in refused.text.lower()


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


def _is_stale(change: Change, now: str, wanted: str) -> bool:
    before = change.before.fields.get("body") if change.before is not None else None
    if before is None:
        return False
    return normal(now) not in (normal(str(before)), normal(wanted))
