"""Merge prose: the sentence is the atom, and a changed input is changed inside a sentence."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from smarketing.merging.atoms import Atom
from smarketing.merging.weave import Strand, gap_left, weave
from smarketing.text.sentences import Sentence, sentences

Side = Literal["hub", "now"]

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_LONGEST = 4_000
_BREAK = "  \n"


@dataclass(frozen=True, slots=True)
class Clash:
    """Two changes of one atom that can't both stand.

    `stands` is what the result holds ("" if it was deleted), `yields` what lost. `anchor` is
    the text of the block in the result under which a note goes, "" for the end.
    """

    base: str
    stands: str
    yields: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """Which side stands in a conflict, and the inputs that changed, old to new."""

    stands: Side
    inputs: Mapping[str, str]


Cuts = tuple[tuple[Sentence, ...], tuple[Sentence, ...], tuple[Sentence, ...]]
Text = tuple[str, tuple[Clash, ...]]
"""A merged text and what could not stand in it."""


def plain(text: str) -> str:
    """Return the text however it is wrapped."""
    return " ".join(text.split())


def chosen(base: str, hub: str, now: str, rule: Rule) -> str:
    """Return the one of three values that stands, where no words are at stake."""
    if hub in (now, base):
        return now
    return hub if now == base or rule.stands == "hub" else now


def merge_atom(base: str, hub: str, now: str, rule: Rule) -> Text:
    """Merge two changes of one atom: a sentence, a cell, a block that can't be read."""
    was, ours, theirs = plain(base), plain(hub), plain(now)
    if ours in (theirs, was):
        return now, ()
    if theirs == was:
        return hub, ()
    if max(map(len, (base, hub, now))) <= _LONGEST:  # one is the other with its new inputs
        if _input_changes(hub, now, rule.inputs):
            return now, ()
        if _input_changes(now, hub, rule.inputs):
            return hub, ()
    inside, whole = _with_inputs(base, hub, now, rule)
    if whole:
        return inside, ()
    if rule.stands == "hub":
        return hub, (Clash(base, hub, now),)
    return inside, (Clash(base, inside, hub),)


def merge_prose(base: str, hub: str, now: str, rule: Rule, *, by_line: bool = False) -> Text:
    """Merge by sentences; with `by_line` the end of a line ends a sentence too."""
    if hub in (now, base):
        return now, ()
    if now == base:
        return hub, ()
    cuts = _cuts(base, hub, now, by_line)
    strands = weave(*map(_atoms, cuts))
    parts: list[str] = []
    clashes: list[Clash] = []
    for strand in strands:
        text, found = _sentence(strand, cuts, rule)
        parts.append(text)
        clashes += found
    gaps = []
    for (one, other), part in zip(pairwise(strands), parts, strict=False):
        gap = _gap(one, other, cuts)
        gap = _new_gap(one, cuts, by_line) if gap is None else gap
        gaps.append(gap if _apart(part, gap, by_line) else _BREAK)
    was, ours, theirs = (cut[-1].gap if cut else "" for cut in cuts)
    gaps.append(chosen(was, ours, theirs, rule))
    joined = "".join(part + gap for part, gap in zip(parts, gaps, strict=False))
    return joined, tuple(clashes)


@lru_cache(maxsize=4096)
def _atoms(cut: tuple[Sentence, ...]) -> tuple[Atom, ...]:
    return tuple(Atom("sentence", sentence.key) for sentence in cut)


def _cuts(base: str, hub: str, now: str, by_line: bool) -> Cuts:
    return sentences(base, by_line), sentences(hub, by_line), sentences(now, by_line)


def _sentence(strand: Strand, cuts: Cuts, rule: Rule) -> Text:
    base, hub, now = cuts
    was = base[strand.base].text if strand.base is not None else ""
    if strand.now is None or strand.hub is None:
        stays = hub[strand.hub] if strand.hub is not None else now[strand.now or 0]
        return stays.text, (Clash(was, stays.text, ""),) if was else ()
    return merge_atom(was, hub[strand.hub].text, now[strand.now].text, rule)


