"""What the edits of a board, a table and the calendar have in common. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from smarketing.contract import Change, Failed, Remote, Stale
from smarketing.kinds import ARCHIVED, THERE, Value

from .found import Found, Part, file_of
from .mapping import normalise


@dataclass(slots=True)
class Editing:
    """One file's parts while changes are made in it.

    `adopting` says that the file was found where it was to be made: what is in it already
    is taken up and not made again.
    """

    path: str
    found: Sequence[Found]
    ids: Mapping[str, str]
    today: date
    adopting: bool = False
    made: dict[str, Part] = field(default_factory=dict)
    by_id: dict[str, Found] = field(init=False)
    by_marker: dict[str, Found] = field(init=False)

    def __post_init__(self) -> None:
        self.by_id = {each.remote.id: each for each in self.found}
        # Of two bearers the first is ours.
        self.by_marker = {each.remote.marker: each for each in reversed(self.found)}

    def target(self, change: Change) -> Found | None:
        """Return what the change is about, None if it is no longer in the file."""
        wanted = self.ids.get(change.address) or (change.before.id if change.before else "")
        return self.by_id.get(wanted)

    def bearing(self, address: str) -> Found | None:
        """Return the first part that bears this address."""
        return self.by_marker.get(address)

    def named(self, kind: str, parent: Part | None, title: Value) -> Found | None:
        """Return a part without a marker by its title, if this file was found and not made."""
        if not self.adopting:
            return None
        home = next((each.remote.id for each in self.found if each.part is parent), self.path)
        return next((each for each in self.found if _is_named(each, kind, home, title)), None)

    def part(self, address: str) -> Part | None:
        """Return the part with this address, made just now or there before."""
        if address in self.made:
            return self.made[address]
        found = self.by_id.get(self.ids.get(address, ""))
        return found.part if found else None


def _is_named(found: Found, kind: str, home: str, title: Value) -> bool:
    remote = found.remote
    return remote.kind == kind and remote.parent == home and remote.fields.get("title") == title


def is_stale(change: Change, now: Remote) -> bool:
    """Say whether the object is neither as the plan saw it nor as we want it."""
    if change.before is None:
        return True
    existence = ARCHIVED if change.verb == "archive" else change.fields.get("existence")
    if now.existence != change.before.existence and now.existence != existence:
        return True
    if change.parent and _inner(now.parent) != _inner(change.before.parent):
        return True
    return not all(
        _same(change.kind, name, value, now.fields[name])
        or (name in change.fields and _same(change.kind, name, change.fields[name], now.fields[name]))
        for name, value in change.before.fields.items()
        if name in now.fields
    )  # fmt: skip


def holds(change: Change, now: Remote) -> bool:
    """Say whether the object holds all that a create would write."""
    return all(
        _same(change.kind, name, value, now.fields[name])
        for name, value in change.fields.items()
        if name in now.fields
    )


def differing(change: Change, now: Remote) -> dict[str, Value]:
    """Return the fields to be written that the object does not hold yet."""
    return {
        name: value
        for name, value in change.fields.items()
        if name in now.fields and value != now.fields[name]
    }


def wants_back(change: Change) -> bool:
    """Say whether the change takes an archived object out of the archive."""
    return change.fields.get("existence") == THERE or change.verb in ("move", "create")


def elsewhere(change: Change, editing: Editing) -> Failed | Stale:
    """Return the outcome for a part that is not in the file."""
    wanted = editing.ids.get(change.address) or (change.before.id if change.before else "")
    if change.verb in ("move", "rename") and file_of(wanted) != editing.path:
        return Failed(
            f"{change.address} is in another file, {file_of(wanted)}: move it to {editing.path} by "
            "hand, with the mark at its end."
        )
    return Stale()


def dropped(today: date) -> str:
    """Return the remark behind a strike."""
    return f"dropped {today.isoformat()}"


def _same(kind: str, name: str, one: Value, other: Value) -> bool:
    return one == other or normalise(kind, name, one) == normalise(kind, name, other)


def _inner(remote_id: str) -> str:
    # A folder above may have moved in this very run.
    return remote_id.rpartition("/")[2] if "#" not in remote_id else remote_id.partition("#")[2]
