"""How much more Trello takes, and the sentences for what will not fit."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from smarketing.contract import Change

from .manifest import LONGEST
from .mapping import name_of
from .marker import CardText, card_text

PEOPLE, BOARDS = "people", "boards"
_OPEN_CARDS, _LABELS, _CHECKS = 5000, 1000, 200
_WORDS = {"card": "cards", "label": "labels", "list": "lists", "check": "checklist items"}


def room_of(
    data: Mapping[str, Any], address: str, open_boards: Mapping[str, int]
) -> dict[str, int]:
    """Return how much more a board takes, and its free workspace.

    `open_boards` counts by workspace those that are known to be open.
    """
    limits = data.get("limits") or {}
    standing = sum(not each["closed"] for each in data["cards"])
    lists = sum(not each["closed"] for each in data["lists"])
    room = {
        f"card {address}": _most(limits, "cards", "openPerBoard", _OPEN_CARDS) - standing,
        f"label {address}": _most(limits, "labels", "perBoard", _LABELS) - len(data["labels"]),
        f"list {address}": _most(limits, "lists", "openPerBoard", 500) - lists,
    }
    members = [each["idMember"] for each in data.get("memberships") or ()]
    around = room_in(data.get("organization") or {}, members, open_boards)
    return room | _room_in_checklists(data, address) | around


def _room_in_checklists(data: Mapping[str, Any], board: str) -> dict[str, int]:
    """Return how many more items the checklist takes that we write into, by card of ours."""
    most = _most(data.get("limits") or {}, "checkItems", "perChecklist", _CHECKS)
    ours = {each["id"]: card_text(each.get("desc") or "").marker for each in data["cards"]}
    first: dict[str, int] = {}
    for each in sorted(data["checklists"], key=lambda one: (float(one["pos"]), one["id"])):
        if marker := ours.get(each["idCard"]):
            first.setdefault(f"check {board}/{marker}", most - len(each["checkItems"]))
    return first


def room_in(
    workspace: Mapping[str, Any], others: Iterable[str], open_boards: Mapping[str, int]
) -> dict[str, int]:
    """Return how many more boards and people a free Trello workspace takes.

    `others` are known to be in, beside its members.
    """
    limits = (workspace.get("limits") or {}).get("orgs") or {}
    inside = {each["idMember"] for each in workspace.get("memberships") or ()} | set(others)
    known = {
        BOARDS: ("freeBoardsPerOrg", open_boards.get(str(workspace.get("id")), 0)),
        PEOPLE: ("usersPerFreeOrg", len(inside)),
    }
    # Trello says the count only where it nears the limit.
    return {
        name: max(0, int(limit["disableAt"]) - int(limit.get("count") or count))
        for name, (which, count) in known.items()
        if (limit := limits.get(which))
    }


def foreseen(changes: Sequence[Change], room: Mapping[str, int], me: str) -> Iterator[str]:
    """Yield a sentence for each limit that these changes will run into."""
    yield from _people(changes, room, me)
    yield from _boards(changes, room)
    adding = Counter(
        (each.kind, _holder(each))
        for each in changes
        if each.verb == "create" and each.kind in _WORDS
    )
    firsts = {"card": _OPEN_CARDS, "label": _LABELS, "list": 500, "check": _CHECKS}
    for (kind, holder), count in sorted(adding.items()):
        left = room.get(f"{kind} {holder}", firsts[kind])
        if count > left:
            words = _WORDS[kind]
            yield f"Trello has room for {left} more {words} on {holder}; {count} would be made."
    for change in changes:
        if (length := _length(change)) > LONGEST:
            yield (
                f"The text of {change.address} is too long for Trello: it needs {length} "
                f"characters with our own lines, and {LONGEST} are possible."
            )


def _holder(change: Change) -> str:
    """Return the board, or the card whose checklist it is, that has to have room."""
    return change.address.rpartition("/")[0] if change.kind == "check" else _board_of(change)


def _board_of(change: Change) -> str:
    return change.address.split("/")[0]


def _boards(changes: Sequence[Change], room: Mapping[str, int]) -> Iterator[str]:
    count = sum(each.verb == "create" and each.kind == "board" for each in changes)
    if BOARDS in room and count > room[BOARDS]:
        noun = "board" if room[BOARDS] == 1 else "boards"
        yield (
            f"Trello's free plan lets {room[BOARDS]} more {noun} into this workspace; "
            f"{count} would be made."
        )


def _people(changes: Sequence[Change], room: Mapping[str, int], me: str) -> Iterator[str]:
    if PEOPLE not in room:
        return
    names: set[str] = set()
    for change in changes:
        access = change.fields.get("access")
        if change.verb == "grant" and isinstance(access, Mapping):
            names |= {name_of(mailbox) for mailbox in access}
    invited = len(names - {me})
    if invited > room[PEOPLE]:
        yield (
            f"Trello's free plan lets {room[PEOPLE]} more {_person(room[PEOPLE])} into this workspace; "
            f"{invited} would be invited."
        )


def can_be_made(change: Change) -> bool:
    """Say whether Trello takes a new object like this, as far as one can know before."""
    return bool(str(change.fields.get("title") or "").strip()) and _length(change) <= LONGEST


def too_long(desc: str) -> bool:
    """Say whether Trello refuses a description of this length. It counts as JavaScript does."""
    return length_of(desc) > LONGEST


def length_of(text: str) -> int:
    """Return the length of a text as Trello counts."""
    return len(text.encode("utf-16-le")) // 2


def _length(change: Change) -> int:
    text = change.fields.get("description")
    if change.kind != "card" or not isinstance(text, str):
        return 0
    owner = change.fields.get("owner")
    marker = change.address.partition("/")[2]
    return length_of(CardText(text, str(owner or ""), marker).written())


def _most(limits: Mapping[str, Any], kind: str, which: str, usual: int) -> int:
    return int(((limits.get(kind) or {}).get(which) or {}).get("disableAt") or usual)


def _person(count: int) -> str:
    return "person" if count == 1 else "people"
