"""A run taken back: what it wrote is merged out of the hub again, and later edits stay. Pure.

Each write is one more voice in the merge. The place stood for `after`, and is asked to stand for
`before`; what somebody changed since is kept. The value that the playbook stands for goes back
in the same way while what it was seen to say stays. So it has nothing to say until it changes,
and what it says then is merged whole.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from smarketing.address import moved_under
from smarketing.history import Run, Write
from smarketing.kinds import ARCHIVED, THERE, Value, empty, merge_kind
from smarketing.look import Look
from smarketing.merge import merge
from smarketing.naming import PERSONAL, as_present
from smarketing.plan import Keep
from smarketing.record import PLAYBOOK, Record, Seen
from smarketing.wording import NOUNS, called, joined

_WORDLESS = ("label", "column")
"""Kinds of things that nobody writes in: one that is added is no reason to keep what holds it."""

_SINCE = "was changed since and stays as it is"


@dataclass(frozen=True, slots=True)
class Undo:
    """A run to be taken back: what it wrote, in its order, and `words` that say which it is.

    `keys` are the (former, later) addresses that this run and later ones gave, in their order.
    `again` says that this is a further look within the same run: all is merged out already.
    """

    run: Run
    writes: tuple[Write, ...]
    words: str = ""
    keys: tuple[tuple[str, str], ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What else has a say: the tools, who took over whose work, and who is there.

    `here` are the mailboxes that playbook and config let in anywhere, or invite. `silent` are the
    addresses of what is made from the other items.
    """

    looks: Mapping[str, Look]
    successors: Mapping[str, str] = field(default_factory=dict)
    here: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Undone:
    """The records once the run is taken back, what stays as members have it, and what stays else.

    `stays` are sentences for a person.
    """

    records: Mapping[str, Record]
    keeps: tuple[Keep, ...]
    stays: tuple[str, ...]


def undone(records: Mapping[str, Record], undo: Undo, around: Around) -> Undone:
    """Merge what a run wrote out of the hub, the last write first."""
    work = _Undoing(dict(records), undo, around, present(undo, records))
    for write in reversed(undo.writes):
        work.take_back(write)
    work.go_home()
    work.put_away()
    return Undone(work.records, tuple(dict.fromkeys(work.keeps)), tuple(work.sentences()))


def present(undo: Undo, records: Mapping[str, Record]) -> dict[str, str]:
    """Return the address that each item has now: an object keeps its id where its key changes."""
    by_id = {(r.place, r.binding.id): a for a, r in records.items() if r.binding}
    found: dict[str, str] = {}
    for write in undo.writes:
        address: str | None = called_now(undo, write.address)
        if address not in records:
            address = by_id.get((write.place, write.id))
        if address is not None:
            found[write.address] = address
    return found


def called_now(undo: Undo, address: str) -> str:
    """Return the address that an item of this one has now."""
    for former, later in undo.keys:
        address = moved_under(address, former, later)
    return address


