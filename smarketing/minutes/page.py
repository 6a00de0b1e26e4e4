"""Running notes as a place of action items: the section of the newest meeting, line by line. Pure.

From the end of that meeting on its lines say nothing any more and are not written to; only what
was not read before is still taken up.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from smarketing.kinds import ARCHIVED, THERE, Value
from smarketing.minutes.lines import Line, is_promises, lines_in, written
from smarketing.minutes.rewording import composed
from smarketing.minutes.shown import plain
from smarketing.minutes.words import Knowing, Words, read
from smarketing.state.action import Action, Said, carried, origin_of, own_address
from smarketing.state.record import Seen
from smarketing.sync.statuses import parted, with_tick
from smarketing.text.markdown import ITEM, cut, line_end
from smarketing.text.samewords import SIMILAR, words_kept


@dataclass(frozen=True)
class Page:
    """The section from `start` to `end` of the body of a document, held on a day (its original
    date). `known` are the lines that were seen in it before: address -> words.

    `left` are the same behind their ticks, as they were when they were read for the last time
    before the meeting ended. `taken` are addresses that nothing new may have. `former` are
    lines (address, words) of open work as another computer may have written them in this section.
    """

    document: str
    body: str
    start: int
    end: int
    day: date
    is_over: bool
    knowing: Knowing
    known: Mapping[str, str] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()
    left: Mapping[str, str] = field(default_factory=dict)
    former: tuple[tuple[str, str], ...] = ()

    @property
    def section(self) -> str:
        """The words of the section."""
        return self.body[self.start : self.end]

    @cached_property
    def lines(self) -> Mapping[str, Line]:
        """The lines by their addresses: those that were known, and new ones."""
        there = lines_in(self.section, self.knowing)
        were = (*self.known.items(), *self.former)
        found: dict[str, Line] = {
            address: there[at] for address, at in _followed(were, there, self.knowing).items()
        }
        claimed = {line.start for line in found.values()}
        for line in there:
            is_new = line.start not in claimed and line.is_action
            if is_new and not (self.is_over and line.is_ticked):
                found[self._fresh(line, found)] = line
        return found

    def _fresh(self, line: Line, found: Mapping[str, Line]) -> str:
        said = f"{self.day} {line.words.title.casefold()}"
        number, wanted = 1, said
        while (address := own_address(self.document, wanted)) in found or address in self.taken:
            number += 1
            wanted = f"{said}~{number}"
        return address

    def said(self, actions: Mapping[str, Action], *, is_lost: bool = False) -> list[Said]:
        """Return what the section says; what it does not show says what it was last seen to say.

        Where state `is_lost`, closed minutes only tell which lines are which action items.
        """
        shown = self.lines
        by_item = {at: key for key, action in actions.items() for at in action.at.values()}
        mine = {a.at[self.document]: a for a in actions.values() if a.is_open(self.document)}
        said = []
        for address, line in shown.items():
            if self.is_over and (address in mine or address in self.known or line.is_ticked):
                continue
            existence = ARCHIVED if line.words.is_struck else THERE
            origin = _origin(line.words.target, by_item) if line.words.target else ""
            fields = line.fields
            seen = mine[address].seen.get(self.document, {}) if address in mine else {}
            if address in mine and self.known.get(address) == line.text:
                fields |= _read_before(fields, seen)
            elif line.words.is_mute:
                fields |= _with_status_of(fields, seen)
            if not fields["title"]:
                del fields["title"]  # who loses a title has no other one to tell
            is_past = self.is_over and is_lost
            said.append(
                Said(
                    address, self.document, fields, origin, existence,
                    is_past=is_past, is_over=self.is_over,
                )
            )  # fmt: skip
        for address, action in mine.items():
            if self.is_over or (address not in shown and address not in self.known):
                seen = action.seen.get(self.document, {})
                fields = {name: each.value for name, each in seen.items()}
                said.append(Said(address, self.document, fields))
        return said

    def fresh(self) -> Iterator[Words]:
        """Yield the words of the lines that say something new."""
        for address, line in self.lines.items():
            is_known = (
                address in self.known if self.is_over else self.known.get(address) == line.text
            )
            if not is_known and not any(address == at for at, _ in self.former):
                yield line.words

    def with_values(self, wanted: Mapping[str, Mapping[str, Value]]) -> "Page":
        """Return the page with these values (by address) in its lines."""
        shown = self.lines
        if self.is_over:
            return self
        by_start = {
            shown[address].start: {n: v for n, v in fields.items() if n != "existence"}
            for address, fields in wanted.items()
            if address in shown
        }
        away = {a for a, fields in wanted.items() if fields.get("existence") == ARCHIVED}
        section = written(self.section, by_start, self.knowing)
        return self._with(section, list(shown))._struck(away & shown.keys())

    def with_born(self, born: Iterable[tuple[str, Mapping[str, Value], str]]) -> "Page":
        """Return the page with a line for each (address, values, target) beneath *Promises*."""
        if self.is_over:
            return self
        page = self
        for address, fields, target in born:
            word, ticked = parted(fields.get("status"))
            words = composed({**fields, "status": word}, self.knowing, target)
            section = _with_line(page.section, f"- [{'x' if ticked else ' '}] {words}")
            known = {**page.seen(), address: words}
            page = replace(page._cut_to(section), known=known)
        return page

    def seen(self) -> dict[str, str]:
        """Return the words of the lines by address, as the next run shall know them."""
        return {address: line.text for address, line in self.lines.items()}

    def as_left(self) -> dict[str, str]:
        """Return the lines behind their ticks, by address: from the meeting's end on those that
        were known stay what they were."""
        now = {address: line.whole for address, line in self.lines.items()}
        return {**now, **self.left} if self.is_over else now

    def _with(self, section: str, addresses: Iterable[str]) -> "Page":
        """Return the page with other words in its lines, each of which stays where it is."""
        before = [line.start for line in lines_in(self.section, self.knowing)]
        now = lines_in(section, self.knowing)
        shown = self.lines
        known = {each: now[before.index(shown[each].start)].text for each in addresses}
        return replace(self._cut_to(section), known=known)

    def _cut_to(self, section: str) -> "Page":
        body = self.body[: self.start] + section + self.body[self.end :]
        return replace(self, body=body, end=self.start + len(section))

    def _struck(self, addresses: Iterable[str]) -> "Page":
        page = self
        for address in addresses:
            line = page.lines[address]
            if not line.words.is_struck:
                text = f"~~{line.text}~~ (dropped {self.knowing.said_on.isoformat()})"
                section = page.section[: line.start] + text + page.section[line.end :]
                page = page._with(section, list(page.lines))
        return page


def _read_before(now: Mapping[str, Value], seen: Mapping[str, Seen]) -> dict[str, Value]:
    """Return what words that nobody changed were read as, whoever is in the team by now.

    A tick is beside the words: it speaks for itself.
    """
    found = {name: seen[name].value for name in ("title", "owner", "due") if name in seen}
    return found | _with_status_of(now, seen)


def _with_status_of(now: Mapping[str, Value], seen: Mapping[str, Seen]) -> dict[str, Value]:
    """Return the status with the word that was read before, and the tick of now."""
    _, ticked = parted(now["status"])
    if "status" not in seen or ticked is None:
        return {}
    return {"status": with_tick(parted(seen["status"].value)[0], ticked)}


def _origin(target: str, by_item: Mapping[str, str]) -> str:
    """Return what a line that links to a card or row carries of its origin."""
    key = by_item.get(target)
    return carried(key) if key else origin_of(target) or carried(target)


class _Shown(NamedTuple):
    """A line: its whole text, the title that it gives, what that links to, and what people read."""

    text: str
    title: str
    target: str
    plain: str


def _followed(
    known: Iterable[tuple[str, str]], there: list[Line], knowing: Knowing
) -> dict[str, int]:
    """Return which line (its number) each known one is now: one to one, the likest first."""
    were = [(address, _shown(text, read(text, knowing))) for address, text in known]
    now = [
        _shown(line.text, line.words)
        if line.is_action
        else _shown(line.text, line.words)._replace(target="")  # it only tells of the card
        for line in there
    ]
    pairs = sorted(
        (-likeness, number, address)
        for address, was in were
        for number, line in enumerate(now)
        if (likeness := _likeness(was, line)) >= SIMILAR
    )
    found: dict[str, int] = {}
    for _, number, address in pairs:
        if address not in found and number not in found.values():
            found[address] = number
    return found


def _shown(text: str, words: Words) -> _Shown:
    return _Shown(text, words.title, words.target, plain(text))


def _likeness(was: _Shown, now: _Shown) -> float:
    if was.text == now.text:
        return 4.0
    # Somebody who types a line anew gives it no link: it is known by what people read.
    same_title = was.title == now.title != ""
    # Whatever else was altered in it, a line with the link of its card is that card's line.
    same_target = was.target == now.target != ""
    return words_kept(was.plain, now.plain) + same_title + 2 * same_target


def _with_line(section: str, text: str) -> str:
    """Return the section with a line at the end of its promises."""
    whole, at = cut(section), 0
    at = len(whole.lead)
    end = line_end(section) or "\n"
    under, place, after_item = False, 0, False
    for block in whole.blocks:
        if is_promises(block):
            under, place, after_item = True, at + len(block.text), False
        elif block.kind == "heading":
            under = False
        elif under:
            place, after_item = at + len(block.text), block.kind == ITEM
        at += len(block.text) + len(block.gap)
    if not place:
        gap = "" if section.endswith(end * 2) else end if section.endswith(end) else end * 2
        return f"{section}{gap}### Promises{end * 2}{text}{end}{end if at < len(section) else ''}"
    return f"{section[:place]}{end if after_item else end * 2}{text}{section[place:]}"
