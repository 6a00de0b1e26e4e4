"""Who has left stays out of what is taken back: where a value would name them again, it stays. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from smarketing.config.handover import named_in
from smarketing.kinds import Merge, Value
from smarketing.text.sentences import sentences


def without_leavers(
    kind: Merge, was: Value, became: Value, left: frozenset[str]
) -> tuple[Value, frozenset[str]]:
    """Return the former value without what names people who have left and the later one does not.

    In its stead is what the later value has there: a sentence, a cell, the whole of a single
    value. The names are those of whom this is about.
    """
    names = named_in(was, left) - named_in(became, left)
    if not names:
        return was, names
    if isinstance(was, frozenset):
        return frozenset(each for each in was if not named_in(each, names)), names
    if isinstance(was, Mapping):
        later = became if isinstance(became, Mapping) else {}
        return _cells(was, later, names), names
    if kind is Merge.SCALAR or not isinstance(was, str):
        return became, names
    return _text(was, str(became or ""), names), names


def _cells(
    was: Mapping[str, str], became: Mapping[str, str], names: frozenset[str]
) -> dict[str, str]:
    chosen = {key: became.get(key) if named_in(was[key], names) else was[key] for key in was}
    return {key: said for key, said in chosen.items() if said is not None}


def _text(was: str, became: str, names: frozenset[str]) -> str:
    old, new = _sentences(was), _sentences(became)
    found: list[str] = []
    for verb, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if verb == "equal":
            found += old[i:j]
        else:
            found += _stretch(old[i:j], new[k:m], names)
    return "".join(found)


def _stretch(old: Sequence[str], new: Sequence[str], names: frozenset[str]) -> Iterator[str]:
    """Yield the former sentences of a stretch that was changed, or the later ones in their stead."""
    if not any(named_in(each, names) for each in old):
        yield from old
    elif len(old) == len(new):
        for one, other in zip(old, new, strict=True):
            yield other if named_in(one, names) else one
    else:
        yield from new


def _sentences(text: str) -> list[str]:
    return [f"{each.text}{each.gap}" for each in sentences(text, True)]
