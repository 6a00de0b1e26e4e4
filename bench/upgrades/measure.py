"""What became of both sides' words when an upgrade met a document that members lived in. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from bench.upgrades.atoms import atoms
from bench.upgrades.lived_in import Edit


@dataclass(frozen=True, slots=True)
class Figures:
    """How many lines both sides changed in different sentences, and in how many both stand.

    `lost` counts sentences of members, and `unsaid` those of the upgrade, that are neither in the
    text nor in a note; `nobodys` counts sentences of the result that nobody wrote.
    """

    both: int = 0
    merged: int = 0
    lost: int = 0
    unsaid: int = 0
    nobodys: int = 0
    comments: int = 0
    comments_lost: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            *(getattr(self, each.name) + getattr(other, each.name) for each in fields(self))
        )


def upgraded(text: str, upgrade: Mapping[str, str]) -> str:
    """Return a document after the upgrade; each of its places stands there once."""
    for old, new in upgrade.items():
        if text.count(old) != 1:
            raise ValueError(f"{old!r} is there {text.count(old)} times")
        text = text.replace(old, new)
    return text


def lived_in(text: str, edits: Sequence[Edit]) -> str:
    """Return a document after its members' edits."""
    for edit in edits:
        text = edit.done_to(text)
    return text


def figures(
    base: str, upgrade: Mapping[str, str], edits: Sequence[Edit], result: str, noted: str
) -> Figures:
    """Compare a result with what each side wrote. `noted` are the words that notes show."""
    newer, ours = upgraded(base, upgrade), lived_in(base, edits)
    was, theirs, members, now = atoms(base), atoms(newer), atoms(ours), atoms(result)
    both = merged = 0
    lines = base.splitlines()
    for edit in edits:
        line = lines[edit.line]
        mine = edit.done_to(line)
        asked = _changed(line, upgrade)
        if asked is None or _same_sentence(line, mine, asked):
            continue
        both += 1
        merged += _stands(line, mine, now) and _stands(line, asked, now)
    shown = now | atoms(noted)
    return Figures(
        both=both,
        merged=merged,
        lost=len(members - was - shown),
        unsaid=sum(1 for each in theirs - was - shown if each not in noted),
        nobodys=len(now - was - theirs - members),
    )


def _changed(line: str, upgrade: Mapping[str, str]) -> str | None:
    """Return the line as the upgrade wants it, None where it leaves it alone."""
    wanted = line
    for old, new in upgrade.items():
        first, *more = old.rstrip("\n").split("\n")
        if first and first in line and not any(more):
            wanted = wanted.replace(first, new.rstrip("\n"))
    return wanted if wanted != line and wanted.strip() else None


def _same_sentence(line: str, mine: str, theirs: str) -> bool:
    was = atoms(line)
    return bool((was - atoms(mine)) & (was - atoms(theirs)))


def _stands(line: str, side: str, now: frozenset[str]) -> bool:
    was, wanted = atoms(line), atoms(side)
    return wanted - was <= now and not ((was - wanted) & now)
