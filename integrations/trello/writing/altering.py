"""Changing one object: look, write the fields that differ, and see what that replaced.

Trello refuses no stale write, so what stood there is compared just before, and its log is
asked just after. Only a tick needs neither.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from smarketing.contract import Change, Done, Failed, Outcome, Remote, Stale

from .. import remotes as wire
from ..counting import is_tick
from ..known import Written
from ..mapping import normalise
from ..marker import CardText, card_text
from ..remotes import Json
from ..room import too_long
from .creating import refused_length
from .desk import Desk, NoPlace
from .drafts import Draft, drafted, write_field

_LOOK: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "board": ("boards/{id}", {"fields": "name,desc,closed,shortUrl"}),
    "list": ("lists/{id}", {"fields": "name,closed,idBoard,pos"}),
    "label": ("labels/{id}", {"fields": "name,color,idBoard"}),
    "card": (
        "cards/{id}",
        {
            "fields": "name,desc,closed,due,dueComplete,idBoard,idList,idLabels,labels,idMembers,"
            "shortUrl",
            "members": True,
            "member_fields": "fullName",
        },
    ),
    "check": ("cards/{card}/checkItem/{id}", {"fields": "name,state,pos"}),
}
_LOG: Mapping[str, tuple[str, str, Mapping[str, object]]] = {
    "board": ("boards/{id}/actions", "board", {"filter": "updateBoard", "limit": 50}),
    "list": ("lists/{id}/actions", "list", {"filter": "updateList"}),
    "card": ("cards/{id}/actions", "card", {"filter": "updateCard"}),
}


@dataclass(frozen=True, slots=True)
class Object:
    """The object that a step changes, and where Trello has it."""

    kind: str
    id: str
    card: str = ""

    def path(self, pattern: str) -> str:
        return pattern.format(id=self.id, card=self.card)


def alter(desk: Desk, changes: Sequence[Change]) -> list[Outcome]:
    """Do all changes of one object together."""
    first = changes[0]
    thing = Object(first.kind, desk.id_of(first), _card_of(desk, first))
    if is_tick(changes):
        return [_tick(desk, first, thing)]
    now = look(desk, thing)
    remote = remote_of(desk, first, now, thing)
    changes = [_without_who_left(desk, change, remote) for change in changes]
    first = changes[0]
    if any(_is_stale(desk, change, remote) for change in changes):
        return [Stale() for _ in changes]
    try:
        draft = drafted(desk, changes, now, remote)
    except NoPlace as problem:
        return [Failed(str(problem)) for _ in changes]
    if too_long(str(draft.put.get("desc") or "")):
        return [refused_length(first) for _ in changes]
    written = write(desk, thing, now, draft)
    before = remote_of(desk, first, written.before, thing)
    result = remote_of(desk, first, after(now, written, draft), thing)
    replaced = _replaced(desk, thing, written)
    _learn(desk, thing, draft, now)
    displaced = remote_of(desk, first, {**written.before, **replaced}, thing)
    if beside := _beside(changes, written, replaced):
        desk.account.put(thing.path(_LOOK[thing.kind][0]), {"desc": beside})
        result = remote_of(desk, first, {**after(now, written, draft), "desc": beside}, thing)
        return [Done(result, displaced) for _ in changes]
    return [_done(change, result, before, displaced) for change in changes]


def _tick(desk: Desk, change: Change, thing: Object) -> Outcome:
    draft, before = Draft(), change.before
    assert before is not None
    write_field(desk, "done", change.fields["done"], {}, before, draft)
    desk.account.put(thing.path(_LOOK[thing.kind][0]), draft.put)
    return Done(replace(before, fields={**before.fields, **change.fields}, version=""))


def look(desk: Desk, thing: Object) -> Json:
    """Return the object as it is now."""
    pattern, query = _LOOK[thing.kind]
    data: Json = desk.account.get(thing.path(pattern), **query)
    return data


def write(desk: Desk, thing: Object, now: Json, draft: Draft) -> Written:
    """Write what the draft says; return what was put, and what stood there before."""
    known, key, account = desk.known, desk.step.key, desk.account
    written = Written(now, draft.put)
    if not draft.put and key in known.written:
        written = known.written[key]  # put before we were asked to wait
    if draft.put:
        known.written[key] = written
        account.put(thing.path(_LOOK[thing.kind][0]), draft.put)
    for label in draft.labels_on:
        account.post(f"cards/{thing.id}/idLabels", value=label)
    for label in draft.labels_off:
        account.delete(f"cards/{thing.id}/idLabels/{label}")
    for member in draft.owner.add:
        account.post(f"cards/{thing.id}/idMembers", value=member)
    for member in draft.owner.remove:
        account.delete(f"cards/{thing.id}/idMembers/{member}")
    return written


def _replaced(desk: Desk, thing: Object, written: Written) -> dict[str, Any]:
    """Return what the log says that our write replaced; nothing where Trello does not say."""
    found: dict[str, Any] = {}
    if written.put and thing.kind in _LOG:
        pattern, name, query = _LOG[thing.kind]
        actions = desk.account.get(thing.path(pattern), **query)
        found = replaced_in(actions, name, written.put)
    desk.known.written.pop(desk.step.key, None)
    return found


def _beside(changes: Sequence[Change], written: Written, replaced: Mapping[str, Any]) -> str:
    """Return the description with what a member wrote in it beside what we changed, "" if nothing.

    Text, owner and mark are one description: who writes one of them replaces all.
    """
    if "desc" not in replaced or replaced["desc"] == written.before.get("desc"):
        return ""
    put, former = str(written.put["desc"]), str(replaced["desc"])
    if changes[0].kind == "board":
        whole = wire.marked({"desc": former}, wire.mark_of(written.put))
    else:
        fields = {name for change in changes for name in change.fields}
        ours, theirs = card_text(put), card_text(former)
        text = ours.text if "description" in fields else theirs.text
        owner = ours.owner if "owner" in fields else theirs.owner
        renamed = any(change.verb == "rename" for change in changes)
        marker = ours.marker if renamed else theirs.marker
        whole = CardText(text, owner, marker).written()
    return "" if _same(whole, put) else whole


def replaced_in(actions: Sequence[Json], name: str, put: Mapping[str, Any]) -> dict[str, Any]:
    """Return the former values of these fields, from the newest action that is ours for each."""
    found: dict[str, Any] = {}
    for action in actions:
        data = action.get("data") or {}
        old, new = data.get("old") or {}, data.get(name) or {}
        for each, value in put.items():
            if each not in old or each in found:
                continue
            # What replaced our own value came after us.
            ours = not _same(old[each], value) and (each not in new or _same(new[each], value))
            if ours:
                found[each] = old[each]
    return found


def _same(one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one.strip() == other.strip()
    return (one or None) == (other or None)


def _is_stale(desk: Desk, change: Change, now: Remote) -> bool:
    """Say whether what the change would replace is neither what the plan saw nor what it wants."""
    before = change.before
    if before is None:
        return False
    if before.existence != now.existence and not _stands_as_wanted(desk, change, now):
        return True
    if change.verb == "archive" and now.existence == before.existence:
        return any(
            _differs(now, name, value) for name, value in before.fields.items() if name != "access"
        )
    if change.parent and now.parent not in (before.parent, desk.ids.get(change.parent)):
        return True
    if change.verb == "rename" and now.marker not in (before.marker, change.address):
        return True
    return any(
        _differs(now, name, value) and _differs(now, name, before.fields.get(name, value))
        for name, value in change.fields.items()
        if name != "labels"  # go on and come off one by one, beside those of members
    )


def _without_who_left(desk: Desk, change: Change, now: Remote) -> Change:
    """Expect nobody on a card whose owner is off the board: Trello took them off both."""
    before = change.before
    owner = before.fields.get("owner") if before else None
    if before is None or not owner or now.fields.get("owner") or "owner" not in change.fields:
        return change
    if owner in desk.people(desk.board_of(change.address)).values():
        return change
    return replace(change, before=replace(before, fields={**before.fields, "owner": None}))


def _stands_as_wanted(desk: Desk, change: Change, now: Remote) -> bool:
    if change.verb == "archive":
        return now.existence != "there"
    return change.verb == "move" and now.parent == desk.ids.get(change.parent)


def _differs(now: Remote, name: str, value: Any) -> bool:
    kind = now.kind
    return normalise(kind, name, now.fields.get(name)) != normalise(kind, name, value)


def _done(change: Change, result: Remote, before: Remote, displaced: Remote) -> Done:
    fields = {name for name in change.fields if _differs(displaced, name, before.fields.get(name))}
    moved = bool(change.parent) and displaced.parent != before.parent
    return Done(result, displaced if fields or moved else None)


def after(now: Json, written: Written, draft: Draft) -> dict[str, Any]:
    """Return the object as our writes have left it."""
    data = {**now, **written.put}
    if "due" in data:
        data["due"] = data["due"] or None
    if "idMembers" in now:
        kept = [each for each in now["idMembers"] if each not in draft.owner.remove]
        data["idMembers"] = [*kept, *draft.owner.add]
    if draft.labels is not None:
        data["labels"] = [{"name": title} for title in sorted(draft.labels)]
    return data


def _learn(desk: Desk, thing: Object, draft: Draft, now: Json) -> None:
    known = desk.known
    if thing.kind == "card":
        kept = [each for each in now["idMembers"] if each not in draft.owner.remove]
        known.assigned[thing.id] = (*kept, *draft.owner.add)
    if thing.kind == "label" and draft.put:
        data = {**now, **draft.put}
        known.labels.setdefault(data["idBoard"], {})[thing.id] = wire.title_of_label(data)


def remote_of(desk: Desk, change: Change, data: Json, thing: Object) -> Remote:
    """Return the object of the contract that this JSON is."""
    if thing.kind == "board":
        return _board(desk, change, data)
    if thing.kind == "check":
        return wire.check_remote(data, thing.card)
    if thing.kind == "list":
        return wire.list_remote(data)
    if thing.kind == "label":
        color = data.get("color")
        return wire.label_remote({**data, "color": None if color == "null" else color})
    card = wire.card_remote(data, desk.place(change, data))
    return replace(card, ours=change.before.ours) if change.before else card


def _board(desk: Desk, change: Change, data: Json) -> Remote:
    before, workspace = change.before, desk.step.workspace
    mark = wire.mark_of(data)
    address = mark.address if mark and mark.workspace == workspace else ""
    if not address and before is not None:
        address = before.marker  # it is named under `existing:`
    place = wire.Place(workspace, address, zone=desk.zone)
    access = before.fields.get("access") if before else None
    known = desk.known.access.get(data["id"]) or (access if isinstance(access, Mapping) else {})
    return wire.board_remote(data, place, known)


def _card_of(desk: Desk, change: Change) -> str:
    if change.kind != "check":
        return ""
    holder = change.address.rpartition("/")[0]
    return desk.ids.get(holder) or (change.before.parent if change.before else "")
