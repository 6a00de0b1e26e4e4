"""Values that a run wrote are merged out of the hub again, and later edits stay. Pure."""

from dataclasses import replace

from smarketing.kinds import Merge, Value, empty, merge_kind
from smarketing.merging.merge import merge
from smarketing.plan import Keep
from smarketing.reorganisation.naming import PERSONAL, as_present
from smarketing.state.history import Write
from smarketing.state.record import PLAYBOOK, Record, Seen
from smarketing.text.wording import called, joined
from smarketing.undo.leavers import without_leavers
from smarketing.undo.rights import spelled, take_back_rights
from smarketing.undo.undo import Undoing, called_now, title_in

_SINCE = "was changed since and stays as it is"


def take_back_values(work: Undoing, address: str, write: Write) -> None:
    """Merge out of the hub all that one write changed."""
    for name in write.changed:
        if name == "access":
            take_back_rights(work, address, write)
        elif address not in work.around.silent:
            _take_back(work, address, name, write)
    if write.was:
        work.stays.append(f"“{called(write.address, write.title)}” keeps its new key.")


def as_called_now(work: Undoing, record: Record, name: str, value: Value) -> Value:
    """Return a value of then in the names of today."""
    if name == "parent" and isinstance(value, str):
        return called_now(work.undo, value)
    if name in PERSONAL:
        return as_present(value, work.around.looks[record.place].present)
    return value


def go_home(work: Undoing) -> None:
    """Leave where it is what would go back into something that is not there."""
    for address, now in work.moved.items():
        record = work.records[address]
        parent = str(record.hub["parent"])
        above = work.records.get(parent)
        if parent and not parent.startswith("@") and not (above and above.stands):
            work.records[address] = replace(record, hub={**record.hub, "parent": now})
            why = "stays where it is: what held it is not there"
            work.keeps.append(Keep(address, "parent", record.place, why))


def _take_back(work: Undoing, address: str, name: str, write: Write) -> None:
    record = work.records[address]
    if name == "owner" and record.hub.get("done"):
        return  # what is done keeps the name of who did it
    kind = merge_kind(record.kind, name)
    was, became = _then(work, record, name, write)
    inputs = {new: old for old, new in work.undo.run.inputs.items()}
    now = record.hub.get(name, empty(kind))
    merged = merge(kind, became, now, was, stands="hub", inputs=inputs)
    value = _without_strangers(work, record, name, now, merged.value)
    if merged.clashes:
        work.keeps.append(Keep(address, name, record.place, _SINCE))
    if name == "parent" and value != now:
        work.moved[address] = str(now)
    seen = dict(record.seen)
    if playbook := record.seen.get(PLAYBOOK, {}).get(name):
        stood = merge(kind, became, playbook.hub, was, stands="hub", inputs=inputs).value
        seen[PLAYBOOK] = {**seen[PLAYBOOK], name: Seen(playbook.value, stood)}
    taken_back = replace(record, hub={**record.hub, name: value}, seen=seen)
    if name == "existence":
        taken_back = _handed_over(work, taken_back)
    work.records[address] = taken_back


def _then(work: Undoing, record: Record, name: str, write: Write) -> tuple[Value, Value]:
    """Return what stood there before the write and after it, as it may stand there today."""
    kind = merge_kind(record.kind, name)
    was, became = (
        empty(kind) if values.get(name) is None else as_called_now(work, record, name, values[name])
        for values in (write.before, write.after)
    )
    if name == "owner":
        return _in_charge(work, was), became
    if name in ("parent", "existence", "attendees"):
        return was, became
    return _without_who_left(work, record, kind, was, became), became


def _without_who_left(
    work: Undoing, record: Record, kind: Merge, was: Value, became: Value
) -> Value:
    without, names = without_leavers(kind, was, became, work.around.left)
    if names:
        who, have = joined(sorted(names), most=5), "has" if len(names) == 1 else "have"
        why = f"“{title_in(record)}” does not name them again"
        work.stays.append(f"{who} {have} left, so {why}.")
    return without


def _in_charge(work: Undoing, owner: Value) -> Value:
    """Return who does this person's work today."""
    return work.around.successors.get(owner, owner) or None if isinstance(owner, str) else owner


def _handed_over(work: Undoing, record: Record) -> Record:
    """Let what comes back from the archive be owned by who does that work today."""
    if "owner" not in record.hub or record.hub.get("done"):
        return record
    owner = record.hub["owner"]
    hub, seen = {**record.hub, "owner": _in_charge(work, owner)}, dict(record.seen)
    if (last := seen.get(PLAYBOOK, {}).get("owner")) and last.hub == owner:
        seen[PLAYBOOK] = {**seen[PLAYBOOK], "owner": Seen(last.value, hub["owner"])}
    return replace(record, hub=hub, seen=seen)


def _without_strangers(work: Undoing, record: Record, name: str, now: Value, then: Value) -> Value:
    """Invite nobody back who is no longer there."""
    if name != "attendees" or not isinstance(then, frozenset) or not isinstance(now, frozenset):
        return then
    return now & then | frozenset(who for who in then - now if spelled(work, record, who))
