"""What is anchored to a text: named ranges, comments, suggestions."""

from collections.abc import Mapping
from typing import Any

from .errors import Declined
from .model import Comment, Matter, Post, Tab
from .positions import Span, range_in
from .text import accept, reject
from .units import COMMENT, RANGE, Mark, Unit, Units, code_units, text_of

_LONGEST_NAME, _LONGEST_POST = 256, 2048


def mark_span(units: Units, span: Span, mark: Mark) -> None:
    """Anchor something to a range."""
    for at in range(span.start, span.end):
        old = units[at]
        units[at] = Unit(old.char, old.style, old.holds, old.marks | {mark})


def unmark(units: Units, mark: Mark) -> None:
    """Take an anchor away."""
    for at, old in enumerate(units):
        if mark in old.marks:
            units[at] = Unit(old.char, old.style, old.holds, old.marks - {mark})


def spans_of(units: Units, mark: Mark) -> list[Span]:
    """Return the ranges that an anchor has now."""
    spans: list[Span] = []
    for at, unit in enumerate(units):
        if mark not in unit.marks:
            continue
        if spans and spans[-1].end == at:
            spans[-1] = Span(spans[-1].start, at + 1)
        else:
            spans.append(Span(at, at + 1))
    return spans


def create_range(doc: Matter, body: Mapping[str, Any]) -> dict[str, Any]:
    """Carry out createNamedRange."""
    tab, span = range_in(doc, body)
    name = body.get("name")
    if not isinstance(name, str) or not 1 <= len(code_units(name)) <= _LONGEST_NAME:
        raise Declined("The name must be between 1 and 256 characters long.")
    key = doc.fresh("kix.")
    doc.ranges[key] = name
    mark_span(tab.units, span, Mark(RANGE, key))
    return {"createNamedRange": {"namedRangeId": key}}


def delete_range_name(doc: Matter, body: Mapping[str, Any]) -> None:
    """Carry out deleteNamedRange."""
    if body.get("namedRangeId"):
        keys = [key for key in doc.ranges if key == body["namedRangeId"]]
        if not keys:
            raise Declined(f"No named range with ID {body['namedRangeId']} was found.")
    elif body.get("name"):
        keys = [key for key, name in doc.ranges.items() if name == body["name"]]
    else:
        raise Declined("Either a name or an ID of a named range must be given.")
    for key in keys:
        del doc.ranges[key]
        for tab in doc.tabs:
            unmark(tab.units, Mark(RANGE, key))


def insert_comment(doc: Matter, body: Mapping[str, Any], author: str, at: str) -> dict[str, Any]:
    """Carry out insertComment."""
    tab, span = range_in(doc, body)
    words = body.get("content")
    if not isinstance(words, str) or not 0 < len(words.encode()) <= _LONGEST_POST:
        raise Declined("The content of a comment must have 1 to 2048 bytes.")
    key = add_comment(doc, tab, span, author, words, at)
    return {"insertComment": {"commentThread": thread(doc.comments[key])}}


def add_comment(doc: Matter, tab: Tab, span: Span, author: str, words: str, at: str) -> str:
    """Anchor a comment to a range and return its id."""
    key = doc.fresh("AAAB")
    quote = text_of(tab.units[span.start : span.end])
    doc.comments[key] = Comment(key, quote, Post(doc.fresh("AAAB"), author, words, at))
    mark_span(tab.units, span, Mark(COMMENT, key))
    return key


def delete_comment(doc: Matter, body: Mapping[str, Any]) -> None:
    """Carry out deleteComment."""
    key = body.get("commentId")
    if key not in doc.comments:
        raise Declined(f"Comment with ID {key} was not found.")
    del doc.comments[key]
    for tab in doc.tabs:
        unmark(tab.units, Mark(COMMENT, key))


def thread(comment: Comment) -> dict[str, Any]:
    """Return a comment as the vendor shows it."""
    return {
        "commentId": comment.key,
        "anchorId": f"kix.{comment.key}",
        "plainTextQuote": comment.quote,
        "headPost": _post(comment.head),
        "replies": [_post(reply) for reply in comment.replies],
        "status": "RESOLVED" if comment.resolved else "OPEN",
    }


def _post(post: Post) -> dict[str, Any]:
    return {
        "postId": post.key,
        "author": {"displayName": post.author},
        "content": post.words,
        "createTime": post.at,
        "updateTime": post.at,
    }


def accept_suggestion(doc: Matter, body: Mapping[str, Any]) -> None:
    """Carry out acceptSuggestion."""
    for tab in doc.tabs:
        accept(tab.units, _known(doc, body))
    doc.suggestions[_known(doc, body)] = "ACCEPTED"


def reject_suggestion(doc: Matter, body: Mapping[str, Any]) -> None:
    """Carry out rejectSuggestion, and deleteSuggestion, which does the same to the text."""
    for tab in doc.tabs:
        reject(tab.units, _known(doc, body))
    doc.suggestions[_known(doc, body)] = "REJECTED"


def _known(doc: Matter, body: Mapping[str, Any]) -> str:
    key = body.get("suggestionId")
    if not isinstance(key, str) or doc.suggestions.get(key) is None:
        raise Declined(f"Suggestion with ID {key} was not found.")
    return key
