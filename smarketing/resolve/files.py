"""Folders, documents and tables as a playbook asks for them."""

from collections.abc import Iterator, Mapping

from smarketing.config.people import Right
from smarketing.kinds import Value
from smarketing.playbook.items import Document, Row, Table
from smarketing.resolve.scope import Extra, Path, Scope


def add_folders(scope: Scope) -> None:
    """Take up the folders, each after the one it lies in."""
    for key in _outer_first(scope):
        folder, path = scope.playbook.folders[key], ("folders", key)
        address = f"folder:{key}"
        own = scope.counted(address)
        fields: dict[str, Value] = {"title": scope.title(folder.title, (*path, "title"), own)}
        fields |= scope.access(folder.share)
        scope.add(address, "folders", home(scope, folder.in_), fields, path)
        scope.purpose(address, folder.purpose, path, own)
        scope.former(address, folder.was, path)


def _outer_first(scope: Scope) -> Iterator[str]:
    folders = scope.playbook.folders
    done: set[str] = set()
    for key in folders:
        way: list[str] = []
        here: str | None = key
        while here is not None and here in folders and here not in done:
            way.append(here)
            done.add(here)
            here = folders[here].in_
        yield from (one for one in reversed(way) if not scope.is_excluded(f"folder:{one}"))


def home(scope: Scope, folder: str | None) -> str:
    """Return the address of the nearest folder that appears, "" for the top."""
    for _ in range(len(scope.playbook.folders)):
        if folder is None or f"folder:{folder}" in scope.items:
            break
        folder = scope.playbook.folders[folder].in_
    return f"folder:{folder}" if folder else ""


def root_share(scope: Scope, folder: str | None) -> Mapping[str, Right]:
    """Return who may do what in the outermost folder that something lies in."""
    folders = scope.playbook.folders
    here = folder if folder in folders else next(iter(folders), None)
    for _ in range(len(folders)):
        outer = folders[here].in_ if here else None
        if outer is None:
            break
        here = outer
    return folders[here].share if here else {}


def add_documents(scope: Scope) -> None:
    """Take up the documents, one for each item of a `for-each`."""
    for key, document in scope.playbook.documents.items():
        if scope.is_excluded(f"document:{key}"):
            continue
        for suffix, extra in scope.each(document.for_each):
            _add_document(scope, f"document:{key}{suffix}", document, ("documents", key), extra)


def _add_document(scope: Scope, address: str, document: Document, path: Path, extra: Extra) -> None:
    if scope.is_excluded(address):
        return
    extra = scope.counted(address, extra)
    fields: dict[str, Value] = {
        "title": scope.title(document.title, (*path, "title"), extra),
        "body": scope.words(document.text, (*path, "text"), address, extra),
    }
    fields |= scope.access(document.share)
    scope.add(address, "documents", home(scope, document.in_), fields, path)
    scope.purpose(address, document.purpose, path, extra)
    scope.former(address, document.was, path)


def add_tables(scope: Scope) -> None:
    """Take up the tables with their columns and rows."""
    for key, table in scope.playbook.tables.items():
        address, path = f"table:{key}", ("tables", key)
        if scope.is_excluded(address):
            continue
        own = scope.counted(address)
        fields: dict[str, Value] = {"title": scope.title(table.title, (*path, "title"), own)}
        fields |= scope.access(table.share)
        scope.add(address, "tables", home(scope, table.in_), fields, path)
        scope.purpose(address, table.purpose, path, own)
        if table.holds == "goals":
            scope.goals.add(address)
        scope.former(address, table.was, path)
        _add_columns(scope, address, table, path)
        for name, row in table.rows.items():
            for suffix, extra in scope.each(row.for_each):
                _add_row(scope, f"{address}/row:{name}{suffix}", row, (*path, "rows", name), extra)


def _add_columns(scope: Scope, address: str, table: Table, path: Path) -> None:
    for name, column in table.columns.items():
        at = (*path, "columns", name)
        own = scope.counted(address)
        fields: dict[str, Value] = {"title": scope.title(column.title, at, own)}
        if column.choices:
            choices = tuple(scope.title(choice, at, own) for choice in column.choices)
            scope.orders[f"{address}/column:{name}"] = choices
            fields["choices"] = frozenset(choices)
        scope.add(f"{address}/column:{name}", "tables", address, fields, at)
        scope.former(f"{address}/column:{name}", column.was, at)


def _add_row(scope: Scope, address: str, row: Row, path: Path, extra: Extra) -> None:
    if scope.is_excluded(address):
        return
    extra = scope.counted(address, extra)
    cells = {column: scope.text(cell, (*path, column), extra) for column, cell in row.cells.items()}
    scope.add(address, "tables", address.rpartition("/")[0], {"cells": cells}, path)
    scope.former(address, row.was, path)
