"""Turn a document into text: what `files.export` sends, and what a test compares."""

from collections.abc import Iterator
from typing import Any

from ..errors import invalid
from .anchors import spans_of
from .bullets import CHECKBOX
from .json import WITHOUT, Json, Reader, seen
from .model import Matter, Tab
from .units import COMMENT, Mark, text_of


def exported(doc: Matter, mime: str) -> str:
    """Return the first tab in another format."""
    tab = doc.first()
    content = Reader(seen(tab.units, WITHOUT)).content(0)[0]
    mime = mime.split(";")[0].strip()
    if mime == "text/plain":
        return "\ufeff" + "".join(_plain(content)).replace("\n", "\r\n")
    if mime in ("text/markdown", "text/x-markdown"):
        return "\n\n".join(_markdown(content, tab)) + "\n"
    raise invalid("The requested conversion is not supported.", "mimeType", "badRequest")


def _plain(content: list[Json]) -> Iterator[str]:
    for element in content:
        if "paragraph" in element:
            yield _words(element["paragraph"])
        elif "table" in element:
            for row in element["table"]["tableRows"]:
                for cell in row["tableCells"]:
                    yield from _plain(cell["content"])


def _words(paragraph: Json) -> str:
    runs = (e.get("textRun", {}).get("content", "") for e in paragraph["elements"])
    return "".join(runs)


def _markdown(content: list[Json], tab: Tab) -> Iterator[str]:
    items: list[str] = []
    for element in content:
        paragraph = element.get("paragraph", {})
        if "bullet" in paragraph:
            items.append(_item(paragraph, tab))
            continue
        if items:
            yield "\n".join(items)
            items = []
        if paragraph:
            text = _hashes(paragraph) + "".join(map(_run, paragraph["elements"])).strip("\n")
            if text.strip():
                yield text
        elif "table" in element:
            yield "\n".join(_table(element["table"]))
    if items:
        yield "\n".join(items)


def _item(paragraph: Json, tab: Tab) -> str:
    bullet = paragraph["bullet"]
    preset = tab.lists[bullet["listId"]]
    lead = "1. " if preset.startswith("NUMBERED") else "- [ ] " if preset == CHECKBOX else "* "
    words = "".join(map(_run, paragraph["elements"])).strip("\n")
    level: int = bullet.get("nestingLevel", 0)
    return "  " * level + lead + words


def _hashes(paragraph: Json) -> str:
    named = paragraph["paragraphStyle"]["namedStyleType"]
    return "#" * int(named[-1]) + " " if named.startswith("HEADING_") else ""


_AROUND = (("bold", "**"), ("italic", "*"), ("strikethrough", "~~"))


def _run(element: Json) -> str:
    if "horizontalRule" in element:
        return "---"
    run: Json | None = element.get("textRun")
    if run is None:
        return ""
    words: str = run["content"].rstrip("\n")
    end: str = "\n" * run["content"].count("\n")
    style: Json = run["textStyle"]
    if words.strip():
        for name, sign in _AROUND:
            words = f"{sign}{words}{sign}" if style.get(name) else words
        url = style.get("link", {}).get("url")
        words = f"[{words}]({url})" if url else words
    return words + end


def _table(table: Json) -> Iterator[str]:
    for number, row in enumerate(table["tableRows"]):
        cells = [" ".join("".join(_plain(cell["content"])).split()) for cell in row["tableCells"]]
        yield "| " + " | ".join(cells) + " |"
        if not number:
            yield "|" + " --- |" * len(cells)


def pictured(doc: Matter) -> Any:
    """Return what can be seen of a document, without ids."""
    return {
        "tabs": [(tab.title, _blocks(Reader(tab.units).content(0)[0], tab)) for tab in doc.tabs],
        "comments": sorted(
            (comment.head.words, "".join(_covered(tab, key) for tab in doc.tabs))
            for key, comment in doc.comments.items()
        ),
    }


def _covered(tab: Tab, key: str) -> str:
    spans = spans_of(tab.units, Mark(COMMENT, key))
    return "".join(text_of(tab.units[span.start : span.end]) for span in spans)


def _blocks(content: list[Json], tab: Tab) -> list[Any]:
    return [_block(element, tab) for element in content]


def _block(element: Json, tab: Tab) -> Any:
    if "paragraph" in element:
        paragraph = element["paragraph"]
        style = {n: v for n, v in paragraph["paragraphStyle"].items() if n != "headingId"}
        bullet = paragraph.get("bullet")
        item = bullet and (tab.lists[bullet["listId"]], bullet.get("nestingLevel", 0))
        return style, item, [_seen(each) for each in paragraph["elements"]]
    if "table" in element:
        rows = element["table"]["tableRows"]
        return [[_blocks(cell["content"], tab) for cell in row["tableCells"]] for row in rows]
    return sorted(element.keys() - {"startIndex", "endIndex"})


_IDS = frozenset(("personId", "dateId", "richLinkId", "inlineObjectId",
                  "dropdownId", "dropdownDefinitionId", "selectedOptionId"))  # fmt: skip


def _seen(element: Json) -> Any:
    kind = next(name for name in element if name not in ("startIndex", "endIndex"))
    return kind, {n: v for n, v in element[kind].items() if n not in _IDS}
