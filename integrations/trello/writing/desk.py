"""What every write needs: the account, what is known of it, and the step with its ids."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

from smarketing.contract import Change

from ..account import Account
from ..known import Known, Person
from ..mapping import one_line
from ..remotes import Json, Place, people_of, title_of_label
from ..steps import TrelloStep


class NoPlace(Exception):  # noqa: N818 - reads as what it is
    """Trello can't take it. The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One step at work. `home` is the Trello workspace for new boards, "" for the account's own."""

    account: Account
    known: Known
    step: TrelloStep
    ids: Mapping[str, str]
    zone: tzinfo
    home: str = ""

    def id_of(self, change: Change) -> str:
        """Return the id of the object that a change is about."""
        return self.ids.get(change.address) or (change.before.id if change.before else "")

    def holder(self, address: str) -> str:
        """Return the id of what shall hold an object."""
        if address not in self.ids:
            raise NoPlace(f"There is no place for it: {address} is not there. Run again.")
        return self.ids[address]

    def board_of(self, address: str) -> str:
        """Return the id of the board in an address."""
        return self.holder(address.split("/")[0])

    def me(self) -> Person:
        """Return who we are."""
        if self.known.me is None:
            me = self.account.get("members/me", fields="fullName,username")
            self.known.me = Person(me["id"], one_line(me["fullName"]))
        return self.known.me

    def people(self, board: str) -> dict[str, str]:
        """Return the names of a board's members by their ids."""
        if board not in self.known.people:
            found = self.account.get(f"boards/{board}/members", fields="fullName")
            self.known.people[board] = people_of({"members": found})
        return self.known.people[board]

    def labels(self, board: str) -> dict[str, str]:
        """Return the titles of a board's labels by their ids."""
        if board not in self.known.labels:
            found = self.account.get(f"boards/{board}/labels", fields="name,color", limit=1000)
            self.known.labels[board] = {each["id"]: title_of_label(each) for each in found}
        return self.known.labels[board]

    def label_ids(self, board: str, titles: frozenset[str]) -> list[str]:
        """Return the labels with these titles; one that nobody made yet is made."""
        ids = {title: each for each, title in reversed(self.labels(board).items())}
        for title in sorted(titles - ids.keys()):
            ids[title] = self._begun_label(board, title) or self._new_label(board, title)
        return [ids[title] for title in sorted(titles)]

    def _begun_label(self, board: str, title: str) -> str:
        """Return the label that an attempt whose reply was lost has made, "" if there is none."""
        if (board, title) not in self.known.begun:
            return ""
        del self.known.labels[board]
        return next((each for each, name in self.labels(board).items() if name == title), "")

    def _new_label(self, board: str, title: str) -> str:
        self.known.begun.add((board, title))
        made = self.account.post("labels", name=title, color="null", idBoard=board)
        self.known.begun.discard((board, title))
        self.known.labels[board][made["id"]] = title
        return str(made["id"])

    def place(self, change: Change, data: Json) -> Place:
        """Return the board that holds an object, for reading the object's words."""
        board, address = data["idBoard"], change.address.split("/")[0]
        people = self.known.people.get(board) or people_of(data)
        return Place(
            self.step.workspace,
            address if self.ids.get(address) == board else "",
            people,
            self.known.labels.get(board, {}),
            zone=self.zone,
        )
