"""A run that takes another one back: what it asks for, and what its plan says."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from smarketing.changes.emptying import is_own
from smarketing.config.handover import Roster, heirs
from smarketing.meetings.takenout import taken_out
from smarketing.plan import Plan, Undoes
from smarketing.recognising.look import Look
from smarketing.resolve.desired import Desired, Item
from smarketing.state.history import Run
from smarketing.state.record import PLAYBOOK, Record
from smarketing.state.state import State
from smarketing.undo.undo import Around, Undo, Undone, present
from smarketing.undo.undoing import undone


def undo_of(run: Run, state: State, words: str = "") -> Undo:
    """Return what taking back this run is about; `words` say which it is."""
    later = sorted(each.number for each in state.runs() if each.number >= run.number)
    keys = tuple(
        (write.was, write.address)
        for number in later
        for write in state.writes(number)
        if write.was
    )
    return Undo(run, state.writes(run.number), words, keys)


def around(desired: Desired, former: Roster, looks: Mapping[str, Look]) -> Around:
    """Return what has a say beside the run that is taken back: what playbook and config say now.

    `former` is who was there when a run last looked.
    """
    items = desired.items.values()
    silent = frozenset(item.address for item in items if item.is_silent)
    work_of = heirs(former, desired.roster)
    successors = {**work_of, **desired.successors}
    return Around(looks, successors, _mailboxes(desired), frozenset(work_of), silent)


def places_with_own(undo: Undo) -> frozenset[str]:
    """Return the places where the run took along what is members' own: it has to be seen."""
    return frozenset(write.place for write in undo.writes if is_own(write.address))


def _mailboxes(desired: Desired) -> frozenset[str]:
    found: set[str] = set()
    for item in desired.items.values():
        for people in (item.fields.get("access"), item.fields.get("attendees")):
            found |= set(people) if isinstance(people, frozenset | Mapping) else set()
    for group, members in desired.groups.items():
        found |= {group, f"group:{group}", *members}
    return frozenset(found)


@dataclass(slots=True)
class Amending:
    """Takes the run back in the midst of a fold, and keeps what there is to tell of it."""

    undo: Undo
    around: Around
    told: Undone | None = None
    before: Mapping[str, Record] = field(default_factory=dict)

    def __call__(self, records: Mapping[str, Record]) -> Mapping[str, Record]:
        self.before = dict(records)
        told = undone(records, self.undo, self.around)
        self.told = replace(told, stays=(*told.stays, *taken_out(records, told.records)))
        return self.told.records


def with_undoing(plan: Plan, undo: Undo, told: Undone | None, standing: Sequence[str] = ()) -> Plan:
    """Return the plan with what there is to say of the run that is taken back.

    `standing` says what members wrote at synced places and stays there.
    """
    stays, keeps = (told.stays, told.keeps) if told else ((), ())
    return replace(
        plan,
        undoes=Undoes(undo.run.number, undo.words, (*standing, *stays)),
        keeps=(*plan.keeps, *keeps),
        releases=(),
        left_out=(),
    )


def released_again(
    before: Mapping[str, Record], records: Mapping[str, Record]
) -> dict[str, Record]:
    """Return what the playbook no longer speaks for, once a run that is taken back has been there."""
    return {
        address: replace(record, released=True)
        for address, record in records.items()
        if address in before and before[address].released and not record.released
    }


def touched(undo: Undo, records: Mapping[str, Record]) -> frozenset[str]:
    """Return the present addresses of what the run wrote to."""
    return frozenset(present(undo, records).values())


def as_known(
    desired: Desired, records: Mapping[str, Record], meant: frozenset[str], inputs: str
) -> Desired:
    """Return what was asked for when a run last looked: what is new in playbook and config waits.

    What the playbook no longer speaks for comes along where it is `meant`. `inputs` are the
    words of that time, as JSON.
    """
    places = {item.place for item in desired.items.values()}
    ordered = [a for a in desired.items if a in records]
    ordered += [a for a in records if a not in desired.items]
    items = {
        address: _as_seen(records[address], desired.items.get(address))
        for address in ordered
        if records[address].place in places
        and PLAYBOOK in records[address].seen
        and (address in meant or not _may_rest(records[address]))
    }
    return replace(desired, items=items, inputs=json.loads(inputs), was={}, successors={})


def _may_rest(record: Record) -> bool:
    """Say whether nobody asks for it now: guests are asked for anew, from day to day."""
    return record.released or record.kind == "occurrence"


def _as_seen(record: Record, item: Item | None) -> Item:
    said = {name: seen.value for name, seen in record.seen[PLAYBOOK].items()}
    parent = str(said.pop("parent", record.hub.get("parent", "")))
    said.pop("existence", None)
    if item is not None and item.is_silent:
        said = {name: value for name, value in said.items() if name == "access"}
    stage, source = (item.stage, item.source) if item else (0, "")
    return Item(record.address, record.kind, record.place, parent, said, stage, source)
