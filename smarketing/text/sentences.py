"""Cut a paragraph into sentences that join back to the same text."""

import re
from dataclasses import dataclass
from functools import lru_cache

_HARD_BREAK = r"(?:[ ]{2}|\\)(?:\r\n|\r|\n)|(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)"
_STOP = re.compile(
    rf"""(?<![.!?…])[.!?…]++["'”’»)\]*_~`]*+(?=\s)|[。！？]+["'”’»)\]*_~`」』）]*|(?={_HARD_BREAK})"""
)
_LINES = re.compile(_STOP.pattern + r"|(?=[\r\n])")
_BLANKS = re.compile(r"\s*")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(\[\"'“‘«*_])(?:[^\W\d_]|\d{1,3}|"
    r"e\.g|i\.e|z\.B|d\.h|u\.a|vs|etc|approx|ca|cf|incl|No|Nr|Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Okt|Oct|Nov|Dez|Dec|bzw|ggf|evtl|inkl|Inc|Ltd|Co)\.$"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and the blanks between it and the next."""

    text: str
    gap: str

    @property
    def key(self) -> str:
        """The sentence however it is wrapped."""
        return " ".join(self.text.split())


@lru_cache(maxsize=8192)
def sentences(text: str, by_line: bool = False) -> tuple[Sentence, ...]:
    """Cut the text; each line is a sentence too where `by_line`.

    Blanks before the first word belong to the first sentence. A text of blanks alone is one
    sentence, an empty text is none.
    """
    found: list[Sentence] = []
    start = _end_of_blanks(text, 0)
    begin = 0
    for stop in (_LINES if by_line else _STOP).finditer(text, start):
        end = stop.end()
        if end <= start:
            continue
        gap_end = _end_of_blanks(text, end)
        if gap_end >= len(text):
            break
        if _runs_on(text, start, end):
            continue
        found.append(Sentence(text[begin:end], text[end:gap_end]))
        begin = start = gap_end
    if begin < len(text):
        body = text[begin:].rstrip()
        found.append(Sentence(body, text[begin + len(body) :]))
    return tuple(found)


def _end_of_blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at


def _runs_on(text: str, start: int, end: int) -> bool:
    """Say whether a full stop only ends an abbreviation. What follows doesn't count: else a
    sentence would change with its neighbour."""
    return bool(_ABBREVIATED.search(text[max(start, end - 12) : end]))
