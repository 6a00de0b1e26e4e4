"""What the member of W1 does who has an account: joins the board, and moves a card."""

import json
from typing import Any

from bench.world import MEMBER, Watched
from smarketing.sandbox.cast import named
from smarketing.standin import Asked


def joins(box: Watched) -> None:
    """Accept the invitation to the board."""
    box.as_member(Asked("POST", "/_trello/accept", {"member": (MEMBER,)}, {}))


def moves_a_card(box: Watched) -> None:
    """Move one card to another list, through Trello's own API."""
    [board] = _asks(box, "GET", "members/me/boards")
    lists = _asks(box, "GET", f"boards/{board['id']}/lists")
    card = _asks(box, "GET", f"boards/{board['id']}/cards")[0]
    there = next(each["id"] for each in lists if each["id"] != card["idList"])
    _asks(box, "PUT", f"cards/{card['id']}", idList=there)


def _asks(box: Watched, method: str, path: str, **given: str) -> Any:
    [trello] = [each for each in box.stand_ins if each.name == "trello"]
    signed = {**given, **trello.account(named(box.world.people, MEMBER))}
    query = {name: (value,) for name, value in signed.items()}
    answer = box.as_member(Asked(method, f"/1/{path}", query, {}))
    if answer.status != 200:
        raise RuntimeError(f"{method} {path} was refused: {answer.status} {answer.body!r}")
    return json.loads(answer.body)
