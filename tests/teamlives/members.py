"""What members do on the board, in the table, in the notes and in the calendar."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from smarketing.kinds import THERE
from smarketing.sync.block import as_map
from smarketing.testing.memory_tool import Thing, Tool

NOTES = ("document:weekly-notes", "document:sales-notes")
MEETINGS = {NOTES[0]: "meeting:weekly", NOTES[1]: "meeting:sales"}
BEGINS = {NOTES[0]: (0, 10), NOTES[1]: (3, 9)}
"""Weekday and hour of each meeting; it takes 45 minutes."""

HEADING = re.compile(r"(?m)^## (?:\w+ )?(?P<day>\d{1,2} [A-Z][a-z]{2} \d{4})\b[^\n]*\n")
LINE = re.compile(r"(?m)^- \[([ x])\] [^\n]*$")
WORD = re.compile(r"w\d+x")
OURS = ("Proposed removals", "Remove it there")


@dataclass
class Members:
    """Members with hands in all tools. `words` are those that nobody took away."""

    tools: dict[str, Tool]
    luck: Random
    board_in: str = "local"
    words: set[str] = field(default_factory=set)
    moved: dict[tuple[str, date], datetime] = field(default_factory=dict)
    cancelled: set[tuple[str, date]] = field(default_factory=set)
    deleted: set[tuple[str, date]] = field(default_factory=set)
    count: int = 0

    def act(self, today: date) -> str:
        """Do one thing; return what, "" if there was nothing to do it with."""
        acts: tuple[Callable[[], bool], ...] = (
            *[self.retitle_card, self.move_card, self.hand_card_over, self.date_card] * 2,
            self.add_card, self.tick_card, self.put_card_away, self.make_a_list,
            *[self.retitle_row, self.say_status, self.hand_row_over, self.date_row] * 2,
            self.add_row, self.take_row_out,
            *[self.promise, self.tick_line, self.write_down, self.reword_line] * 2,
            self.take_line_out, self.choose_in_a_drop_down, self.answer_a_proposal,
            lambda: self.delete_agenda(today),
            lambda: self.move_meeting(today), lambda: self.cancel_meeting(today),
            lambda: self.swap_guest(today),
        )  # fmt: skip
        names = (
            *["retitle card", "move card", "hand card over", "date card"] * 2,
            "add card", "tick card", "put card away", "make a list",
            *["retitle row", "say status", "hand row over", "date row"] * 2,
            "add row", "take row out",
            *["promise", "tick line", "write down", "reword line"] * 2,
            "take line out", "drop-down", "answer a proposal", "delete agenda", "move meeting", "cancel meeting", "swap guest",
        )  # fmt: skip
        at = self.luck.randrange(len(acts))
        return names[at] if acts[at]() else ""

    def word(self) -> str:
        """Return a word that nobody wrote yet."""
        self.count += 1
        self.words.add(f"w{self.count}x")
        return f"w{self.count}x"

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

    @property
    def google(self) -> Tool:
        return self.tools["google"]

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

    # The notes

    def body(self, notes: str) -> str:
        return str(self.google.find(notes).fields["body"])

    def sections(self, notes: str) -> list[tuple[date, int, int]]:
        """Return the day of each meeting with minutes, and from where to where these stand."""
        body = self.body(notes)
        heads = [found.start() for found in re.finditer(r"(?m)^##? ", body)] + [len(body)]
        return [
            (_date(found["day"]), found.start(), min(at for at in heads if at > found.start()))
            for found in HEADING.finditer(body)
        ]

    def _type(self, notes: str, start: int, end: int, words: str) -> None:
        body = self.body(notes)
        self.google.member.set(
            self.google.find(notes).id, "body", f"{body[:start]}{words}{body[end:]}"
        )

    def _notes(self) -> str:
        return self.luck.choice((NOTES[0], NOTES[0], NOTES[1]))

    def promise(self) -> bool:
        notes = self._notes()
        places = list(re.finditer(r"(?m)^Promised on [^\n]*\n", self.body(notes)))
        if not places:
            return False
        found = places[0] if self.luck.random() < 0.85 else self.luck.choice(places)
        name = self.luck.choice(("@ana", "@ben", "Dana:", "Cleo Brandt:", "@nobody"))
        line = f"\n- [ ] {name} send {self.word()} {self.luck.choice(('by Friday', ''))}".rstrip()
        self._type(notes, found.end(), found.end(), f"{line}\n")
        return True

    def _line(self, change: Callable[[str], str]) -> bool:
        notes = self._notes()
        lines = list(LINE.finditer(self.body(notes)))
        if not lines:
            return False
        found = lines[0] if self.luck.random() < 0.4 else self.luck.choice(lines)
        self._type(notes, found.start(), found.end(), change(found[0]))
        return True

    def tick_line(self) -> bool:
        def ticked(line: str) -> str:
            return f"- [{' ' if line[3] == 'x' else 'x'}]{line[5:]}"

        return self._line(ticked)

    def reword_line(self) -> bool:
        return self._line(lambda line: re.sub(r"send\b", f"send {self.word()}", line, count=1))

    def choose_in_a_drop_down(self) -> bool:
        word = self.luck.choice(("Stuck", "done", "This week", "blocked"))
        return self._line(lambda line: f"{line.partition(' · ')[0]} · {word}")

    def take_line_out(self) -> bool:
        def gone(line: str) -> str:
            self.words -= set(WORD.findall(line))
            return ""

        return self._line(gone)

    def write_down(self) -> bool:
        notes = self._notes()
        places = list(re.finditer(r"(?m)^Decided on [^\n]*\n", self.body(notes)))
        if places:
            found = self.luck.choice(places)
            self._type(notes, found.end(), found.end(), f"\n{self.word()} was said.\n")
        return bool(places)

    def delete_agenda(self, today: date) -> bool:
        notes = self._notes()
        there = [each for each in self.sections(notes) if each[0] >= today]
        if not there or self.luck.random() < 0.5:
            return False
        day, start, end = there[0]
        self.words -= set(WORD.findall(self.body(notes)[start:end]))
        self._type(notes, start, end, "")
        self.deleted.add((notes, day))
        return True

    # The calendar

    def _coming(self, today: date) -> tuple[str, date]:
        notes = self.luck.choice(NOTES)
        ahead = (BEGINS[notes][0] - today.weekday()) % 7 or 7
        return notes, today + timedelta(days=ahead + 7 * self.luck.randrange(2))

    def _occurrence(self, notes: str, day: date) -> Thing:
        for thing in self.google.things.values():
            if thing.kind == "occurrence" and thing.fields["date"] == day.isoformat():
                if thing.parent == self.google.find(MEETINGS[notes]).id:
                    return thing
        series = self.google.find(MEETINGS[notes])
        fields = {"date": day.isoformat(), "attendees": series.fields["attendees"]}
        return self.google.find(self.google.member.add("occurrence", series.id, fields))

    def move_meeting(self, today: date) -> bool:
        notes, day = self._coming(today)
        if (notes, day) in self.cancelled:
            return False
        start = datetime(day.year, day.month, day.day, 14) + timedelta(days=1)
        one = self._occurrence(notes, day)
        self.google.member.set(one.id, "start", start.isoformat(timespec="minutes"))
        self.moved[notes, day] = start
        return True

    def cancel_meeting(self, today: date) -> bool:
        notes, day = self._coming(today)
        self.google.member.archive(self._occurrence(notes, day).id)
        self.cancelled.add((notes, day))
        return True

    def swap_guest(self, today: date) -> bool:
        _, day = self._coming(today)
        for thing in self.google.things.values():
            if thing.kind != "occurrence" or thing.existence != THERE:
                continue
            people = thing.fields["attendees"]
            market = {p for p in people if "eli@" in p or "fay@" in p or "dana@" in p}
            if market and str(thing.fields["date"]) > today.isoformat():
                other = self.luck.choice(("Dana Wu <dana@acme.example>", "Fay Moreau <fay@acme.example>"))
                self.google.member.set(thing.id, "attendees", (people - market) | {other})
                return True
        return False


def _date(words: str) -> date:
    return datetime.strptime(words, "%d %b %Y").date()  # noqa: DTZ007 - a day has no zone
