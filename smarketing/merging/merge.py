"""The pure merge: three values of one field become one, and nothing that anybody wrote is lost.

Its laws are tests: nobody changed = same value; one side changed = that side; merging a result
again changes nothing; what can't stand is handed back as a clash.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from smarketing.kinds import Merge, Value
from smarketing.merging.atoms import words
from smarketing.merging.blocks import merge_blocks
from smarketing.merging.prose import Clash, Rule, Text, merge_prose, plain
from smarketing.text.markdown import cut, line_end, with_line_end
from smarketing.text.sentences import sentences

__all__ = ["Clash", "Merged", "distance", "merge"]

_ROUNDS = 3
_NO_INPUTS: Mapping[str, str] = {}
_NUMBERING = re.compile(r"^[ \t]*\d{1,9}[.)]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged value, and the changes that could not stand in it."""

    value: Value
    clashes: tuple[Clash, ...] = ()


def merge(
    kind: Merge,
    base: Value,
    hub: Value,
    now: Value,
    *,
    stands: Literal["hub", "now"],
    inputs: Mapping[str, str] = _NO_INPUTS,
) -> Merged:
    """Merge two changes of `base`; in a conflict the side named by `stands` stays.

    `inputs` maps the old values of inputs to the new ones.
    """
    if _same(now, hub) or _same(hub, base):
        return Merged(now)
    if _same(now, base):
        return Merged(hub)
    rule = Rule(stands, inputs)
    if kind is Merge.SET:
        return Merged(_merge_sets(_as_set(base), _as_set(hub), _as_set(now)))
    if kind is Merge.MAP:
        return _merge_maps(_as_map(base), _as_map(hub), _as_map(now), rule)
    if kind is Merge.SCALAR:
        return _merge_scalars(base, hub, now, rule)
    once = merge_blocks if kind is Merge.BLOCKS else _merge_lines
    text, clashes = _merge_texts(once, _as_text(base), _as_text(hub), _as_text(now), rule)
    return Merged(text, clashes)


def distance(kind: Merge, a: Value, b: Value) -> float:
    """Return how far two values are apart: 0.0 equal, 1.0 nothing in common."""
    if _same(a, b):
        return 0.0
    if kind is Merge.SET:
        return _apart(_as_set(a), _as_set(b))
    if kind is Merge.MAP:
        return _apart(frozenset(_as_map(a).items()), frozenset(_as_map(b).items()))
    if kind is Merge.SCALAR:
        return 1.0
    return _texts_apart(kind, _as_text(a), _as_text(b))


def _same(a: Value, b: Value) -> bool:
    """Compare without taking True for 1."""
    return isinstance(a, bool) == isinstance(b, bool) and a == b


def _as_set(value: Value) -> frozenset[str]:
    return value if isinstance(value, frozenset) else frozenset()


def _as_map(value: Value) -> Mapping[str, str]:
    return value if isinstance(value, Mapping) else {}


def _as_text(value: Value) -> str:
    return value if isinstance(value, str) else ""


def _merge_sets(base: frozenset[str], hub: frozenset[str], now: frozenset[str]) -> frozenset[str]:
    return (hub & now) | (hub - base) | (now - base)


def _merge_scalars(base: Value, hub: Value, now: Value, rule: Rule) -> Merged:
    stands, yields = (hub, now) if rule.stands == "hub" else (now, hub)
    return Merged(stands, (Clash(_shown(base), _shown(stands), _shown(yields)),))


def _shown(value: Value) -> str:
    return "" if value is None else str(value)


def _merge_maps(
    base: Mapping[str, str], hub: Mapping[str, str], now: Mapping[str, str], rule: Rule
) -> Merged:
    merged: dict[str, str] = {}
    clashes: list[Clash] = []
    for key in dict.fromkeys(chain(now, hub)):
        was, ours, theirs = base.get(key), hub.get(key), now.get(key)
        if ours in (theirs, was):
            value = theirs
        elif theirs == was:
            value = ours
        else:
            value, clash = _clashing(was, ours, theirs, rule)
            clashes.append(clash)
        if value is not None:
            merged[key] = value
    return Merged(merged, tuple(clashes))


def _clashing(
    was: str | None, ours: str | None, theirs: str | None, rule: Rule
) -> tuple[str, Clash]:
    """Decide between two changes of one key; against a removal the edited value stays."""
    if ours is None or theirs is None:
        stays = ours or theirs or ""
        return stays, Clash(was or "", stays, "")
    stands, yields = (ours, theirs) if rule.stands == "hub" else (theirs, ours)
    return stands, Clash(was or "", stands, yields)


def _merge_lines(base: str, hub: str, now: str, rule: Rule) -> Text:
    return merge_prose(base, hub, now, rule, by_line=True)


def _merge_texts(
    once: Callable[[str, str, str, Rule], Text], base: str, hub: str, now: str, rule: Rule
) -> Text:
    """Merge until merging again changes nothing; where that fails, one whole side stands."""
    end = line_end(now)
    base, hub = with_line_end(base, end), with_line_end(hub, end)
    if hub in (now, base):
        return now, ()
    if now == base:
        return hub, ()
    result = now
    clashes: tuple[Clash, ...] = ()
    for _ in range(_ROUNDS + 1):
        merged, found = once(base, hub, result, rule)
        merged = with_line_end(merged, end)
        if merged == result and clashes:
            return result, clashes
        clashes = tuple(dict.fromkeys((*clashes, *found)))
        if merged == result:
            return result, clashes
        result = merged
        if not _complete(base, hub, now, result, clashes):
            break
    return _one_side(base, hub, now, rule)


def _one_side(base: str, hub: str, now: str, rule: Rule) -> Text:
    stands, yields = (hub, now) if rule.stands == "hub" else (now, hub)
    return stands, (Clash(base, stands, yields),)


def _complete(base: str, hub: str, now: str, result: str, clashes: tuple[Clash, ...]) -> bool:
    """Say whether each word that a side added is in the result or in what yields."""
    there = _words(result).union(*[_words(clash.yields) for clash in clashes])
    return (_words(hub) | _words(now)) - _words(base) <= there


def _words(text: str) -> frozenset[str]:
    return frozenset(words(_NUMBERING.sub("", text)))


def _apart(a: frozenset[object], b: frozenset[object]) -> float:
    return 1.0 - len(a & b) / len(a | b)


def _texts_apart(kind: Merge, a: str, b: str) -> float:
    """Return the mean distance by blocks, sentences and words; line ends and wraps don't count."""
    measures = [_bags_apart(_sentence_keys(a), _sentence_keys(b)), _bags_apart(words(a), words(b))]
    if kind is Merge.BLOCKS:
        measures.append(_bags_apart(_block_keys(a), _block_keys(b)))
    return sum(measures) / len(measures)


def _sentence_keys(text: str) -> Counter[str]:
    return Counter(sentence.key for sentence in sentences(text, True))


def _block_keys(text: str) -> Counter[str]:
    return Counter(plain(block.text) for block in cut(text).blocks)


def _bags_apart(a: Counter[str], b: Counter[str]) -> float:
    total = (a | b).total()
    return 1.0 - (a & b).total() / total if total else 0.0
