"""The stand-in of Google Sheets, asked as the API is asked."""

import json
from typing import Any

import pytest
from jsonschema import Draft7Validator

from smarketing.integrations.google.sandbox.caller import EVERYTHING, Caller
from smarketing.integrations.google.sandbox.described import schemas
from smarketing.integrations.google.sandbox.drive.store import Files, Store
from smarketing.integrations.google.sandbox.errors import Said
from smarketing.integrations.google.sandbox.sheets import api as sheets
from smarketing.standin import Asked, Person, World, query_of

ANA = Person("ana", "Ana", "ana@acme.example", "token")
NOON = 1_795_435_200.0  # 2026-11-23


class Book:
    """A spreadsheet in Ana's Drive; every reply is checked against the vendor's description."""

    def __init__(self, client: str = "app", switches: frozenset[str] = frozenset()) -> None:
        world = World(lambda: NOON, (ANA,), switches)
        self.store = Store(world)
        self.files = Files(self.store, Caller(ANA, client, EVERYTHING))
        self.sheet = sheets.Sheet.blank("Leads")
        self.file = self.files.created(
            "Leads", "application/vnd.google-apps.spreadsheet", self.sheet
        )

    def ask(
        self, method: str, rest: str, body: Any = None, query: str = "", reply: str = ""
    ) -> Any:
        path = f"/v4/spreadsheets/{self.file.id}{rest}"
        data = b"" if body is None else json.dumps(body).encode()
        answer = sheets.answer(Asked(method, path, query_of(query), {}, data), self.files)
        said = json.loads(answer.body)
        if answer.status != 200:
            raise Said(answer.status, "refused", said["error"]["message"])
        if reply:
            check(said, reply)
        return said

    def batch(self, *requests: Any) -> Any:
        body = {"requests": list(requests)}
        return self.ask("POST", ":batchUpdate", body, reply="BatchUpdateSpreadsheetResponse")

    def get(self, query: str = "") -> Any:
        return self.ask("GET", "", query=query, reply="Spreadsheet")

    def values(self, a1: str = "Sheet1", query: str = "") -> Any:
        return self.ask("GET", f"/values/{a1}", query=query, reply="ValueRange").get("values", [])

    def fill(self, *rows: list[Any]) -> None:
        body = {"values": list(rows)}
        query = "valueInputOption=RAW"
        self.ask("PUT", "/values/Sheet1!A1", body, query, "UpdateValuesResponse")


def check(said: Any, schema: str) -> None:
    known = {name: closed(each) for name, each in schemas("sheets.v4").items()}
    rules = {"$ref": f"#/definitions/{schema}", "definitions": known}
    Draft7Validator(rules).validate(said)


def closed(described: Any) -> Any:
    """Return a description in which no other names are allowed."""
    if isinstance(described, list):
        return [closed(each) for each in described]
    if not isinstance(described, dict):
        return described
    made = {name: closed(value) for name, value in described.items() if name != "id"}
    made.pop("required", None)
    if described.get("type") == "any":
        made.pop("type")
    if isinstance(made.get("$ref"), str):
        return {"$ref": f"#/definitions/{made['$ref']}"}
    if described.get("type") == "object" and "properties" in described:
        made["additionalProperties"] = False
    return made


@pytest.fixture
def book() -> Book:
    return Book()


def text(*words: str) -> list[dict[str, Any]]:
    return [{"userEnteredValue": {"stringValue": word}} if word else {} for word in words]


def write(row: int, column: int, *words: str) -> dict[str, Any]:
    start = {"sheetId": 0, "rowIndex": row, "columnIndex": column}
    rows = [{"values": text(*words)}]
    return {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}


def rows(start: int, end: int) -> dict[str, Any]:
    return {"sheetId": 0, "dimension": "ROWS", "startIndex": start, "endIndex": end}


def test_what_is_written_raw_stays_text(book: Book) -> None:
    book.fill(["=1+1", "1-2", "007", True, 3])
    assert book.values() == [["=1+1", "1-2", "007", "TRUE", "3"]]
    data = book.get("includeGridData=true")["sheets"][0]["data"][0]["rowData"][0]["values"]
    assert data[0]["userEnteredValue"] == {"stringValue": "=1+1"}
    assert data[4]["userEnteredValue"] == {"numberValue": 3.0}


