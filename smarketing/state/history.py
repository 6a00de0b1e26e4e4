"""What runs did: who, when, how it ended, and each write with the values before and after it.

A run that wrote nothing leaves no more than the fact `looked`, the time at which it looked.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from smarketing.contract import Change, Integration, Names
from smarketing.kinds import Value
from smarketing.state.record import Entry, Record

KEPT = 50
"""The values of so many of the last runs that wrote are kept; what older ones wrote, as a list."""

LOOKED = "looked"
"""The fact that says when a run last looked, in seconds since 1970."""

DONE, PARTLY = "done", "partly done"
"""How a run ended. One that was broken off has no outcome."""

_RIGHTS = ("grant", "revoke")


@dataclass(frozen=True, slots=True)
class About:
    """Who runs what: the command as typed, `who` as user@host, the playbook with its edition.

    `account` returns what is known, without a call, of the account in a place.
    """

    command: str = ""
    who: str = ""
    playbook: str = ""
    account: Callable[[str], str] = lambda place: ""


@dataclass(frozen=True, slots=True)
class Run:
    """One run that wrote something.

    `start` and `end` are in seconds since 1970; `end` is None and `outcome` "" until it has
    ended, and for ever if it was broken off. `accounts` are by place, `counts` by verb. `inputs`
    maps the former words of inputs to those that this run brought. `undoes` is the number of the
    run that this one takes back, 0 for none.
    """

    number: int
    command: str
    who: str
    playbook: str
    start: float
    end: float | None = None
    outcome: str = ""
    accounts: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    undoes: int = 0


@dataclass(frozen=True, slots=True)
class Write:
    """One thing that a run wrote.

    `id` is the object's in the tool, `source` the file:line of the playbook that asks for it.
    `before` and `after` are the hub's values that the place stood for; `parent` and `existence`
    stand among them. `was` is the former address where it got another one. `is_kept` says
    whether the values are still there.
    """

    verb: str
    address: str
    kind: str
    place: str
    id: str
    at: float
    title: str = ""
    source: str = ""
    before: Mapping[str, Value] = field(default_factory=dict)
    after: Mapping[str, Value] = field(default_factory=dict)
    was: str = ""
    run: int = 0
    number: int = 0
    is_kept: bool = True

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of the values that are others than before."""
        names = dict.fromkeys((*self.after, *self.before))
        return tuple(n for n in names if self.before.get(n) != self.after.get(n))


@dataclass(frozen=True, slots=True)
class Noted:
    """What is stored with the outcome of a step: the run so far, and what it wrote just now."""

    run: Run
    writes: tuple[Write, ...] = ()


def write_of(
    change: Change | Entry,
    place: str,
    id: str,
    before: Record | None,
    after: Record | None,
    terms: Integration,
    at: float,
) -> Write:
    """Return what was written, from the item's record before and after it.

    There is no record of a twin, nor of what an object left behind has to say.
    """
    verb, fields = change.verb, change.fields if isinstance(change, Change) else change.written
    write = Write(verb, change.address, change.kind, place, id, at)
    if before is None or after is None:
        return write
    write = replace(write, title=title_of(after))
    if verb in _RIGHTS:
        right = terms.as_hub(change.kind, "access", fields["access"], Names())
        with_it: Mapping[str, Value] = {"access": right}
        without: Mapping[str, Value] = {"access": {}}
        if verb == "grant":
            return replace(write, before=without, after=with_it)
        return replace(write, before=with_it, after=without)
    if verb == "rename" and before.binding and before.binding.marker != change.address:
        write = replace(write, was=before.binding.marker)
    names = _names(verb, change.kind, fields, after)
    old = {} if verb == "create" else _stood_for(before, names)
    return replace(write, before=old, after=_stood_for(after, names))


def title_of(record: Record) -> str:
    """Return what people call it: a row is called by its first cell."""
    for name in ("title", "subject"):
        if isinstance(title := record.hub.get(name), str):
            return title
    cells = record.hub.get("cells")
    return next(iter(cells.values()), "") if isinstance(cells, Mapping) else ""


def _names(verb: str, kind: str, fields: Mapping[str, Value], after: Record) -> Sequence[str]:
    """Return the names of the values that such a change is about; what we render is none."""
    if verb == "create":
        names = [*after.seen.get(after.place, {})]
    elif verb == "move":
        names = ["parent", "existence"]
    elif verb == "archive":
        names = ["existence"]
    else:
        names = [*fields]
    notes_to_self = {"root": ("done", "template"), "page": ("content",)}.get(kind, ())
    return [name for name in names if name != "access" and name not in notes_to_self]


def _stood_for(record: Record, names: Sequence[str]) -> dict[str, Value]:
    seen = record.seen.get(record.place, {})
    return {name: seen[name].hub for name in names if name in seen}
