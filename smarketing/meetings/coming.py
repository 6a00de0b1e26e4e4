"""Which date of each meeting a sync saw coming: remembered, so that no other run asks the clock. Pure."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from smarketing.calendar.coming import FIELD, Coming, seen_by
from smarketing.calendar.comingread import read_from
from smarketing.calendar.occurrences import series_of
from smarketing.kinds import Values
from smarketing.meetings.altered import altered_in
from smarketing.state.record import Record, in_sight
from smarketing.text.wording import called

FACT = "meetings:coming"


@dataclass(slots=True)
class Comings:
    """What is remembered of the dates of meetings, by address; a sync has a `now` and renews it.

    `page` is what the page for everybody says where state has forgotten it, else "".
    """

    known: dict[str, Coming] = field(default_factory=dict)
    now: datetime | None = None
    page: str = ""

    @classmethod
    def of(
        cls,
        facts: Mapping[str, str],
        was: Mapping[str, str],
        now: datetime | None,
        page: str = "",
    ) -> "Comings":
        """Return what state knows, under the addresses that `was` (old to new) gives it.

        `now` is None in a run that no day has a part in; `page` counts where state knows nothing.
        """
        said = json.loads(facts.get(FACT) or "{}")
        known = {was.get(address, address): Coming.of(words) for address, words in said.items()}
        page = "" if FACT in facts else page
        return cls({address: one for address, one in known.items() if one}, now, page)

    def __call__(self, records: Mapping[str, Record]) -> Values:
        """Return what the page for everybody is told of each meeting beside its hub."""
        if self.page:
            self.known |= dict(self._read(records))
        if self.now is not None:
            self.known = dict(self._seen(records, self.now))
        return {address: {FIELD: one.as_value()} for address, one in self.known.items()}

    def _read(self, records: Mapping[str, Record]) -> Iterator[tuple[str, Coming]]:
        for address, record in records.items():
            if record.kind == "meeting" and (meeting := series_of(record.hub)):
                title = called(address, str(record.hub.get("title") or ""))
                if one := read_from(self.page, title, meeting):
                    yield address, one

    def _seen(self, records: Mapping[str, Record], now: datetime) -> Iterator[tuple[str, Coming]]:
        seen = in_sight(records)
        for address, record in records.items():
            if record.kind != "meeting" or record.released or address not in seen:
                continue
            notes = records.get(str(record.hub.get("notes") or "").removeprefix("link:"))
            body = str(notes.hub.get("body") or "") if notes and notes.address in seen else ""
            if meeting := series_of(record.hub):
                known, altered = self.known.get(address), altered_in(records, address)
                if one := seen_by(now, meeting, body, known, altered):
                    yield address, one

    @property
    def facts(self) -> dict[str, str]:
        """What the next run is told: nothing by a run that only took it as it is."""
        if self.now is None and not self.page:
            return {}
        said = {address: one.as_value() for address, one in self.known.items()}
        return {FACT: json.dumps(said, sort_keys=True)}