@pytest.mark.parametrize(
    ("typed", "raw", "shown"),
    [
        ("007", 7, "7"),
        ("1,250.5", 1250.5, "1250.5"),
        ("12%", 0.12, "12%"),
        ("2026-11-23", 46349, "2026-11-23"),
        ("1-2", 46024, "1/2/2026"),
        ("true", True, "TRUE"),
        ("'007", "007", "007"),
        ("Ana", "Ana", "Ana"),
        ("=SUM(A1)", "#N/A", "#N/A"),
        ("14:30", 14.5 / 24, "14:30"),
        ("2026-13-45", "2026-13-45", "2026-13-45"),
    ],
)
def test_what_is_typed_is_read_as_sheets_reads_it(
    book: Book, typed: str, raw: Any, shown: str
) -> None:
    book.ask("PUT", "/values/A1", {"values": [[typed]]}, "valueInputOption=USER_ENTERED")
    assert book.values() == [[shown]]
    assert book.values("A1", "valueRenderOption=UNFORMATTED_VALUE") == [[raw]]


def test_a_formula_is_given_back_where_it_is_asked_for(book: Book) -> None:
    body = {"values": [['=HYPERLINK("https://a.example","Fair")']]}
    book.ask("PUT", "/values/A1", body, "valueInputOption=USER_ENTERED")
    assert book.values() == [["Fair"]]
    assert book.values("A1", "valueRenderOption=FORMULA") == body["values"]


def test_values_end_where_the_last_filled_cell_is(book: Book) -> None:
    book.fill(["a", "", ""], [], ["", "c"])
    assert book.values() == [["a"], [], ["", "c"]]
    assert book.values("A1:A9", "majorDimension=COLUMNS") == [["a"]]
    assert book.values("Z1:Z9") == []


def test_null_leaves_a_cell_as_it_is(book: Book) -> None:
    book.fill(["a", "b"])
    book.fill([None, "c"])
    assert book.values() == [["a", "c"]]


@pytest.mark.parametrize(
    ("a1", "values", "why"),
    [
        ("A1:B2", [["a", "b", "c"]], "tried writing to column"),
        ("A1:B2", [["a"], ["b"], ["c"]], "tried writing to row"),
        ("A1001", [["a"]], "exceeds grid limits"),
        ("Nowhere!A1", [["a"]], "Unable to parse range: Nowhere!A1"),
    ],
)
def test_a_write_outside_its_range_is_refused(book: Book, a1: str, values: Any, why: str) -> None:
    with pytest.raises(Said, match=why) as refused:
        book.ask("PUT", f"/values/{a1}", {"values": values}, "valueInputOption=RAW")
    assert refused.value.status == 400
    assert book.values() == []


def test_rows_are_appended_below_the_table(book: Book) -> None:
    book.fill(["Name", "City"], ["Ana", "Porto"])
    said = book.ask(
        "POST", "/values/Sheet1!A1:append", {"values": [["Bo", "Oslo"]]},
        "valueInputOption=RAW", "AppendValuesResponse",
    )  # fmt: skip
    assert said["tableRange"] == "Sheet1!A1:B2"
    assert said["updates"]["updatedRange"] == "Sheet1!A3:B3"
    assert book.values()[2] == ["Bo", "Oslo"]


def test_a_batch_happens_wholly_or_not_at_all(book: Book) -> None:
    book.fill(["a"])
    before = json.dumps(book.get("includeGridData=true"))
    bad = {"deleteDimension": {"range": rows(5000, 5001)}}
    with pytest.raises(Said, match=r"Invalid requests\[1\]\.deleteDimension: ") as refused:
        book.batch(write(0, 0, "changed"), bad)
    assert refused.value.status == 400
    assert json.dumps(book.get("includeGridData=true")) == before


def test_metadata_moves_with_its_column_and_goes_with_it(book: Book) -> None:
    column = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    mark = {
        "metadataKey": "k", "metadataValue": "v", "visibility": "PROJECT",
        "location": {"dimensionRange": column},
    }  # fmt: skip
    book.batch({"createDeveloperMetadata": {"developerMetadata": mark}})
    book.sheet.member_adds_column("A", "New")
    lookup = {"developerMetadataLookup": {"metadataKey": "k"}}
    found = book.ask("POST", "/developerMetadata:search", {"dataFilters": [lookup]},
                     reply="SearchDeveloperMetadataResponse")  # fmt: skip
    location = found["matchedDeveloperMetadata"][0]["developerMetadata"]["location"]
    assert location["dimensionRange"]["startIndex"] == 2
    book.batch({"deleteDimension": {"range": {**column, "startIndex": 2, "endIndex": 3}}})
    assert not book.ask("POST", "/developerMetadata:search", {"dataFilters": [lookup]})


def test_another_app_does_not_see_our_private_metadata(book: Book) -> None:
    mark = {
        "metadataKey": "k", "visibility": "PROJECT", "location": {"spreadsheet": True},
    }  # fmt: skip
    book.batch({"createDeveloperMetadata": {"developerMetadata": mark}})
    assert "developerMetadata" in book.get()
    book.files = Files(book.store, Caller(ANA, "another", EVERYTHING))
    assert "developerMetadata" not in book.get()


