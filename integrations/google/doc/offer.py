"""What our drop-downs in a document have to choose from: made, and kept up with the words of today. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from . import requests as make
from .model import Json
from .ours import DEFINITION, is_our_option, option_id
from .runs import words_on

Choices = Sequence[Sequence[str]]
"""The words that a line may end with, in their order, each with other words of the same meaning."""

TITLE = "Status"
_FEWEST, _MOST = 2, 50


@dataclass(frozen=True, slots=True)
class Offer:
    """What our drop-downs have to choose from: words to the ids of their options.

    `requests` make it so; `is_there` says whether the document has had drop-downs of ours before.
    `fresh` are the words for which new ones are made, by the numbers of their options.
    """

    options: Mapping[str, str] = field(default_factory=dict)
    fresh: Mapping[str, int] = field(default_factory=dict)
    requests: tuple[Json, ...] = ()
    is_there: bool = False

    def option(self, number: int) -> str:
        """Return the id of the option of this number."""
        return tuple(self.options.values())[number]

    def with_needed(self, requests: Sequence[Json]) -> list[Json]:
        """Return the requests of an edit behind those that let it use our drop-downs."""
        if not requests or not (self.is_there or any("insertDropdown" in one for one in requests)):
            return list(requests)
        return [*self.requests, *requests]


def offered(tab: Json, choices: Choices) -> Offer:
    """Return what drop-downs of ours in a tab offer, so that they have these words to choose from.

    What a line shows stays, and what members added; a word that is gone goes once no line shows it.
    """
    defined = (tab.get("dropdownDefinitions") or {}).get(DEFINITION)
    said = [str(each[0]) for each in choices if each and words_on(each[0]) == each[0] != ""]
    words = list(dict.fromkeys(said))
    there = _options(defined or {})
    shown = set(_shown(tab)) if there else set()
    stays = [
        one for one in there
        if not is_our_option(one.get("optionId"), one.get("displayValue"))
        or one["displayValue"] in words or one["optionId"] in shown or not words
    ]  # fmt: skip
    known = {str(one.get("displayValue") or "") for one in stays}
    lacking = [word for word in words if word not in known][: max(_MOST - len(stays), 0)]
    taken = {str(one.get("optionId") or "") for one in stays}
    new = [{"optionId": option_id(word, taken), "displayValue": word} for word in lacking]
    options = sorted([*stays, *new], key=lambda one: _place(one, words)) if new else stays
    if len(options) < _FEWEST:
        return Offer()
    ids = {
        str(one["displayValue"]): str(one["optionId"]) for one in options
        if is_our_option(one.get("optionId"), one.get("displayValue"))
    }  # fmt: skip
    fresh = {word: number for number, word in enumerate(ids) if word in words}
    return Offer(ids, fresh, tuple(_requests(defined, there, options)), defined is not None)


def _requests(defined: Json | None, there: Sequence[Json], options: list[Json]) -> Iterator[Json]:
    if defined is None:
        yield make.define(DEFINITION, TITLE, options)
    elif list(there) != options:
        yield make.redefine(DEFINITION, options)


def _options(defined: Json) -> list[Json]:
    return list((defined.get("dropdownDefinitionProperties") or {}).get("options") or [])


def _place(option: Json, words: Sequence[str]) -> int:
    word = option.get("displayValue")
    return words.index(word) if word in words else len(words)


def _shown(value: object) -> Iterator[str]:
    """Yield the options that drop-downs show, suggested ones too."""
    if isinstance(value, dict):
        if isinstance(value.get("selectedOptionId"), str):
            yield value["selectedOptionId"]
        for each in value.values():
            yield from _shown(each)
    elif isinstance(value, list):
        for each in value:
            yield from _shown(each)
