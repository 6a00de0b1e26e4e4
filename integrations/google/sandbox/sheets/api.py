"""The Sheets API over HTTP: which request reads or changes which spreadsheet."""

import re
from collections.abc import Mapping

from smarketing.standin import Answer, Asked, json_answer

from ..described import schemas
from ..docs.errors import Declined
from ..drive.model import SHEET, File
from ..drive.store import Files
from ..mask import Tree, picked, wanted
from .a1 import Area
from .book import Sheet
from .call import Call, Json, Routes, body_of
from .json import book_json
from .model import Book, Grid
from .ranges import OF_VALUES
from .tied import matching, metadata_json, sees
from .values import filtered, found_range

__all__ = ["SWITCHES", "Sheet", "answer"]

SWITCHES: Mapping[str, str] = {
    "google-sheets-sort-moves-metadata": (
        "sorting a range takes the metadata of its rows along, instead of leaving it in place"
    ),
}
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


def _created(asked: Asked, files: Files) -> Json:
    title = str((body_of(asked).get("properties") or {}).get("title") or "Untitled spreadsheet")
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


_ROUTES: Routes = {
    **OF_VALUES,
    ("GET", "", "/"): (_get, False, "Spreadsheet"),
    ("POST", "", ":batchUpdate"): (_batch_update, True, "BatchUpdateSpreadsheetResponse"),
    ("POST", "", ":getByDataFilter"): (_get_filtered, False, "Spreadsheet"),
    ("GET", "developerMetadata", "/"): (_metadata_get, False, "DeveloperMetadata"),
    ("POST", "developerMetadata", ":search"): (
        _metadata_search,
        False,
        "SearchDeveloperMetadataResponse",
    ),
}
