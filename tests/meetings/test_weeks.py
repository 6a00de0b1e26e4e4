"""Random half years of a meeting with guests: members, config and outages as they come."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from smarketing import engine
from smarketing.desired import Desired, Item
from smarketing.given import Request, Workspace
from smarketing.kinds import ARCHIVED, THERE, Value
from smarketing.meetings.holidays import Holidays
from smarketing.meetings.hosting import Hosting
from smarketing.meetings.inviting import GUEST, mail_of
from smarketing.meetings.rotation import Away, Rota
from smarketing.state import MemoryState
from smarketing.testing.awkward import Awkward
from smarketing.testing.memory import Memory
from smarketing.testing.memory_things import Thing
from smarketing.testing.memory_tool import Tool
from tests.clocks import Clock

MEETING = "meeting:sales"
FIRST = datetime(2026, 12, 10, 9, tzinfo=UTC)
TEAM = frozenset({"Ana <ana@x>", "Ben <ben@x>"})
MARKET = ("Cleo <cleo@x>", "Dana <dana@x>", "Emil <emil@x>", "Fay <fay@x>", "Gus <gus@x>")
WEEKS, HISTORIES = 26, 12


@dataclass
class HalfYear:
    """One meeting in one calendar, and what happens to it week by week."""

    seed: int
    tool: Tool = field(default_factory=lambda: Tool(Awkward(feed=True)))
    state: MemoryState = field(default_factory=MemoryState)
    clock: Clock = field(default_factory=lambda: Clock((FIRST - timedelta(days=3)).timestamp()))
    people: list[str] = field(default_factory=lambda: list(MARKET[:3]))
    away: dict[str, tuple[Away, ...]] = field(default_factory=dict)
    off: dict[date, str] = field(default_factory=dict)
    by_hand: dict[str, object] = field(default_factory=dict)
    mix: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.any = random.Random(self.seed)
        engine.apply(self.workspace, Request())

    @property
    def workspace(self) -> Workspace:
        fields: dict[str, Value] = {
            "title": "Sales meeting",
            "start": "2026-12-10T09:00",
            "minutes": 45,
            "timezone": "Europe/London",
            "rule": "FREQ=WEEKLY;BYDAY=TH",
            "attendees": TEAM,
        }
        items = {MEETING: Item(MEETING, "meeting", "memory", "root:memory", fields)}
        hosting = Hosting(Rota(tuple(self.people), dict(self.away)), "Marketing")
        desired = Desired(
            "k3v9", "Acme", date(2026, 12, 7), items,
            guests={MEETING: hosting}, holidays=Holidays(dict(self.off)),
        )  # fmt: skip
        return Workspace(
            desired, {"memory": Memory(self.tool)}, self.state, self.clock,
            datetime.fromtimestamp(self.clock.at, UTC).date(), workers=0, messages_in="memory",
        )  # fmt: skip

    def run(self, sync: bool = True) -> tuple[object, ...]:
        recap = engine.apply(self.workspace, Request(sync=sync))
        assert not recap.failed
        return recap.done

    # What members see and do

    def own(self) -> dict[str, Thing]:
        """Return the altered occurrences by original date."""
        things = [t for t in self.tool.things.values() if t.kind == "occurrence"]
        found = {str(t.fields["date"]): t for t in things}
        assert len(found) == len(things), "two stand for one occurrence"
        return found

    def guest(self, day: str) -> list[str]:
        thing = self.own().get(day)
        people = thing.fields["attendees"] if thing and thing.existence == THERE else None
        return sorted(people - TEAM) if isinstance(people, frozenset) else []

    def week(self, number: int) -> str:
        return (FIRST + timedelta(weeks=number)).date().isoformat()

    def altered(self, day: str) -> Thing:
        if day not in self.own():
            series = self.tool.find(MEETING)
            self.tool.member.add("occurrence", series.id, {"date": day, "attendees": TEAM})
        return self.own()[day]

    def move(self, day: str) -> None:
        start = f"{date.fromisoformat(day) + timedelta(days=1)}T14:00"
        self.tool.member.set(self.altered(day).id, "start", start)

    def cancel(self, day: str) -> None:
        self.tool.member.archive(self.altered(day).id)

    def swap(self, day: str) -> None:
        if guests := self.guest(day):
            other = self.any.choice([each for each in MARKET if each not in guests])
            self.put(day, {other})

    def take_off(self, day: str) -> None:
        if self.guest(day):
            self.put(day, set())

    def put(self, day: str, people: set[str]) -> None:
        self.tool.member.set(self.own()[day].id, "attendees", TEAM | people)
        self.by_hand[day] = sorted(people)

    def join_or_leave(self) -> None:
        if len(self.people) > 2 and self.any.random() < 0.5:
            self.people.remove(self.any.choice(self.people))
        elif away := [each for each in MARKET if each not in self.people]:
            self.people.append(self.any.choice(away))

    def holiday(self, number: int) -> None:
        self.off[date.fromisoformat(self.week(number + 2))] = "Holiday"

    def go_away(self, number: int) -> None:
        first = date.fromisoformat(self.week(number))
        who = self.any.choice(self.people)
        self.away[who] = (*self.away.get(who, ()), Away(first, first + timedelta(days=8)))

    def live(self, number: int) -> None:
        """Let the days before one meeting pass, with what happens in them."""
        day = self.week(number + self.any.randrange(3))
        happens: dict[str, Callable[[], None]] = {
            "move": lambda: self.move(day),
            "cancel": lambda: self.cancel(day),
            "swap": lambda: self.swap(day),
            "take off": lambda: self.take_off(day),
            "roster": self.join_or_leave,
            "holiday": lambda: self.holiday(number),
            "away": lambda: self.go_away(number),
        }
        what = self.any.choice(list(happens))
        self.mix[what] += 1
        happens[what]()

    def words(self) -> dict[str, tuple[object, ...]]:
        """Return what members decided about each occurrence: whether and when it is."""
        return {day: (t.existence, t.fields["start"]) for day, t in self.own().items()}


def lived(seed: int) -> Iterator[tuple[HalfYear, int]]:
    """Live one half year, and hold in each week what always holds."""
    half = HalfYear(seed)
    for number in range(WEEKS):
        for _ in range(half.any.randrange(3)):
            half.live(number)
        before, past = half.words(), frozen(half, number)
        if half.any.random() < 0.15:
            half.mix["outage"] += 1
            half.tool.down = True
            engine.apply(half.workspace, Request(sync=True))
            half.tool.down = False
        if half.any.random() < 0.8:
            half.run(sync=half.any.random() < 0.8)
        half.run()
        assert half.run() == (), "the second round wrote"
        assert half.run(sync=False) == (), "apply wrote what sync had settled"
        after = half.words()
        assert {day: after[day] for day in before} == before, "a member's word is lost"
        assert frozen(half, number) == past, "a past meeting was touched"
        for day, people in half.by_hand.items():
            if half.own()[day].existence == THERE:
                assert half.guest(day) == people, "whom a member put there did not stand"
        yield half, number
        half.clock.at = (FIRST + timedelta(weeks=number, hours=2)).timestamp()


def frozen(half: HalfYear, number: int) -> dict[str, object]:
    return {d: dict(t.fields) for d, t in half.own().items() if d < half.week(number)}


def check_the_guest(half: HalfYear, number: int) -> None:
    """Hold that a meeting which no member and no holiday touched has its one guest, if any can."""
    day = half.week(number)
    thing, then = half.own().get(day), date.fromisoformat(day)
    touched = thing is not None and (thing.fields["start"] or thing.existence == ARCHIVED)
    if touched or day in half.by_hand or then in half.off:
        return
    away = {who for who, spans in half.away.items() if any(each.covers(then) for each in spans)}
    guests = half.guest(day)
    assert len(guests) == int(bool(set(half.people) - away)), (day, guests, half.people)
    assert not away & set(guests)


@pytest.mark.slow
def test_in_any_half_year_members_words_stand_and_each_meeting_has_its_guest() -> None:
    mix: Counter[str] = Counter()
    for seed in range(HISTORIES):
        for half, number in lived(seed):
            check_the_guest(half, number)
        mix += half.mix
    assert min(mix[what] for what in ("move", "cancel", "swap", "take off", "outage")) >= 20, mix


def test_without_members_turns_differ_by_one_and_nobody_goes_twice_in_a_row() -> None:
    half = HalfYear(0)
    half.people = list(MARKET)
    order = []
    for number in range(WEEKS):
        half.run()
        order += half.guest(half.week(number))
        half.clock.at = (FIRST + timedelta(weeks=number, hours=2)).timestamp()
    assert len(order) == WEEKS
    counts = Counter(order)
    assert max(counts.values()) - min(counts.values()) <= 1
    assert all(one != other for one, other in pairwise(order))
    sent = [t for t in half.tool.things.values() if t.marker.startswith(GUEST)]
    assert len(sent) == WEEKS + 1
    assert Counter(mail_of(str(t.fields["to"])) for t in sent).most_common(1)[0][1] <= 6


def test_held_back_nobody_is_invited_and_it_says_who_waits() -> None:
    half = HalfYear(0)
    recap = engine.apply(half.workspace, Request(sync=True, hold_invitations=True))
    assert recap.done == ()
    assert [mail_of(who) for who in recap.plan.held] == ["cleo@x", "cleo@x", "dana@x", "dana@x"]
    assert half.own() == {}
    assert len(half.run()) == 4


def test_a_new_member_of_the_team_comes_to_the_meetings_that_have_a_guest_too() -> None:
    half = HalfYear(0)
    half.run()
    workspace = half.workspace
    item = workspace.desired.items[MEETING]
    more = replace(item, fields={**item.fields, "attendees": TEAM | {"Hal <hal@x>"}})
    desired = replace(workspace.desired, items={MEETING: more})
    engine.apply(replace(workspace, desired=desired), Request())
    engine.apply(replace(workspace, desired=desired), Request(sync=True))
    hal = {"Hal <hal@x>"}
    assert [thing.fields["attendees"] for thing in half.own().values()] == [
        TEAM | hal | {MARKET[0]},
        TEAM | hal | {MARKET[1]},
    ]


def test_whom_a_member_took_off_is_not_followed_by_another_when_turns_change() -> None:
    half = HalfYear(0)
    half.run()
    day = half.week(0)
    half.take_off(day)
    half.people.remove(MARKET[0])
    half.run()
    assert half.guest(day) == []


def test_whom_a_member_left_out_of_one_meeting_stays_out_when_a_guest_is_invited() -> None:
    half = HalfYear(0)
    day = half.week(0)
    half.move(day)
    half.tool.member.set(half.own()[day].id, "attendees", frozenset({"Ana <ana@x>"}))
    half.run(sync=False)
    half.run()
    assert half.own()[day].fields["attendees"] == frozenset({"Ana <ana@x>", MARKET[0]})


def test_a_meeting_that_has_begun_gets_no_guest() -> None:
    half = HalfYear(0)
    half.clock.at = (FIRST + timedelta(minutes=10)).timestamp()
    half.run()
    assert sorted(half.own()) == [half.week(1), half.week(2)]


def test_an_invitation_that_was_held_back_is_sent_by_no_apply() -> None:
    half = HalfYear(0)
    half.move(half.week(0))
    half.run(sync=False)
    held = engine.apply(half.workspace, Request(sync=True, hold_invitations=True))
    assert held.done == ()
    assert half.run(sync=False) == ()
    assert half.guest(half.week(0)) == []
    half.run()
    assert half.guest(half.week(0)) == [MARKET[0]]


def test_whom_a_member_invited_to_the_series_is_there_anyway_and_takes_no_turns() -> None:
    half = HalfYear(0)
    half.tool.member.set(half.tool.find(MEETING).id, "attendees", TEAM | {MARKET[0]})
    half.run(sync=False)
    half.run()
    assert [half.own()[half.week(n)].fields["attendees"] for n in (0, 1)] == [
        TEAM | {MARKET[0], MARKET[1]},
        TEAM | {MARKET[0], MARKET[2]},
    ]


def test_after_a_lost_state_no_guest_is_told_a_second_time() -> None:
    half = HalfYear(0, tool=Tool(Awkward(forgets=True)))
    half.run()
    sent = [t.marker for t in half.tool.things.values() if t.marker.startswith(GUEST)]
    assert len(sent) == 2
    half.state = MemoryState()
    half.run(sync=False)
    half.run()
    assert [t.marker for t in half.tool.things.values() if t.marker.startswith(GUEST)] == sent
    half.clock.at += 7 * 86_400
    half.run()
    assert len([t for t in half.tool.things.values() if t.marker.startswith(GUEST)]) == 3
