"""A run taken back: what it wrote is merged out of the hub again, and later edits stay. Pure.

Each write is one more voice in the merge. The place stood for `after`, and is asked to stand for
`before`; what somebody changed since is kept. The value that the playbook stands for goes back
in the same way while what it was seen to say stays. So it has nothing to say until it changes,
and what it says then is merged whole.
"""

from collections.abc import Iterator, Mapping

from smarketing.changes.emptying import is_own
from smarketing.kinds import ARCHIVED, THERE
from smarketing.state.history import Write
from smarketing.state.record import Record
from smarketing.text.wording import called, joined
from smarketing.undo.made import put_away
from smarketing.undo.own import send_home
from smarketing.undo.undo import Around, Undo, Undoing, Undone, present
from smarketing.undo.values import go_home, take_back_values


def undone(records: Mapping[str, Record], undo: Undo, around: Around) -> Undone:
    """Merge what a run wrote out of the hub, the last write first."""
    work = Undoing(dict(records), undo, around, present(undo, records))
    for write in reversed(undo.writes):
        _take_back(work, write)
    go_home(work)
    for write in undo.writes:
        if is_own(write.address):
            send_home(work, write)
    put_away(work)
    stays = tuple(_sentences(work))
    return Undone(work.records, tuple(dict.fromkeys(work.keeps)), stays, tuple(work.homeward))


def _reader(work: Undoing, write: Write) -> str:
    """Return the name of the person or channel that a message went to, "" where none is known."""
    if to := str(write.after.get("to") or ""):
        return to.partition("<")[0].strip()
    channel = str(write.after.get("channel") or "").removeprefix("link:")
    there = work.records.get(channel)
    return called(channel, str(there.hub.get("title") or "")) if there else ""


def _take_back(work: Undoing, write: Write) -> None:
    if "~" in write.address:  # a twin, a member's own thing, what was left in another tool
        return
    name = called(write.address, write.title)
    record = work.records.get(work.present.get(write.address, ""))
    if write.verb == "create" and write.kind == "message":
        work.told[_reader(work, write) or name] = None
    elif record is None or record.place not in work.around.looks:
        work.stays.append(f"“{name}” stays as it is: it can't be seen now.")
    elif record.binding is None or record.gone:
        work.stays.append(f"“{name}” is no longer there.")
    elif write.verb in ("create", "move") and _appeared(write):
        if record.kind != "root" and record.address not in work.around.silent:
            work.made[record.address] = write
    else:
        take_back_values(work, record.address, write)


def _appeared(write: Write) -> bool:
    """Say whether the write made a thing appear: it was made, or brought back."""
    if write.verb == "create":
        return True
    return write.before.get("existence") == ARCHIVED and write.after.get("existence") == THERE


def _sentences(work: Undoing) -> Iterator[str]:
    """Yield what there is to say of what stays."""
    if work.told:
        yield f"A message went to {joined([*reversed(work.told)], most=5)}."
    if work.let_in:
        who = joined([*reversed(work.let_in)], most=5)
        yield f"A tool may have told {who} that they may enter."
    yield from dict.fromkeys(reversed(work.stays))
