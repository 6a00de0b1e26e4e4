"""What a member does at Google's own pages: types into a sheet or a document, chooses in a drop-down."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from smarketing.standin import Answer, Asked, Group, Line, Refused, Spot, Thing, query_of

from .drive.model import DOC, SHEET
from .sheets.a1 import letters

_BELOW = "below-"
CHANGED_MEANWHILE = "Somebody has changed this meanwhile. Look again."
_KINDS = {DOC: "document", SHEET: "table"}
_CELLS = (
    "sheets(data(rowData(values(formattedValue,userEnteredValue,dataValidation)),"
    "columnMetadata(hiddenByUser)))"
)
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GoogleHands:
    """The hands of one member; `signed` is the header that says who."""

    answer: Callable[[Asked], Answer]
    signed: str

    def things(self) -> list[Thing]:
        """Return the tables and documents that this member may open, by title."""
        query = " or ".join(f"mimeType = '{mime}'" for mime in _KINDS)
        found = self._ask(
            "GET", "/drive/v3/files", q=f"({query}) and trashed = false", orderBy="name",
            pageSize="1000", fields="files(id,name,mimeType)",
        )  # fmt: skip
        return [Thing(f["id"], _KINDS[f["mimeType"]], f["name"]) for f in found["files"]]

    def thing(self, key: str) -> Thing:
        """Return a table with its rows, or a document with its paragraphs."""
        seen = self._seen(key)
        lines = self._rows(key) if seen.kind == "table" else map(_line, self._paragraphs(key))
        return Thing(key, seen.kind, seen.title, (Group("", tuple(lines)),))

    def change(self, key: str, at: str, was: str, value: str) -> None:
        """Type into a cell or a line, add a line below one, or choose in a drop-down."""
        now = [
            spot
            for group in self.thing(key).groups
            for line in group.lines
            for spot in line.parts
            if isinstance(spot, Spot) and (spot.at, spot.value) == (at, was)
        ]
        if not now:
            raise Refused(CHANGED_MEANWHILE)
        if self._seen(key).kind == "table":
            path = f"/v4/spreadsheets/{key}/values/{at}"
            self._ask("PUT", path, {"values": [[value]]}, valueInputOption="USER_ENTERED")
            return
        if requests := list(_asked(now[0], value)):
            self._ask("POST", f"/v1/documents/{key}:batchUpdate", {"requests": requests})

    def _seen(self, key: str) -> Thing:
        for each in self.things():
            if each.key == key:
                return each
        raise Refused("There is no such table or document, or nobody lets you in.")

    def _rows(self, key: str) -> Iterator[Line]:
        shown = self._ask(
            "GET", f"/v4/spreadsheets/{key}", includeGridData="true", fields=_CELLS
        )["sheets"][0]["data"][0]  # fmt: skip
        hidden = [each.get("hiddenByUser", False) for each in shown.get("columnMetadata", ())]
        rows = [each.get("values", []) for each in shown.get("rowData", ())]
        titles = [cell.get("formattedValue", "") for cell in rows[0]] if rows else []
        for number, row in enumerate(rows, 1):
            if not any("formattedValue" in cell for cell in row):
                continue
            row = [*row, *({} for _ in titles[len(row) :])]
            yield Line(
                tuple(
                    _cell(f"{letters(at)}{number}", titles[at] if at < len(titles) else "", cell)
                    if number > 1
                    else cell.get("formattedValue", "")
                    for at, cell in enumerate(row)
                    if not (at < len(hidden) and hidden[at])
                ),
                is_heading=number == 1,
            )

    def _paragraphs(self, key: str) -> Iterator[tuple[Json, Json]]:
        """Yield each paragraph, those of tables too, with what its tab's drop-downs offer."""
        whole = self._ask("GET", f"/v1/documents/{key}", includeTabsContent="true")
        for tab in whole["tabs"]:
            told = tab["documentTab"]
            for paragraph in _paragraphs_in(told["body"]["content"]):
                yield paragraph, told.get("dropdownDefinitions", {})

    def _ask(self, method: str, path: str, body: Any = None, **query: str) -> Any:
        headers = {"authorization": self.signed, "content-type": "application/json"}
        said = b"" if body is None else json.dumps(body).encode()
        answer = self.answer(Asked(method, path, query_of(urlencode(query)), headers, said))
        if answer.status >= 300:
            raise Refused(f"Google says: {json.loads(answer.body)['error']['message']}")
        return json.loads(answer.body)


