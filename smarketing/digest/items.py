"""The messages of a digest that a sync run wants, and what the next run has to know. Pure.

What was told last is noted in the same transaction that journals the message, before it is sent:
a week's digest has one address per person and channel, and what has an address that was sent is
not sent again.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

from smarketing.calendar.digesttimes import Digest
from smarketing.calendar.said import say_date
from smarketing.calendar.when import zone
from smarketing.contract import LAST, Manifest
from smarketing.digest.composing import Facts, Told, compose
from smarketing.digest.moment import due, is_late, next_day
from smarketing.kinds import THERE, Value
from smarketing.meetings.remembered import standing_in
from smarketing.resolve.desired import Desired, Item
from smarketing.state.record import Record
from smarketing.text.wording import called

DIGEST = "message:digest-"
"""How the addresses of digests begin."""

SINCE = "digest:since"


def since_fact(facts: Mapping[str, str], now: float) -> dict[str, str]:
    """Return the fact that says from when on digests count: from the first run that looked."""
    return {} if SINCE in facts else {SINCE: repr(now)}


@dataclass(frozen=True, slots=True)
class _Reader:
    """One who gets a digest: a person by the mailbox `to`, or a channel by its address.

    `address` is that of the message, `place` the tool that it goes through.
    """

    address: str
    place: str
    to: str = ""
    channel: str = ""


@dataclass(slots=True)
class Digesting:
    """Asks for the digests of one run, and keeps what the next one has to know.

    `place` is the tool that messages to persons go through, "" where there is none; `tools` are
    the manifests by place. `hold` says that nobody is told anything in this run. `before` are
    the facts in state.
    """

    desired: Desired
    place: str
    tools: Mapping[str, Manifest]
    hold: bool
    before: Mapping[str, str]
    now: datetime
    facts: dict[str, str] = field(default_factory=dict)

    def items(self, records: Mapping[str, Record], waiting: tuple[str, ...]) -> list[Item]:
        """Return the messages that should be out by now; `waiting` is what waits for a person."""
        since = self.before.get(SINCE)
        if not since:
            return []
        began = datetime.fromtimestamp(float(since), UTC)
        found: list[Item] = []
        for digest in self.desired.digests:
            if at := due(digest, began, self.now):
                readers = self._readers(digest, at, records)
                for place in dict.fromkeys(reader.place for reader in readers):
                    there = [reader for reader in readers if reader.place == place]
                    found += self._messages(digest, at, there, records, waiting)
        return found

    def _readers(
        self, digest: Digest, at: datetime, records: Mapping[str, Record]
    ) -> list[_Reader]:
        """Return those who can be reached, and have still to get it or to see it changed."""
        local = self.now.astimezone(zone(digest.when.timezone))
        quiet = self.desired.quiet.holds_at(local, self.desired.holidays)
        fresh = not quiet and not is_late(at, self.now)
        return [
            reader
            for reader in (*self._people(digest, at), *self._channels(digest, at, records))
            if self._is_wanted(records.get(reader.address), reader.place, fresh)
        ]

    def _people(self, digest: Digest, at: datetime) -> Iterator[_Reader]:
        for who in digest.to if self.place else ():
            yield _Reader(_prefix(digest, at) + _mark(_mail(who)), self.place, to=who)

    def _channels(
        self, digest: Digest, at: datetime, records: Mapping[str, Record]
    ) -> Iterator[_Reader]:
        """Yield the channels that are there and take messages."""
        for channel in digest.channels:
            record = records.get(channel)
            if record is None or not record.binding or not record.stands:
                continue
            tool = self.tools.get(record.place)
            if tool and "channel" in tool.kinds.get("message", ()):
                address = _posted_in(channel, _prefix(digest, at), records)
                yield _Reader(address, record.place, channel=channel)

    def _is_wanted(self, record: Record | None, place: str, fresh: bool) -> bool:
        """Say whether somebody has still to get it, or to see it changed where it stands."""
        if record is not None and (record.binding or record.existence != THERE):
            is_there = record.stands and record.place == place
            return is_there and self.tools[place].edits and not self.hold
        return fresh

    def _messages(
        self,
        digest: Digest,
        at: datetime,
        readers: list[_Reader],
        records: Mapping[str, Record],
        waiting: tuple[str, ...],
    ) -> list[Item]:
        """Return the messages to these readers, all of one place: they are told the same."""
        place, day = readers[0].place, at.date().isoformat()
        last = _last(self.before, digest, place)
        base = last.base if last.day == day else last.told
        local = self.now.astimezone(zone(digest.when.timezone))
        standing = standing_in(self.before).now(records, local.date())
        until = next_day(digest, at)
        told = compose(Facts(self.desired, records, local, until, base, waiting, standing))
        if not told.words:
            return []
        if not self.hold:
            # Where nothing can be changed, everybody is told the same: what was done first.
            is_first = last.day != day or self.tools[place].edits
            done = told.done if is_first else last.told
            self.facts[_fact(digest, place)] = _Last(day, base, done).as_fact()
        return [_item(digest, at, reader, told, records) for reader in readers]


def _posted_in(channel: str, prefix: str, records: Mapping[str, Record]) -> str:
    """Return the address of the message in this channel, which may have had another key then."""
    for address, record in records.items():
        if address.startswith(prefix) and record.hub.get("channel") == f"link:{channel}":
            return address
    return prefix + _mark(channel)


def _item(
    digest: Digest, at: datetime, reader: _Reader, told: Told, records: Mapping[str, Record]
) -> Item:
    subject = f"{digest.title}, {say_date(at.date())}"
    fields: dict[str, Value] = {"subject": subject}
    if reader.channel:
        # A chat shows no subject, so the words begin with it.
        title = str(records[reader.channel].hub.get("title") or "")
        fields["subject"] = f"{subject}, in {called(reader.channel, title)}"
        fields |= {"channel": f"link:{reader.channel}", "body": f"{subject}\n\n{told.words}"}
    else:
        name = reader.to.partition("<")[0].strip()
        hello = f"Hello {name.split()[0]},\n\n" if name else ""
        fields |= {"to": reader.to, "body": f"{hello}{told.words}"}
    root = f"root:{reader.place}"
    return Item(reader.address, "message", reader.place, root, fields, stage=LAST)


@dataclass(frozen=True, slots=True)
class _Last:
    """What the last digest told: its day, the cards that were told before it, and by it."""

    day: str = ""
    base: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()

    def as_fact(self) -> str:
        said = {"day": self.day, "base": sorted(self.base), "told": sorted(self.told)}
        return json.dumps(said, sort_keys=True)


def _last(facts: Mapping[str, str], digest: Digest, place: str) -> _Last:
    said = json.loads(facts.get(_fact(digest, place)) or "{}")
    base, told = (frozenset(said.get(name, ())) for name in ("base", "told"))
    return _Last(str(said.get("day", "")), base, told)


def _fact(digest: Digest, place: str) -> str:
    return f"digest:{digest.key} {place}"


def _mail(mailbox: str) -> str:
    return mailbox.rpartition("<")[2].rstrip("> ").strip().lower()


def _prefix(digest: Digest, at: datetime) -> str:
    return f"{DIGEST}{at.date()}-{_mark(digest.key)[:6]}"


def _mark(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]
