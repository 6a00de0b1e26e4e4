"""How many calls a step makes when nobody interferes. Pure."""

from collections.abc import Collection, Mapping, Sequence

from smarketing.contract import Calls, Change, Remote
from smarketing.kinds import Value

from .known import Known
from .mapping import name_of, normalise
from .owners import Assigned, moves

_LOGGED = frozenset({"card", "list", "board"})
"""Kinds of which Trello can say what a write replaced."""

_IN_ONE_PUT = frozenset({"title", "description", "due", "done", "color"})


def calls_of_alteration(
    group: Sequence[Change],
    known: Known,
    renamed: Mapping[str, str],
    leaving: Collection[str] = (),
) -> Calls:
    """Return the calls for changes of one object: a look, one PUT, what it replaced.

    `renamed` are labels of the board that get another title in the same run, `leaving` the names
    of those whom Trello takes off their cards because they go off the board first.
    """
    if is_tick(group):
        return Calls(0, 1)
    put, others = 0, 0
    for change in group:
        before = change.before
        if change.verb in ("archive", "move", "rename"):
            put = 1
        if before is None:
            continue
        put = 1 if _differing(change.fields, before) & _IN_ONE_PUT else put
        others += _label_calls(change.fields.get("labels"), before, renamed)
        if "owner" in change.fields:
            added, rewritten = _owner_calls(change, before, known, leaving)
            others, put = others + added, put or rewritten
    logged = group[0].kind in _LOGGED and put
    return Calls(1 + int(bool(logged)), put + others)


def is_tick(group: Sequence[Change]) -> bool:
    """Say whether these changes only set or take away a tick.

    Nothing of a member's can be lost by that unseen: whoever was faster did the same.
    """
    change, *others = group
    before = change.before
    return (
        not others
        and (change.verb, *change.fields) == ("update", "done")
        and before is not None
        and bool(before.id)
        and _differing(change.fields, before) == {"done"}
    )


def calls_of_copy(group: Sequence[Change]) -> Calls:
    """Return the calls for copying a board: the copy, a look, and what has to be altered."""
    by_address = {change.address: change for change in group}
    altered = sum(_calls_to_match(change, by_address) for change in group)
    return Calls(1, 1 + altered)


def _calls_to_match(change: Change, group: Mapping[str, Change]) -> int:
    like = change.like
    if like is None or change.kind == "board":
        return 0
    put = bool(_differing(change.fields, like) & (_IN_ONE_PUT | {"owner"}))
    if change.kind == "card":
        above = group.get(change.parent)
        moved = above is not None and above.like is not None and above.like.id != like.parent
        put = put or moved or like.marker != change.address
    return int(put) + _label_calls(change.fields.get("labels"), like, {})


def calls_of_grant(change: Change, known: Known) -> Calls:
    """Return the calls for a right: one to give it, a look before one is taken away."""
    access = change.fields.get("access")
    names = {name_of(each) for each in access} if isinstance(access, Mapping) else set()
    if change.verb == "revoke":
        return Calls(1, 1)
    ourselves = known.me is not None and names == {known.me.name}
    return Calls() if ourselves else Calls(0, 1)


def _differing(fields: Mapping[str, Value], before: Remote) -> frozenset[str]:
    if not before.id:  # made in this run, with links that only now lead anywhere
        return frozenset(fields)
    kind = before.kind
    return frozenset(
        name
        for name, value in fields.items()
        if normalise(kind, name, value) != normalise(kind, name, before.fields.get(name))
    )


def _label_calls(wanted: Value, before: Remote, renamed: Mapping[str, str]) -> int:
    if not isinstance(wanted, frozenset):
        return 0
    now = before.fields.get("labels")
    there = {renamed.get(each, each) for each in now} if isinstance(now, frozenset) else set()
    return len(wanted ^ there)


def newly_assigned(group: Sequence[Change], known: Known) -> tuple[str, ...]:
    """Return the names of those whom Trello tells that a card is theirs; ourselves it does not."""
    told: dict[str, None] = {}
    for change in group:
        owner = str(change.fields.get("owner") or "")
        if change.kind != "card" or not owner or (known.me and known.me.name == owner):
            continue
        before = change.before
        if before is not None and before.id:
            people = known.people.get(known.boards.get(before.id, ""), {})
            now = Assigned(known.assigned.get(before.id, ()))
            told |= dict.fromkeys(people[each] for each in moves(now, owner, people).add)
        elif any(owner in people.values() for people in known.people.values()):
            told[owner] = None
    return tuple(told)


def _owner_calls(
    change: Change, before: Remote, known: Known, leaving: Collection[str]
) -> tuple[int, int]:
    board = known.boards.get(before.id, "")
    people = known.people.get(board, {})
    members = known.assigned.get(before.id, ())
    assigned = tuple(each for each in members if people.get(each) not in leaving)
    owner = before.fields.get("owner")
    line = str(owner or "") if not any(each in people for each in members) else ""
    wanted = change.fields["owner"]
    now = Assigned(assigned, line)
    then = moves(now, str(wanted or ""), people)
    return len(then.add) + len(then.remove), int(then.line != line)
