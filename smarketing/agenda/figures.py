"""What an agenda says of numbers: the measured ones against their goals, the others once. Pure."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from smarketing.agenda.phrases import cell, first_name, is_open
from smarketing.agenda.told import Number, Score
from smarketing.calendar.days import in_words
from smarketing.minutes.shown import escaped
from smarketing.text.wording import joined

LONG = 21
"""After so many days without a measurement somebody is asked to count, or to let it be."""

_MOST = 5
_SCORE = re.compile(r"\s*\d+(?:[.,]\d+)?\b")
_WHAT_NOW = "What do we do differently until next time, and who?"


def numbers(found: Sequence[Number], day: date) -> str:
    """Return the numbers against their targets, then those that nobody has measured."""
    if not found:
        return "No table holds numbers with targets yet."
    measured = [_number(each) for each in found if not is_unmeasured(each.now)]
    rest = [each for each in found if is_unmeasured(each.now)]
    parts = ["\n".join(measured), _unmeasured(rest, day), _WHAT_NOW if measured else ""]
    return "\n\n".join(filter(None, parts))


def is_unmeasured(text: str) -> bool:
    """Say whether a cell holds no measurement."""
    plain = text.strip().casefold()
    unknown = plain.startswith(("not measured", "to measure", "[to agree", "example"))
    return unknown or not re.search(r"\d", plain)


def told_once(found: Sequence[Number], notes: str) -> list[Number]:
    """Return the numbers without those that say of themselves where they are told already.

    That is another row, which they lend their goal, or these notes (their title).
    """
    rows = dict(enumerate(found))
    for at in range(len(found)):
        one = rows[at]
        other = next((n for n, each in rows.items() if _is_told_by(one, each.title)), None)
        if is_unmeasured(one.now) and (other is not None or _is_told_by(one, notes)):
            del rows[at]
            if other is not None and _is_goal(one.target) and not _is_goal(rows[other].target):
                rows[other] = rows[other].with_goal(one.target, one.by)
    return list(rows.values())


def _is_told_by(one: Number, title: str) -> bool:
    """Say whether the source of a number names the title of another row, or of the notes."""
    if not title or title == one.title:
        return False
    return bool(re.search(rf"(?<!\w){re.escape(title)}(?!\w)", one.source, re.IGNORECASE))


def scores(found: Sequence[Score]) -> str:
    """Return what both teams answered, the question on which they differ most first."""
    answered = {each: _apart(each) for each in found}
    known = sorted(
        ((gap, each) for each, gap in answered.items() if gap is not None),
        key=lambda pair: -pair[0],
    )
    lines = [f"- {_score(each, gap)}" for gap, each in known]
    missing = [escaped(each.title) for each, gap in answered.items() if gap is None]
    rest = f"Not answered by both teams yet: {joined(missing, _MOST)}" if missing else ""
    return "\n\n".join(filter(None, ["\n".join(lines), rest])) or "No table holds scores yet."


def _score(one: Score, gap: Decimal) -> str:
    apart = f"{gap} apart" if gap else "the same"
    said = f"**{escaped(one.title)}** sales {cell(one.sales)}, marketing {cell(one.marketing)}"
    before = [cell(each) for each in one.before if not is_unmeasured(each)]
    first = f" · the first time {' and '.join(before)}" if len(before) == len(one.before) else ""
    return f"{said}: {apart}{first}"


def _apart(one: Score) -> Decimal | None:
    """Return by how much the two teams differ, None if not both have answered."""
    found = [_SCORE.match(each) for each in (one.sales, one.marketing)]
    ours, theirs = (Decimal(each[0].strip().replace(",", ".")) if each else None for each in found)
    return None if ours is None or theirs is None else abs(ours - theirs)


def _is_goal(target: str) -> bool:
    return bool(re.search(r"\d", target)) and not is_open(target)


def _number(one: Number) -> str:
    said = f"- **{escaped(one.title)}**: {cell(one.now)}"
    if one.last and not is_unmeasured(one.last):
        said += f", last time {cell(one.last)}" if one.last != one.now else ", as last time"
    if one.target and not is_open(one.target):
        by = f" by {escaped(one.by)}" if one.by else ""
        return f"{said}, goal {cell(one.target)}{by}"
    asked = f"[to agree: which goal?, {one.owner or 'both heads'}]"
    return f"{said}, {cell(one.target) or asked}"


def _unmeasured(found: Sequence[Number], day: date) -> str:
    """Return what nobody has measured: its names the first time, a line afterwards."""
    known = sorted((each for each in found if each.since), key=lambda each: each.since or day)
    new = [each for each in found if not each.since]
    said = [f"Not measured yet: {_by_owner(new, _MOST)}."] if new else []
    if known:
        since = known[0].since or day
        asked = f" *{_asked(known[0])}*" if (day - since).days >= LONG else ""
        first = "" if all(each.since == since for each in known) else ", the first"
        # The day is that of an agenda: "not measured since" would promise a figure of that day.
        asks = f"asked for{first} since {in_words(since, day)}"
        said.append(f"Still not measured, {asks}: {_by_owner(known, 2)}.{asked}")
    return "\n\n".join(said)


def _asked(one: Number) -> str:
    who = f"{escaped(first_name(one.owner))}, do" if one.owner else "Do"
    return (
        f"{who} we count “{escaped(one.title)}” by Friday, if only by hand, or strike it from "
        "the table?"
    )


def _by_owner(found: Sequence[Number], most: int) -> str:
    """Return the first titles by who answers for them, and how many more there are."""
    owners: dict[str, list[str]] = {}
    for each in found[:most]:
        owners.setdefault(each.owner, []).append(escaped(each.title))
    said = [
        ", ".join(titles) + (f" ({escaped(first_name(owner))})" if owner else "")
        for owner, titles in owners.items()
    ]
    more = len(found) - most
    return "; ".join(said) + (f" and {more} more" if more > 0 else "")