def test_cells_are_read_and_written_by_metadata(book: Book) -> None:
    book.fill(["Name"], ["Ana"], ["Bo"])
    mark = {
        "metadataKey": "row", "metadataValue": "bo", "visibility": "DOCUMENT",
        "location": {"dimensionRange": rows(2, 3)},
    }  # fmt: skip
    book.batch({"createDeveloperMetadata": {"developerMetadata": mark}})
    book.sheet.member_inserts_row(2, ["Cy"])
    bo = {"developerMetadataLookup": {"metadataValue": "bo"}}
    read = book.ask("POST", "/values:batchGetByDataFilter", {"dataFilters": [bo]},
                    reply="BatchGetValuesByDataFilterResponse")  # fmt: skip
    assert read["valueRanges"][0]["valueRange"]["values"] == [["Bo"]]
    body = {"valueInputOption": "RAW", "data": [{"dataFilter": bo, "values": [[None, "Oslo"]]}]}
    said = book.ask("POST", "/values:batchUpdateByDataFilter", body,
                    reply="BatchUpdateValuesByDataFilterResponse")  # fmt: skip
    assert said["totalUpdatedCells"] == 1
    assert book.values() == [["Name"], ["Cy"], ["Ana"], ["Bo", "Oslo"]]


def test_several_ranges_are_written_in_one_call(book: Book) -> None:
    data = [{"range": "A1", "values": [["a"]]}, {"range": "C3", "values": [["c"]]}]
    said = book.ask("POST", "/values:batchUpdate", {"valueInputOption": "RAW", "data": data},
                    reply="BatchUpdateValuesResponse")  # fmt: skip
    assert said["totalUpdatedCells"] == 2
    got = book.ask("GET", "/values:batchGet", query="ranges=A1&ranges=C3:D4",
                   reply="BatchGetValuesResponse")  # fmt: skip
    assert [part["values"] for part in got["valueRanges"]] == [[["a"]], [["c"]]]


