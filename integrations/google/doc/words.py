"""The smallest edit of a text: only the words that differ are deleted, inserted or restyled.

What a member's comment covers, how their words look and what they suggested stays in place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from . import requests as make
from .align import Op, changes
from .inline import settled
from .model import BREAK, PLAIN, Char, Json, Look, Text, letters, size, spans
from .ours import STAND_IN, number_of
from .things import Things
from .tidy import after_blank, mono, tidied, unbold


@dataclass(frozen=True, slots=True)
class Place:
    """How a text stands in its place: for `settled`; whether all of it is bold by itself
    (`loud`), letter by letter where it is in a table's head (`head`); whether it is a block of `code`."""

    where: str
    literal: bool = False
    one_line: bool = False
    loud: bool = False
    head: bool = False
    code: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """The requests of one text, how many places it is longer then, and where it grows by how
    much, in places of before."""

    requests: tuple[Json, ...] = ()
    grown: int = 0
    growth: tuple[tuple[int, int], ...] = ()

    def moved(self, place: int) -> int:
        """Return where a place is then."""
        return place + sum(more for at, more in self.growth if at < place)


@dataclass(frozen=True, slots=True)
class _Letter:
    """A letter of the result: where it will be, how it looks by then, how it should look."""

    start: int
    end: int
    text: str
    raw: Look
    look: Look
    settled: bool
    sure: bool
    handle: str = ""


def said_of(char: Char) -> str:
    """Return what is typed for a letter; a thing of which there is none is its handle."""
    if not char.handle:
        return char.text if number_of(char.text) < 0 else STAND_IN
    return f"![{char.text}](doc:{char.handle})"


def typed(text: Text, things: Things) -> list[Char]:
    """Return the letters of new text, without the things that stay elsewhere."""
    return [c for c in letters(text) if not c.handle or things.is_new(c.handle)]


