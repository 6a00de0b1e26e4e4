"""Our drop-downs in a document: the ids of their one definition and of its options, and the word that each is.

In Markdown such a drop-down is just the word that it shows, where that is a part of its own: behind a
dot, and before the next dot or the end. Anywhere else it is a thing like those that members put in.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from hashlib import sha1
from typing import Any

from .model import Char, with_look

DEFINITION = "kix.smarketing"
STAND_IN = "▾"
"""What is typed where a drop-down goes, until it takes the place of that letter."""

_OPTION = "dropdownItem."
# Google takes these letters out of all text: nobody's words can be taken for them.
_FIRST, _LAST = 0xE000, 0xE0FF


def option_id(word: str, taken: Collection[str] = ()) -> str:
    """Return the id of the option that shows a word."""
    digest = sha1(word.encode(), usedforsecurity=False).hexdigest()[:10]
    ids = (f"{_OPTION}{digest}{end}" for end in ("", "-2", "-3", "-4"))
    return next((each for each in ids if each not in taken), "")


def is_our_option(option: object, word: object) -> bool:
    """Say whether an option was made by us and still shows the word that it was made for."""
    return str(option or "").startswith(option_id(str(word)))


def is_ours(properties: Mapping[str, Any]) -> bool:
    """Say whether a drop-down is one of ours, by its properties."""
    is_defined = properties.get("dropdownDefinitionId") == DEFINITION
    return is_defined and is_our_option(
        properties.get("selectedOptionId"), properties.get("displayValue")
    )


def stands_as_word(chars: Sequence[Char], at: int) -> bool:
    """Say whether the letter there is a drop-down of ours that Markdown shows as its word."""
    return chars[at].ours and would_be_word(chars, at)


def would_be_word(chars: Sequence[Char], at: int) -> bool:
    """Say whether a drop-down there would be shown as its word, were it ours."""
    before = "".join(char.text for char in chars[max(at - 3, 0) : at])
    after = "".join(char.text for char in chars[at + 1 : at + 3])
    return before.endswith(" · ") and after in ("", " ·")


def in_words(chars: Sequence[Char]) -> list[Char]:
    """Return letters with our drop-downs as the words that they show. They look like what stands
    before them: a drop-down itself is neither bold nor struck out."""
    found: list[Char] = []
    for at, char in enumerate(chars):
        if stands_as_word(chars, at):
            look = with_look(with_look(chars[at - 1].look, "link", ""), "code", False)
            found += [Char(letter, look) for letter in char.text]
        else:
            found.append(replace(char, ours=False) if char.ours else char)
    return found


def to_come(number: int) -> str:
    """Return the letter for a drop-down that is still to be made, with the option of this number."""
    return chr(_FIRST + number)


def number_of(letter: str) -> int:
    """Return which option the drop-down that a letter stands for shows, -1 for any other letter."""
    at = ord(letter) if len(letter) == 1 else -1
    return at - _FIRST if _FIRST <= at <= _LAST else -1
