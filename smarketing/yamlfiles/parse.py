"""Reads YAML that people wrote, strangers included: plain values stay text, nothing is executed,
every value knows its line and column, and whatever is wrong is told in a person's words.
"""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

import yaml

from smarketing.problems import Problem, Problems
from smarketing.text.unseen import unseen
from smarketing.yamlfiles.plain import plain_value
from smarketing.yamlfiles.source import Source, Spot
from smarketing.yamlfiles.words import Trouble, in_words

MOST_LEVELS = 40
MOST_REPEATED = 50_000
"""How many values all aliases of a file may repeat together."""

MOST_TROUBLES = 50


def parse(text: str, file: str) -> Source:
    """Read YAML from a text; raise Problems for all that is wrong with it as YAML."""
    source = Source(file, text, None, Spot(0, 0, len(text), None))
    hidden = [
        Trouble(at, f"There is an invisible control character here ({name}).", "Delete it.")
        for at, name in islice(unseen(text), MOST_TROUBLES)
    ]
    if hidden:
        raise _problems(source, hidden)
    with without_collecting():
        builder = _Builder(text)
        try:
            data, spot = builder.document()
        except Trouble as trouble:
            raise _problems(source, [*builder.troubles, trouble]) from None
        except yaml.YAMLError as error:
            raise _problems(source, [*builder.troubles, in_words(error, text)]) from None
    if builder.troubles:
        raise _problems(source, builder.troubles)
    return Source(file, text, data, spot)


def _problems(source: Source, troubles: Sequence[Trouble]) -> Problems:
    return Problems(
        Problem(source.file, *source.position(at.offset), at.message, at.instead) for at in troubles
    )


@contextmanager
def without_collecting() -> Iterator[None]:
    """Hold the garbage collector: a large file makes many values and no garbage."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


_Value = tuple[Any, Spot]
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Builder:
    """Builds data and places from the parser's events, and stops at the limits."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.troubles: list[Trouble] = []
        self._next = _Loader(text).get_event
        self._anchors: dict[str, tuple[Any, Spot, int]] = {}
        self._made = 0
        self._repeated = 0

    def document(self) -> _Value:
        """Return the one document of the text."""
        self._next()  # the start of the stream
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            return None, Spot(0, 0, 0, None)
        value = self._value(self._next(), 0)
        self._next()  # the end of the document
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            raise Trouble(
                event.start_mark.index,
                "A second document begins here (after '---').",
                "One file holds one document: delete the line '---'.",
            )
        return value

    def _value(self, event: Any, level: int) -> _Value:
        self._made += 1
        at = event.start_mark.index
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event)
        elif isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        else:
            self._check_tag(event)
            if level >= MOST_LEVELS:
                words = f"This is nested deeper than {MOST_LEVELS} levels."
                raise Trouble(at, words, "Use fewer levels.")
            made = self._made
            if isinstance(event, yaml.MappingStartEvent):
                value = self._mapping(at, level + 1)
            else:
                value = self._sequence(at, level + 1)
            if event.anchor:
                self._anchors[event.anchor] = (*value, self._made - made + 1)
            return value
        if event.anchor:
            self._anchors[event.anchor] = (*value, 1)
        return value

    def _note(self, trouble: Trouble) -> None:
        """Keep what is wrong and go on, unless there is too much of it."""
        if len(self.troubles) >= MOST_TROUBLES:
            raise trouble
        self.troubles.append(trouble)

    def _check_tag(self, event: Any) -> None:
        if event.tag is not None:
            words = "A type with '!' can't be used here: files hold plain data only."
            at = event.start_mark.index
            self._note(Trouble(at, words, "Delete the word that begins with '!'."))

    def _scalar(self, event: Any) -> _Value:
        start, text = event.start_mark.index, event.value
        spot = Spot(start, start, event.end_mark.index, None)
        if event.tag is not None:
            self._check_tag(event)
        if event.implicit[0]:
            return plain_value(text), spot
        if event.style == '"' and "\\" in self.text[start : spot.end]:
            for _, name in unseen(text):
                words = f"This holds an invisible control character ({name})."
                self._note(Trouble(start, words, "Delete it."))
        return text, spot

    def _alias(self, event: Any) -> _Value:
        at = event.start_mark.index
        if event.anchor not in self._anchors:
            name = event.anchor[:40]
            words = f"'*{name}' repeats something that nothing above is named ('&{name}')."
            raise Trouble(at, words, "Put quotes around a text that begins with '*' or '&'.")
        data, spot, size = self._anchors[event.anchor]
        self._repeated += size
        self._made += size - 1
        if self._repeated > MOST_REPEATED:
            words = f"Aliases ('*{event.anchor[:40]}') repeat far too much in this file."
            raise Trouble(at, words, "Write it out instead.")
        return data, Spot(at, at, event.end_mark.index, spot.parts)

    def _sequence(self, start: int, level: int) -> _Value:
        data, spots = [], []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            value, spot = self._value(event, level)
            data.append(value)
            spots.append(spot)
        return data, Spot(start, start, _end(event), spots)

    def _mapping(self, start: int, level: int) -> _Value:
        data: dict[str, Any] = {}
        spots: dict[Any, Spot] = {}
        merged: list[tuple[int, Any]] = []
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            at = event.start_mark.index
            key = self._key(event, level)
            value, spot = self._value(self._next(), level)
            if key == "<<" and event.implicit[0]:
                merged.append((at, value))
            elif key in data:
                line = self.text.count("\n", 0, spots[key].key) + 1
                words = f"'{key[:60]}' stands here twice: it is already in line {line}."
                self._note(Trouble(at, words, "Keep one, or rename one."))
            elif key is not None:
                data[key] = value
                spots[key] = Spot(at, spot.start, spot.end, spot.parts)
        for at, value in merged:
            self._merge(at, value, data, spots)
        return data, Spot(start, start, _end(event), spots)

    def _key(self, event: Any, level: int) -> str | None:
        """Return the key as it is written: `on`, `no`, `10:00` and `2026` are good keys."""
        at = event.start_mark.index
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
            if event.value or not event.implicit[0]:
                return str(event.value)
        else:
            self._value(event, level)
        if self.text.startswith("{{", at - 1) or self.text.startswith("{{", at):
            words = "A text that begins with '{{' needs quotes around all of it."
            instead = 'For example: title: "{{ company }}".'
            self._note(Trouble(max(0, at - 1), words, instead))
        else:
            words = "The name before a ':' has to be a plain word."
            self._note(Trouble(at, words, "Put quotes around a text with a ':'."))
        return None

    def _merge(self, at: int, value: Any, data: dict[str, Any], spots: dict[Any, Spot]) -> None:
        for other in value if isinstance(value, list) else [value]:
            if not isinstance(other, dict):
                words = "'<<' takes up the names of another mapping, and this is none."
                self._note(Trouble(at, words, "Write '<<: *name'."))
                continue
            for key in other:
                if key not in data:
                    data[key] = other[key]
                    spots[key] = Spot(at, at, at, None)


def _end(event: Any) -> int:
    end: int = event.end_mark.index
    return end
