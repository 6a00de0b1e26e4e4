"""Agendas that an undo takes out of their notes: they are not written again, and people are told. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date

from smarketing.calendar.said import say_date
from smarketing.minutes.minutes import sections
from smarketing.state.record import Record
from smarketing.text.wording import called


def taken_out(before: Mapping[str, Record], after: Mapping[str, Record]) -> Iterator[str]:
    """Yield a sentence for each agenda that these records held before, and hold no more."""
    meetings = [record for record in before.values() if record.kind == "meeting"]
    for notes in dict.fromkeys(str(m.hub.get("notes")).removeprefix("link:") for m in meetings):
        now, then = after.get(notes), before.get(notes)
        if now is None or then is None or now is then:
            continue
        title = called(notes, str(now.hub.get("title") or ""))
        for day in sorted(_days(then) - _days(now)):
            agenda = f"The agenda of {say_date(day)}"
            yield f"{agenda} goes out of “{title}” and is not written again."


def _days(notes: Record) -> set[date]:
    return {section.day for section in sections(str(notes.hub.get("body") or ""))}
