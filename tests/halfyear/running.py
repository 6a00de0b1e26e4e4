"""A company of the half year at work: its runs, its clock, and minutes that no run may change."""

import random
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from smarketing.calendar.rotation import Rota
from smarketing.plan import Recap
from smarketing.planning.given import Request
from smarketing.sandbox.clock import standing
from smarketing.state.record import Record
from smarketing.state.sqlite import SqliteState
from tests.halfyear import company
from tests.halfyear.hands import SALES, WEEKLY, Hands, InFolder, InTools
from tests.overhttp.miniature import BOTH, write_yaml
from tests.overhttp.office import Office, office

SYNC = Request(sync=True)
FIRST = date.fromisoformat(company.START)
HEADING = re.compile(r"(?m)^(?:## )?((?:Mon|Thu) \d{1,2} [A-Z][a-z]{2} \d{4}), \d\d:\d\d-")
MONDAY, THURSDAY, FRIDAY = 0, 3, 4
ENDS = {WEEKLY: (10, 45), SALES: (9, 45)}


@dataclass
class Running:
    """One company, and what its members wrote.

    `yielded` is what did not stand in a conflict, was shown beside it, and so may go with the next
    edit of that field: nobody contradicts anybody here unless runs do not know of each other.
    """

    folder: Path
    seed: int = 0
    tools: bool = True
    mix: Counter[str] = field(default_factory=Counter)
    tokens: list[str] = field(default_factory=list)
    guests: dict[date, str] = field(default_factory=dict)
    stuck: str = "Stuck"
    down: str = ""
    team: dict[str, str] = field(default_factory=dict)
    busy: set[str] = field(default_factory=set)
    yielded: str = ""

    def __post_init__(self) -> None:
        self.any = random.Random(self.seed)
        clock = standing(datetime(2026, 12, 7, 6, tzinfo=UTC).timestamp())
        self.office: Office = office(
            self.folder, BOTH, people=company.cast(), clock=clock, limits=False
        )
        self.playbook, self.config = company.playbook(), company.config(self.tools)
        tools = self.office.company.integrations() if self.tools else {}
        local = {"local": {"folder": "./acme"}}
        self.config["integrations"] = {**tools, **local}
        self.team = {key: name for key, name in company.NAMES.items() if key != "cleo"}
        self.save()
        self.run(Request())
        self.hands: Hands = InTools(self.office) if self.tools else InFolder(self.folder / "acme")
        self.run()

    def save(self) -> None:
        """Write playbook and config."""
        write_yaml(self.folder / "playbook" / "playbook.yaml", self.playbook)
        write_yaml(self.office.config, self.config)

    def run(self, request: Request = SYNC) -> Recap:
        """Run once; past minutes are as they were."""
        past = self.past() if hasattr(self, "hands") else {}
        recap = self.office.apply(request=request)
        self.mix["runs"] += 1
        if not self.down:
            assert not recap.failed, recap.failed
            assert not recap.plan.unreachable, recap.plan.unreachable
            self.busy.clear()
        now = self.past() if past else {}
        assert {key: now.get(key) for key in past} == past, "a run changed past minutes"
        return recap

    def past(self) -> dict[tuple[str, date], str]:
        """Return the minutes of meetings that have ended."""
        return {
            (notes, day): text
            for notes in (WEEKLY, SALES)
            for day, text in self.sections(notes)
            if self.has_ended(notes, day)
        }

    def sections(self, notes: str) -> list[tuple[date, str]]:
        text = self.hands.notes(notes)
        found = list(HEADING.finditer(text))
        ends = [*(each.start() for each in found[1:]), len(text)][: len(found)]
        return [
            (
                datetime.strptime(each[1], "%a %d %b %Y").replace(tzinfo=UTC).date(),
                text[each.start() : end],
            )
            for each, end in zip(found, ends, strict=True)
        ]

    def has_ended(self, notes: str, day: date) -> bool:
        hour, minute = ENDS[notes]
        return self.at(day, hour, minute) <= self.office.vendors.clock.now()

    def at(self, day: date, hour: int, minute: int = 0) -> float:
        """Return when the clocks in London show this."""
        from zoneinfo import ZoneInfo

        local = datetime(
            day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo("Europe/London")
        )
        return local.timestamp()

    def wait(self, day: date, hour: int, minute: int = 0) -> None:
        """Let the clock go on to an hour, if it has not passed."""
        clock = self.office.vendors.clock
        clock.move(max(0.0, self.at(day, hour, minute) - clock.now()))

    def records(self) -> Mapping[str, Record]:
        state = SqliteState(self.office.company.data / "workspaces" / "k3v9-7q2m-x4dt.sqlite3")
        try:
            return state.load().records
        finally:
            state.close()

    def rota(self) -> Rota:
        return Rota(tuple(f"{name} <{key}@acme.example>" for key, name in company.NAMES.items()))

    def anybody(self) -> str:
        return self.any.choice(sorted(self.team))

    def first(self, key: str) -> str:
        return company.NAMES[key].partition(" ")[0]

    def token(self) -> str:
        """Return a word that nobody wrote yet."""
        self.tokens.append(f"w{len(self.tokens) + 1000}")
        return self.tokens[-1]