def _asked(spot: Spot, value: str) -> Iterator[Json]:
    if spot.is_new:
        yield from added(int(spot.at.removeprefix(_BELOW)), value)
    elif spot.choices:
        yield chosen(spot.at, value)
    else:
        yield from typed(int(spot.at), spot.value, value)


def added(end: int, text: str) -> Iterator[Json]:
    """Yield the requests that add a line of plain text below the one that ends there."""
    if not text.strip():
        return
    yield {"insertText": {"location": {"index": end}, "text": f"\n{text}"}}
    span = {"startIndex": end + 1, "endIndex": end + 1 + _units(text)}
    plain = {"namedStyleType": "NORMAL_TEXT"}
    yield {"updateTextStyle": {"range": span, "textStyle": {}, "fields": "*"}}
    yield {
        "updateParagraphStyle": {"range": span, "paragraphStyle": plain, "fields": "namedStyleType"}
    }


def typed(start: int, was: str, value: str) -> Iterator[Json]:
    """Yield the requests that type one text over another: only what differs is touched."""
    same = 0
    while same < min(len(was), len(value)) and was[same] == value[same]:
        same += 1
    end = 0
    while end < min(len(was), len(value)) - same and was[-1 - end] == value[-1 - end]:
        end += 1
    at = start + _units(was[:same])
    if gone := was[same : len(was) - end]:
        yield {"deleteContentRange": {"range": {"startIndex": at, "endIndex": at + _units(gone)}}}
    if new := value[same : len(value) - end]:
        yield {"insertText": {"location": {"index": at}, "text": new}}


def chosen(dropdown: str, option: str) -> Json:
    """Return the request that chooses in a drop-down."""
    properties = {"selectedOptionId": option}
    return {
        "updateDropdownProperties": {
            "dropdownId": dropdown, "dropdownProperties": properties, "fields": "selectedOptionId",
        }
    }  # fmt: skip


def _units(text: str) -> int:
    """Return how long Google says that a text is."""
    return len(text.encode("utf-16-le")) // 2


def _cell(at: str, name: str, cell: Json) -> Spot | str:
    value = str(cell.get("formattedValue", ""))
    if "formulaValue" in cell.get("userEnteredValue", {}):
        return value
    condition = cell.get("dataValidation", {}).get("condition", {})
    offered = [str(each["userEnteredValue"]) for each in condition.get("values", ())]
    if not offered:
        return Spot(at, name, value)
    words = dict.fromkeys(("", *offered, value))  # typed words may be none of those offered
    return Spot(at, name, value, tuple((each, each) for each in words))


def _paragraphs_in(content: Any) -> Iterator[Json]:
    for element in content:
        if "paragraph" in element:
            yield element["paragraph"]
        for row in element.get("table", {}).get("tableRows", ()):
            for cell in row["tableCells"]:
                yield from _paragraphs_in(cell["content"])


def _line(found: tuple[Json, Json]) -> Line:
    """Return a paragraph: its texts, its drop-downs, and the words of what else is in it."""
    paragraph, offered = found
    parts: list[Spot | str] = []
    text, start = "", 0
    for element in paragraph["elements"]:
        if "textRun" in element:
            start = start if text else element["startIndex"]
            text += element["textRun"]["content"]
            continue
        if text.strip():
            parts.append(Spot(str(start), "Words", text))
        text = ""
        parts.append(_thing_in(element, offered))
    if text.strip():
        parts.append(Spot(str(start), "Words", text.rstrip("\n")))
    if parts:
        words = " ".join(part.value if isinstance(part, Spot) else part for part in parts)
        end = paragraph["elements"][-1]["endIndex"] - 1
        parts.append(Spot(f"{_BELOW}{end}", "a new line below", words, is_new=True))
    named = paragraph.get("paragraphStyle", {}).get("namedStyleType", "")
    return Line(tuple(parts), named.startswith("HEADING"))


def _thing_in(element: Json, offered: Json) -> Spot | str:
    if "dropdown" not in element:
        return next((_shown(each) for each in element.values() if isinstance(each, dict)), "")
    told = element["dropdown"]["dropdownProperties"]
    defined = offered[told["dropdownDefinitionId"]]["dropdownDefinitionProperties"]
    choices = tuple((o["optionId"], o.get("displayValue", "")) for o in defined["options"])
    return Spot(element["dropdown"]["dropdownId"], "Drop-down", told["selectedOptionId"], choices)


def _shown(told: Json) -> str:
    """Return the words of a person, a date or a link that stands in a text as one thing."""
    for properties in told.values():
        if isinstance(properties, dict):
            for name in ("name", "displayText", "title", "email"):
                if properties.get(name):
                    return str(properties[name])
    return ""
