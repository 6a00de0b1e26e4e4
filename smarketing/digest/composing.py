"""The words of a digest: values in, text out. Pure.

It tells what stands in the workspace, and nothing that a person would have to look up elsewhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from smarketing.address import key_of, kind_of
from smarketing.calendar.nextmeeting import InWords, next_by_clock
from smarketing.calendar.occurrences import series_of
from smarketing.calendar.said import say_date
from smarketing.kinds import Values
from smarketing.meetings.altered import altered_in
from smarketing.meetings.standing import Standing
from smarketing.resolve.desired import Desired
from smarketing.startpage.gathering import overview
from smarketing.startpage.goalchart import told
from smarketing.startpage.overview import Overview
from smarketing.state.record import Record, in_sight
from smarketing.text.wording import called, one_line, plural, shortened

MOST = 10
"""How many lines a part has before it only counts the rest."""

EACH = 3
"""How many cards of one person are named as late or stuck before the others are only counted."""

_STUCK = "stuck"
_START = "document:start-here"
_BOARDS = 3


@dataclass(frozen=True, slots=True)
class Facts:
    """What a digest is made from: the records, what members see of them, and what waits.

    `now` is the moment on the clock of the workspace, `kept` are the addresses of the cards that
    the last digest told as done. `waiting` are sentences about what waits for a person, `until` is
    the day of the next digest, `standing` since when each card stands where it does.
    """

    desired: Desired
    records: Mapping[str, Record]
    now: datetime
    until: date
    kept: frozenset[str] = frozenset()
    waiting: tuple[str, ...] = ()
    standing: Standing = field(default_factory=Standing)


@dataclass(frozen=True, slots=True)
class Told:
    """The words of a digest, "" where there is nothing to tell, and the cards that are done."""

    words: str
    done: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Card:
    address: str
    title: str
    owner: str
    due: date | None
    done: bool
    stuck: bool
    since: date | None = None

    @property
    def line(self) -> str:
        """Return `Call who waits (Ben Okoye), by Wed 16 Dec 2026`."""
        owner = f" ({self.owner})" if self.owner else ""
        by = f", by {say_date(self.due)}" if self.due and not self.done else ""
        return f"{self.title}{owner}{by}"


def compose(facts: Facts) -> Told:
    """Return what came since the last digest, and what is due until the next one, that day included."""
    seen, today = in_sight(facts.records), facts.now.date()
    values = {a: record.hub for a, record in facts.records.items() if a in seen}
    cards, page = _cards(facts, values), overview(facts.desired, values)
    done = frozenset(card.address for card in cards if card.done)
    is_late = {c.address for c in cards if not c.done and c.due and c.due < today}
    late = [c for c in cards if c.address in is_late or (c.stuck and not c.done)]
    ahead = [
        c for c in cards if c.due and today <= c.due <= facts.until and not c.done and c not in late
    ]
    kept = [card.line for card in cards if card.done and card.address not in facts.kept]
    parts = [
        _part(f"Kept since the last digest ({len(kept)})", kept),
        _part(f"Promised until {say_date(facts.until)}", [card.line for card in _by_day(ahead)]),
        _part("Late or stuck", list(_late(late, today))),
        _part(f"Coming meetings ({facts.now.tzinfo})", list(_meetings(facts))),
        _part("Numbers against targets", list(_numbers(page))),
        _part("Waits for one of you", [*facts.waiting, *_questions(page)]),
    ]
    shown = [part for part in parts if part]
    if not shown:
        return Told("", done)
    return Told("\n\n".join([*shown, *_links(values)]) + "\n", done)


def _part(heading: str, lines: list[str]) -> str:
    if not lines:
        return ""
    shown = [f"- {one_line(line)}" for line in lines[:MOST]]
    if more := len(lines) - len(shown):
        shown.append(f"- and {more} more")
    return "\n".join([heading, *shown])


def _by_day(cards: list[_Card]) -> list[_Card]:
    return sorted(cards, key=lambda card: (card.due or date.max, card.title))


def _late(cards: list[_Card], today: date) -> Iterator[str]:
    """Yield what is late or stuck, a line for each person: whoever waits longest comes first."""
    hands: dict[str, list[_Card]] = {}
    for card in sorted(cards, key=lambda card: (_waits_since(card, today), card.title)):
        hands.setdefault(card.owner, []).append(card)
    for owner, held in hands.items():
        said = [f"{card.title} ({_why_late(card, today)})" for card in held[:EACH]]
        said += [f"and {len(held) - EACH} more"] if len(held) > EACH else []
        name = owner or "Nobody's"
        yield f"{name}: {'; '.join(said)}"


def _waits_since(card: _Card, today: date) -> date:
    """Return since when a card is late or stuck; what was always stuck, as far as we know, is first."""
    late = [card.due] if card.due and card.due < today else []
    stuck = [card.since or (date.min if not late else date.max)] if card.stuck else []
    return min(*late, *stuck, date.max)


def _why_late(card: _Card, today: date) -> str:
    late = f"due {say_date(card.due)}" if card.due and card.due < today else ""
    since = f" since {say_date(card.since)}" if card.since else ""
    return ", ".join(filter(None, (late, f"stuck{since}" if card.stuck else "")))


def _cards(facts: Facts, values: Values) -> list[_Card]:
    return [
        replace(_card(facts.desired, values, address), since=facts.standing.since(address))
        for address in values
        if kind_of(address) == "card" and facts.records[address].binding
    ]


def _card(desired: Desired, values: Values, address: str) -> _Card:
    fields = values[address]
    status, ticked = _status(desired, values, str(fields.get("parent") or ""))
    return _Card(
        address,
        called(address, str(fields.get("title") or "")),
        one_line(str(fields.get("owner") or "").partition("<")[0]),
        _day(fields.get("due")),
        fields.get("done") is True or ticked,
        status == _STUCK,
    )


def _status(desired: Desired, values: Values, lane: str) -> tuple[str, bool]:
    """Return the status that a list stands for, and whether what is in it is done."""
    title = str(values.get(lane, {}).get("title") or "")
    own = key_of(lane) if ":" in lane else ""  # of a list that a member made nobody has the key
    for block in desired.sync:
        words = block.vocabulary
        key = own if any(each.key == own for each in words.statuses) else words.status_of(title)
        return key, any(each.key == key and each.ticked for each in words.statuses)
    return own, False


def _day(said: object) -> date | None:
    try:
        return date.fromisoformat(str(said or "")[:10])
    except ValueError:
        return None


def _meetings(facts: Facts) -> Iterator[str]:
    """Yield the meetings until the next digest, the soonest first."""
    coming: list[tuple[InWords, str]] = []
    for address, record in facts.records.items():
        if record.kind != "meeting" or not record.stands or record.released:
            continue
        series, altered = series_of(record.hub), altered_in(facts.records, address)
        holidays = facts.desired.holidays
        found = next_by_clock(series, facts.now, altered, holidays) if series else None
        if found and found.start.date() <= facts.until:
            coming.append((found, called(address, str(record.hub.get("title") or ""))))
    for found, title in sorted(coming, key=lambda each: each[0].start):
        yield f"{title}: {replace(found, then='').words}"


def _numbers(page: Overview) -> Iterator[str]:
    for goal in page.all_goals:
        yield f"{shortened(goal.goal, 100)}: {told(goal)}"


def _questions(page: Overview) -> Iterator[str]:
    for about in page.questions:
        if count := len(about.open):
            yield f"{plural(count, 'question', 'questions')} still to agree in “{about.title}”"


def _links(values: Values) -> Iterator[str]:
    """Yield where to look: the page that leads to all the rest, else the boards."""
    boards = [address for address in values if kind_of(address) == "board"]
    there = [_START] if _START in values else boards[:_BOARDS]
    lines = [f"- [{_title(values, address)}](link:{address})" for address in there]
    if lines:
        yield "\n".join(["Where it all is", *lines])


def _title(values: Values, address: str) -> str:
    title = called(address, str(values[address].get("title") or ""))
    return title.replace("[", "(").replace("]", ")")
