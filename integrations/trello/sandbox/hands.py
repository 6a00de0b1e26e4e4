"""What a member does on Trello's own pages: looks at boards, and moves cards from list to list."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from smarketing.standin import Answer, Asked, Group, Line, Refused, Spot, Thing, query_of

MOVED_MEANWHILE = "Somebody has moved this card meanwhile. Look again."


@dataclass(frozen=True, slots=True)
class TrelloHands:
    """The hands of one member; `signed` is the header that says who."""

    answer: Callable[[Asked], Answer]
    signed: str

    def things(self) -> list[Thing]:
        """Return the member's open boards."""
        boards = self._ask("GET", "members/me/boards", filter="open", fields="name")
        return [Thing(each["id"], "board", each["name"]) for each in boards]

    def thing(self, key: str) -> Thing:
        """Return a board with its lists and their cards."""
        name = self._ask("GET", f"boards/{key}", fields="name")["name"]
        lists = self._ask("GET", f"boards/{key}/lists", fields="name")
        cards = self._ask("GET", f"boards/{key}/cards", members="true")
        choices = tuple((each["id"], each["name"]) for each in lists)
        groups = tuple(
            Group(each["name"], tuple(_cards_in(each["id"], cards, choices))) for each in lists
        )
        return Thing(key, "board", name, groups)

    def change(self, key: str, at: str, was: str, value: str) -> None:
        """Move a card of a board to another of its lists."""
        if self._ask("GET", f"cards/{at}", fields="idList")["idList"] != was:
            raise Refused(MOVED_MEANWHILE)
        self._ask("PUT", f"cards/{at}", idList=value)

    def _ask(self, method: str, path: str, **query: str) -> Any:
        headers = {"authorization": self.signed}
        answer = self.answer(Asked(method, f"/1/{path}", query_of(urlencode(query)), headers))
        if answer.status >= 300:
            raise Refused(f"Trello says: {answer.body.decode()}")
        return Asked("", "", {}, {}, answer.body).json()


def _cards_in(lane: str, cards: Any, choices: tuple[tuple[str, str], ...]) -> Iterator[Line]:
    for card in cards:
        if card["idList"] == lane:
            said = [card["name"], *(each["fullName"] for each in card["members"])]
            if card["due"]:
                said.append(f"due {card['due'][:10]}")
            yield Line((" · ".join(said), Spot(card["id"], "List", lane, choices)))
