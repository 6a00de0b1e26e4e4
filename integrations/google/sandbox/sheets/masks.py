"""Which parts of a cell an update names, and the cell after it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..docs.errors import Declined
from .cells import Cell, Json, from_extended

_FIELDS = frozenset(("userEnteredValue", "userEnteredFormat", "dataValidation", "note"))
_IGNORED = frozenset(("textFormatRuns", "chipRuns", "pivotTable"))


def mask_of(fields: Any) -> list[list[str]]:
    """Return the paths that a mask of CellData lists."""
    if not isinstance(fields, str) or not fields:
        raise Declined(
            "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"
        )
    if fields == "*":
        return [[name] for name in sorted(_FIELDS)]
    paths = [name.strip().split(".") for name in _unfolded(fields)]
    for path in paths:
        if path[0] not in _FIELDS | _IGNORED:
            raise Declined(f"Invalid field mask: {path[0]} cannot be written.")
    return paths


def _unfolded(fields: str) -> list[str]:
    """Return `a(b,c)` as a.b and a.c."""
    names: list[str] = []
    for part in re.findall(r"[\w.*]+\([^()]*\)|[^,()]+", fields):
        head, _, inner = part.partition("(")
        if inner:
            names += [f"{head}.{each.strip()}" for each in inner.rstrip(")").split(",")]
        elif part.strip():
            names.append(part)
    return names


def updated(cell: Cell, data: Any, mask: list[list[str]]) -> Cell:
    """Return a cell with what the mask lists as in `data`, and cleared where it isn't there."""
    if not isinstance(data, dict):
        raise Declined("Invalid cell data.")
    for path in mask:
        name, given = path[0], data.get(path[0])
        if name == "userEnteredValue":
            cell = replace(cell, entered=from_extended(given))
        elif name == "userEnteredFormat":
            cell = replace(cell, format=_reformatted(cell.format, given or {}, path[1:]))
        elif name == "dataValidation":
            cell = replace(cell, validation=given or None)
        elif name == "note":
            cell = replace(cell, note=given or "")
    return cell


def _reformatted(old: Mapping[str, Any], given: Mapping[str, Any], path: list[str]) -> Json:
    if not path or path == ["*"]:
        return dict(given)
    new, name = dict(old), path[0]
    if len(path) > 1:
        new[name] = _reformatted(old.get(name, {}), given.get(name, {}), path[1:])
    elif name in given:
        new[name] = given[name]
    else:
        new.pop(name, None)
    return {key: value for key, value in new.items() if value != {}}