@pytest.mark.parametrize("moves", [False, True])
def test_a_sort_moves_cells_and_leaves_the_metadata_of_rows(moves: bool) -> None:
    book = Book(switches=frozenset({"google-sheets-sort-moves-metadata"} if moves else ()))
    book.fill(["Name"], ["Bo"], ["Ana"])
    mark = {
        "metadataKey": "row", "visibility": "DOCUMENT",
        "location": {"dimensionRange": rows(1, 2)},
    }  # fmt: skip
    sort = {
        "range": {"sheetId": 0, "startRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1},
        "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}],
    }
    book.batch({"createDeveloperMetadata": {"developerMetadata": mark}}, {"sortRange": sort})
    assert book.values() == [["Name"], ["Ana"], ["Bo"]]
    places = [at for at, look in enumerate(_row_metadata(book)) if "developerMetadata" in look]
    assert places == [2 if moves else 1]


def _row_metadata(book: Book) -> list[Any]:
    found: list[Any] = book.get("includeGridData=true")["sheets"][0]["data"][0]["rowMetadata"]
    return found


def test_a_drop_down_takes_its_values_from_the_list(book: Book) -> None:
    rule = {
        "condition": {
            "type": "ONE_OF_LIST",
            "values": [{"userEnteredValue": "new"}, {"userEnteredValue": "won"}],
        },
        "strict": True, "showCustomUi": True,
    }  # fmt: skip
    area = {"sheetId": 0, "startRowIndex": 1, "startColumnIndex": 1, "endColumnIndex": 2}
    book.batch({"setDataValidation": {"range": area, "rule": rule}})
    assert book.sheet.choices("B2") == ["new", "won"]
    assert book.sheet.choices("B1000") == ["new", "won"]
    assert book.sheet.choices("B1") == []
    assert book.values() == []
    book.batch({"appendCells": {"sheetId": 0, "rows": [{"values": text("a")}], "fields": "*"}})
    assert book.values() == [["a"]]


def test_the_mask_says_whether_cells_are_sent(book: Book) -> None:
    book.fill(["a"])
    mask = "sheets(properties(title),data(rowData(values(formattedValue))))"
    assert book.get(f"fields={mask}")["sheets"] == [
        {"properties": {"title": "Sheet1"},
         "data": [{"rowData": [{"values": [{"formattedValue": "a"}]}]}]}
    ]  # fmt: skip
    assert book.get("fields=sheets.properties.sheetId&includeGridData=true") == {
        "sheets": [{"properties": {"sheetId": 0}}]
    }


def test_everything_of_a_first_set_up_fits_into_one_batch(book: Book) -> None:
    column = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 2, "endIndex": 3}
    area = {"sheetId": 0, "startColumnIndex": 2, "endColumnIndex": 3}
    head = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    said = book.batch(
        {"updateSpreadsheetProperties": {"properties": {"title": "Won"}, "fields": "title"}},
        {"updateSheetProperties": {
            "properties": {"sheetId": 0, "title": "Deals", "gridProperties": {"frozenRowCount": 1}},
            "fields": "title,gridProperties.frozenRowCount"}},
        write(0, 0, "Name", "State", "key"),
        {"appendDimension": {"sheetId": 0, "dimension": "COLUMNS", "length": 2}},
        {"repeatCell": {"range": {"sheetId": 0, "endRowIndex": 1}, "cell": head,
                        "fields": "userEnteredFormat(textFormat)"}},
        {"updateDimensionProperties": {
            "range": column, "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}},
        {"addProtectedRange": {"protectedRange": {"range": area, "warningOnly": True}}},
        {"addNamedRange": {"namedRange": {"name": "keys", "range": area}}},
        {"addSheet": {"properties": {"title": "Notes"}}},
        {"autoResizeDimensions": {"dimensions": column}},
    )  # fmt: skip
    assert [list(reply) for reply in said["replies"]] == [
        [], [], [], [], [], [], ["addProtectedRange"], ["addNamedRange"], ["addSheet"], [],
    ]  # fmt: skip
    shown = book.get("includeGridData=true")
    assert shown["properties"]["title"] == "Won"
    assert book.file.name == "Won"
    assert [sheet["properties"]["title"] for sheet in shown["sheets"]] == ["Deals", "Notes"]
    assert shown["sheets"][0]["properties"]["gridProperties"] == {
        "rowCount": 1000, "columnCount": 28, "frozenRowCount": 1,
    }  # fmt: skip
    assert book.sheet.hidden_columns() == [2]
    assert book.values("keys") == [["key"]]


def test_a_table_names_its_columns_and_grows_by_appending(book: Book) -> None:
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 3, "startColumnIndex": 0,
            "endColumnIndex": 2}  # fmt: skip
    choices = {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "new"}]}
    table = {
        "name": "Leads", "range": area,
        "columnProperties": [
            {"columnIndex": 0, "columnName": "Name", "columnType": "TEXT"},
            {"columnIndex": 1, "columnName": "State", "columnType": "DROPDOWN",
             "dataValidationRule": {"condition": choices}},
        ],
    }  # fmt: skip
    said = book.batch({"addTable": {"table": table}})
    key = said["replies"][0]["addTable"]["table"]["tableId"]
    row = {"tableId": key, "rows": [{"values": text("Ana", "new")}], "fields": "userEnteredValue"}
    book.batch({"appendCells": row})
    assert book.values() == [["Name", "State"], ["Ana", "new"]]
    assert book.sheet.choices("B2") == ["new"]
    with pytest.raises(Said, match="overlaps"):
        book.batch({"addTable": {"table": table}})


def test_rows_move_with_all_that_is_theirs(book: Book) -> None:
    book.fill(["a"], ["b"], ["c"], ["d"])
    book.batch({"moveDimension": {"source": rows(0, 1), "destinationIndex": 3}})
    assert book.values() == [["b"], ["c"], ["a"], ["d"]]
    book.batch({"moveDimension": {"source": rows(2, 4), "destinationIndex": 0}})
    assert book.values() == [["a"], ["d"], ["b"], ["c"]]


def test_a_reader_may_not_write(book: Book) -> None:
    bo = Person("bo", "Bo", "bo@acme.example", "other")
    book.files = Files(book.store, Caller(bo, "app", EVERYTHING))
    with pytest.raises(Said) as refused:
        book.values()
    assert refused.value.status == 404


def test_an_upload_of_csv_is_read_as_if_typed() -> None:
    sheet = sheets.Sheet.imported("Leads", "Name,Day\nAna,2026-11-23\n", "text/csv")
    assert sheet.values() == [["Name", "Day"], ["Ana", "2026-11-23"]]
    assert sheet.text_export("text/csv") == b"Name,Day\r\nAna,2026-11-23\r\n"


def test_a_copy_changes_on_its_own(book: Book) -> None:
    book.fill(["a"])
    copy = book.sheet.copied()
    assert copy.picture() == book.sheet.picture()
    copy.member_sets("A1", "b")
    assert book.values() == [["a"]]


def test_a_picture_is_plain_data(book: Book) -> None:
    book.fill(["a", 1])
    book.sheet.member_sets("B2", "2026-11-23")
    picture = book.sheet.picture()
    assert json.loads(json.dumps(picture)) == picture