def ranges(chars: Sequence[Char]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of letters, without what lies between them and is no text of ours."""
    start = end = -1
    for char in chars:
        if char.start != end:
            if end > start:
                yield start, end
            start = char.start
        end = char.end
    if end > start:
        yield start, end


def edited(
    old: Sequence[Char], shown: Text, wanted: Text, at: int, place: Place, things: Things,
    restyle: bool = False,
) -> Edit:  # fmt: skip
    """Return the edit that makes one text another. `shown` is the old one as Markdown shows it,
    `at` where it would begin if it is empty; `restyle` says that its looks mean another now, or that
    `old` has more letters than are shown."""
    new = letters(wanted)
    writer = _Writer(old, new, at, things)
    ops = changes(old, new)
    ops = sorted([*ops, *_other_blanks(old, new, ops, place)])
    for op in reversed(ops):
        writer.change(op)
    result = writer.result(letters(shown), restyle, place.head and not old)
    made = things.made([(letter.start, letter.text) for letter in result])
    found = list(_styles(result, place, everything=False))
    if _looks_after(result, place) != spans(_as_typed(new)):
        found = list(_styles(result, place, everything=True))
    grown = sum(more for _, more in writer.growth)
    return Edit((*writer.requests, *made, *found), grown, tuple(writer.growth))


def _as_typed(chars: Sequence[Char]) -> Iterator[Char]:
    for char in chars:
        yield char if number_of(char.text) < 0 else replace(char, text=STAND_IN)


def _other_blanks(
    old: Sequence[Char], new: Sequence[Char], ops: Sequence[Op], place: Place
) -> Iterator[Op]:
    """Yield the blanks that would read otherwise: hard ones that would no longer stand for
    ordinary ones, and several that were one, where each counts now."""
    k = j = 0
    for i, i_end, _, j_end in [*ops, (len(old), len(old), len(new), len(new))]:
        for step in range(i - k):
            char, at = old[k + step], j + step
            code = new[at].look.code
            ordinary = code or (place.literal and after_blank(new[max(at - 1, 0) : at]))
            several = char.text == " " and char.end - char.start > 1
            if (char.hard and not ordinary) or (several and code):
                yield k + step, k + step + 1, at, at + 1
        k, j = i_end, j_end


class _Writer:
    """Deletes and inserts, from the end to the start, and keeps where everything will be."""

    def __init__(self, old: Sequence[Char], new: Sequence[Char], at: int, things: Things) -> None:
        self.old, self.new, self.at, self.things = old, new, at, things
        self.requests: list[Json] = []
        self.growth: list[tuple[int, int]] = []
        self.ops: list[tuple[Op, list[Char], frozenset[int]]] = []

    def change(self, op: Op) -> None:
        i, i_end, j, j_end = op
        stays = frozenset(
            k for k in range(i, i_end)
            if self.old[k].real and not self.things.may_go(self.old[k].handle)
        )  # fmt: skip
        added = [c for c in self.new[j:j_end] if not c.handle or self.things.is_new(c.handle)]
        text = "".join(map(said_of, added))
        if text:
            self.requests.append(make.insert(self._where(i, i_end), text))
        goes = [k for k in range(i, i_end) if k not in stays]
        inside = bool(text) and i < i_end
        later = goes[1:] if inside and goes[:1] == [i] else goes
        shift = size(text) if inside else 0
        for start, end in reversed(list(ranges([self.old[k] for k in later]))):
            self.requests.append(make.delete(start + shift, end + shift))
        if inside and goes[:1] == [i]:
            self.requests.append(make.delete(self.old[i].start, self.old[i].end))
        gone = ranges([self.old[k] for k in goes])
        self.growth += [(start, start - end) for start, end in gone]
        self.growth.append((self._where(i, i_end), size(text)))
        self.ops.append((op, added, stays))

    def _where(self, i: int, i_end: int) -> int:
        """Return where to insert. Text that replaces other text goes in after its first letter:
        there it is inside of what a comment covers, and looks like what it replaces."""
        if i < i_end:
            return self.old[i].end
        if i:
            return self.old[i - 1].end
        return self.old[0].start if self.old else self.at

    def result(self, shown: Sequence[Char], restyle: bool, empty_head: bool) -> list[_Letter]:
        """Return the text as it will be."""
        found: list[_Letter] = []
        shift = k = j = 0
        for (i, i_end, _, j_end), added, stays in reversed(self.ops):
            while k < i:
                found.append(self._kept(k, j, shift, shown, restyle))
                k, j = k + 1, j + 1
            at = self._where(i, i_end) + shift
            if i < i_end and i not in stays:
                at = self.old[i].start + shift
            model = self._model(i, i_end, empty_head)
            found += self._added(added, at, model)
            shift += sum(size(said_of(char)) for char in added)
            gone = [n for n in range(i, i_end) if n not in stays]
            shift -= sum(end - start for start, end in ranges([self.old[k] for k in gone]))
            k, j = i_end, j_end
        while k < len(self.old):
            found.append(self._kept(k, j, shift, shown, restyle))
            k, j = k + 1, j + 1
        return found

    def _kept(self, k: int, j: int, shift: int, shown: Sequence[Char], restyle: bool) -> _Letter:
        char, look = self.old[k], self.new[j].look
        same = bool(char.handle) or (not restyle and shown[k].look == look)
        start, end = char.start + shift, char.end + shift
        return _Letter(start, end, char.text, char.look, look, same, True, char.handle)

    def _model(self, i: int, i_end: int, empty_head: bool) -> Char | None:
        """Return the letter whose look new text takes, None where that is not sure."""
        if empty_head or not self.old:
            return None
        if i < i_end:
            return self.old[i]
        return self.old[i - 1] if i else None

    def _added(self, added: Sequence[Char], at: int, model: Char | None) -> Iterator[_Letter]:
        raw = replace(model.look, link="") if model else PLAIN
        # How a thing is formatted is not read.
        sure = model is not None and not model.look.link and not model.handle
        for char in added:
            end = at + size(said_of(char))
            yield _Letter(at, end, char.text, raw, char.look, False, sure, char.handle)
            at = end


def _names(letter: _Letter, place: Place, everything: bool) -> tuple[str, ...]:
    """Return the looks of a letter that have to be set."""
    if letter.handle:
        # A handle typed as text is none in code.
        loose = not letter.settled and (letter.raw.code or not letter.sure)
        return ("code",) if loose else ()
    if letter.text == BREAK or (letter.settled and not everything):
        return ()
    names = [
        name for name in make.LOOKS
        if not letter.sure or getattr(letter.raw, name) != getattr(letter.look, name)
    ]  # fmt: skip
    return tuple(name for name in names if not (place.loud and name == "bold"))


def _styles(result: Sequence[_Letter], place: Place, everything: bool) -> Iterator[Json]:
    """Yield the requests that give letters their looks, for as many at once as go together."""
    start = end = -1
    kept: tuple[tuple[str, ...], Look] = ((), PLAIN)
    for letter in result:
        names = _names(letter, place, everything)
        look = replace(letter.look, bold=True) if place.head and not letter.sure else letter.look
        if place.head and names and not letter.sure:
            names = ("bold", *names)
        if (names, look) != kept or letter.start != end:
            if kept[0] and end > start:
                yield make.text_style(start, end, kept[1], kept[0])
            start, kept = letter.start, (names, look)
        end = letter.end
    if kept[0] and end > start:
        yield make.text_style(start, end, kept[1], kept[0])


def _looks_after(result: Sequence[_Letter], place: Place) -> Text:
    """Return the text as it will be read."""
    chars = [Char(letter.text, _look_after(letter, place), letter.handle) for letter in result]
    found = tidied(_as_typed(chars), literal=place.literal, one_line=place.one_line)
    if place.code:
        return spans(mono(found))
    return settled(unbold(found) if place.loud else found, place.where)


def _look_after(letter: _Letter, place: Place) -> Look:
    names = _names(letter, place, False)
    values = {name: getattr(letter.look, name) for name in names}
    return replace(letter.raw, **values)


def new_looks(chars: Sequence[Char], at: int, head: bool = False) -> Iterator[Json]:
    """Yield the requests that give newly inserted plain text its looks."""
    start = end = at
    kept = PLAIN
    for char in chars:
        look = kept if char.text == BREAK else replace(char.look, bold=True) if head else char.look
        if look != kept:
            if kept != PLAIN:
                yield _looked(start, end, kept)
            start, kept = end, look
        end += size(said_of(char))
    if kept != PLAIN and end > start:
        yield _looked(start, end, kept)


def _looked(start: int, end: int, look: Look) -> Json:
    return make.text_style(start, end, look, [n for n in make.LOOKS if getattr(look, n)])
