"""The short forms of a playbook, written out: a plain line of a checklist, a list of columns,
a row as it stands in the file.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterable
from typing import Any

_PLAIN = (str, int, float)


def key_from(text: str, taken: Iterable[str] = ()) -> str:
    """Return a key made of a text, other than those that are taken."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")[:36].rstrip("-")
    if not key:
        key = f"x{zlib.crc32(text.encode('utf-8', 'replace')):08x}"
    others, wanted, count = set(taken), key, 1
    while key in others:
        count += 1
        key = f"{wanted}-{count}"
    return key


def titled(value: Any) -> Any:
    """Return a mapping for a plain value, which is its own title."""
    return {"title": value} if isinstance(value, _PLAIN) else value


def input_form(value: Any) -> Any:
    """Return a mapping for an input that is written as its default alone."""
    if isinstance(value, _PLAIN):
        return {"default": value}
    if isinstance(value, dict) and value and not value.keys() & {"ask", "default"}:
        return {"default": value}
    return value


def check_forms(lines: Any) -> Any:
    """Return checklist lines as mappings; a plain line gets a key from its text."""
    if not isinstance(lines, list):
        return lines
    keyed = {key for line in lines if isinstance(line, dict) for key in line}
    checks = []
    for line in lines:
        check = _check_form(line, keyed)
        if isinstance(line, _PLAIN):
            keyed.add(check["key"])
        checks.append(check)
    return checks


def _check_form(line: Any, taken: set[str]) -> Any:
    if isinstance(line, _PLAIN):
        return {"key": key_from(str(line), taken), "title": line}
    if not isinstance(line, dict) or len(line) != 1:
        return line
    [(key, value)] = line.items()
    form = titled(value)
    return {"key": key, "keyed": True, **form} if isinstance(form, dict) else line


def column_forms(columns: Any) -> Any:
    """Return columns by key; a list of titles gets keys from them."""
    if not isinstance(columns, list):
        return columns
    forms: dict[str, Any] = {}
    for column in columns:
        if isinstance(column, _PLAIN):
            forms[key_from(str(column), forms)] = {"title": column}
        elif isinstance(column, dict):
            forms.update(column)
        else:
            return columns
    return forms


def row_form(row: Any) -> Any:
    """Return a row with its cells apart from what is said about the row itself."""
    if not isinstance(row, dict):
        return row
    about = {name: row[name] for name in ("for-each", "was") if name in row}
    return {**about, "cells": {key: row[key] for key in row if key not in about}}


def table_form(table: Any) -> Any:
    """Return a table whose plain rows are written as their first cell."""
    if not isinstance(table, dict) or not isinstance(table.get("rows"), dict):
        return table
    columns = column_forms(table.get("columns"))
    if not isinstance(columns, dict) or not columns:
        return table
    first = next(iter(columns))
    rows = {
        key: {first: row} if isinstance(row, _PLAIN) else row for key, row in table["rows"].items()
    }
    return {**table, "rows": rows}
