"""A simulated half year: meetings, members, holidays, outages, two reorganisations, syncs all day."""

from datetime import date, timedelta
from pathlib import Path

from smarketing.calendar.said import say_date
from smarketing.planning.given import Request
from smarketing.sandbox.faults import DROP_BEFORE
from tests.halfyear import company
from tests.halfyear.hands import SALES, WEEKLY, InTools
from tests.halfyear.held import Held
from tests.halfyear.members import Members
from tests.halfyear.running import FIRST, FRIDAY, MONDAY, THURSDAY

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


class HalfYear(Members, Held):
    """One company, what its members wrote, and the promises held while the weeks pass."""

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
            self.all_are_back()
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
            self.is_quiet(self.run())
        if self.any.random() < 0.3:
            self.act()

    def all_are_back(self) -> None:
        self.office.vendors.sandbox.calm()
        self.down = ""

    def end(self) -> None:
        """Let a member act on the last evening, bring that in step, and hold what was promised."""
        self.all_are_back()
        self.act()
        self.run()
        self.check()

    def meet(self, notes: str, day: date, hour: int) -> None:
        """Hold a meeting: write promises and decisions, finish what is done."""
        self.wait(day, hour, 20)
        if notes == SALES:
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


def lived(folder: Path, weeks: int, seed: int = 0, tools: bool = True) -> HalfYear:
    """Live so many weeks, and hold what was promised."""
    year = HalfYear(folder, seed, tools)
    for week in range(weeks):
        year.live(week)
    year.end()
    return year
