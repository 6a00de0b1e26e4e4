"""What members do in a half year: on the board, in the table, and in the notes."""

import re
from collections.abc import Callable
from datetime import date

from smarketing.calendar.said import say_date
from tests.halfyear.hands import SALES, WEEKLY, token_of
from tests.halfyear.running import Running


class Members(Running):
    """The members of a company."""

    def act(self) -> None:
        """Let a member do one thing on the board or in the table."""
        acts: dict[str, Callable[[], None]] = {
            "move": self.move, "card": self.card, "row": self.row, "due": self.due,
            "status": self.status, "rename": self.rename, "retitle": self.retitle,
        }  # fmt: skip
        what = self.any.choice(list(acts))
        acts[what]()
        self.mix[what] += 1

    def open_card(self) -> str:
        """Return the token of a card that is open, and that nobody touched since the last run."""
        there = {one: card for one, card in self.hands.cards().items() if one not in self.busy}
        rows = {token_of(row["Title"]) for row in self.hands.rows()}
        known = sorted(one for one, card in there.items() if one in rows and card.lane != "Done")
        token = self.any.choice(known) if known else ""
        self.busy.add(token)
        return token

    def move(self) -> None:
        if token := self.open_card():
            self.hands.move(token, self.any.choice((self.stuck, "Done", "This week")))

    def status(self) -> None:
        if token := self.open_card():
            self.hands.write_row(token, "Status", self.any.choice((self.stuck, "finished")))

    def due(self) -> None:
        if token := self.open_card():
            self.hands.write_row(
                token, "Due", f"2027-0{self.any.randrange(1, 7)}-{self.any.randrange(10, 29)}"
            )

    def rename(self) -> None:
        if token := self.open_card():
            self.hands.rename(token, f"{self.hands.cards()[token].title} {self.token()}")

    def retitle(self) -> None:
        if token := self.open_card():
            self.hands.write_row(
                token, "Title", f"{self.hands.cards()[token].title} {self.token()}"
            )

    def card(self) -> None:
        self.hands.add_card(f"card {self.token()}", self.anybody())

    def row(self) -> None:
        self.hands.add_row(f"row {self.token()}", self.anybody())

    def finish_in(self, notes: str) -> None:
        """Say in the newest notes that something is done."""
        _, text = self.sections(notes)[0]
        lines = [line for line in text.splitlines() if self.is_open_line(line)]
        if not lines:
            return
        line = self.any.choice(lines)
        if self.tools:
            new = re.sub(r" · (This week|Stuck|Blocked)$", "", line) + " · done"
        else:
            new = line.replace("- [ ]", "- [x]", 1)
        if self.hands.notes(notes).count(line) == 1:
            self.hands.says(notes, line, new)
            self.mix["finished in notes"] += 1

    def is_open_line(self, line: str) -> bool:
        return line.startswith(self.hands.box) and not line.endswith("· done")

    def write_after(self, day: date) -> None:
        """Write into minutes of the past, as people do."""
        notes = self.any.choice((WEEKLY, SALES))
        ended = [when for when, _ in self.sections(notes) if self.has_ended(notes, when)]
        if ended and self.any.random() < 0.5:
            said = f"Decided on {say_date(self.any.choice(ended))}:"
            self.hands.says(notes, said, f"{said} {self.token()} and")
            self.mix["wrote in past minutes"] += 1
