"""The coming weeks of a workspace, lived in a new folder: no tool and no state is touched."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from smarketing.calendar.occurrences import aware, occurrences
from smarketing.config.chosenparts import next_monday
from smarketing.config.config import Config
from smarketing.meetings.running import Held, Running
from smarketing.planning.given import Request
from smarketing.problems import UserError
from smarketing.rehearsal.shown import Rehearsed, Told, monday_of
from smarketing.rehearsal.weeks import Weeks, told_by
from smarketing.run import engine
from smarketing.state.pace import Clock
from smarketing.state.state import MemoryState, State
from smarketing.workspace.opening import Opened, new_id, opened_from, slug
from smarketing.workspace.saidvalues import config_at
from smarketing.workspace.workspace import opened_workspace

_WEEK = timedelta(days=7)
_DAWN, _ROUNDS, _FRIDAY = time(6), (time(12), time(17)), 4
"""When the first day begins, and when each working day has a sync, so that digests go and guests
are invited; agendas have hours of their own."""


def rehearse(
    path: Path, said: Mapping[str, str], clock: Clock, weeks: int, to: Path | None
) -> Rehearsed:
    """Live so many weeks in a new folder, and return what they brought.

    Raise UserError where the folder is not empty, or is that of the workspace itself.
    """
    config = config_at(path, said)
    folder = to or Path(f"{slug(config.workspace)}-rehearsal")
    _refuse(folder, config)
    today = datetime.fromtimestamp(clock.now(), ZoneInfo(config.timezone)).date()
    begins = _begins(config, today)
    opened = opened_from(_as_rehearsed(config, folder, begins), path, {}, clock)
    return _Life(opened, folder, begins, weeks).lived(config.start not in (begins, None))


def _refuse(folder: Path, config: Config) -> None:
    own = config.integrations.get("local", {}).get("folder") or slug(config.workspace)
    if folder.resolve() == (config.folder / str(own)).resolve():
        raise UserError(f"{folder} is the workspace's own folder. Name another one with --to.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(
            f"{folder} is already there, and is not an empty folder. Delete it if it was a "
            "rehearsal, or name another one with --to."
        )


def _begins(config: Config, today: date) -> date:
    """Return the first day: that of config if it is still ahead, else the Monday to come."""
    start = config.start
    return start if isinstance(start, date) and start >= today else next_monday(today)


def _as_rehearsed(config: Config, folder: Path, begins: date) -> Config:
    """Return a config whose workspace lies in a folder, and is another one than the real one."""
    local = {**config.integrations.get("local", {}), "folder": str(folder.resolve())}
    return config.model_copy(
        update={
            "id": new_id(),
            "start": begins,
            "use": {},
            "existing": {},
            "integrations": {"local": local},
        }
    )


@dataclass
class _Moved:
    """A clock that shows what it is set to."""

    at: float = 0.0

    def now(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += seconds


@dataclass
class _Life:
    opened: Opened
    folder: Path
    begins: date
    weeks: int
    clock: _Moved = field(default_factory=_Moved)
    state: State = field(default_factory=MemoryState)
    told: list[Told] = field(default_factory=list)

    def lived(self, moved: bool) -> Rehearsed:
        """Build the workspace on the first day, and keep it in step until the last."""
        desired, first = self.opened.desired, monday_of(self.begins)
        last = first + self.weeks * _WEEK
        begin = self._at(self.begins, _DAWN)
        self._run(begin, Request())
        self._run(begin, Request(sync=True))
        for moment in self._moments(begin, self._at(last, time())):
            self._run(moment, Request(sync=True))
        lived = Weeks(
            desired, self.opened.config.timezone, self.state.load().records, tuple(self.told)
        )
        return Rehearsed(
            desired.title,
            str(self.folder),
            self.begins,
            moved,
            tuple(lived.week(first + number * _WEEK) for number in range(self.weeks)),
            lived.late(last),
            tuple(lived.notes()),
        )

    def _run(self, moment: datetime, request: Request) -> None:
        self.clock.at = moment.timestamp()
        # Not for writing, so no file of state is made: what a rehearsal knows ends with it.
        with opened_workspace(self.opened, self.clock, for_writing=False) as workspace:
            recap = engine.apply(replace(workspace, state=self.state), request)
        for why in recap.failed:
            raise UserError(f"The rehearsal stopped at {why.address}: {why.error}")
        self.told += told_by(recap.done, moment.date())

    def _at(self, day: date, clock: time) -> datetime:
        return aware(datetime.combine(day, clock), self.opened.config.timezone)

    def _moments(self, begin: datetime, end: datetime) -> list[datetime]:
        """Return when there is something to do: agendas fall due, working days end."""
        days = [begin.date() + timedelta(days=n) for n in range((end - begin).days + 1)]
        working = [day for day in days if day.weekday() <= _FRIDAY]
        rounds = [self._at(day, clock) for day in working for clock in _ROUNDS]
        moments = {*rounds, *self._agendas(begin, end)}
        return sorted(each for each in moments if begin < each < end)

    def _agendas(self, begin: datetime, end: datetime) -> Iterator[datetime]:
        records, desired = self.state.load().records, self.opened.desired
        for meeting, frame in desired.agendas.items():
            if held := Held.of(Running(desired, begin), meeting, frame, records):
                yield from map(held.ready_at, occurrences(held.series, begin, end))
