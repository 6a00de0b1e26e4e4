"""Single requests of an edit of a sheet: a cell, the key of a column, its choices. Pure."""

from collections.abc import Sequence
from typing import Any

Request = dict[str, Any]


def write_cell(sheet: int, row: int, column: int, text: str) -> Request:
    """Return the request that puts a text into one cell."""
    return {
        "updateCells": {
            "start": {"sheetId": sheet, "rowIndex": row, "columnIndex": column},
            "rows": [{"values": [cell_data(text)]}],
            "fields": "userEnteredValue",
        }
    }


def cell_data(text: str) -> dict[str, Any]:
    """Return what a cell holds that is a text."""
    return {"userEnteredValue": {"stringValue": text}} if text else {}


def key_mark(sheet: int, column: int, key: str, value: str) -> Request:
    """Return the request that ties a key to a column."""
    return {
        "createDeveloperMetadata": {
            "developerMetadata": {
                "metadataKey": key,
                "metadataValue": value,
                "location": {"dimensionRange": column_span(sheet, column)},
                "visibility": "PROJECT",
            }
        }
    }


def drop_down(sheet: int, column: int, choices: Sequence[str]) -> Request:
    """What is not among the choices may be written all the same: members decide."""
    setting: dict[str, Any] = {
        "range": {
            "sheetId": sheet,
            "startRowIndex": 1,
            "startColumnIndex": column,
            "endColumnIndex": column + 1,
        }
    }
    if choices:
        setting["rule"] = {
            "condition": {
                "type": "ONE_OF_LIST",
                "values": [{"userEnteredValue": choice} for choice in choices],
            },
            "strict": False,
            "showCustomUi": True,
        }
    return {"setDataValidation": setting}


def column_span(sheet: int, column: int) -> dict[str, Any]:
    """Return where a whole column is, for metadata."""
    return {
        "sheetId": sheet,
        "dimension": "COLUMNS",
        "startIndex": column,
        "endIndex": column + 1,
    }
