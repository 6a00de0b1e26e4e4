"""Sections of documents: a heading with all that stands below it, and where it moves. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from smarketing.resolve.desired import Desired
from smarketing.state.record import PLAYBOOK, Record
from smarketing.text.markdown import HEADING, Block, cut


@dataclass(frozen=True, slots=True)
class Moved:
    """A section that the playbook has in another document now. `text` are its former words."""

    heading: str
    source: str
    target: str
    text: str


def moved_sections(records: Mapping[str, Record], desired: Desired) -> tuple[Moved, ...]:
    """Return the sections that left one document and appeared in another, outermost first."""
    changed = [
        (address, _said(record) if record else "", str(body))
        for address, item in desired.items.items()
        if item.kind == "document" and (body := item.fields.get("body")) is not None
        for record in [records.get(address)]
        if record is None or (PLAYBOOK in record.seen and _said(record) != body)
    ]
    left: dict[str, tuple[str, str]] = {}
    for address, former, body in changed:
        for heading in headings(former) - headings(body) if former else ():
            left[heading] = (address, former) if heading not in left else ("", "")
    came: dict[str, list[str]] = {}
    for address, former, body in changed if left else ():
        for heading in headings(body) - headings(former):
            came.setdefault(heading, []).append(address)
    return tuple(_outermost(left, came))


def _outermost(
    left: Mapping[str, tuple[str, str]], came: Mapping[str, list[str]]
) -> Iterator[Moved]:
    found = [
        Moved(heading, source, came[heading][0], section(former, heading))
        for heading, (source, former) in left.items()
        if source and len(came.get(heading, ())) == 1
    ]
    for each in found:
        above = (
            other
            for other in found
            if other is not each and (other.source, other.target) == (each.source, each.target)
        )
        if not any(each.heading in headings(other.text) for other in above):
            yield each


def _said(record: Record) -> str:
    seen = record.seen.get(PLAYBOOK, {}).get("body")
    return str(seen.value or "") if seen else ""


def headings(text: str) -> set[str]:
    """Return the headings that stand in the text once, however they are capitalised."""
    return {name for name, count in Counter(map(_name, _heads(text))).items() if count == 1}


def section(text: str, heading: str) -> str:
    """Return the section with its heading, "" if there is none."""
    blocks = cut(text).blocks
    start, end = _bounds(text, heading)
    return "".join(block.text + block.gap for block in blocks[start:end])


def with_section(text: str, heading: str, words: str) -> str:
    """Return the text with other words in place of the section, "" for none."""
    whole = cut(text)
    start, end = _bounds(text, heading)
    if start == end:
        return text
    above = whole.lead + "".join(b.text + b.gap for b in whole.blocks[:start])
    below = "".join(b.text + b.gap for b in whole.blocks[end:])
    if words:
        gap = "\n\n" if below else "\n"
        return f"{above}{words.rstrip()}{gap}{below}"
    return f"{above.rstrip()}\n" if above.strip() and not below else above + below


def _bounds(text: str, heading: str) -> tuple[int, int]:
    blocks = cut(text).blocks
    for start, block in enumerate(blocks):
        if _is_head(block) and _name(block) == heading:
            level = _level(block)
            ends = (
                at
                for at in range(start + 1, len(blocks))
                if _is_head(blocks[at]) and _level(blocks[at]) <= level
            )
            return start, next(ends, len(blocks))
    return 0, 0


def _heads(text: str) -> list[Block]:
    return [block for block in cut(text).blocks if _is_head(block)]


def _is_head(block: Block) -> bool:
    return block.kind == HEADING and block.depth == 0 and "#" in block.lead


def _level(block: Block) -> int:
    return block.lead.count("#")


def _name(block: Block) -> str:
    return " ".join(block.body.casefold().split())
