"""What a request gives of a card: its plain fields, its labels and members."""

from collections.abc import Callable, Mapping
from typing import Any

from .call import Call
from .fields import number
from .objects import Board, Card
from .refusals import invalid

_HELD_AS = {"dueComplete": "due_complete", "dueReminder": "reminder"}


def fields_given(call: Call) -> dict[str, Any]:
    """Return the plain fields that are given, as the card holds them."""
    given = call.given
    readers: dict[str, Callable[[], Any]] = {
        "name": lambda: given.long_text("name").strip(),
        "desc": lambda: given.long_text("desc"),
        "due": lambda: given.date("due"),
        "start": lambda: given.date("start"),
        "dueComplete": lambda: given.truth("dueComplete"),
        "dueReminder": lambda: _minutes(given.text("dueReminder")),
        "subscribed": lambda: given.truth("subscribed"),
        "closed": lambda: given.truth("closed"),
    }
    return {_HELD_AS.get(name, name): read() for name, read in readers.items() if name in given}


def _minutes(text: str) -> float | None:
    if text in ("", "null"):
        return None
    try:
        return number(float(text))
    except ValueError:
        raise invalid("dueReminder") from None


def sets_given(call: Call, board: Board) -> dict[str, Any]:
    """Return the labels and members that are given; each must be of the board."""
    sets: dict[str, Any] = {}
    for name, field, known in (
        ("idLabels", "labels", board.labels),
        ("idMembers", "members", board.memberships),
    ):
        if name in call.given:
            sets[field] = call.given.ids(name)
            if any(one not in known for one in sets[field]):
                raise invalid(name)
    return sets


def hold(card: Card, plan: Mapping[str, Any]) -> None:
    """Let a card hold these values."""
    for name, value in plan.items():
        setattr(card, name, value)


def shown_as(field: str) -> str:
    """Return the name under which Trello shows what a card holds."""
    return next((name for name, held in _HELD_AS.items() if held == field), field)
