"""What members made inside a synced board or table becomes known: bound by its id. Pure.

It is never released, archived or brought back, because the playbook does not speak of it. What
another run of ours made there, of which state knows nothing, is known by the key that it carries.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from smarketing.address import container_of, is_address, key_of, kind_of
from smarketing.contract import Remote
from smarketing.kinds import THERE
from smarketing.recognising.lostmarks import Words, all_said
from smarketing.recognising.matched import Matched
from smarketing.state.action import own_address
from smarketing.state.record import PLAYBOOK, Record
from smarketing.text.samewords import SIMILAR, words_kept

SEARCHED = "sync:searched"
"""The fact that lists the boards and tables in which all of members' things were looked for."""

_INSIDE = ("list", "card", "row", "check")
_FOLLOWED = ("card", "row")
_HOLDERS = ("board", "table", "list", "card")


def own_among(records: Mapping[str, Record], containers: Collection[str]) -> frozenset[str]:
    """Return the addresses of what is known inside these and of which the playbook does not speak."""
    return frozenset(
        address
        for address, record in records.items()
        if record.kind in _INSIDE
        and (PLAYBOOK not in record.seen or record.released)
        and address.partition("/")[0] in containers
    )


def take_up(
    records: Mapping[str, Record],
    matched: Matched,
    place: str,
    containers: Collection[str],
    keyed: frozenset[str] = frozenset(),
) -> tuple[dict[str, Record], Matched]:
    """Return the records and what was found, with what members put into these boards and tables.

    `keyed` are the kinds that can't be told from others for long without a marker; where one of
    them was edited before it got its marker, its words tell which it was.
    """
    work = _TakingUp(dict(records), matched, place, containers, keyed)
    work.follow()
    work.welcome_back()
    work.take()
    found = {**matched.found, **work.found}
    gone = matched.gone - work.found.keys()
    others = tuple(each for each in matched.others if each.id not in work.taken)
    return work.records, replace(matched, found=found, gone=gone, others=others)


def shown_in(records: Mapping[str, Record], containers: Collection[str]) -> frozenset[str]:
    """Return the addresses of all that shows action items in these, and of its lines."""
    return frozenset(
        address
        for address, record in records.items()
        if record.kind in ("card", "row", "check") and address.partition("/")[0] in containers
    )


def searched_in(facts: Mapping[str, str]) -> frozenset[str]:
    """Return the boards and tables in which all of members' things were looked for once."""
    return frozenset(facts.get(SEARCHED, "").split())


@dataclass(slots=True)
class _TakingUp:
    records: dict[str, Record]
    matched: Matched
    place: str
    containers: Collection[str]
    keyed: frozenset[str]
    found: dict[str, Remote] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    holders: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for address, remote in self.matched.found.items():
            self._hold(address, remote)

    def _hold(self, address: str, remote: Remote) -> None:
        """Note that something of a member's may lie in this."""
        held_in = remote.kind in _HOLDERS and address.partition("/")[0] in self.containers
        if held_in and remote.existence == THERE:
            self.holders[remote.id] = address

    def follow(self) -> None:
        """Find again what lost its id because a member changed its words."""
        lost = [
            record
            for address in own_among(self.records, self.containers) & self.matched.gone
            if (record := self.records[address]).place == self.place
            and record.kind in self.keyed
            and record.kind in _FOLLOWED
            and not record.gone
        ]
        free = [each for each in self._inside() if each.kind in self.keyed and not each.marker]
        pairs = sorted(
            (-likeness, record.address, other.id)
            for record in lost
            for other in free
            if other.kind == record.kind
            if (likeness := _likeness(record, other)) >= SIMILAR
        )
        by_id = {each.id: each for each in free}
        for _, address, identity in pairs:
            if address not in self.found and identity not in self.taken:
                self._claim(address, by_id[identity])

    def welcome_back(self) -> None:
        """Know again what was deleted and is there once more, word for word, without its marker."""
        gone = {
            record.address: _last_said(record)
            for record in self.records.values()
            if record.gone and record.binding and record.place == self.place
            if record.kind in self.keyed and record.kind in _FOLLOWED
            if record.address.partition("/")[0] in self.containers
        }
        there = {
            each.id: (each.kind, all_said(each.kind, each.fields))
            for each in self._inside()
            if each.kind in self.keyed and not each.marker and each.id not in self.taken
        }
        counts = Counter((*gone.values(), *there.values()))
        by_words = {said: identity for identity, said in there.items()}
        remotes = {each.id: each for each in self._inside()}
        for address, said in gone.items():
            if counts[said] == 2 and said in by_words and address not in self.found:
                self._claim(address, remotes[by_words[said]])

    def take(self) -> None:
        """Give an address to what has none: lists before their cards, cards before their lines."""
        for kind in _INSIDE:
            for remote in list(self._inside()):
                if remote.kind == kind and remote.id not in self.taken and _is_work(remote):
                    address = self._address(remote)
                    self.records[address] = Record(address, kind, self.place)
                    self._claim(address, remote)

    def _claim(self, address: str, remote: Remote) -> None:
        self.found[address] = remote
        self.taken.add(remote.id)
        self._hold(address, remote)

    def _inside(self) -> Iterator[Remote]:
        for each in self.matched.others:
            if each.existence == THERE and each.parent in self.holders:
                yield each

    def _address(self, remote: Remote) -> str:
        holder = self.holders[remote.parent]
        container = holder.partition("/")[0]
        above = holder if remote.kind == "check" else container
        marked = remote.marker
        if self._is_carried(marked, remote, above):
            return marked
        return self._fresh(f"{above}/{remote.kind}:", container, _without_file(remote.id))

    def _fresh(self, prefix: str, container: str, identity: str) -> str:
        """Return an address by the id in the tool, which may have been another thing's before."""
        number, wanted = 1, identity
        while (address := prefix + key_of(own_address(container, wanted))) in self.records:
            number += 1
            wanted = f"{identity}~{number}"
        return address

    def _is_carried(self, marker: str, remote: Remote, above: str) -> bool:
        """Say whether a run of ours gave it this address, and nothing else has it.

        It may be one of a playbook that only another computer has applied as yet.
        """
        return (
            is_address(marker)
            and marker not in self.records
            and container_of(marker) == above
            and kind_of(marker) == remote.kind
        )


def _without_file(identity: str) -> str:
    """Return an id without the file it is in, which may get another name."""
    _, mark, inner = identity.partition("#")
    return inner if mark else identity


def _is_work(remote: Remote) -> bool:
    """Say whether somebody has begun to write there."""
    return bool(_title(remote.fields, remote.called).strip())


def _last_said(record: Record) -> tuple[str, Words]:
    seen = record.seen.get(record.place, {})
    return record.kind, all_said(record.kind, {name: each.value for name, each in seen.items()})


def _likeness(record: Record, remote: Remote) -> float:
    seen = record.seen.get(record.place, {})
    was = {name: each.value for name, each in seen.items()}
    return words_kept(_words(was), _words(remote.fields))


def _words(fields: Mapping[str, object]) -> str:
    cells = fields.get("cells")
    if isinstance(cells, Mapping):
        return " ".join(str(text) for text in cells.values())
    return str(fields.get("title") or "")


def _title(fields: Mapping[str, object], called: str) -> str:
    return str(fields.get("title") or called or _words(fields))
