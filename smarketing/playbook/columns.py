"""Which column of a table holds which field of an action item. Pure."""

from collections.abc import Mapping

from smarketing.state.action import FIELDS

CALLED: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "task", "action", "promise"),
    "status": ("status", "state"),
    "owner": ("owner", "who"),
    "due": ("due", "due date", "deadline", "by"),
    "labels": ("labels", "label"),
    "link": ("link",),
}
"""What a column that holds a field is called, by its key or title. A table has no checklist."""


def columns_of(titles: Mapping[str, str], named: Mapping[str, str]) -> dict[str, str]:
    """Return field -> key of the column that holds it.

    `titles` are the table's columns, key -> title, in their order; `named` is what the block
    says of them. Where no column is called like a title, the first one holds it.
    """
    found: dict[str, str] = {}
    for name in FIELDS:
        column = named.get(name) or _called(CALLED.get(name, ()), titles)
        if column in titles:
            found[name] = column
    if "title" not in found and titles:
        found["title"] = next(iter(titles))
    return {name: found[name] for name in FIELDS if name in found}


def _called(words: tuple[str, ...], titles: Mapping[str, str]) -> str:
    for word in words:
        for key, title in titles.items():
            if word in (key.replace("-", " "), " ".join(title.split()).casefold()):
                return key
    return ""
