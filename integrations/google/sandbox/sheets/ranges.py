"""The requests that read and write the values of ranges, named in A1 or found by what is tied to them."""

from collections.abc import Mapping
from typing import Any

from .a1 import Area
from .call import Call, Json, Routes
from .model import Book
from .values import Shape, Writing, append, filtered, found_range, read, totals


def _get(call: Call) -> Json:
    grid, area = found_range(call.sheet.book, call.range)
    return read(grid, area, call.shape())


def _batch_get(call: Call) -> Json:
    parts = [found_range(call.sheet.book, text) for text in call.asked.query.get("ranges", ())]
    shape = call.shape()
    return {"valueRanges": [read(grid, area, shape) for grid, area in parts]}


def _get_filtered(call: Call) -> Json:
    shape, matched = call.shape(call.body), []
    for data_filter in call.body.get("dataFilters") or []:
        for grid, area in filtered(call.sheet.book, data_filter, call.client):
            matched.append({"valueRange": read(grid, area, shape), "dataFilters": [data_filter]})
    return {"valueRanges": matched} if matched else {}


def _update(call: Call) -> Json:
    writing = call.writing()

    def work(book: Book) -> Json:
        grid, area = found_range(book, call.range)
        return writing.write(grid, area, call.body.get("values", []), _major(call.body))

    return call.sheet.tried(work)


def _append(call: Call) -> Json:
    writing, insert = call.writing(), call.asked.one("insertDataOption") == "INSERT_ROWS"
    text = call.range.removesuffix(":append")

    def work(book: Book) -> Json:
        grid, area = found_range(book, text)
        return append(book, grid, area, call.body.get("values", []), writing, insert)

    reply = call.sheet.tried(work)
    reply["updates"] = {"spreadsheetId": call.file.id, **reply["updates"]}
    return reply


def _clear(call: Call) -> Json:
    writing = Writing("RAW", call.today)

    def work(book: Book) -> Json:
        grid, area = found_range(book, call.range.removesuffix(":clear"))
        for row, column in list(grid.filled(area)):
            writing.write(grid, Area(row, row + 1, column, column + 1), [[""]])
        return {"clearedRange": read(grid, area, Shape())["range"]}

    return call.sheet.tried(work)


def _major(given: Mapping[str, Any]) -> str:
    return str(given.get("majorDimension") or "ROWS")


def _batch_update(call: Call) -> Json:
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


def _update_filtered(call: Call) -> Json:
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


OF_VALUES: Routes = {
    ("GET", "values", "/"): (_get, False, "ValueRange"),
    ("PUT", "values", "/"): (_update, True, "UpdateValuesResponse"),
    ("POST", "values", "/append"): (_append, True, "AppendValuesResponse"),
    ("POST", "values", "/clear"): (_clear, True, "ClearValuesResponse"),
    ("GET", "values", ":batchGet"): (_batch_get, False, "BatchGetValuesResponse"),
    ("POST", "values", ":batchUpdate"): (_batch_update, True, "BatchUpdateValuesResponse"),
    ("POST", "values", ":batchGetByDataFilter"): (
        _get_filtered,
        False,
        "BatchGetValuesByDataFilterResponse",
    ),
    ("POST", "values", ":batchUpdateByDataFilter"): (
        _update_filtered,
        True,
        "BatchUpdateValuesByDataFilterResponse",
    ),
}
