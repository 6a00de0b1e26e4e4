"""Merge Markdown: blocks as a sequence, and inside them sentences, ticks, rows and cells."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from smarketing.merging.atoms import LONG, Atom, words
from smarketing.merging.prose import Clash, Rule, Text, chosen, merge_atom, merge_prose, plain
from smarketing.merging.tables import merge_table, table
from smarketing.merging.weave import Strand, changed, gap_left, weave
from smarketing.text.markdown import (
    HEADING,
    ITEM,
    PARAGRAPH,
    TABLE,
    Block,
    Cut,
    cut,
    line_end,
)
from smarketing.text.sentences import sentences

_PROSE = frozenset((HEADING, ITEM, PARAGRAPH))
_SENTENCES = frozenset((ITEM, PARAGRAPH))
_TOP = 100

Cuts = tuple[Cut, Cut, Cut]
Kept = list[tuple[Strand, Block]]
Versions = tuple[Block | None, Block | None, Block | None]


def merge_blocks(base: str, hub: str, now: str, rule: Rule) -> Text:
    """Merge three Markdown texts; what neither side touched comes back byte for byte."""
    cuts = cut(base), cut(hub), cut(now)
    strands = weave(*map(_atoms, cuts))
    end = line_end(now) or line_end(hub) or "\n"
    kept: Kept = []
    clashes: list[Clash] = []
    for strand in strands:
        was, ours, theirs = _versions(strand, cuts)
        block, found = _block(was, ours, theirs, rule, end)
        if block.body or not any(one and one.body for one in (was, ours, theirs)):
            kept.append((strand, block))
        anchor = block.text if block.body else ""
        clashes += [replace(clash, anchor=anchor) for clash in found]
    return _joined(_without_repeats(kept, cuts), cuts, rule, end), tuple(clashes)


def _versions(strand: Strand, cuts: Cuts) -> Versions:
    base, hub, now = cuts
    return _at(base, strand.base), _at(hub, strand.hub), _at(now, strand.now)


def _at(version: Cut, place: int | None) -> Block | None:
    return version.blocks[place] if place is not None else None


def _atoms(one: Cut) -> list[Atom]:
    return [_atom(block) for block in one.blocks]


@lru_cache(maxsize=16384)
def _atom(block: Block) -> Atom:
    prose = block.kind in _PROSE
    return Atom(
        block.kind,
        plain(block.body) if prose else block.body,
        _mark(block),
        handle="|".join(table(block.body).head.cells) if block.kind == TABLE else "",
        portions=_long_sentences(block.body) if block.kind in _SENTENCES else frozenset(),
        rank=_rank(block),
        parent=block.parent,
        loose=block.kind == ITEM,
        heads=block.kind == HEADING,
    )


def _mark(block: Block) -> str:
    return block.lead.strip() if block.kind == HEADING else block.tick.strip().lower()


@lru_cache(maxsize=8192)
def _long_sentences(text: str) -> frozenset[str]:
    keys = (sentence.key for sentence in sentences(text))
    return frozenset(key for key in keys if words(key).total() >= LONG)


def _rank(block: Block) -> int:
    """Nested items cling to their item, items to their list, paragraphs to their heading."""
    if block.kind == HEADING:
        return _TOP - len(block.lead.strip())
    if block.kind == ITEM:
        return -2 * block.depth
    return -2 * block.depth - 1 if block.depth else 1


def _block(
    was: Block | None, ours: Block | None, theirs: Block | None, rule: Rule, end: str
) -> tuple[Block, tuple[Clash, ...]]:
    stays = theirs or ours
    if stays is None:
        raise ValueError("a block that stays is there on one side at least")
    if ours is None or theirs is None:
        if was is None or not changed(_atom(was), _atom(stays)):
            return stays, ()
        return stays, (Clash(was.text, stays.text, ""),)
    if ours == theirs == was:
        return theirs, ()
    if was is None:
        was = replace(theirs, lead=ours.lead, tick=ours.tick, body="")
    if was.kind == HEADING:
        return _heading(was, ours, theirs, rule)
    body, clashes = _body(was, ours, theirs, rule, end)
    lead = chosen(was.lead, ours.lead, theirs.lead, rule)
    tick = chosen(was.tick, ours.tick, theirs.tick, rule)
    return replace(theirs, lead=lead, tick=tick, body=body), clashes


def _without_repeats(kept: Kept, cuts: Cuts) -> Kept:
    """Take out a sentence that two moves left in two places; the one in `now` stays."""
    allowed = Counter[str]()
    for one in cuts:
        allowed |= _count(one.blocks)
    found = _count(block for _, block in kept)
    surplus = Counter({key: n - allowed[key] for key, n in found.items() if n > allowed[key] > 0})
    if not surplus:
        return kept
    rest: Kept = []
    for strand, block in reversed(kept):
        theirs = _at(cuts[2], strand.now)
        mine = _long_sentences(theirs.body) if theirs else frozenset()
        body = _without(block.body, surplus, mine) if block.kind in _SENTENCES else block.body
        if body or not block.body:
            rest.append((strand, replace(block, body=body)))
    return rest[::-1]


def _count(blocks: Iterable[Block]) -> Counter[str]:
    prose = (block.body for block in blocks if block.kind in _SENTENCES)
    return Counter(key for body in prose for key in _long_sentences(body))


def _without(body: str, surplus: Counter[str], spared: frozenset[str]) -> str:
    """Return the text without its surplus sentences, which are counted down."""
    kept = []
    for sentence in sentences(body):
        if surplus[sentence.key] > 0 and sentence.key not in spared:
            surplus[sentence.key] -= 1
        else:
            kept.append(sentence)
    if len(kept) == len(sentences(body)):
        return body
    return "".join(sentence.text + sentence.gap for sentence in kept[:-1]) + "".join(
        sentence.text for sentence in kept[-1:]
    )


def _heading(was: Block, ours: Block, theirs: Block, rule: Rule) -> tuple[Block, tuple[Clash, ...]]:
    """A heading is one atom; so is one with a line under it, with that line."""
    if "" not in (was.lead, ours.lead, theirs.lead):
        body, clashes = merge_atom(was.body, ours.body, theirs.body, rule)
        lead = chosen(was.lead, ours.lead, theirs.lead, rule)
        return replace(theirs, lead=lead, body=body), clashes
    text, clashes = merge_atom(was.text, ours.text, theirs.text, rule)
    return replace(theirs, lead="", body=text), clashes


def _body(was: Block, ours: Block, theirs: Block, rule: Rule, end: str) -> Text:
    bodies = was.body, ours.body, theirs.body
    if ours.body in (theirs.body, was.body):
        return theirs.body, ()
    if theirs.body == was.body:
        return ours.body, ()
    if was.kind in _SENTENCES:
        body, clashes = merge_prose(*bodies, rule)
        if body in bodies or _reads_as(theirs, body):
            return body, clashes
    if was.kind == TABLE and not any(table(body).ragged() for body in bodies):
        return merge_table(*bodies, rule, end)
    if not was.body:
        return merge_atom(ours.body, ours.body, theirs.body, rule)
    return merge_atom(*bodies, rule)


def _reads_as(block: Block, body: str) -> bool:
    """Say whether the block is still one of its kind with a new body."""
    blocks = cut(block.lead.lstrip(" \t") + block.tick + body).blocks
    return not body or (len(blocks) == 1 and blocks[0].kind == block.kind)


def _joined(kept: Kept, cuts: Cuts, rule: Rule, end: str) -> str:
    base, hub, now = cuts
    parts = [chosen(base.lead, hub.lead, now.lead, rule)]
    for (strand, block), (after, following) in pairwise(kept):
        gap = _gap(strand, after, cuts)
        if gap is None:
            close = following.kind == ITEM and (block.kind == ITEM or block.depth > 0)
            gap = end if close else end + end
        parts += [block.text, gap]
    was, ours, theirs = (one.blocks[-1].gap if one.blocks else None for one in cuts)
    if kept:
        parts += [kept[-1][1].text, _last_gap(was, ours, theirs, rule)]
    return "".join(parts)


def _last_gap(was: str | None, ours: str | None, theirs: str | None, rule: Rule) -> str:
    if ours is None or theirs is None:
        return next((gap for gap in (theirs, ours, was) if gap is not None), "")
    return chosen(was if was is not None else ours, ours, theirs, rule)


def _gap(one: Strand, other: Strand, cuts: Cuts) -> str | None:
    """Return the lines between two blocks as in the version where they are neighbours."""
    base, hub, now = cuts
    return gap_left(
        _gap_in(base, one.base, other.base),
        _gap_in(hub, one.hub, other.hub),
        _gap_in(now, one.now, other.now),
    )


def _gap_in(version: Cut, one: int | None, other: int | None) -> str | None:
    return version.blocks[one].gap if one is not None and other == one + 1 else None