@dataclass(slots=True)
class _Undoing:
    records: dict[str, Record]
    undo: Undo
    around: Around
    present: Mapping[str, str]
    made: dict[str, Write] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    keeps: list[Keep] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)
    told: dict[str, None] = field(default_factory=dict)
    let_in: dict[str, None] = field(default_factory=dict)

    def take_back(self, write: Write) -> None:
        """Merge one write out of the hub."""
        if "~in~" in write.address:
            self._tell_moved_along(write)
            return
        if "~" in write.address:  # a twin, or what was left behind in another tool
            return
        name = called(write.address, write.title)
        record = self.records.get(self.present.get(write.address, ""))
        if write.verb == "create" and write.kind == "message":
            self.told[str(write.after.get("to") or name).partition("<")[0].strip()] = None
        elif record is None or record.place not in self.around.looks:
            self.stays.append(f"“{name}” stays as it is: it can't be seen now.")
        elif record.binding is None or record.gone:
            self.stays.append(f"“{name}” is no longer there.")
        elif write.verb in ("create", "move") and _appeared(write):
            if record.kind != "root" and record.address not in self.around.silent:
                self.made[record.address] = write
        else:
            self._take_back_values(record, write)

    def _tell_moved_along(self, write: Write) -> None:
        """Say that a member's own thing stays in what it was moved into: nobody keeps its past."""
        if look := self.around.looks.get(write.place):
            for other in look.matched.others:
                if other.id == write.id and other.existence == THERE:
                    title = str(other.fields.get("title") or f"A {other.kind} of your team")
                    holder = self.records.get(look.parents.get(other.parent, ""))
                    where = f" in “{_called(holder)}”" if holder else " where it is"
                    why = "it is your team’s own, so move it back by hand"
                    self.stays.append(f"“{title}” stays{where}: {why}.")

    def _take_back_values(self, record: Record, write: Write) -> None:
        for name in write.changed:
            if name == "access":
                self._take_back_right(record.address, write)
            elif record.address not in self.around.silent:
                self._take_back_value(record.address, name, write)
        if write.was:
            self.stays.append(f"“{called(write.address, write.title)}” keeps its new key.")

    def _in_charge(self, owner: Value) -> Value:
        """Return who does this person's work today."""
        return self.around.successors.get(owner, owner) or None if isinstance(owner, str) else owner

    def _as_called_now(self, record: Record, name: str, value: Value) -> Value:
        if name == "parent" and isinstance(value, str):
            return called_now(self.undo, value)
        if name in PERSONAL:
            return as_present(value, self.around.looks[record.place].present)
        return value

    def _take_back_value(self, address: str, name: str, write: Write) -> None:
        record = self.records[address]
        if name == "owner" and record.hub.get("done"):
            return  # what is done keeps the name of who did it
        kind = merge_kind(record.kind, name)
        was, became = (
            empty(kind)
            if values.get(name) is None
            else self._as_called_now(record, name, values[name])
            for values in (write.before, write.after)
        )
        if name == "owner":
            was = self._in_charge(was)
        inputs = {new: old for old, new in self.undo.run.inputs.items()}
        now = record.hub.get(name, empty(kind))
        merged = merge(kind, became, now, was, stands="hub", inputs=inputs)
        value = self._without_strangers(record, name, now, merged.value)
        if merged.clashes:
            self.keeps.append(Keep(address, name, record.place, _SINCE))
        if name == "parent" and value != now:
            self.moved[address] = str(now)
        seen = dict(record.seen)
        if playbook := record.seen.get(PLAYBOOK, {}).get(name):
            stood = merge(kind, became, playbook.hub, was, stands="hub", inputs=inputs).value
            seen[PLAYBOOK] = {**seen[PLAYBOOK], name: Seen(playbook.value, stood)}
        hub = {**record.hub, name: value}
        if name == "existence" and "owner" in hub and not hub.get("done"):
            hub["owner"] = self._in_charge(owner := hub["owner"])
            if (last := seen.get(PLAYBOOK, {}).get("owner")) and last.hub == owner:
                seen[PLAYBOOK] = {**seen[PLAYBOOK], "owner": Seen(last.value, hub["owner"])}
        self.records[address] = replace(record, hub=hub, seen=seen)

    def _without_strangers(self, record: Record, name: str, now: Value, then: Value) -> Value:
        """Invite nobody back who is no longer there."""
        if name != "attendees" or not isinstance(then, frozenset) or not isinstance(now, frozenset):
            return then
        return now & then | frozenset(who for who in then - now if self._spelled(record, who))

    def sentences(self) -> Iterator[str]:
        """Yield what there is to say of what stays."""
        if self.told:
            yield f"A message went to {joined([*reversed(self.told)], most=5)}."
        if self.let_in:
            yield f"A tool may have told {joined([*reversed(self.let_in)], most=5)} that they may enter."
        yield from dict.fromkeys(reversed(self.stays))

    # Rights

    def _take_back_right(self, address: str, write: Write) -> None:
        record = self.records[address]
        given, taken = _rights(write.after), _rights(write.before)
        access = _rights(record.hub)
        names = self._names(record, given)
        access = {
            who: role for who, role in access.items() if not self._names(record, (who,)) & names
        }
        for who, role in taken.items():
            if (known := self._spelled(record, who)) is None:
                why = "playbook and config no longer let them in anywhere"
                self.stays.append(f"{who} may not enter “{_called(record)}” again: {why}.")
            elif not any(
                self._names(record, (each,)) & self._names(record, (who,)) for each in access
            ):
                access[known] = role
        self.records[address] = replace(record, hub={**record.hub, "access": access})
        self.let_in |= dict.fromkeys(who.partition("<")[0].strip() for who in given)

    def _names(self, record: Record, people: Iterable[str]) -> frozenset[str]:
        """Return the names under which the tool knows these mailboxes."""
        terms = self.around.looks[record.place].terms
        shown = terms.normalise(record.kind, "access", dict.fromkeys(people, "view"))
        return frozenset(shown) if isinstance(shown, Mapping) else frozenset()

    def _spelled(self, record: Record, who: str) -> str | None:
        """Return the mailbox as config spells it, None for somebody who is let in nowhere."""
        names = self._names(record, (who,))
        known = (each for each in sorted(self.around.here) if self._names(record, (each,)) & names)
        return next(known, None)

    # Where things stand

    def go_home(self) -> None:
        """Leave where it is what would go back into something that is not there."""
        for address, now in self.moved.items():
            record = self.records[address]
            parent = str(record.hub["parent"])
            above = self.records.get(parent)
            if parent and not parent.startswith("@") and not (above and above.stands):
                self.records[address] = replace(record, hub={**record.hub, "parent": now})
                why = "stays where it is: what held it is not there"
                self.keeps.append(Keep(address, "parent", record.place, why))

    def put_away(self) -> None:
        """Archive what the run made, each as a whole, if nobody has worked in it since."""
        inside: dict[str, list[str]] = {}
        for address, record in self.records.items():
            if record.stands:
                inside.setdefault(str(record.hub.get("parent")), []).append(address)
        going = {address for address in self.made if self._is_untouched(address, inside)}
        for address in self.made:
            record = self.records[address]
            if address not in going:
                self._tell_worked_in(record)
            elif str(record.hub.get("parent")) not in going:
                self._put_away(record)

    def _put_away(self, record: Record) -> None:
        manifest = self.around.looks[record.place].terms.manifest
        if record.existence != THERE:
            return
        if record.kind in manifest.archives:
            hub = {**record.hub, "existence": ARCHIVED}
            self.records[record.address] = replace(record, hub=hub)
        else:
            why = f"{manifest.title} has no archive for a {NOUNS[record.kind][0]}"
            self.stays.append(f"“{_called(record)}” stays: {why}.")

    def _tell_worked_in(self, record: Record) -> None:
        if record.stands and (self._edited(record.address) or self._holds_foreign(record)):
            self.stays.append(
                f"“{_called(record)}” stays, because your team has worked in it. "
                f"To put it away all the same: smarketing archive {record.address}"
            )

    def _is_untouched(self, address: str, inside: Mapping[str, list[str]]) -> bool:
        if address not in self.made or self._edited(address):
            return False
        if self._holds_foreign(self.records[address]):
            return False
        return all(self._is_untouched(child, inside) for child in inside.get(address, ()))

    def _edited(self, address: str) -> bool:
        """Say whether an item that the run made holds other words than it and the playbook say."""
        if address in self.around.silent:
            return False
        record, write = self.records[address], self.made[address]
        playbook = record.seen.get(PLAYBOOK, {})
        return any(
            value != self._as_called_now(record, name, write.after[name])
            and not (name in playbook and playbook[name].hub == value)
            for name, value in record.hub.items()
            if name in write.after and name != "existence"
        )

    def _holds_foreign(self, record: Record) -> bool:
        look = self.around.looks[record.place]
        return any(
            other.parent == record.binding.id and other.existence == THERE
            for other in look.matched.others
            if record.binding and other.kind not in _WORDLESS
        )


def _appeared(write: Write) -> bool:
    """Say whether the write made a thing appear: it was made, or brought back."""
    if write.verb == "create":
        return True
    return write.before.get("existence") == ARCHIVED and write.after.get("existence") == THERE


def _rights(values: Mapping[str, Value]) -> Mapping[str, str]:
    access = values.get("access")
    return access if isinstance(access, Mapping) else {}


def _called(record: Record) -> str:
    return called(record.address, str(record.hub.get("title") or ""))
