"""What this process has learnt of the account: Trello shows ids where the hub has names.

Nothing here is needed for a right result: what is not known is asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Person:
    """A member of Trello."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Written:
    """What a step has put into an object, and the object as it was just before."""

    before: Mapping[str, Any]
    put: Mapping[str, Any]


@dataclass(slots=True)
class Known:
    """By the ids of boards: `people` and `labels` by their ids, and the `access` by names and their `urls`. By
    the ids of cards: `boards`, `assigned` members, and our `checklists` ("" for none). `cards`
    are ids by workspace and address. By workspaces: `holders`, the boards that speak for them,
    and `templates`, what their roots are templates of.

    `copied` and `written` are what steps have begun, by their keys: a step that was told to
    wait half-way goes on from there. `begun` are the labels, by board and title, of which no
    reply has told that they were made.
    """

    me: Person | None = None
    people: dict[str, dict[str, str]] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    access: dict[str, dict[str, str]] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)
    boards: dict[str, str] = field(default_factory=dict)
    assigned: dict[str, tuple[str, ...]] = field(default_factory=dict)
    checklists: dict[str, str] = field(default_factory=dict)
    cards: dict[tuple[str, str], str] = field(default_factory=dict)
    holders: dict[str, str] = field(default_factory=dict)
    templates: dict[str, str] = field(default_factory=dict)
    copied: dict[str, str] = field(default_factory=dict)
    written: dict[str, Written] = field(default_factory=dict)
    begun: set[tuple[str, str]] = field(default_factory=set)

    def learn_card(self, data: Mapping[str, Any], board: str) -> None:
        """Keep on which board a card is, and who is assigned."""
        self.boards[data["id"]] = board
        self.assigned[data["id"]] = tuple(data.get("idMembers") or ())