def _gap(one: Strand, other: Strand, cuts: Cuts) -> str | None:
    """Return the blanks between two sentences, if they are neighbours in a version."""
    base, hub, now = cuts
    return gap_left(
        _gap_in(base, one.base, other.base),
        _gap_in(hub, one.hub, other.hub),
        _gap_in(now, one.now, other.now),
    )


def _new_gap(one: Strand, cuts: Cuts, by_line: bool) -> str:
    """Return the blanks after a sentence that gets a new neighbour."""
    for cut, place in ((cuts[2], one.now), (cuts[1], one.hub)):
        if place is not None and place < len(cut) - 1:
            return cut[place].gap
    return "\n" if by_line else " "


def _apart(text: str, gap: str, by_line: bool) -> bool:
    """Say whether the blanks keep a sentence apart from the next, also one without a stop."""
    return len(sentences(f"{text}{gap}X", by_line)) > len(sentences(text, by_line))


def _gap_in(cut: Sequence[Sentence], one: int | None, other: int | None) -> str | None:
    return cut[one].gap if one is not None and other == one + 1 else None


def _with_inputs(base: str, hub: str, now: str, rule: Rule) -> tuple[str, bool]:
    """Return the one side's rewriting with the other's new inputs, and whether all fitted in.

    Without a side that changed only inputs it is `now`, and nothing fitted.
    """
    if not rule.inputs or max(map(len, (base, hub, now))) > _LONGEST:
        return now, False
    if changes := _input_changes(base, hub, rule.inputs):
        return _carried(base, hub, now, changes)
    if changes := _input_changes(base, now, rule.inputs):
        inside, whole = _carried(base, now, hub, changes)
        return (inside, True) if whole else (now, False)
    return now, False


def _input_changes(base: str, side: str, inputs: Mapping[str, str]) -> list[tuple[int, int, str]]:
    """Return (start, end, new text) of each input of base that alone the side changed."""
    olds = sorted((old for old in inputs if old), key=len, reverse=True)
    if not olds:
        return []
    found = list(re.finditer(rf"(?<!\w)(?:{'|'.join(map(re.escape, olds))})(?!\w)", base))
    changes: list[tuple[int, int, str]] = []
    at = before = 0
    for place, occurrence in enumerate(found):
        between = base[before : occurrence.start()]
        if not side.startswith(between, at):
            return []
        at, before = at + len(between), occurrence.end()
        old, new = occurrence[0], inputs[occurrence[0]]
        after = base[before : found[place + 1].start() if place + 1 < len(found) else None]
        if side.startswith(new + after, at):
            changes.append((occurrence.start(), occurrence.end(), new))
            at += len(new)
        elif side.startswith(old, at):
            at += len(old)
        else:
            return []
    return changes if side[at:] == base[before:] else []


def _carried(
    base: str, side: str, rewritten: str, changes: Sequence[tuple[int, int, str]]
) -> tuple[str, bool]:
    """Put the changed inputs into the rewriting where it left them whole."""
    stayed = _stayed(base, rewritten)
    there = _stayed(side, rewritten)
    result, done, shift, whole = "", 0, 0, True
    for start, end, new in changes:
        place = _whole(stayed, start, end)
        if place is not None and place >= done:
            result += rewritten[done:place] + new
            done = place + end - start
        elif _whole(there, start + shift, start + shift + len(new)) is None:
            whole = False
        shift += len(new) - (end - start)
    return result + rewritten[done:], whole


def _stayed(one: str, other: str) -> list[tuple[int, int, int]]:
    """Return (start in one, start in other, length) of what came through whole, in tokens."""
    mine, theirs = _TOKEN.findall(one), _TOKEN.findall(other)
    starts, others = _starts(mine), _starts(theirs)
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    return [
        (starts[block.a], others[block.b], starts[block.a + block.size] - starts[block.a])
        for block in matcher.get_matching_blocks()
    ]


def _starts(tokens: Sequence[str]) -> list[int]:
    starts = [0]
    for token in tokens:
        starts.append(starts[-1] + len(token))
    return starts


def _whole(stayed: Sequence[tuple[int, int, int]], start: int, end: int) -> int | None:
    for mine, theirs, size in stayed:
        if mine <= start and end <= mine + size:
            return theirs + start - mine
    return None
