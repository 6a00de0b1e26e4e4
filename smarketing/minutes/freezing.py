"""Past minutes stay as members left them, whatever we meant to write there before. Pure."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from smarketing.merging.notes import standing
from smarketing.minutes.minutes import section_of, sections, with_section
from smarketing.state.record import Record


def frozen(document: Record, is_over: Callable[[date], bool]) -> Record:
    """Return running notes in which nothing of ours waits to be written into past minutes.

    What could not be written before a meeting ended is not written any more: neither into its
    section, nor the section itself.
    """
    seen = document.seen.get(document.place, {}).get("body")
    if seen is None or not isinstance(seen.hub, str):
        return document
    wanted = str(document.hub.get("body") or "")
    body = _as_left(seen.hub, wanted, is_over)
    shown = standing(str(seen.value or ""), document.notes)
    notes = shown if body == seen.hub else document.notes
    if body == wanted and notes == document.notes:
        return document
    return replace(document, hub={**document.hub, "body": body}, notes=tuple(notes))


def _as_left(left: str, wanted: str, is_over: Callable[[date], bool]) -> str:
    """Return the body as it was left, with what is wanted of meetings that have not ended."""
    if left == wanted:
        return left
    there = sections(left)
    if not any(is_over(each.day) for each in (*there, *sections(wanted))):
        return wanted
    body = left
    for each in reversed(there):
        ours = section_of(wanted, {each.day})
        if ours and not is_over(each.day):
            body = body[: each.start] + wanted[ours.start : ours.end] + body[each.end :]
    known = {each.day for each in there}
    for new in reversed(sections(wanted)):
        if new.day not in known and not is_over(new.day):
            body = with_section(body, wanted[new.start : new.end])
    return body
