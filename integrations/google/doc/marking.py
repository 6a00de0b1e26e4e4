"""Which words of a wanted text are drop-downs of ours: those that are there, and those to be made. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import requests as make
from .align import changes
from .model import ITEM, PARAGRAPH, PLAIN, Block, Char, Json, Text, letters, spans
from .offer import Offer
from .ours import stands_as_word, to_come
from .tidy import has_box

_DOT = " · "


@dataclass(frozen=True, slots=True)
class Marked:
    """The text of a block as it is and as it is wanted, with drop-downs as one letter each, and the
    requests that make those that stay show what is wanted."""

    shown: Text
    wanted: Text
    requests: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str


def new_line(block: Block, offer: Offer) -> Text:
    """Return the text of a new block: a line with a tick box that ends with one of the words gets a drop-down."""
    chars = letters(block.text)
    if block.kind != ITEM or not has_box("".join(char.text for char in chars[:2])):
        return block.text
    return spans(_with_one_to_come(chars, offer))


def marked(old: Block, wanted: Block, offer: Offer) -> Marked:
    """Return what becomes of the drop-downs in a block that stays."""
    if not {old.kind, wanted.kind} <= {ITEM, PARAGRAPH}:
        return Marked(old.text, wanted.text)
    chars = old.where.chars
    ours = [at for at in range(len(chars)) if stands_as_word(chars, at)]
    shown = letters(old.text)
    for at in ours:
        one = chars[at]
        shown[at : at + len(one.text)] = [Char(one.text, PLAIN, one.handle)]
    new = letters(wanted.text)
    words = [each for each in _words(new) if each.text in offer.options]
    if not ours:
        said = _last_part(letters(old.text))
        is_new = bool(words) and words[-1].end == len(new) and words[-1].text != said
        return Marked(old.text, spans(_with_one_to_come(new, offer)) if is_new else wanted.text)
    pairs = list(zip(reversed(ours), reversed(words), strict=False))
    requests: list[Json] = []
    for at, word in pairs:
        one = chars[at]
        kept = [*new[: word.start], Char(one.text, PLAIN, one.handle), *new[word.end :]]
        if _stays(chars, kept, at):
            new = kept
            if word.text != one.text:
                requests.append(make.choose(one.handle, offer.options[word.text]))
        elif word.text in offer.fresh:
            new[word.start : word.end] = [Char(to_come(offer.fresh[word.text]))]
    return Marked(spans(shown), spans(new), tuple(requests))


def _stays(old: Sequence[Char], new: Sequence[Char], at: int) -> bool:
    """Say whether the edit that makes one text the other leaves the letter there where it is."""
    return not any(i <= at < i_end for i, i_end, _, _ in changes(old, new))


def _with_one_to_come(chars: list[Char], offer: Offer) -> list[Char]:
    last = next((each for each in _words(chars) if each.end == len(chars)), None)
    if last is None or last.text not in offer.fresh:
        return chars
    return [*chars[: last.start], Char(to_come(offer.fresh[last.text]))]


def _words(chars: Sequence[Char]) -> Iterator[_Word]:
    """Yield the plain words that stand behind a dot and before another, or the end."""
    said = "".join("\ufffc" if char.handle else char.text for char in chars)
    at = said.find(_DOT)
    while at >= 0:
        start, at = at + len(_DOT), said.find(_DOT, at + 1)
        end = at if at >= 0 else len(said)
        if all(char.look == PLAIN and not char.handle for char in chars[start:end]):
            yield _Word(start, end, said[start:end])


def _last_part(chars: Sequence[Char]) -> str:
    return "".join(char.text for char in chars).rpartition(_DOT)[2]
