"""Which of several workspaces a round of sync has to look at: each account is asked once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Self

from smarketing.accountfile import account_file
from smarketing.accountstate import AccountState
from smarketing.config import Config
from smarketing.configload import load_config
from smarketing.contract import Integration, Unreachable
from smarketing.datafolder import state_path
from smarketing.glance import bound_ids, glance
from smarketing.lastsync import FACT, Synced, hour, stamp, synced
from smarketing.pace import Clock
from smarketing.polling import Account, poll
from smarketing.problems import Problems, UserError
from smarketing.registry import Loaded
from smarketing.state import State


@dataclass(frozen=True, slots=True)
class Turn:
    """A workspace in a round. Where it is due, `anew` says whether no feed is believed."""

    path: Path
    is_due: bool = True
    anew: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    config: Config
    workspace: str
    last: Synced
    is_due: bool


@dataclass(slots=True)
class Round:
    """One round over the workspaces of these configs. Use it in a `with`: it holds files open.

    Everything of a workspace is listed in full when `every` seconds have passed since the last
    time. One workspace alone is looked at straight away: its own questions are as few. `untold`
    says of each account that could not be asked why.
    """

    paths: Sequence[Path]
    clock: Clock
    every: float
    untold: list[str] = field(default_factory=list)
    _accounts: dict[Path, Account] = field(default_factory=dict)
    _asked: set[Path] = field(default_factory=set)
    _files: dict[tuple[str, str, Path], Path] = field(default_factory=dict)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for account in self._accounts.values():
            account.state.close()

    def turns(self) -> list[Turn]:
        """Ask each account once, and return whose turn it is, in the order of the configs."""
        known = {path: self._known(path) for path in self.paths}
        if len(self.paths) > 1:
            joined = [account for each in known.values() if each for account in self._join(each)]
            for file in dict.fromkeys(joined):
                self._ask(file)
        return [self._turn(path, each) for path, each in known.items()]

    def begin(
        self,
        config: Config,
        workspace: str,
        integrations: Mapping[str, Integration],
        facts: Mapping[str, str],
        *,
        anew: bool,
    ) -> "Looking":
        """Note what waits for a look at this workspace, just before it is looked at.

        `facts` are those that state holds of it. A full look that is owed waits on if this is
        none.
        """
        numbers: list[tuple[AccountState, int]] = []
        for place, terms in integrations.items():
            file = self._file(config, place)
            if len(self.paths) == 1 and not file.exists():
                continue
            account = self._account(file, place, terms)
            account.state.join(workspace)
            if len(self.paths) > 1 and not account.state.told().cursor:
                self._ask(file)
            pending = account.state.pending().get(workspace)
            if pending and (anew or not pending.anew):
                numbers.append((account.state, pending.number))
        return Looking(workspace, tuple(numbers), hour(config, self.clock), stamp(config), facts)

    def _known(self, path: Path) -> _Known | None:
        """Return what is known of a config's workspace, None for one that has to be opened first."""
        try:
            config = load_config(path)
            now = stamp(config)
        except (Problems, UserError, OSError):
            return None
        seen = glance(state_path(config.id)) if config.id else None
        last = synced(seen.facts) if seen else None
        if seen is None or last is None or config.id is None:
            return None
        changed = now != last.stamp or hour(config, self.clock) != last.hour
        return _Known(config, config.id, last, changed or seen.was_broken_off)

    def _join(self, known: _Known) -> Iterator[Path]:
        loaded = Loaded(known.config.integrations, known.config.folder, ())
        for place in known.last.places:
            file = self._file(known.config, place)
            terms = self._accounts[file].terms if file in self._accounts else loaded[place]
            self._account(file, place, terms).state.join(known.workspace)
            yield file

    def _file(self, config: Config, place: str) -> Path:
        # Who is signed in may have to be asked of a keyring, which takes its time.
        key = (place, repr(config.integrations.get(place)), config.folder)
        if key not in self._files:
            self._files[key] = account_file(config, place)
        return self._files[key]

    def _account(self, file: Path, place: str, terms: Integration) -> Account:
        if file not in self._accounts:
            bound = partial(_bound, place=place)
            self._accounts[file] = Account(terms, AccountState(file), bound, self.clock)
        return self._accounts[file]

    def _ask(self, file: Path) -> None:
        if file in self._asked:
            return
        self._asked.add(file)
        try:
            poll(self._accounts[file])
        except Unreachable as error:
            self.untold.append(str(error))

    def _turn(self, path: Path, known: _Known | None) -> Turn:
        alone = len(self.paths) == 1
        if known is None:
            return Turn(path, anew=not alone)
        files = [self._file(known.config, place) for place in known.last.places]
        states = [self._accounts[file].state for file in files if file in self._accounts]
        waiting = [w for state in states if (w := state.pending().get(known.workspace))]
        full = not 0 <= self.clock.now() - known.last.full < self.every  # or the clock went back
        is_due = alone or known.is_due or full or bool(waiting)
        return Turn(path, is_due, full or any(each.anew for each in waiting))


@dataclass(frozen=True, slots=True)
class Looking:
    """A workspace that is being looked at, and what will be settled once that went well."""

    workspace: str
    numbers: tuple[tuple[AccountState, int], ...]
    hour: str
    stamp: str
    facts: Mapping[str, str]

    def end(self, state: State, places: Iterable[str], now: float, *, anew: bool) -> None:
        """Store that everything was looked at; what was touched meanwhile waits on."""
        last = synced(self.facts)
        full = now if anew or last is None else last.full
        fact = Synced(full, self.hour, self.stamp, tuple(sorted(places)))
        state.commit({}, {FACT: fact.as_fact()})
        for account, number in self.numbers:
            account.settle(self.workspace, number)


def _bound(workspace: str, place: str) -> frozenset[str] | None:
    return bound_ids(state_path(workspace), place)
