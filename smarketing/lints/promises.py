"""Promise without clock: somebody owes something, and nobody can say when it is late."""

import re
from collections.abc import Iterator, Mapping, Sequence

from smarketing.lints.advice import Advice, advice
from smarketing.lints.clocks import is_no_time, says_when
from smarketing.lints.placed import Line, Paragraph
from smarketing.lints.said import filled
from smarketing.text.sentences import sentences
from smarketing.text.wording import shortened

_DOES = (
    "answers|replies|responds|sends|gives|hands|tells|reports|calls|writes|returns|delivers|informs|brings|updates|"
    "confirms|reviews|shares|passes|enters|follows|contacts|provides|supplies|prepares|accepts|decides|gets|receives|"
    "learns|hears|notifies|publishes|corrects|closes"
)
_DO = (
    "answer|reply|respond|send|give|hand|tell|report|call|write|return|deliver|inform|bring|update|confirm|review|"
    "share|pass|enter|follow|contact|provide|supply|prepare|accept|decide|get|receive|learn|hear|notify|publish|"
    "correct|close"
)
_OWES = r"must|have to|has to|ought to|owes?|promises?(?: to)?|commits? to|will|shall|is to|are to|agrees? to"
_MANY = r"(?:both |the |our |all )?(?:heads|teams|reps|sales people|colleagues|we)"
_ONE = (
    r"(?:the )?(?:heads?|leads?) of \w+|(?:the )?(?:named )?person(?: in \w+)?|(?:each|every|the other) (?:team|head|rep|person)|"
    r"the (?:sales|marketing) team|everybody|everyone|the owner|the chair"
)
_ASKED = r"(?<!what )(?<!which )(?<!how )(?<!whether )(?<!where )(?<!that )(?<!if )(?<!why )(?<!everything )(?<!than )"
_HEADING = re.compile(r"^#{1,6}\s+(?P<title>.*)")
_ASIDE = re.compile(
    r"\b(?:break|breaks|broken|wrong|fails?|why|examples?|background|words|signed|purpose)\b",
    re.IGNORECASE,
)
_QUIET = re.compile(
    r"\bexample\b|\[to agree:|\b(?:never|does not|do not|don't|doesn't|not before)\b|"
    r"\banswers? for\b|\bthis (?:page|rule|document|agreement|table) (?:says|tells|shows)\b|\?\s*$",
    re.IGNORECASE,
)
_TIME_HEAD = re.compile(
    r"\W*(?:when|by when|by|until|within|deadline|due|clock|time|how soon|how fast|how quickly|answer within)\W*",
    re.IGNORECASE,
)
_RULER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-*:?\s*)*")
_CELL_END = re.compile(r"(?<!\\)\|")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?")
_BLANKS = re.compile(r"\s*")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_INSTEAD = "Write by when, as 'within one working day', 'on the same day' or 'every Monday'."


def promises_without_clock(
    lines: Sequence[Line], actors: Sequence[str], values: Mapping[str, str]
) -> Iterator[Advice]:
    """Return advice on each promise of a text that has no time.

    `actors` are the roles that can owe something, `values` the answers that fill the text.
    """
    owes = _owing(actors)
    head: list[str] = []
    last = 0
    for part in _parts(lines):
        line = part.lines[0]
        if not line.text.lstrip().startswith("|"):
            yield from _of_text(part, owes, values)
            continue
        if not head or line.line != last + 1:
            head = _cells(line.text)
        elif not _RULER.fullmatch(line.text):
            yield from _of_row(line, head, owes, values)
        last = line.line


def _parts(lines: Sequence[Line]) -> Iterator[Paragraph]:
    """Yield paragraphs, list items and rows of tables, without what only tells about promises."""
    aside = fenced = False
    part: list[Line] = []
    for line in lines:
        heading = _HEADING.match(line.text)
        fence = bool(_FENCE.match(line.text))
        alone = bool(heading or fence or not line.text.strip())
        row = line.text.lstrip().startswith("|")
        if part and (alone or row or _ITEM.match(line.text)):
            yield Paragraph(tuple(part))
            part = []
        fenced ^= fence
        if heading:
            aside = bool(_ASIDE.search(heading["title"]))
        if row and not fenced and not aside:
            yield Paragraph((line,))
        elif not (alone or row or fenced or aside):
            part.append(line)
    if part:
        yield Paragraph(tuple(part))


def _owing(actors: Sequence[str]) -> re.Pattern[str]:
    """Return what finds somebody who owes something."""
    named = "|".join([_ONE, *(re.escape(actor.replace("-", " ")) for actor in actors)])
    aside = r"(?: (?:also|then|always|itself|themselves|first))?"
    return re.compile(
        rf"{_ASKED}\b(?:(?:{named}){aside} (?P<one>{_DOES}|{_OWES})|{_MANY}{aside} (?P<many>{_DO}|{_OWES}))\b",
        re.IGNORECASE,
    )


def _of_text(part: Paragraph, owes: re.Pattern[str], values: Mapping[str, str]) -> Iterator[Advice]:
    """Look at each sentence; the one before and the one after may hold its time."""
    cut = sentences(part.text)
    told = [filled(sentence.text, values).replace("*", "") for sentence in cut]
    offset = 0
    for number, sentence in enumerate(cut):
        around = " ".join(told[max(0, number - 1) : number + 2])
        if owes.search(told[number]) and not _QUIET.search(told[number]) and not says_when(around):
            lead = _ITEM.match(sentence.text) or _BLANKS.match(sentence.text)
            line, start = part.place(offset + (lead.end() if lead else 0))
            yield _told(line, start, told[number])
        offset += len(sentence.text) + len(sentence.gap)


def _of_row(
    line: Line, head: Sequence[str], owes: re.Pattern[str], values: Mapping[str, str]
) -> Iterator[Advice]:
    """Look at a row: at the cell below `When`, or at all of it where there is none."""
    cells = _cells(line.text)
    raw = filled(line.text, values)
    if "[to agree:" in raw.lower():
        return
    places = [number for number, title in enumerate(head) if _TIME_HEAD.fullmatch(title)]
    if places:
        number = places[0]
        cell = filled(cells[number], values) if number < len(cells) else ""
        if is_no_time(cell) and any(other.strip() for other in cells):
            yield _told(line, _offset(line.text, number), raw.strip(" |"))
        return
    if owes.search(raw.replace("*", "")) and not _QUIET.search(raw) and not says_when(raw):
        yield _told(line, _offset(line.text, 0), raw.strip(" |"))


def _cells(text: str) -> list[str]:
    inner = text.strip()
    inner = inner.removeprefix("|").removesuffix("|")
    return [cell.strip() for cell in _CELL_END.split(inner)]


def _offset(text: str, cell: int) -> int:
    """Return where the words of a cell begin, or the cell itself if it is empty."""
    bars = [found.end() for found in _CELL_END.finditer(text)]
    start = bars[cell] if cell < len(bars) else len(text.rstrip())
    words = re.match(r"[^\S\n]*(?=[^|\s])", text[start:])
    return start + (words.end() if words else 0)


def _told(line: Line, offset: int, words: str) -> Advice:
    shown = shortened(_ITEM.sub("", words)).rstrip(" .;:,")
    message = f"This promise has no time, so nobody can say that it is late: '{shown}'."
    return advice("promise-without-clock", line, offset, message, _INSTEAD)
