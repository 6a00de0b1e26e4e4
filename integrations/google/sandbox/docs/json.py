"""Show a document as the vendor's JSON, with the index of everything."""

from collections.abc import Mapping
from typing import Any

from .anchors import spans_of, thread
from .bullets import levels
from .model import Matter, Tab
from .positions import paragraph_of
from .tables import columns_of
from .units import (
    CELL,
    CLOSERS,
    COMMENT,
    CONTENTS,
    DELETED,
    INSERTED,
    NEWLINE,
    NO_MARKS,
    OBJECT,
    RANGE,
    ROW,
    SECTION,
    TABLE,
    Mark,
    Marks,
    Thing,
    Unit,
    Units,
    joined,
)

INLINE, ACCEPTED, WITHOUT = (
    "SUGGESTIONS_INLINE", "PREVIEW_SUGGESTIONS_ACCEPTED", "PREVIEW_WITHOUT_SUGGESTIONS",
)  # fmt: skip
Json = dict[str, Any]

_SECTION_STYLE: Json = {
    "columnSeparatorStyle": "NONE",
    "contentDirection": "LEFT_TO_RIGHT",
    "sectionType": "CONTINUOUS",
}
_CELL_STYLE: Json = {
    "rowSpan": 1,
    "columnSpan": 1,
    "backgroundColor": {},
    **{f"padding{side}": {"magnitude": 5, "unit": "PT"} for side in ("Left", "Right")},
    **{f"padding{side}": {"magnitude": 5, "unit": "PT"} for side in ("Top", "Bottom")},
    "contentAlignment": "TOP",
}
_DOCUMENT_STYLE: Json = {
    "pageSize": {
        "height": {"magnitude": 841.89, "unit": "PT"},
        "width": {"magnitude": 595.28, "unit": "PT"},
    }
}


def seen(units: Units, view: str) -> Units:
    """Return the units as a view of the suggestions shows them."""
    if view == INLINE or not any(unit.marks for unit in units):
        return units
    goes = DELETED if view == ACCEPTED else INSERTED
    kept = [
        unit for unit in units[:-1] if not any(mark.kind == goes for mark in unit.marks)
    ] + units[-1:]
    return [_settled(unit) if unit.marks else unit for unit in kept]


def _settled(unit: Unit) -> Unit:
    marks = frozenset(m for m in unit.marks if m.kind not in (INSERTED, DELETED))
    return Unit(unit.char, unit.style, unit.holds, marks)


def tab_json(doc: Matter, tab: Tab, view: str = INLINE) -> Json:
    """Return the content of a tab: `body` and what belongs to it."""
    units = seen(tab.units, view)
    shown: Json = {
        "body": {"content": Reader(units).content(0)[0]},
        "documentStyle": _DOCUMENT_STYLE,
        "namedStyles": {"styles": []},
    }
    if tab.lists:
        shown["lists"] = {
            key: {"listProperties": {"nestingLevels": levels(preset)}}
            for key, preset in tab.lists.items()
        }
    if tab.images:
        shown["inlineObjects"] = dict(tab.images)
    ranges = _named_ranges(doc, units, tab.key)
    return shown | ({"namedRanges": ranges} if ranges else {})


def _named_ranges(doc: Matter, units: Units, tab: str) -> Json:
    named: Json = {}
    for key, name in doc.ranges.items():
        spans = _ranges(units, Mark(RANGE, key), tab)
        if spans:
            group = named.setdefault(name, {"name": name, "namedRanges": []})
            group["namedRanges"].append({"namedRangeId": key, "name": name, "ranges": spans})
    return named


def _ranges(units: Units, mark: Mark, tab: str) -> list[Json]:
    spans = spans_of(units, mark)
    return [{"startIndex": s.start, "endIndex": s.end, "tabId": tab} for s in spans]


def anchors_json(doc: Matter, tab: Tab) -> Json:
    """Return where the comments of a tab are."""
    shown = {}
    for key in doc.comments:
        spans = _ranges(tab.units, Mark(COMMENT, key), tab.key)
        if spans:
            shown[f"kix.{key}"] = {"anchorId": f"kix.{key}", "ranges": spans}
    return shown


def comments_json(doc: Matter) -> list[Json]:
    """Return the threads of a document."""
    return [thread(comment) for comment in doc.comments.values()]


