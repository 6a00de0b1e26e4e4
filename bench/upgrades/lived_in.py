"""A document that members lived in: edits by chance, the same for the same seed."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

_WORDS = re.compile(r"[A-Za-z][a-z']+(?: [a-z']+){2}")
_MARK = re.compile(r"\s*(?:[-+*]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?")
_PLAIN_END = re.compile(r"([a-z']+ [a-z']+\.)$")


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of one line: words are put behind some that stand there once, or taken out.

    `typed` is what a person types in an editor of documents where Markdown needs other marks.
    """

    line: int
    find: str
    insert: str = ""
    delete: bool = False
    typed: str = ""

    def done_to(self, text: str) -> str:
        """Return a text, the whole document or its line, as it is afterwards."""
        if self.delete:
            return text.replace(self.find, "", 1)
        return text.replace(self.find, self.find + self.insert, 1)


def edits(text: str, share: float, seed: int) -> Sequence[Edit]:
    """Return the edits of members who change this share of the lines, at most one each."""
    chance = random.Random(seed)
    lines = text.splitlines()
    able = [number for number, line in enumerate(lines) if _places(line, text)]
    chosen = chance.sample(able, round(share * len(able)))
    return [_edit(number, lines[number], text, chance) for number in sorted(chosen)]


def _places(line: str, text: str) -> list[str]:
    """Return runs of plain words that stand in the document once: they can be named."""
    if line.lstrip().startswith(("#", "```")) or re.match(r"^[\s|:-]*$", line):
        return []
    return [found for found in _WORDS.findall(_without_links(line)) if _once(found, text)]


def _once(words: str, text: str) -> bool:
    """Say whether words stand in a document once, with the marks of Markdown and without."""
    return text.count(words) == 1 and re.sub(r"[*_`]", "", text).count(words) == 1


def _without_links(line: str) -> str:
    return re.sub(r"\[[^\]]*\]\([^)]*\)", "|", line)


def _edit(number: int, line: str, text: str, chance: random.Random) -> Edit:
    token = f"tok{chance.randrange(10**9):09d}"
    how = chance.choice(["reword", "reword", "add", "line", "cut"])
    ending = _PLAIN_END.search(line)
    if how == "add" and ending and _once(ending[1], text):
        return Edit(number, ending[1], f" We saw {token} last week.")
    if how == "line" and ending and _once(ending[1], text):
        words = f"Our own words, {token}, stand here."
        mark = _MARK.match(line)
        before = f"\n{mark[0]}" if mark else "\n\n"
        return Edit(number, ending[1], f"{before}{words}", typed=f"\n{words}")
    place = chance.choice(_places(line, text))
    tail = place[place.index(" ") :]
    if how == "cut" and _once(tail, text):
        return Edit(number, tail, delete=True)
    return Edit(number, place, f" {token}")
