"""The Sheets API over HTTP: which request reads or changes which spreadsheet."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from smarketing.standin import Answer, Asked, json_answer

from ..described import schemas
from ..docs.errors import Declined
from ..drive.model import SHEET, File
from ..drive.store import Files
from ..mask import Tree, picked, wanted
from .a1 import Area
from .book import Sheet
from .contents import today_of
from .json import book_json
from .model import Book, Grid
from .tied import matching, metadata_json, sees
from .values import Shape, Writing, append, filtered, found_range, read, totals

__all__ = ["SWITCHES", "Sheet", "answer"]

SWITCHES: Mapping[str, str] = {
    "google-sheets-sort-moves-metadata": (
        "sorting a range takes the metadata of its rows along, instead of leaving it in place"
    ),
}
Json = dict[str, Any]
_PATH = re.compile(r"/v4/spreadsheets/([^/:]+)(?:/(values|developerMetadata))?([/:].*)?")


def answer(asked: Asked, files: Files) -> Answer:
    """Serve a request of the Sheets API."""
    try:
        return json_answer(_reply(asked, files))
    except Declined as no:
        error = {"code": no.status, "message": no.why, "status": no.code}
        return json_answer({"error": error}, no.status)


def _reply(asked: Asked, files: Files) -> Json:
    if asked.path == "/v4/spreadsheets" and asked.method == "POST":
        return _created(asked, files)
    found = _PATH.fullmatch(asked.path)
    route = _ROUTES.get((asked.method, *_named(found))) if found else None
    if found is None or route is None:
        raise Declined("The requested URL was not found on this server.", 404, "NOT_FOUND")
    serve, writes, schema = route
    mask = _mask(asked, schema)
    file = files.opened(found[1], files.person, writes, SHEET)
    assert isinstance(file.content, Sheet)
    call = Call(asked, files, file, file.content, found[3] or "", mask)
    file.content.book.title = file.name
    reply = serve(call)
    if writes:
        file.name = file.content.book.title
        files.touched(file, files.person)
    if "spreadsheetId" in schemas("sheets.v4")[schema]["properties"]:
        reply = {"spreadsheetId": file.id, **reply}
    shown: Json = picked(reply, mask)
    return shown


def _mask(asked: Asked, schema: str) -> Tree | None:
    fields = asked.one("fields").replace(".", "/")
    return wanted(fields, "sheets.v4", schema) if fields and fields != "*" else None


def _named(found: "re.Match[str]") -> tuple[str, str]:
    """Return which collection a path is about, and what is done with it."""
    part, rest = found[2] or "", found[3] or ""
    if rest.startswith(":"):
        return part, rest
    return part, "/" + (rest.rpartition(":")[2] if rest.endswith((":append", ":clear")) else "")


class Call:
    """One request on one spreadsheet."""

    def __init__(
        self, asked: Asked, files: Files, file: File, sheet: Sheet, rest: str, mask: Tree | None
    ) -> None:
        self.asked, self.file, self.sheet, self.mask = asked, file, sheet, mask
        self.client = files.caller.client
        self.today = today_of(files.world.now())
        self.sheet.switches = files.switches
        self.range = rest[1:]
        self.body = _json(asked)

    def shape(self, source: Mapping[str, Any] | None = None, prefix: str = "") -> Shape:
        """Return how values are wanted, by the query or the body."""

        def given(name: str, default: str) -> str:
            name = f"{prefix}{name[0].upper()}{name[1:]}" if prefix else name
            if source is not None:
                return str(source.get(name) or default)
            return self.asked.one(name) or default

        major = "ROWS" if prefix else given("majorDimension", "ROWS")
        return Shape(
            "ROWS" if major == "DIMENSION_UNSPECIFIED" else major,
            given("valueRenderOption", "FORMATTED_VALUE"),
            given("dateTimeRenderOption", "SERIAL_NUMBER"),
        )

    def writing(self, source: Mapping[str, Any] | None = None) -> Writing:
        """Return how values are to be written, by the query or the body."""
        if source is None:
            option, echo = self.asked.one("valueInputOption"), self.asked.one(_ECHO) == "true"
        else:
            option, echo = str(source.get("valueInputOption", "")), bool(source.get(_ECHO))
        return Writing(option, self.today, self.shape(source, "response") if echo else None)


_ECHO = "includeValuesInResponse"


def _created(asked: Asked, files: Files) -> Json:
    title = str((_json(asked).get("properties") or {}).get("title") or "Untitled spreadsheet")
    sheet = Sheet.blank(title)
    file = files.created(title, SHEET, sheet)
    return {"spreadsheetId": file.id, **_shown(file, sheet.book, files.caller.client)}


def _shown(
    file: File,
    book: Book,
    client: str,
    areas: list[tuple[Grid, Area]] | None = None,
    data: bool = False,
) -> Json:
    link = f"https://docs.google.com/spreadsheets/d/{file.id}/edit"
    return {**book_json(book, client, areas, data), "spreadsheetUrl": link}


def _get(call: Call) -> Json:
    book = call.sheet.book
    ranges = call.asked.query.get("ranges", ())
    areas = [found_range(book, text) for text in ranges] if ranges else None
    data = call.asked.one("includeGridData") == "true"
    if call.mask is not None:
        # With a mask, the mask alone says whether the cells are sent.
        below = call.mask.get("sheets", {}) if "sheets" in call.mask else call.mask.get("*", {})
        data = below is None or "data" in below
    return _shown(call.file, book, call.client, areas, data)


def _get_filtered(call: Call) -> Json:
    areas = [
        part
        for each in call.body.get("dataFilters") or []
        for part in filtered(call.sheet.book, each, call.client)
    ]
    data = bool(call.body.get("includeGridData"))
    return _shown(call.file, call.sheet.book, call.client, areas, data)


def _batch_update(call: Call) -> Json:
    requests = call.body.get("requests") or []
    if not requests:
        raise Declined("Must specify at least one request.")
    reply: Json = {"replies": call.sheet.batch_update(requests, call.client)}
    if call.body.get("includeSpreadsheetInResponse"):
        data = bool(call.body.get("responseIncludeGridData"))
        shown = _shown(call.file, call.sheet.book, call.client, None, data)
        reply["updatedSpreadsheet"] = {"spreadsheetId": call.file.id, **shown}
    return reply


def _values_get(call: Call) -> Json:
    grid, area = found_range(call.sheet.book, call.range)
    return read(grid, area, call.shape())


def _values_batch_get(call: Call) -> Json:
    parts = [found_range(call.sheet.book, text) for text in call.asked.query.get("ranges", ())]
    shape = call.shape()
    return {"valueRanges": [read(grid, area, shape) for grid, area in parts]}


def _values_get_filtered(call: Call) -> Json:
    shape, matched = call.shape(call.body), []
    for data_filter in call.body.get("dataFilters") or []:
        for grid, area in filtered(call.sheet.book, data_filter, call.client):
            matched.append({"valueRange": read(grid, area, shape), "dataFilters": [data_filter]})
    return {"valueRanges": matched} if matched else {}


def _values_update(call: Call) -> Json:
    writing = call.writing()

    def work(book: Book) -> Json:
        grid, area = found_range(book, call.range)
        return writing.write(grid, area, call.body.get("values", []), _major(call.body))

    return call.sheet.tried(work)


def _values_append(call: Call) -> Json:
    writing, insert = call.writing(), call.asked.one("insertDataOption") == "INSERT_ROWS"
    text = call.range.removesuffix(":append")

    def work(book: Book) -> Json:
        grid, area = found_range(book, text)
        return append(book, grid, area, call.body.get("values", []), writing, insert)

    reply = call.sheet.tried(work)
    reply["updates"] = {"spreadsheetId": call.file.id, **reply["updates"]}
    return reply


def _values_clear(call: Call) -> Json:
    writing = Writing("RAW", call.today)

    def work(book: Book) -> Json:
        grid, area = found_range(book, call.range.removesuffix(":clear"))
        for row, column in list(grid.filled(area)):
            writing.write(grid, Area(row, row + 1, column, column + 1), [[""]])
        return {"clearedRange": read(grid, area, Shape())["range"]}

    return call.sheet.tried(work)


def _major(given: Mapping[str, Any]) -> str:
    return str(given.get("majorDimension") or "ROWS")


def _values_batch_update(call: Call) -> Json:
    writing = call.writing(call.body)

    def work(book: Book) -> Json:
        responses: list[Json] = []
        titles: set[str] = set()
        for each in call.body.get("data") or []:
            grid, area = found_range(book, str(each.get("range", "")))
            done = writing.write(grid, area, each.get("values", []), _major(each))
            responses.append({"spreadsheetId": call.file.id, **done})
            titles.add(grid.title)
        return totals(responses, titles)

    return call.sheet.tried(work)


def _values_update_filtered(call: Call) -> Json:
    writing = call.writing(call.body)

    def work(book: Book) -> Json:
        responses: list[Json] = []
        titles: set[str] = set()
        for each in call.body.get("data") or []:
            data_filter = each.get("dataFilter")
            for grid, area in filtered(book, data_filter, call.client):
                done = writing.write(grid, area, each.get("values", []), _major(each))
                responses.append({"dataFilter": data_filter, **done})
                titles.add(grid.title)
        return totals(responses, titles)

    return call.sheet.tried(work)


def _metadata_get(call: Call) -> Json:
    found = call.sheet.book.metadata.get(int(call.range) if call.range.isdigit() else -1)
    if found is None or not sees(found, call.client):
        raise Declined("No developer metadata with this id was found.", 404, "NOT_FOUND")
    return metadata_json(found)


def _metadata_search(call: Call) -> Json:
    book, matched = call.sheet.book, []
    for each in call.body.get("dataFilters") or []:
        for found in matching(book, each.get("developerMetadataLookup") or {}, call.client):
            matched.append({"developerMetadata": metadata_json(found), "dataFilters": [each]})
    return {"matchedDeveloperMetadata": matched} if matched else {}


_Route = tuple[Callable[[Call], Json], bool, str]
_ROUTES: dict[tuple[str, str, str], _Route] = {
    ("GET", "", "/"): (_get, False, "Spreadsheet"),
    ("POST", "", ":batchUpdate"): (_batch_update, True, "BatchUpdateSpreadsheetResponse"),
    ("POST", "", ":getByDataFilter"): (_get_filtered, False, "Spreadsheet"),
    ("GET", "values", "/"): (_values_get, False, "ValueRange"),
    ("PUT", "values", "/"): (_values_update, True, "UpdateValuesResponse"),
    ("POST", "values", "/append"): (_values_append, True, "AppendValuesResponse"),
    ("POST", "values", "/clear"): (_values_clear, True, "ClearValuesResponse"),
    ("GET", "values", ":batchGet"): (_values_batch_get, False, "BatchGetValuesResponse"),
    ("POST", "values", ":batchUpdate"): (_values_batch_update, True, "BatchUpdateValuesResponse"),
    ("POST", "values", ":batchGetByDataFilter"): (
        _values_get_filtered,
        False,
        "BatchGetValuesByDataFilterResponse",
    ),
    ("POST", "values", ":batchUpdateByDataFilter"): (
        _values_update_filtered,
        True,
        "BatchUpdateValuesByDataFilterResponse",
    ),
    ("GET", "developerMetadata", "/"): (_metadata_get, False, "DeveloperMetadata"),
    ("POST", "developerMetadata", ":search"): (
        _metadata_search,
        False,
        "SearchDeveloperMetadataResponse",
    ),
}


def _json(asked: Asked) -> Json:
    try:
        body = asked.json()
    except ValueError:
        raise Declined("Invalid JSON payload received. Unexpected token.") from None
    if not isinstance(body, dict):
        raise Declined("Invalid JSON payload received.")
    return body
