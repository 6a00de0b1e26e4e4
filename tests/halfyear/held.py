"""What is held of a half year: of each meeting, each reorganisation, and at the end."""

import re
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

from smarketing.meetings.inviting import guests_in, mail_of
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
        away = self.config["people"][key].get("away", [])
        for span in away:
            first, last = (date.fromisoformat(each) for each in span.split(" to "))
            assert not first <= day <= last, (day, guest)
        self.guests[day] = key

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
        """Hold at the end what was promised."""
        self.run()  # what members did on the last evening
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
