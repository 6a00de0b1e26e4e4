"""What waits for a person, as sentences of a digest. Pure."""

from collections.abc import Iterator, Mapping

from smarketing.instep.telling import conflict_line, doubt_line
from smarketing.state.record import Record
from smarketing.sync.agreed import Agreed
from smarketing.sync.removals import sentence
from smarketing.text.wording import called


def what_waits(
    records: Mapping[str, Record], synced: Mapping[str, Agreed], titles: Mapping[str, str]
) -> Iterator[str]:
    """Yield a sentence for each thing that somebody has to decide; `titles` are those of places."""
    for address, record in records.items():
        if record.notes and record.stands:
            title = called(address, str(record.hub.get("title") or ""))
            yield f"A suggestion waits for an answer in “{title}”"
    for agreed in synced.values():
        yield from (conflict_line(each, titles) for each in agreed.conflicts)
        yield from (doubt_line(each, titles) for each in agreed.doubts)
        for each in agreed.proposals:
            yield f"{sentence(each, titles)}: tick it on the card “Proposed removals”, or bring it back"