class Reader:
    """Reads units from a place on; each method also returns the place after."""

    def __init__(self, units: Units) -> None:
        self._units = units

    def content(self, at: int) -> tuple[list[Json], int]:
        """Return the structural elements up to the end of their cell or document."""
        units, elements = self._units, []
        while at < len(units) and units[at].char not in CLOSERS:
            start, char = at, units[at].char
            if char == TABLE:
                shown, at = self._table(at)
            elif char == CONTENTS:
                inner, at = self.content(at + 1)
                shown, at = {"tableOfContents": {"content": inner}}, at + 1
            elif char == SECTION:
                shown, at = {"sectionBreak": {"sectionStyle": _SECTION_STYLE}}, at + 1
            else:
                shown, at = self._paragraph(at)
            elements.append(_placed(start, at, shown))
        return elements, at

    def _table(self, at: int) -> tuple[Json, int]:
        first, rows = self._units[at], []
        at += 1
        while self._units[at].char == ROW:
            row, at = self._row(at)
            rows.append(row)
        columns = max(len(row["tableCells"]) for row in rows)
        style = {"tableColumnProperties": columns_of(first, columns)}
        table = {"rows": len(rows), "columns": columns, "tableRows": rows, "tableStyle": style}
        return {"table": table}, at + 1

    def _row(self, at: int) -> tuple[Json, int]:
        start, cells = at, []
        at += 1
        while self._units[at].char == CELL:
            cell_start = at
            content, at = self.content(at + 1)
            style = _CELL_STYLE | _data(self._units[cell_start])
            cell = {"content": content, "tableCellStyle": style}
            cells.append(_placed(cell_start, at, cell))
        look: Json = {"minRowHeight": {"unit": "PT"}} | _data(self._units[start])
        return _placed(start, at, {"tableCells": cells, "tableRowStyle": look}), at

    def _paragraph(self, at: int) -> tuple[Json, int]:
        units, elements = self._units, []
        while True:
            end = self._run_end(at)
            elements.append(_placed(at, end, _element(units, at, end)))
            if units[end - 1].char == NEWLINE:
                break
            at = end
        paragraph = paragraph_of(units[end - 1])
        shown: Json = {"elements": elements, "paragraphStyle": dict(paragraph.style)}
        if paragraph.bullet is not None:
            bullet: Json = {"listId": paragraph.bullet.list_id}
            if paragraph.bullet.level:
                bullet["nestingLevel"] = paragraph.bullet.level
            shown["bullet"] = bullet | {"textStyle": dict(paragraph.bullet.style)}
        return {"paragraph": shown}, end

    def _run_end(self, at: int) -> int:
        """Return where the run of equal looks ends that starts here."""
        units = self._units
        first = units[at]
        style, marks, suggested = first.style, first.marks, _suggested(first.marks)
        end = at + 1
        if first.char == NEWLINE or first.char == OBJECT:
            return end
        while True:
            unit = units[end]
            if unit.char == OBJECT:
                return end
            if unit.style is not style and unit.style != style:
                return end
            if unit.marks is not marks and _suggested(unit.marks) != suggested:
                return end
            end += 1
            if unit.char == NEWLINE:
                return end


def _suggested(marks: Marks) -> Mapping[str, list[str]]:
    if not marks:
        return _NONE
    found: dict[str, list[str]] = {}
    for mark in sorted(marks, key=lambda mark: mark.key):
        if mark.kind == INSERTED:
            found.setdefault("suggestedInsertionIds", []).append(mark.key)
        elif mark.kind == DELETED:
            found.setdefault("suggestedDeletionIds", []).append(mark.key)
    return found


_NONE: Mapping[str, list[str]] = {}


def _element(units: Units, start: int, end: int) -> Json:
    first = units[start]
    suggested = _suggested(first.marks) if first.marks is not NO_MARKS else {}
    look = {"textStyle": dict(first.style), **suggested}
    if isinstance(first.holds, Thing):
        return {first.holds.kind: {**first.holds.data, **look}}
    return {"textRun": {"content": joined(u.char for u in units[start:end]), **look}}


def _data(unit: Unit) -> Json:
    return dict(unit.holds.data) if isinstance(unit.holds, Thing) else {}


def _placed(start: int, end: int, shown: Json) -> Json:
    # A startIndex of 0 is never sent.
    return ({"startIndex": start} if start else {}) | {"endIndex": end} | shown
