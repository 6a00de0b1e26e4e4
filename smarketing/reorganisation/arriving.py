"""Sections that go from one document to another take along what members wrote in them. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from smarketing.kinds import Merge, Value
from smarketing.merging.merge import Clash, merge
from smarketing.reorganisation.sections import Moved, section, with_section
from smarketing.state.record import PLAYBOOK, Record, Seen

Arrivals = Iterable[tuple[Moved, str]]
"""Sections with the words that members made of them."""


def words_in(record: Record, moved: Moved) -> str:
    """Return the section as it stands by now, "" where its heading is no longer there."""
    return section(str(record.hub.get("body") or ""), moved.heading)


def without(record: Record, moved: Moved) -> Record:
    """Return the document as if neither playbook nor members had ever had the section in it."""
    said = record.seen[PLAYBOOK]["body"]
    left, was, stood = (
        with_section(str(text or ""), moved.heading, "")
        for text in (record.hub["body"], said.value, said.hub)
    )
    seen = {**record.seen[PLAYBOOK], "body": Seen(was, stood)}
    hub = {**record.hub, "body": left}
    return replace(record, hub=hub, seen={**record.seen, PLAYBOOK: seen})


def with_arrivals(
    value: Value, arrivals: Arrivals, inputs: Mapping[str, str]
) -> tuple[Value, tuple[Clash, ...]]:
    """Return a text of the playbook with members' words in the sections that come, and what the
    playbook changed in the very same sentences."""
    clashes: tuple[Clash, ...] = ()
    for moved, words in arrivals:
        text = str(value or "")
        base = with_section(text, moved.heading, moved.text)
        theirs = with_section(text, moved.heading, words)
        merged = merge(Merge.BLOCKS, base, theirs, text, stands="hub", inputs=inputs)
        value, clashes = merged.value, (*clashes, *merged.clashes)
    return value, clashes
