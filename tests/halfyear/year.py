"""A simulated half year: meetings, members, holidays, outages, two reorganisations, syncs all day."""

import random
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from smarketing.given import Request
from smarketing.meetings.inviting import guests_in, mail_of
from smarketing.meetings.rotation import Rota
from smarketing.plan import Recap
from smarketing.record import Record
from smarketing.sandbox.clock import standing
from smarketing.sandbox.faults import DROP_BEFORE
from smarketing.sqlite import SqliteState
from smarketing.whensaid import say_date
from tests.halfyear import company
from tests.halfyear.hands import SALES, WEEKLY, Hands, InFolder, InTools, token_of
from tests.overhttp.miniature import BOTH, write_yaml
from tests.overhttp.office import Office, office

SYNC = Request(sync=True)
FIRST = date.fromisoformat(company.START)
HEADING = re.compile(r"(?m)^(?:## )?((?:Mon|Thu) \d{1,2} [A-Z][a-z]{2} \d{4}), \d\d:\d\d-")
MONDAY, THURSDAY, FRIDAY = 0, 3, 4
ENDS = {WEEKLY: (10, 45), SALES: (9, 45)}
OUTAGES = {
    (3, 1): ("trello", "unavailable"),
    (3, 4): (),
    (7, 4): ("google", DROP_BEFORE),
    (8, 0): (),
    (13, 1): ("google", "gateway"),
    (13, 2): (),
    (15, 1): ("trello", DROP_BEFORE),
    (15, 3): (),
}
"""By week and weekday: at noon a tool goes away, or (in the morning, before nine) all are back."""


