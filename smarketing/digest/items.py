"""The messages of a digest that a sync run wants, and what the next run has to know. Pure.

What was told last is noted in the same transaction that journals the message, before it is sent:
a week's digest has one address per person, and what has an address that was sent is not sent again.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

from smarketing.contract import LAST
from smarketing.desired import Desired, Item
from smarketing.digest.asked import Digest
from smarketing.digest.composing import Facts, Told, compose
from smarketing.digest.moment import due
from smarketing.kinds import THERE
from smarketing.record import Record
from smarketing.when import say_date, zone

DIGEST = "message:digest-"
"""How the addresses of digests begin."""

SINCE = "digest:since"


def since_fact(facts: Mapping[str, str], now: float) -> dict[str, str]:
    """Return the fact that says from when on digests count: from the first run that looked."""
    return {} if SINCE in facts else {SINCE: repr(now)}


@dataclass(slots=True)
class Digesting:
    """Asks for the digests of one run, and keeps what the next one has to know.

    `edits` says whether the tool, called `place`, can change what it sent; `hold` that nobody is
    told anything in this run. `before` are the facts in state.
    """

    desired: Desired
    place: str
    edits: bool
    hold: bool
    before: Mapping[str, str]
    now: datetime
    facts: dict[str, str] = field(default_factory=dict)

    def items(self, records: Mapping[str, Record], waiting: tuple[str, ...]) -> list[Item]:
        """Return the messages that should be out by now; `waiting` is what waits for a person."""
        since = self.before.get(SINCE)
        if not since or not self.place:
            return []
        began = datetime.fromtimestamp(float(since), UTC)
        found: list[Item] = []
        for digest in self.desired.digests:
            if at := due(digest, began, self.now):
                found += self._messages(digest, at, records, waiting)
        return found

    def _messages(
        self,
        digest: Digest,
        at: datetime,
        records: Mapping[str, Record],
        waiting: tuple[str, ...],
    ) -> list[Item]:
        here = zone(digest.when.timezone)
        local = self.now.astimezone(here)
        quiet = self.desired.quiet.holds_at(local, self.desired.holidays)
        to = [
            who
            for who in digest.to
            if self._is_wanted(records.get(_address(digest, at, who)), quiet)
        ]
        if not to:
            return []
        day, last = at.date().isoformat(), _last(self.before, digest)
        base = last.base if last.day == day else last.told
        told = compose(Facts(self.desired, records, local, base, waiting))
        if not told.words:
            return []
        self._note(digest, day, base, last, told)
        return [self._item(digest, at, who, told) for who in to]

    def _is_wanted(self, record: Record | None, quiet: bool) -> bool:
        """Say whether somebody has still to get it, or to see it changed where it stands."""
        if record is not None and (record.binding or record.existence != THERE):
            return self.edits and record.stands and not self.hold
        return not quiet

    def _note(
        self, digest: Digest, day: str, base: frozenset[str], last: "_Last", told: Told
    ) -> None:
        if self.hold:
            return
        # Where nothing can be changed, everybody is told the same: what was done first.
        done = last.told if last.day == day and not self.edits else told.done
        said = {"day": day, "base": sorted(base), "told": sorted(done)}
        self.facts[_fact(digest)] = json.dumps(said, sort_keys=True)

    def _item(self, digest: Digest, at: datetime, who: str, told: Told) -> Item:
        name = who.partition("<")[0].strip()
        hello = f"Hello {name.split()[0]},\n\n" if name else ""
        fields = {
            "to": who,
            "subject": f"{digest.title}, {say_date(at.date())}",
            "body": f"{hello}{told.words}",
        }
        address = _address(digest, at, who)
        return Item(address, "message", self.place, f"root:{self.place}", fields, stage=LAST)


@dataclass(frozen=True, slots=True)
class _Last:
    """What the last digest told: its day, the cards that were told before it, and by it."""

    day: str = ""
    base: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()


def _last(facts: Mapping[str, str], digest: Digest) -> _Last:
    said = json.loads(facts.get(_fact(digest)) or "{}")
    base, told = (frozenset(said.get(name, ())) for name in ("base", "told"))
    return _Last(str(said.get("day", "")), base, told)


def _fact(digest: Digest) -> str:
    return f"digest:{digest.key}"


def _address(digest: Digest, at: datetime, who: str) -> str:
    mail = who.rpartition("<")[2].rstrip("> ").strip().lower()
    mark = sha256(f"{digest.key} {mail}".encode()).hexdigest()[:12]
    return f"{DIGEST}{at.date()}-{mark}"
