"""What members do in the notes of meetings and in the calendar, and what they remember of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from smarketing.kinds import THERE, Value
from smarketing.testing.memory_things import Thing
from smarketing.testing.memory_tool import Tool

NOTES = ("document:weekly-notes", "document:sales-notes")
MEETINGS = {NOTES[0]: "meeting:weekly", NOTES[1]: "meeting:sales"}
BEGINS = {NOTES[0]: (0, 10), NOTES[1]: (3, 9)}
"""Weekday and hour of each meeting; it takes 45 minutes."""

HEADING = re.compile(r"(?m)^## (?:\w+ )?(?P<day>\d{1,2} [A-Z][a-z]{2} \d{4})\b[^\n]*\n")
LINE = re.compile(r"(?m)^- \[([ x])\] [^\n]*$")
GUESTS = ("Dana Wu <dana@acme.example>", "Fay Moreau <fay@acme.example>")
WORD = re.compile(r"w\d+x")


@dataclass
class Papers:
    """Members with hands in notes and calendar. `words` are those that nobody took away.

    `moved`, `cancelled` and `deleted` tell of meetings, by their notes and day, what became of
    them or of their agenda.
    """

    tools: dict[str, Tool]
    luck: Random
    words: set[str] = field(default_factory=set)
    moved: dict[tuple[str, date], datetime] = field(default_factory=dict)
    cancelled: set[tuple[str, date]] = field(default_factory=set)
    deleted: set[tuple[str, date]] = field(default_factory=set)
    count: int = 0

    def word(self) -> str:
        """Return a word that nobody wrote yet."""
        self.count += 1
        self.words.add(f"w{self.count}x")
        return f"w{self.count}x"

    @property
    def google(self) -> Tool:
        """The tool that holds all but the board."""
        return self.tools["google"]

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
        if not there:
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
        series = self.google.find(MEETINGS[notes])
        for thing in self.google.things.values():
            its_day = thing.kind == "occurrence" and thing.fields["date"] == day.isoformat()
            if its_day and thing.parent == series.id:
                return thing
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
        for thing in self.google.things.values():
            if thing.kind != "occurrence" or thing.existence != THERE:
                continue
            people = _people(thing.fields["attendees"])
            market = {p for p in people if "eli@" in p or "fay@" in p or "dana@" in p}
            if market and str(thing.fields["date"]) > today.isoformat():
                other = self.luck.choice(GUESTS)
                self.google.member.set(thing.id, "attendees", (people - market) | {other})
                return True
        return False


def _people(value: Value) -> frozenset[str]:
    return value if isinstance(value, frozenset) else frozenset()


def _date(words: str) -> date:
    return datetime.strptime(words, "%d %b %Y").date()
