"""The keeper of one run's history: it numbers what is written, and tells state with each outcome."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from smarketing.state.history import DONE, LOOKED, PARTLY, About, Noted, Run, Write
from smarketing.state.pace import Clock
from smarketing.state.record import Record
from smarketing.state.state import State


@dataclass(slots=True)
class Recorder:
    """Keeps what one run writes. State hears of the run with its first write, not before.

    `undoes` is the number of the run that this one takes back, 0 for none.
    """

    state: State
    clock: Clock
    about: About
    undoes: int = 0
    _start: float = field(init=False)
    _run: Run | None = None
    _sources: Mapping[str, str] = field(default_factory=dict)
    _inputs: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._start = self.clock.now()

    def looked(self, sources: Mapping[str, str], inputs: Mapping[str, str]) -> None:
        """Take in what a look showed: the lines of the playbook by address, inputs as in `Run`."""
        self._sources = {**self._sources, **sources}
        self._inputs = {**self._inputs, **inputs}

    def note(self, writes: Sequence[Write]) -> Noted | None:
        """Return what state has to store together with the outcome of these writes."""
        if not writes:
            return None
        run = self._run or self._begun()
        so_far = sum(run.counts.values())
        numbered = tuple(
            replace(
                write,
                run=run.number,
                number=so_far + nth,
                source=write.source or self._sources.get(write.address.partition("~")[0], ""),
            )
            for nth, write in enumerate(writes, start=1)
        )
        new = {write.place for write in writes} - run.accounts.keys()
        met = {place: self.about.account(place) for place in sorted(new)}
        counts = Counter(run.counts) + Counter(write.verb for write in writes)
        self._run = replace(
            run, counts=dict(counts), accounts={**met, **run.accounts}, inputs=self._inputs
        )
        return Noted(self._run, numbered)

    def end(self, well: bool, records: Mapping[str, Record]) -> None:
        """Store when it looked and, if it wrote anything, how it ended; and these last records."""
        now = self.clock.now()
        run = self._run or (self._broken_off() if well else None)
        outcome = DONE if well else PARTLY
        noted = Noted(replace(run, end=now, outcome=outcome)) if run else None
        self.state.commit(records, {LOOKED: repr(now)}, (), noted)

    def _begun(self) -> Run:
        last = next(iter(self.state.runs(1)), None)
        return Run(
            last.number + 1 if last else 1,
            self.about.command,
            self.about.who,
            self.about.playbook,
            self._start,
            undoes=self.undoes,
        )

    def _broken_off(self) -> Run | None:
        """Return the last run if it never ended: where nothing is left to do, it has ended well."""
        last = next(iter(self.state.runs(1)), None)
        return last if last is not None and last.end is None else None
