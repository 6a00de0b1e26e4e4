"""Edits of YAML that somebody wrote: each touches the lines it has to, all else stays.

An edit is a row of attempts, the one that looks best first; the first whose data are what was
wanted is taken. So an edit either does what it says and no more, or is not done.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from smarketing.problems import Problems, UserError
from smarketing.yamlfiles.datapath import value_at
from smarketing.yamlfiles.parse import parse
from smarketing.yamlfiles.source import Source, Spot
from smarketing.yamlfiles.values import next_line, own_end, rendered_key, with_value

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """The lines of one key of a mapping, as offsets.

    `lead` is where the comment lines right above it begin, `start` its own line, `end` where
    the line after its last one begins. `indent` counts the blanks before it.
    """

    lead: int
    start: int
    end: int
    indent: int


def same(a: Any, b: Any) -> bool:
    """Compare data without taking True for 1; the order of keys does not count."""
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    return type(a) is type(b) and bool(a == b)


def tried(source: Source, attempts: Iterable[str], wanted: Any) -> Source | None:
    """Return the first attempt that holds what is wanted, None if there is none."""
    attempts = iter(attempts)
    while True:
        try:
            candidate = parse(next(attempts), source.file)
        except StopIteration:
            return None
        except (Problems, UserError):
            continue
        if same(candidate.data, wanted):
            return candidate


def entry(source: Source, path: Path) -> Entry | None:
    """Return the lines of the key at the end of the path; None where it has no lines to itself."""
    spot, above = source.find(path), source.find(path[:-1])
    text = source.text
    if spot is None or above is None or text[above.start : above.start + 1] in ("{", "*"):
        return None
    start = text.rfind("\n", 0, spot.key) + 1
    if text[start : spot.key].strip(" "):
        return None
    return Entry(_lead(text, start), start, end_of(text, spot), spot.key - start)


def _lead(text: str, start: int) -> int:
    """Return where the comment lines right above a line begin."""
    while start:
        above = text.rfind("\n", 0, start - 1) + 1
        if not text[above:start].lstrip().startswith("#"):
            break
        start = above
    return start


def end_of(text: str, spot: Spot) -> int:
    end = own_end(text, spot)
    body = text[spot.key : end].rstrip()
    return next_line(text, spot.key + len(body)) if body else next_line(text, end)


def removal(source: Source, path: Path, base: Source) -> Iterator[str]:
    """Yield texts without the key; comments that are not in `base` stay."""
    text, lines = source.text, entry(source, path)
    above = source.find(path[:-1])
    if lines is not None:
        # A comment right above that came with the key goes with it.
        lead = lines.start if own_comments(text[lines.lead : lines.start], base) else lines.lead
        kept = own_comments(text[lines.start : lines.end], base)
        above_it, below = text[:lead], text[lines.end :]
        if not kept and _apart(text, lead) and (not below or below[0] in "\r\n"):
            above_it = above_it.rstrip("\r\n") + line_ending(text)
        yield above_it + indented(kept, lines.indent, text) + below
    if above is not None and isinstance(above.parts, dict):
        rest = {
            key: value_at(source.data, (*path[:-1], key)) for key in above.parts if key != path[-1]
        }
        yield with_value(text, path[:-1], rest, source.file)


def replacement(
    source: Source, path: Path, value: Any, theirs: Source, there: Path, base: Source
) -> Iterator[str]:
    """Yield texts with the value that stands in `theirs` at the path `there`."""
    text, lines, other = source.text, entry(source, path), entry(theirs, there)
    spot, raw = source.find(path), theirs.find(there)
    if spot is not None and raw is not None and "\n" not in text[spot.start : spot.end]:
        written = theirs.text[raw.start : raw.end]
        if written and "\n" not in written and text[spot.start : spot.end]:
            yield text[: spot.start] + written + text[spot.end :]
    if lines is not None and other is not None:
        kept = own_comments(text[lines.start : lines.end], base)
        block = shifted(theirs.text[other.start : other.end], other.indent, lines.indent, text)
        key = rendered_key(path[-1])
        colon = block.find(":", len(there[-1]))
        block = " " * lines.indent + key + block[colon:]
        yield text[: lines.start] + indented(kept, lines.indent, text) + block + text[lines.end :]
    yield from written_out(source, path, value)


def written_out(source: Source, path: Path, value: Any) -> Iterator[str]:
    """Yield texts with a new value: a long one as a block of lines, any on one line."""
    text, lines, spot = source.text, entry(source, path), source.find(path)
    if isinstance(value, str) and "\n" in value and lines is not None and spot is not None:
        body = value.rstrip("\n")
        chomp = {0: "-", 1: ""}.get(len(value) - len(body), "+")
        end = line_ending(text)
        inside = " " * (lines.indent + 2)
        block = "".join(f"{inside}{line}".rstrip() + end for line in value.rstrip("\n").split("\n"))
        before = text[: spot.start].rstrip(" ")
        yield f"{before} |{chomp}{end}{block}{text[lines.end :]}"
    yield with_value(text, path, value, source.file)


def addition(
    source: Source, path: Path, value: Any, theirs: Source, there: Path, after: str | None
) -> Iterator[str]:
    """Yield texts with a key more, after its neighbour `after` or before all others."""
    text, other = source.text, entry(theirs, there)
    above = source.find(path[:-1])
    siblings = list(above.parts) if above is not None and isinstance(above.parts, dict) else []
    neighbour = after if after in siblings else (siblings[0] if siblings else None)
    lines = entry(source, (*path[:-1], str(neighbour))) if neighbour is not None else None
    if other is not None and lines is not None:
        at = lines.end if neighbour == after else lines.lead
        block = shifted(theirs.text[other.lead : other.end], other.indent, lines.indent, text)
        end = line_ending(text)
        apart = _apart(theirs.text, other.lead)
        gap = end if at and text[at - 1] not in "\r\n" else ""
        if at == lines.end:
            block = end + block if apart else block
        else:
            block = block + end if apart else block
        yield text[:at] + gap + block + text[at:]
    yield with_value(text, path, value, source.file)


def _apart(text: str, at: int) -> bool:
    """Whether there is an empty line above."""
    return text[:at].replace("\r\n", "\n").endswith("\n\n")


def renaming(source: Source, path: Path, name: str) -> Iterator[str]:
    """Yield texts in which the key at the end of the path has another name."""
    spot, text = source.find(path), source.text
    if spot is None:
        return
    for old in (path[-1], rendered_key(path[-1]), f"'{path[-1]}'"):
        if text.startswith(old, spot.key):
            yield text[: spot.key] + rendered_key(name) + text[spot.key + len(old) :]


def shifted(block: str, indent: int, wanted: int, like: str) -> str:
    """Return lines that are indented by `indent` as they stand under `wanted`, ended as in `like`."""
    end = line_ending(like)
    moved = []
    for line in block.splitlines():
        blanks = len(line) - len(line.lstrip(" "))
        there = max(0, blanks + wanted - indent) if line.strip() else 0
        moved.append(" " * there + line.lstrip(" ").rstrip("\r") + end)
    return "".join(moved)


def line_ending(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def own_comments(block: str, base: Source) -> list[str]:
    """Return what a person wrote as comments in these lines: those that are not in `base`."""
    known = {line.strip() for line in base.text.splitlines()}
    found = [line.strip() for line in block.splitlines() if "#" in line]
    fresh = [line for line in found if line not in known and not _is_value(line)]
    return [line if line.startswith("#") else f"# {line}" for line in fresh]


def is_noted(source: Source, path: Path, base: Source) -> bool:
    """Say whether the lines of a value hold comments that are not in `base`."""
    lines = entry(source, path)
    return lines is not None and bool(own_comments(source.text[lines.start : lines.end], base))


def _is_value(line: str) -> bool:
    """Whether what looks like a comment is none: no blank stands before its `#`."""
    return not line.startswith("#") and re.search(r"\s#", line) is None


def indented(lines: Iterable[str], indent: int, like: str) -> str:
    return "".join(f"{' ' * indent}{line}{line_ending(like)}" for line in lines)
