"""Carry out one batch of requests on a document's matter."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from . import anchors, bullets, chips, dropdowns, styles, tables, text
from .errors import Declined, not_served
from .model import Matter, Tab, new_body
from .units import DELETED, INSERTED, Mark

Reply = dict[str, Any]
_Handler = Callable[[Matter, Mapping[str, Any]], Reply | None]

_HANDLERS: dict[str, _Handler] = {
    "insertText": text.insert_text,
    "deleteContentRange": text.delete_range,
    "replaceAllText": text.replace_all,
    "updateTextStyle": styles.update_text_style,
    "createParagraphBullets": bullets.create_bullets,
    "insertTable": tables.insert_table,
    "insertTableRow": tables.insert_row,
    "insertTableColumn": tables.insert_column,
    "deleteTableRow": tables.delete_row,
    "deleteTableColumn": tables.delete_column,
    "updateTableCellStyle": tables.style_cells,
    "updateTableRowStyle": tables.style_rows,
    "updateTableColumnProperties": tables.style_columns,
    "pinTableHeaderRows": tables.pin_rows,
    "insertPerson": chips.insert_person,
    "insertDate": chips.insert_date,
    "insertRichLink": chips.insert_rich_link,
    "insertInlineImage": chips.insert_image,
    "insertPageBreak": chips.insert_page_break,
    "createDropdownDefinition": dropdowns.create_definition,
    "updateDropdownDefinitionProperties": dropdowns.update_definition,
    "insertDropdown": dropdowns.insert_dropdown,
    "updateDropdownProperties": dropdowns.update_dropdown,
    "createNamedRange": anchors.create_range,
    "deleteNamedRange": anchors.delete_range_name,
    "deleteComment": anchors.delete_comment,
    "acceptSuggestion": anchors.accept_suggestion,
    "rejectSuggestion": anchors.reject_suggestion,
    "deleteSuggestion": anchors.reject_suggestion,
}
_OF_DROPDOWNS = frozenset((
    "createDropdownDefinition", "updateDropdownDefinitionProperties",
    "insertDropdown", "updateDropdownProperties",
))  # fmt: skip
_SUGGESTED = {"insertText": INSERTED, "deleteContentRange": DELETED}
_KNOWN_ELSEWHERE = frozenset((
    "addCommentReply", "createFooter", "createFootnote",
    "createHeader", "deleteCommentReply", "deleteDropdownDefinition", "deleteFooter",
    "deleteHeader", "deletePositionedObject", "deleteTab",
    "insertSectionBreak", "mergeTableCells", "replaceImage", "replaceNamedRangeContent",
    "unmergeTableCells", "updateCommentPost", "updateDocumentStyle",
    "updateDocumentTabProperties",
    "updateNamedStyle", "updateSectionStyle",
))  # fmt: skip


@dataclass(slots=True)
class Batch:
    """How a batch is carried out: by whom, when, and whether only as suggestions."""

    author: str = "Somebody"
    at: str = "2026-01-01T00:00:00Z"
    suggest: bool = False
    switches: frozenset[str] = frozenset()

    def carry_out(self, doc: Matter, requests: list[Any]) -> tuple[list[Reply], list[str]]:
        """Return the replies, and the ids of the suggestions that were made."""
        named = [_named(number, request) for number, request in enumerate(requests)]
        replies: list[Reply] = []
        made: list[str] = []
        for number, (name, body) in enumerate(named):
            try:
                if self.suggest:
                    made.append(self._suggest(doc, name, body))
                    replies.append({})
                else:
                    replies.append(self._one(doc, name, body) or {})
            except Declined as no:
                raise Declined(
                    f"Invalid requests[{number}].{name}: {no.why}", no.status, no.code
                ) from None
        return replies, made

    def _one(self, doc: Matter, name: str, body: Mapping[str, Any]) -> Reply | None:
        if name == "updateParagraphStyle":
            styles.update_paragraph_style(doc, body, self.switches)
            return None
        if name == "deleteParagraphBullets":
            bullets.delete_bullets(doc, body, self.switches)
            return None
        if name == "insertComment":
            return anchors.insert_comment(doc, body, self.author, self.at)
        if name == "addDocumentTab":
            return _add_tab(doc, body)
        if name not in _HANDLERS:
            raise not_served(name)
        if name in _OF_DROPDOWNS and "google-docs-without-drop-downs" in self.switches:
            raise Declined("Dropdowns are not supported for this account.")
        return _HANDLERS[name](doc, body)

    def _suggest(self, doc: Matter, name: str, body: Mapping[str, Any]) -> str:
        if name not in _SUGGESTED:
            raise not_served(f"{name} as a suggestion")
        key = doc.fresh("suggest.")
        doc.suggestions[key] = "OPEN"
        mark = Mark(_SUGGESTED[name], key)
        if name == "insertText":
            text.insert_text(doc, body, mark)
        else:
            text.delete_range(doc, body, mark)
        return key


_NAMES = _HANDLERS.keys() | _KNOWN_ELSEWHERE | {
    "updateParagraphStyle", "deleteParagraphBullets", "insertComment", "addDocumentTab",
}  # fmt: skip


def _named(number: int, request: Any) -> tuple[str, Mapping[str, Any]]:
    """Return the name and the body of a request; its shape is checked before any is done."""
    if not isinstance(request, dict) or len(request) != 1:
        raise Declined(f"Invalid requests[{number}]: exactly one request must be set.")
    name, body = next(iter(request.items()))
    if name not in _NAMES:
        raise Declined(
            f'Invalid JSON payload received. Unknown name "{name}" at '
            f"'requests[{number}]': Cannot find field."
        )
    if not isinstance(body, dict):
        raise Declined(f"Invalid value at 'requests[{number}].{name}'.")
    return name, body


def _add_tab(doc: Matter, body: Mapping[str, Any]) -> Reply:
    given = body.get("tabProperties") or {}
    key = doc.fresh("t.")
    title = str(given.get("title") or f"Tab {len(doc.tabs) + 1}")
    doc.tabs.append(Tab(key, title, new_body()))
    shown = {"tabId": key, "title": title, "index": len(doc.tabs) - 1}
    return {"addDocumentTab": {"tabProperties": shown}}
