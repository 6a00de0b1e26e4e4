"""What members do on the board and in the table, beside what they do in their papers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from smarketing.kinds import THERE
from smarketing.sync.block import as_map
from smarketing.testing.memory_things import Thing
from smarketing.testing.memory_tool import Tool

from .papers import WORD, Papers

OURS = ("Proposed removals", "Remove it there")


@dataclass
class Members(Papers):
    """Members with hands everywhere; the board is in `board_in`."""

    board_in: str = "local"

    def act(self, today: date) -> str:
        """Do one thing; return what, "" if there was nothing to do it with."""
        often: dict[str, Callable[[], bool]] = {
            "retitle card": self.retitle_card,
            "move card": self.move_card,
            "hand card over": self.hand_card_over,
            "date card": self.date_card,
            "retitle row": self.retitle_row,
            "say status": self.say_status,
            "hand row over": self.hand_row_over,
            "date row": self.date_row,
            "promise": self.promise,
            "tick line": self.tick_line,
            "write down": self.write_down,
            "reword line": self.reword_line,
        }
        now_and_then: dict[str, Callable[[], bool]] = {
            "add card": self.add_card,
            "tick card": self.tick_card,
            "put card away": self.put_card_away,
            "make a list": self.make_a_list,
            "add row": self.add_row,
            "take row out": self.take_row_out,
            "take line out": self.take_line_out,
            "drop-down": self.choose_in_a_drop_down,
            "answer a proposal": self.answer_a_proposal,
            "delete agenda": lambda: self.delete_agenda(today),
            "move meeting": lambda: self.move_meeting(today),
            "cancel meeting": lambda: self.cancel_meeting(today),
            "swap guest": lambda: self.swap_guest(today),
        }
        what = self.luck.choice([*often, *often, *now_and_then])
        return what if {**often, **now_and_then}[what]() else ""

    def who(self) -> str:
        return self.luck.choice(("Ana Silva", "Ben Okoye", "Dana Wu", "Cleo Brandt"))

    # The board

    @property
    def board(self) -> Tool:
        return self.tools[self.board_in]

    def lanes(self) -> list[Thing]:
        tool = self.board
        return [
            t for t in tool.things.values()
            if t.kind == "list" and t.existence == THERE
            and t.parent in tool.things and tool.things[t.parent].existence == THERE
        ]  # fmt: skip

    def cards(self) -> list[Thing]:
        lanes = {lane.id for lane in self.lanes()}
        return [
            t for t in self.board.things.values()
            if t.kind == "card" and t.existence == THERE and t.parent in lanes
            and not any(word in str(t.fields) for word in OURS)
        ]  # fmt: skip

    def _card(self) -> Thing | None:
        cards = self.cards()
        return self.luck.choice(cards) if cards else None

    def _set_card(self, name: str, value: object) -> bool:
        if card := self._card():
            self.board.member.set(card.id, name, value)  # type: ignore[arg-type]
        return card is not None

    def retitle_card(self) -> bool:
        if card := self._card():
            title = f"{card.fields['title']}".rstrip()
            self.board.member.set(card.id, "title", f"{title} {self.word()}")
        return card is not None

    def move_card(self) -> bool:
        card, lanes = self._card(), self.lanes()
        if card:
            self.board.member.move(card.id, self.luck.choice(lanes).id)
        return card is not None

    def hand_card_over(self) -> bool:
        return self._set_card("owner", self.who())

    def date_card(self) -> bool:
        return self._set_card("due", self.luck.choice((self._day(), None)))

    def _day(self) -> str:
        return f"2027-01-{self.luck.randrange(10, 29)}"

    def add_card(self) -> bool:
        if lanes := self.lanes():
            fields = {"title": f"Card {self.word()}", "owner": self.who()}
            self.board.member.add("card", self.luck.choice(lanes).id, fields)
        return bool(lanes)

    def tick_card(self) -> bool:
        card = self._card()
        return card is not None and self._set_card("done", not card.fields.get("done"))

    def put_card_away(self) -> bool:
        if card := self._card():
            self._away(self.board, card)
        return card is not None

    def _away(self, tool: Tool, thing: Thing) -> None:
        if self.luck.random() < 0.5:
            tool.member.archive(thing.id)
        else:
            self.words -= set(WORD.findall(str(thing.fields)))
            tool.member.delete(thing.id)

    def make_a_list(self) -> bool:
        lanes, card = self.lanes(), self._card()
        if not lanes or not card:
            return False
        made = self.board.member.add("list", lanes[0].parent, {"title": f"Ideas {self.word()}"})
        self.board.member.move(card.id, made)
        return True

    def answer_a_proposal(self) -> bool:
        checks = [
            t for t in self.board.things.values()
            if t.kind == "check" and "Remove it there" in str(t.fields) and not t.fields["done"]
        ]  # fmt: skip
        if checks:
            self.board.member.set(self.luck.choice(checks).id, "done", True)
        return bool(checks)

    # The table

    def rows(self) -> list[Thing]:
        there = [t for t in self.google.things.values() if t.kind == "row"]
        return [t for t in there if t.existence == THERE]

    def _write(self, key: str, value: Callable[[str], str]) -> bool:
        rows = self.rows()
        if rows:
            row = self.luck.choice(rows)
            cells = as_map(row.fields["cells"])
            written = {**cells, key: value(str(cells.get(key, "")))}
            self.google.member.set(row.id, "cells", written)
        return bool(rows)

    def retitle_row(self) -> bool:
        return self._write("title", lambda was: f"{was} {self.word()}".strip())

    def say_status(self) -> bool:
        words = ("This week", "Stuck", "blocked", "finished", "Done", "Ideas")
        return self._write("status", lambda was: self.luck.choice(words))

    def hand_row_over(self) -> bool:
        return self._write("owner", lambda was: self.luck.choice((self.who(), "ana", "")))

    def date_row(self) -> bool:
        return self._write("due", lambda was: self.luck.choice((self._day(), "16 Jan 2027", "")))

    def add_row(self) -> bool:
        table = self.google.find("table:tracker")
        cells = {"title": f"Row {self.word()}", "status": "This week", "owner": self.who()}
        self.google.member.add("row", table.id, {"cells": cells})
        return True

    def take_row_out(self) -> bool:
        rows = self.rows()
        if rows:
            self._away(self.google, self.luck.choice(rows))
        return bool(rows)
