"""The drop-downs of members: what each shows, and the requests that make it show another option.

A drop-down stays where it is, in Markdown as `![Stuck](doc:kix.abc)`: only the words of its handle change,
and only to one of its own options, or to another word of the same meaning.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from . import requests as make
from .model import Block, Json, Part, Text, texts_of
from .offer import Choices, Offer, offered
from .ours import DEFINITION, is_our_option, would_be_word
from .runs import chars_of, thing_of, words_on


@dataclass(frozen=True, slots=True)
class Choosing:
    """What is wanted of the things of a document.

    `requests` make drop-downs show it, in the letters of their options: `spelled` are handles as they were
    wanted and as they will be. `lacking` are (shown, wanted) where a thing can't show what is wanted.
    """

    requests: tuple[Json, ...] = ()
    spelled: tuple[tuple[str, str], ...] = ()
    lacking: tuple[tuple[str, str], ...] = ()

    def as_shown(self, wanted: str) -> str:
        """Return the wanted text as the document will show it."""
        for asked, shown in self.spelled:
            wanted = wanted.replace(asked, shown)
        return wanted


def offer_of(document: Json, choices: Choices) -> Offer:
    """Return what our own drop-downs in a document offer; it was read with its tabs."""
    return offered(_first_tab(document), choices)


def choosing(
    document: Json,
    wanted: Sequence[Part],
    choices: Choices = (),
    offer: Offer | None = None,
    *,
    is_able: bool = True,
) -> Choosing:
    """Return how the wanted words come to be shown. Options are known where the document was read
    with its tabs; `is_able` says whether the account may choose one."""
    tab = _with_options(_first_tab(document), offer or Offer())
    asked = {
        span.handle: span.text for part in wanted for text in texts_of(part)
        for span in text if span.handle
    }  # fmt: skip
    spelled: list[tuple[str, str]] = []
    requests: list[Json] = []
    lacking: list[tuple[str, str]] = []
    for paragraph in _paragraphs((tab.get("body") or {}).get("content") or []):
        if not _may_hold_things(paragraph):
            continue
        dropdowns, chars = _dropdowns(paragraph), chars_of(paragraph)
        for place, char in enumerate(chars):
            word = asked.get(char.handle, char.text) if char.handle else ""
            if not char.handle or word == char.text:
                continue
            dropdown = dropdowns.get(char.handle) if is_able else None
            option = _option(tab, dropdown, _meant(word, choices)) if dropdown else None
            if dropdown and option:
                label = words_on(str(option.get("displayValue") or ""))
                at = f"](doc:{char.handle})"
                becomes_ours = is_our_option(option["optionId"], label) and would_be_word(
                    chars, place
                )
                shown = label if becomes_ours else f"![{label}{at}"
                spelled.append((f"![{word}{at}", shown))
                if label != char.text:
                    key = str(dropdown["dropdownId"])
                    requests.append(make.choose(key, str(option["optionId"])))
            else:
                lacking.append((char.text, word))
    return Choosing(tuple(requests), tuple(spelled), tuple(lacking))


def as_they_are(document: Json, wanted: Sequence[Part]) -> tuple[Part, ...]:
    """Return what is wanted, with the words that the handles show in the document now."""
    if not any(span.handle for part in wanted for text in texts_of(part) for span in text):
        return tuple(wanted)
    content = (_first_tab(document).get("body") or {}).get("content") or []
    now = {
        char.handle: char.text
        for paragraph in _paragraphs(content) if _may_hold_things(paragraph)
        for char in chars_of(paragraph) if char.handle
    }  # fmt: skip
    return tuple(_shown(part, now) for part in wanted) if now else tuple(wanted)


def _first_tab(document: Json) -> Json:
    tabs = document.get("tabs") or []
    first: Json = tabs[0].get("documentTab", {}) if tabs else document
    return first


def _paragraphs(content: Sequence[Json]) -> Iterator[Json]:
    for element in content:
        if "paragraph" in element:
            yield element["paragraph"]
        for row in (element.get("table") or {}).get("tableRows") or []:
            for cell in row.get("tableCells") or []:
                yield from _paragraphs(cell.get("content") or [])


def _may_hold_things(paragraph: Json) -> bool:
    """Say whether anything in a paragraph can be known by a handle: to look is quicker than to read."""
    runs = [each.get("textRun") for each in paragraph.get("elements") or []]
    said = "".join(str(run.get("content", "")) for run in runs if run)
    beside = paragraph.get("positionedObjectIds")
    return bool(beside) or None in runs or "](doc:" in said or "\ue907" in said


def _dropdowns(paragraph: Json) -> dict[str, Json]:
    return {
        thing_of(element).handle: element["dropdown"]
        for element in paragraph.get("elements") or []
        if (element.get("dropdown") or {}).get("dropdownId")
    }


def _with_options(tab: Json, offer: Offer) -> Json:
    """Return the tab with the options that our own drop-downs will have to choose from."""
    defined = (tab.get("dropdownDefinitions") or {}).get(DEFINITION)
    if not defined or not offer.requests:
        return tab
    named = [{"optionId": key, "displayValue": word} for word, key in offer.options.items()]
    old = (defined.get("dropdownDefinitionProperties") or {}).get("options") or []
    defined = {**defined, "dropdownDefinitionProperties": {"options": [*named, *old]}}
    return {**tab, "dropdownDefinitions": {**tab["dropdownDefinitions"], DEFINITION: defined}}


def _meant(word: str, choices: Choices) -> tuple[str, ...]:
    """Return the word, and the others of the same meaning behind it."""
    same = (each for each in choices if word.casefold() in (one.casefold() for one in each))
    return (word, *(one for each in same for one in each))


def _option(tab: Json, dropdown: Json, words: Sequence[str]) -> Json | None:
    """Return the option of the first of these words that there is; the same letters come before
    the same word."""
    named = (dropdown.get("dropdownProperties") or {}).get("dropdownDefinitionId")
    defined = (tab.get("dropdownDefinitions") or {}).get(named) or {}
    options = (defined.get("dropdownDefinitionProperties") or {}).get("options") or []
    said = {words_on(str(each.get("displayValue") or "")): each for each in reversed(options)}
    loosely = {text.casefold(): each for text, each in said.items()}
    found = (said.get(word) or loosely.get(word.casefold()) for word in words)
    return next((option for option in found if option and option.get("optionId")), None)


def _shown(part: Part, shown: Mapping[str, str]) -> Part:
    if isinstance(part, Block):
        return replace(part, text=_text(part.text, shown))
    rows = tuple(
        tuple(replace(cell, text=_text(cell.text, shown)) for cell in row) for row in part.rows
    )
    return replace(part, rows=rows)


def _text(text: Text, shown: Mapping[str, str]) -> Text:
    return tuple(
        replace(span, text=shown[span.handle]) if span.handle in shown else span for span in text
    )
