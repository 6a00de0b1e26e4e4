"""What is held of a half year: of each meeting, each reorganisation, and at the end."""

import re
from collections import Counter
from datetime import date, timedelta

from smarketing.meetings.inviting import guests_in, mail_of
from smarketing.plan import Recap
from smarketing.planning.given import Request
from tests.halfyear import company
from tests.halfyear.hands import SALES, WEEKLY
from tests.halfyear.running import FIRST, MONDAY, SYNC, THURSDAY, Running


class Held(Running):
    """The promises that were made to a company."""

    def see_the_guest(self, day: date) -> None:
        """Hold that a meeting has its one guest, who is there and of the other team."""
        guest = guests_in(self.records(), "meeting:sales", self.rota()).get(day, "")
        if day.isoformat() in company.HOLIDAYS:
            return
        key = mail_of(guest).partition("@")[0]
        assert key in self.config["teams"]["market"]["members"], (day, guest)
        assert self.can_come(key, day), (day, guest)
        self.guests[day] = key

    def can_come(self, key: str, day: date) -> bool:
        """Say whether somebody is still there, and not away, on a day."""
        one = self.config["people"][key]
        spans = [span.split(" to ") for span in one.get("away", [])]
        away = any(first <= day.isoformat() <= last for first, last in spans)
        return not away and day.isoformat() <= one.get("left", "9999-12-31")

    def promises_changed_hands(self, told: tuple[str, ...], gone: str) -> None:
        """Hold that what members made themselves went to who takes over, and that the plan said so."""
        name, heir = company.NAMES[gone], company.NAMES[self.config["people"][gone]["work-to"]]
        assert not any("still name" in each for each in told), told
        form = re.compile(
            rf"{name}’s (\d+) open promises? go(?:es)? to {heir} with the next sync\."
        )
        said = [found for each in told if (found := form.fullmatch(each))]
        self.mix["handed over"] += sum(int(found[1]) for found in said)

    def open_work_has_an_owner(self) -> None:
        """Hold that open work has an owner, and one who is still there."""
        for card in self.hands.cards().values():
            if card.lane != "Done":
                assert card.owners, f"{card} has no owner"
                assert set(card.owners) <= set(self.team.values()), card

    def check(self) -> None:
        """Hold what was promised, once all that members did is in step."""
        for notes, weekday in ((WEEKLY, MONDAY), (SALES, THURSDAY)):
            self.each_meeting_has_its_agenda_once(notes, weekday)
        words = self.hands.words() + self.yielded
        lost = [each for each in self.tokens if each not in words]
        assert lost == [], f"words of members are lost: {lost}"
        self.guests_took_turns()
        self.nobody_was_told_twice()
        self.open_work_has_an_owner()
        writes = len(self.office.writes())
        for request in (SYNC, Request(), SYNC):
            self.is_quiet(self.run(request))
        assert len(self.office.writes()) == writes, "the last round wrote"

    def is_quiet(self, recap: Recap) -> None:
        """Hold that a run had nothing to do."""
        assert recap.done == (), "the next round wrote"

    def each_meeting_has_its_agenda_once(self, notes: str, weekday: int) -> None:
        there = Counter(day for day, _ in self.sections(notes))
        day, due = FIRST + timedelta(days=weekday), []
        while self.at(day, 8, 30) <= self.office.vendors.clock.now():
            due.append(day)
            day += timedelta(days=7)
        assert there == Counter(due), (notes, there - Counter(due), Counter(due) - there)

    def guests_took_turns(self) -> None:
        """Hold that nobody went again while somebody who could come had not gone since.

        So turns differ by as many as somebody missed while away, and by one more.
        """
        last: dict[str, date] = {}
        for day in sorted(self.guests):
            guest = self.guests[day]
            if before := last.get(guest):
                waiting = [
                    key
                    for key in company.MARKETING
                    if last.get(key, before) <= before and self.can_come(key, day)
                ]
                assert waiting == [guest], (day, guest, waiting, self.guests)
            last[guest] = day

    def nobody_was_told_twice(self) -> None:
        if self.tools:
            told: Counter[object] = Counter(self.office.mails())
        else:
            box = self.folder / "acme" / "Outbox"
            told = Counter(each.read_text(encoding="utf-8") for each in box.iterdir())
        assert told, "nobody was told at all"
        twice = {each: count for each, count in told.items() if count > 1}
        assert twice == {}, twice
