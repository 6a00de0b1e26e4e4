"""What boards, tables and documents hold that an agenda tells of. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from smarketing.address import container_of, key_of
from smarketing.agenda.figures import is_unmeasured
from smarketing.agenda.told import Campaign, Idea, Number, Score, Work
from smarketing.calendar.days import day_said
from smarketing.kinds import THERE
from smarketing.meetings.followed import CAMPAIGNS, NUMBERS, SCORES
from smarketing.meetings.left import EXAMPLE
from smarketing.meetings.standing import Standing
from smarketing.minutes.shown import escaped
from smarketing.state.record import Record, in_sight
from smarketing.sync.removals import KEY as REMOVALS
from smarketing.sync.statuses import Vocabulary
from smarketing.text.agreement import without_marks

_WAITS = re.compile(
    r"^[ \t>*-]*wait(?:s|ing) (?:for|on):?[ \t]+(?P<what>[^\n]{1,120})",
    re.IGNORECASE | re.MULTILINE,
)
_VOTE = re.compile(r"^\s*\+1\b")
_AGREED = re.compile(
    r"^##[ \t]+(?P<term>[^\n·]+)·\s*agreed\s+(?P<day>\d{1,2} \w{3} \d{4})",
    re.IGNORECASE | re.MULTILINE,
)
_AND = re.compile(r",|;|&|\band\b")
_STUCK, _OVER = "stuck", ("reviewed", "idea", "dropped", "cancelled")


@dataclass(frozen=True)
class Holdings:
    """All records, how statuses are called, and the addresses in the playbook's order.

    `own` are the names, in small letters, to which the work and the numbers of a team's own
    meeting belong; empty where everybody's count.
    """

    records: Mapping[str, Record]
    vocabulary: Vocabulary
    standing: Standing
    order: Iterable[str] = ()
    own: Collection[str] = ()

    def is_own(self, owner: object) -> bool:
        """Say whether this meeting is about what somebody owns."""
        names = _AND.split(str(owner or "").casefold())
        return not self.own or any(name.strip() in self.own for name in names)

    def cards(self) -> Iterator[tuple[str, Record]]:
        """Yield the cards that are in sight; proposed removals are no work of anybody."""
        seen = in_sight(self.records)
        for address, record in self.records.items():
            if record.kind != "card" or key_of(address) == REMOVALS:
                continue
            is_there = address in seen and record.binding is not None
            if is_there and self.is_own(record.hub.get("owner")):
                yield address, record

    def list_of(self, card: Record) -> str:
        """Return what the list of a card is called."""
        above = self.records.get(str(card.hub.get("parent")))
        return str(above.hub.get("title") or "") if above else ""

    def status_of(self, card: Record) -> str:
        """Return the status of a card: a key of the vocabulary, or the key of its list."""
        title = self.list_of(card)
        if title and self.vocabulary.knows(title):
            return self.vocabulary.status_of(title)
        lane = str(card.hub.get("parent") or "")
        return key_of(lane) if ":" in lane else title  # nobody has the key of a member's own list

    def is_done(self, card: Record) -> bool:
        """Say whether a card is done: by its tick, or by its list."""
        status = self.status_of(card)
        return bool(card.hub.get("done")) or self.vocabulary.is_ticked(status) or status == "done"

    def done(self) -> list[str]:
        """Return the addresses of the cards that are done."""
        return [address for address, card in self.cards() if self.is_done(card)]

    def wins(self, since: date | None, before: Collection[str] = ()) -> list[Work]:
        """Return the cards that became done since a day; `before` were done in an agenda before."""
        return [
            self._work(address, self.records[address])
            for address in self.done()
            if address not in before and (day := self.standing.since(address))
            if since is None or day >= since
        ]

    def stuck(self) -> list[Work]:
        """Return the cards that are stuck, the longest first; nobody knows of some since when."""
        found = [
            self._work(address, card)
            for address, card in self.cards()
            if self.status_of(card) == _STUCK and not card.hub.get("done")
        ]
        return sorted(found, key=lambda each: each.since or date.min)

    def late(self, day: date) -> list[Work]:
        """Return the cards that were due before a day and are neither done nor stuck."""
        return self.due(date.min, day - timedelta(days=1))

    def due(self, first: date, last: date) -> list[Work]:
        """Return the cards that are due from one day to another and are neither done nor stuck."""
        return [
            work
            for address, card in self.cards()
            if not self.is_done(card) and self.status_of(card) != _STUCK
            if (work := self._work(address, card)).due and first <= work.due <= last
        ]

    def _work(self, address: str, card: Record) -> Work:
        waits = _WAITS.search(str(card.hub.get("description") or ""))
        return Work(
            str(card.hub.get("title") or ""),
            address,
            str(card.hub.get("owner") or ""),
            self.standing.since(address),
            _day(card.hub.get("due")),
            without_marks(waits["what"]).rstrip(". ") if waits else "",
        )

    def agreed(self, since: date | None) -> list[str]:
        """Return the entries of documents that became agreed since a day."""
        found = []
        for record in self.records.values():
            if record.kind == "document" and record.stands:
                for entry in _AGREED.finditer(str(record.hub.get("body") or "")):
                    day = day_said(entry["day"], since) if since else None
                    if day and since and day >= since:
                        found.append(f"“{without_marks(entry['term']).strip()}”")
        return found

    def campaigns(self) -> list[Campaign] | None:
        """Return the campaigns of the calendar, or the cards with that label; None if neither."""
        rows = list(self._rows(*CAMPAIGNS))
        if self._tables(CAMPAIGNS):
            return [each for row in rows if (each := _campaign(_cells(row)))]
        cards = [
            Campaign(
                str(card.hub.get("title") or ""),
                address,
                "running",
                owner=str(card.hub.get("owner") or ""),
            )
            for address, card in self.cards()
            if "campaign" in _plain(card.hub.get("labels")) and not self.is_done(card)
        ]
        has_label = any(
            r.kind == "label" and str(r.hub.get("title") or "").casefold() == "campaign"
            for r in self.records.values()
        )
        return cards if cards or has_label else None

    def numbers(self, last: Mapping[str, str], since: Mapping[str, str] = {}) -> list[Number]:
        """Return the rows of the tables that have a number now and a goal for it.

        `last` is what they were in the agenda before, `since` the day from which on agendas say
        that they are not measured, by the address of the row.
        """
        found = []
        for row in self._rows(*NUMBERS):
            cells = _cells(row)
            title = cells.get(self._first_column(container_of(row.address)), "")
            target = cells.get("target", cells.get("goal", ""))
            is_shared = bool(self.own) or cells.get("level", "") in ("Shared", "Company", "")
            status = cells.get("status", "").casefold()
            if not title or EXAMPLE.match(title) or not is_shared or status == "dropped":
                continue
            if self.is_own(cells.get("owner", "")):
                found.append(
                    Number(
                        title,
                        cells.get("now", ""),
                        target if target != title else "",
                        cells.get("by", ""),
                        cells.get("owner", ""),
                        last.get(row.address, ""),
                        cells.get("source", ""),
                        _day(since.get(row.address)),
                    )
                )
        return found

    def scores(self) -> list[Score]:
        """Return the questions of an audit with what both teams answered."""
        return [
            Score(
                title,
                cells.get("sales-now", ""),
                cells.get("marketing-now", ""),
                (cells.get("sales-first", ""), cells.get("marketing-first", "")),
            )
            for row in self._rows(*SCORES)
            if (cells := _cells(row))
            if (title := cells.get(self._first_column(container_of(row.address)), ""))
        ]

    def numbers_now(self) -> dict[str, str]:
        """Return what the next agenda compares the numbers with."""
        return {row.address: _cells(row).get("now", "") for row in self._rows(*NUMBERS)}

    def unmeasured(self, since: Mapping[str, str], day: date) -> dict[str, str]:
        """Return from which day on agendas say of a number that it is not measured."""
        return {
            address: since.get(address, day.isoformat())
            for address, now in self.numbers_now().items()
            if is_unmeasured(now)
        }

    def ideas(self) -> list[Idea]:
        """Return the ideas on the board, with their votes."""
        found = []
        for address, card in self.cards():
            labels = _plain(card.hub.get("labels"))
            is_idea = labels & {"idea", "ideas"} or self.list_of(card).casefold() in (
                "idea",
                "ideas",
            )
            if is_idea and not self.is_done(card):
                title = str(card.hub.get("title") or "")
                found.append(Idea(f"[{escaped(title)}](link:{address})", self._votes(address)))
        return found

    def _votes(self, card: str) -> int:
        """Count the lines of a card's checklist that begin with `+1`: one vote each."""
        return sum(
            bool(_VOTE.match(str(record.hub.get("title") or "")))
            for address, record in self.records.items()
            if record.kind == "check"
            and container_of(address) == card
            and record.existence == THERE
        )

    def _tables(self, columns: Iterable[str]) -> set[str]:
        """Return the tables that have all of these columns."""
        known = [a for a, r in self.records.items() if r.kind == "column"]
        return set.intersection(
            *({container_of(a) for a in known if key_of(a) == column} for column in columns)
        )

    def _first_column(self, table: str) -> str:
        prefix = f"{table}/column:"
        return next((key_of(a) for a in self.order if a.startswith(prefix)), "")

    def _rows(self, *columns: str) -> Iterator[Record]:
        """Yield the rows of the tables that have these columns, in the playbook's order."""
        within = self._tables(columns)
        seen = in_sight(self.records)
        ordered = dict.fromkeys((*self.order, *self.records))
        for record in filter(None, map(self.records.get, ordered)):
            is_shown = record.kind == "row" and record.address in seen
            if is_shown and container_of(record.address) in within:
                yield record


def _campaign(cells: Mapping[str, str]) -> Campaign | None:
    title = cells.get("campaign") or cells.get("title", "")
    status = cells.get("status", "").casefold()
    if not title or EXAMPLE.match(title) or status in _OVER:
        return None
    return Campaign(
        title, "", status, cells.get("starts", ""), cells.get("ends", ""), cells.get("result", ""),
        cells.get("counterpart", ""), cells.get("owner", ""),
    )  # fmt: skip


def _cells(row: Record) -> Mapping[str, str]:
    cells = row.hub.get("cells")
    return cells if isinstance(cells, Mapping) else {}


def _plain(labels: object) -> set[str]:
    return {str(label).casefold() for label in labels} if isinstance(labels, frozenset) else set()


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10]) if text else None
    except ValueError:
        return None
