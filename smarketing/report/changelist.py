"""The list of changes, for who asks: a line for each, by verb."""

from collections.abc import Mapping
from itertools import groupby

from smarketing.contract import Change
from smarketing.plan import VERBS, Plan
from smarketing.reorganisation.moving import MOVED
from smarketing.report.paragraph import mailbox_names
from smarketing.text.wording import called, one_line, shortened

MARKS = {
    "create": "+",
    "update": "~",
    "move": ">",
    "rename": "=",
    "archive": "-",
    "release": ".",
    "grant": "+",
    "revoke": "-",
    "conflict": "!",
    "keep": "*",
}
_HEADINGS = {
    "create": "New",
    "update": "Brought up to date",
    "move": "Moved",
    "rename": "Renamed",
    "archive": "Put into the archive",
    "release": "No longer in the playbook, stays as it is",
    "conflict": "Changed on both sides",
    "keep": "Stays as your team has it",
    "grant": "May now enter",
    "revoke": "May no longer enter",
    "notify": "Will be told",
}
_COLOURS = {"create": "32", "update": "33", "move": "36", "archive": "31", "conflict": "35"}

Row = tuple[str, str, str, str]
"""Verb, address, title, and what is to be said of it."""


def change_lists(plan: Plan, colour: bool) -> list[str]:
    """Return each change on a line, under the heading of its verb."""
    rows = sorted(_rows(plan), key=lambda row: _ranks().get(row[0], len(VERBS)))
    width = max((len(row[2]) for row in rows), default=0)
    wide = max((len(row[1]) for row in rows), default=0)
    return [
        "\n".join(
            [
                f"{_HEADINGS.get(verb, verb)} ({len({row[1] for row in group})})",
                *(_line(row, width, wide, colour) for row in group),
            ]
        )
        for verb, found in groupby(rows, key=lambda row: row[0])
        if (group := list(found))
    ]


def _ranks() -> Mapping[str, int]:
    return {verb: rank for rank, verb in enumerate(VERBS)}


def _rows(plan: Plan) -> list[Row]:
    released = {change.address for change in plan.changes if change.verb == "release"}
    said: list[tuple[str, str, str]] = [
        (change.verb, change.address, _fields(plan, change)) for change in plan.changes
    ]
    said += [("release", a, "") for a in dict.fromkeys(plan.releases) if a not in released]
    said += [("conflict", shown.address, shown.field) for shown in plan.conflicts]
    said += [("keep", k.address, f"{_named(k.field)} {one_line(k.why)}") for k in plan.keeps]
    titles = {c.address: _title(c) for c in plan.changes if _title(c)} | {
        address: title for address, title in plan.titles.items() if title
    }
    return [
        (verb, one_line(address), _shown_title(address, titles), text.strip())
        for verb, address, text in said
    ]


def _shown_title(address: str, titles: Mapping[str, str]) -> str:
    item = address.removesuffix(MOVED)
    title = shortened(called(item, titles.get(item, "")), 44)
    return title if item == address else f"{title}, left behind"


def _named(field: str) -> str:
    """Return a field as people call it; what is there or not has no name of its own."""
    return {"existence": "", "twin": "", "parent": "its place", "body": "its text"}.get(
        field, field
    )


def _title(change: Change) -> str:
    """Return what the change itself says of the item's title: a row is named by its first cell."""
    for name in ("title", "subject"):
        if isinstance(title := change.fields.get(name), str):
            return title
    cells = change.fields.get("cells")
    return next(iter(cells.values()), "") if isinstance(cells, Mapping) else ""


def _fields(plan: Plan, change: Change) -> str:
    if change.verb == "move":
        return f"to “{called(change.parent, plan.titles.get(change.parent, ''))}”"
    former = change.before.marker if change.before else ""
    if change.verb == "rename" and former and former != change.address:
        return f"was {one_line(former)}"
    if change.verb == "rename" and change.before and "title" in change.before.fields:
        return f"was “{one_line(str(change.before.fields['title']))}”"
    if change.verb in ("grant", "revoke"):
        return ", ".join(mailbox_names(plan, change))
    return "" if change.verb == "archive" else ", ".join(sorted(change.fields))


def _line(row: Row, width: int, wide: int, colour: bool) -> str:
    verb, address, title, text = row
    mark = MARKS.get(verb, "~")
    if colour and verb in _COLOURS:
        mark = f"\x1b[{_COLOURS[verb]}m{mark}\x1b[0m"
    return f"  {mark} {title:<{width}}  {address:<{wide}}  {text}".rstrip()
