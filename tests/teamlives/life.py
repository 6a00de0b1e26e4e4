"""One random life of a team over some weeks, from trouble to trouble, until all comes to rest."""

from smarketing import engine
from smarketing.given import Request
from smarketing.plan import Recap

from .promises import Promised
from .team import Crash, DyingState

MOMENTS = (
    (0, 7.9), (0, 8.5), (0, 9.9), (0, 10.3), (0, 10.7), (0, 10.8), (1, 9.0), (1, 15.0), (2, 11.0),
    (3, 8.2), (3, 9.4), (3, 9.9), (4, 12.0), (4, 16.0),
)  # fmt: skip
"""Weekday and hour of what a week consists of: before, in and after each meeting, and between."""

RUNS = (
    *["sync"] * 8, *["crash"] * 4, *["apply"] * 2, *["reorganise"] * 2, "down", "down", "lost",
    "lost", "meanwhile", "meanwhile", "held", "lose state",
)  # fmt: skip
ROUNDS = 8


class Life(Promised):
    """A team to which things happen; `live` lets a week of it pass."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.apply()

    # A week

    def live(self, week: int) -> None:
        """Let a week pass: at each moment members do something, and mostly somebody runs sync."""
        for day, hour in MOMENTS:
            self.set_clock(7 * week + day, hour)
            for _ in range(self.luck.randrange(4)):
                self.act()
            if self.luck.random() < 0.85:
                self.run_somehow(self.luck.choice(RUNS))

    # Runs

    def run_somehow(self, how: str) -> None:
        """Do a run with this trouble."""
        self.mix[f"run {how}"] += 1
        self.trouble, self.troubles_in = how, self.luck.randrange(1, 5)
        away = self.luck.choice(list(self.tools.values()))
        away.down = how == "down"
        self.state.due = self.luck.randint(1, 14) if how == "crash" else 0
        if how == "reorganise":
            self.reorganise()
        if how == "lose state":
            self.sync()
            self.state, self.was_lost, self.is_fresh = DyingState(), True, True
            self.members.deleted.clear()
        request = Request(
            sync=how not in ("apply", "reorganise", "lose state") and self.luck.random() < 0.9,
            hold_invitations=how == "held",
        )
        try:
            recap = self.run(request)
        except Crash:
            self.mix["crash"] += 1
        else:
            self.mix["conflict"] += any(a.conflicts for a in recap.plan.synced.values())
            if how == "sync" and request.sync:
                self.agendas_are_there(recap)
        self.trouble, away.down, self.state.due = "", False, 0

    def run(self, request: Request) -> Recap:
        """Run once: past minutes stay, no agenda is there twice, nobody is told twice."""
        past, deleted = self.past(), set(self.members.deleted)
        meanwhile = self.trouble == "meanwhile"
        try:
            recap = engine.apply(self.workspace, request)
            if recap.plan.needs_approval:
                approved = Request(sync=request.sync, approve=recap.plan.needs_approval)
                recap = engine.apply(self.workspace, approved)
            self.hear(recap)
            self.is_fresh = self.is_fresh and not (request.sync and not recap.plan.unreachable)
            return recap
        finally:
            self.members.board_in = self.where_the_board_is()
            self.told += [str(action.yielded) for action in self.state.actions().values()]
            if not meanwhile:
                now = self.past()
                assert {k: now.get(k) for k in past} == past, "a run changed past minutes"
            self.agendas_are_single(deleted)
            self.nobody_was_told_twice()

    def hear(self, recap: Recap) -> None:
        """Keep what is told of words that did not stand."""
        self.told += [str(c) for each in recap.plan.synced.values() for c in each.conflicts]
        self.told += map(str, recap.plan.conflicts)

    def apply(self) -> Recap:
        return self.run(Request())

    def sync(self) -> Recap:
        return self.run(Request(sync=True))

    # The end

    def settle(self) -> None:
        """Hold that after the trouble all is in step, with every word, and comes to rest."""
        for _ in range(ROUNDS):
            applied, synced = self.apply(), self.sync()
            stopped = any(each.stopped for each in synced.plan.synced.values())
            if not (applied.done or synced.done or stopped):
                break
        self.is_quiet()
        self.no_word_is_lost()
        actions = self.state.actions().values()
        for action in actions:
            self.is_in_step(action)
        sent = [t for t in self.tools["smtp"].things.values() if t.kind == "message"]
        self.mix["told"] += len(sent)


def live(seed: int, weeks: int = 2) -> Life:
    """Live some weeks to their end."""
    life = Life(seed)
    for week in range(weeks):
        life.live(week)
    life.settle()
    return life