@dataclass
class HalfYear:
    """One company, what its members wrote, and the promises held while the weeks pass."""

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

    # Runs, and what each of them has to leave alone

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

    # A week

    def live(self, week: int) -> None:
        """Let a week pass, from Sunday evening to Friday evening."""
        monday = FIRST + timedelta(weeks=week)
        if week in company.REORGANISATIONS:
            self.wait(monday - timedelta(days=1), 18)
            self.reorganise(week)
        for number in range(5):
            self.live_day(week, number, monday + timedelta(days=number))

    def live_day(self, week: int, number: int, day: date) -> None:
        self.wait(day, 8, 30)
        if OUTAGES.get((week, number)) == ():
            self.office.vendors.sandbox.calm()
            self.down = ""
        self.run()
        if number == MONDAY:
            self.meet(WEEKLY, day, 10)
        if number == THURSDAY:
            self.meet(SALES, day, 9)
        self.wait(day, 12, 30)
        if self.tools and (outage := OUTAGES.get((week, number))):
            self.down, what = outage
            self.office.vendors.sandbox.fault(what, vendor=self.down)
            self.mix["outages"] += 1
        self.write_after(day)
        for _ in range(self.any.randrange(4)):
            self.act()
        self.wait(day, 13, 0)
        self.run()
        if number == FRIDAY and not self.down:
            assert self.run().done == (), "the next round wrote"
        if self.any.random() < 0.3:
            self.act()

    def meet(self, notes: str, day: date, hour: int) -> None:
        """Hold a meeting: write promises and decisions, finish what is done."""
        self.wait(day, hour, 20)
        if notes == SALES and not self.down:
            self.see_the_guest(day)
        said, box = say_date(day), self.hands.box
        gap = "\n" if self.tools else "\n\n"
        one, other = self.any.sample(sorted(self.team), 2)
        lines = [
            f"{box}@{one} do {self.token()} by Friday",
            f"{box}{self.first(other)}: call {self.token()}",
        ]
        anchor = f"Promised on {said}:"
        self.hands.says(notes, anchor, gap.join([anchor, "\n".join(lines)]))
        self.hands.says(notes, f"Decided on {said}:", f"Decided on {said}: {self.token()} holds.")
        self.mix["meetings"] += 1
        self.finish_in(notes)
        self.wait(day, hour, 30)
        self.run()

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

    def anybody(self) -> str:
        return self.any.choice(sorted(self.team))

    def first(self, key: str) -> str:
        return company.NAMES[key].partition(" ")[0]

    def token(self) -> str:
        """Return a word that nobody wrote yet."""
        self.tokens.append(f"w{len(self.tokens) + 1000}")
        return self.tokens[-1]

    def reorganise(self, week: int) -> None:
        change, who = company.REORGANISATIONS[week]
        change(self.config, self.playbook)
        self.save()
        recap = self.run(Request())
        self.stuck = "Blocked"
        self.team = {
            key: company.NAMES[key]
            for key, one in self.config["people"].items()
            if "left" not in one
        }
        if self.tools:
            self.hands = InTools(self.office)
        self.run()
        self.promises_changed_hands(recap.plan.reorganised, who)
        self.mix["reorganised"] += 1
        self.open_work_has_an_owner()

    def promises_changed_hands(self, told: tuple[str, ...], gone: str) -> None:
        """Hold that what members made themselves went to who takes over, and that the plan said so."""
        name, heir = company.NAMES[gone], company.NAMES[self.config["people"][gone]["work-to"]]
        assert not any("still name" in each for each in told), told
        form = re.compile(
            rf"{name}’s (\d+) open promises? go(?:es)? to {heir} with the next sync\."
        )
        said = [found for each in told if (found := form.fullmatch(each))]
        self.mix["handed over"] += sum(int(found[1]) for found in said)

    # What is held

    def records(self) -> Mapping[str, Record]:
        state = SqliteState(self.office.company.data / "workspaces" / "k3v9-7q2m-x4dt.sqlite3")
        try:
            return state.load().records
        finally:
            state.close()

    def rota(self) -> Rota:
        return Rota(tuple(f"{name} <{key}@acme.example>" for key, name in company.NAMES.items()))

    def see_the_guest(self, day: date) -> None:
        """Hold that a meeting has its one guest, who is there and of the other team."""
        guest = guests_in(self.records(), "meeting:sales", self.rota()).get(day, "")
        if day.isoformat() in company.HOLIDAYS:
            return
        key = mail_of(guest).partition("@")[0]
        assert key in self.config["teams"]["market"]["members"], (day, guest)
        away = self.config["people"][key].get("away", [])
        for span in away:
            first, last = (date.fromisoformat(each) for each in span.split(" to "))
            assert not first <= day <= last, (day, guest)
        self.guests[day] = key

    def open_work_has_an_owner(self) -> None:
        """Hold that open work has an owner, and one who is still there."""
        for card in self.hands.cards().values():
            if card.lane != "Done":
                assert card.owners, f"{card} has no owner"
                assert set(card.owners) <= set(self.team.values()), card

    def check(self) -> None:
        """Hold at the end what was promised."""
        for notes, weekday in ((WEEKLY, MONDAY), (SALES, THURSDAY)):
            self.each_meeting_has_its_agenda_once(notes, weekday)
        words = self.hands.words()
        lost = [each for each in self.tokens if each not in words]
        assert lost == [], f"words of members are lost: {lost}"
        self.guests_took_turns()
        self.nobody_was_told_twice()
        self.open_work_has_an_owner()
        writes = len(self.office.writes())
        for request in (SYNC, Request(), SYNC):
            assert self.run(request).done == ()
        assert len(self.office.writes()) == writes, "the last round wrote"

    def each_meeting_has_its_agenda_once(self, notes: str, weekday: int) -> None:
        there = Counter(day for day, _ in self.sections(notes))
        day, due = FIRST + timedelta(days=weekday), []
        while self.at(day, 8, 30) <= self.office.vendors.clock.now():
            due.append(day)
            day += timedelta(days=7)
        assert there == Counter(due), (notes, there - Counter(due), Counter(due) - there)

    def guests_took_turns(self) -> None:
        there = [self.guests[day] for day in sorted(self.guests)]
        turns = Counter(there)
        assert max(turns.values()) - min(turns.values()) <= 2, turns
        for one, other in pairwise(there):
            assert one != other or len(self.config["teams"]["market"]["members"]) < 3, there

    def nobody_was_told_twice(self) -> None:
        if self.tools:
            told: Counter[object] = Counter(self.office.mails())
        else:
            box = self.folder / "acme" / "Outbox"
            told = Counter(each.read_text(encoding="utf-8") for each in box.iterdir())
        assert told, "nobody was told at all"
        twice = {each: count for each, count in told.items() if count > 1}
        assert twice == {}, twice


def lived(folder: Path, weeks: int, seed: int = 0, tools: bool = True) -> HalfYear:
    """Live so many weeks, and hold what was promised."""
    year = HalfYear(folder, seed, tools)
    for week in range(weeks):
        year.live(week)
    year.check()
    return year
