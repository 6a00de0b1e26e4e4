"""Faults on request: which requests they strike, and what happens to those."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from random import Random

from smarketing.standin import Asked

REFUSALS = (
    *("rate limit", "forbidden rate", "long limit"),
    *("unavailable", "error", "gateway", "timeout"),
)
"""Ways to be refused; each vendor has its own form for them, and nothing is done.

`forbidden rate` is the other way in which it says that it was too fast, `long limit` a limit that
lasts, where it has one.
"""

DROP_BEFORE, DROP_AFTER = "drop before", "drop after"
CUT, CUT_JSON = "cut", "cut json"
SLOW, EDIT, LAG = "slow", "edit", "lag"

WHATS = (*REFUSALS, DROP_BEFORE, DROP_AFTER, CUT, CUT_JSON, SLOW, EDIT)
"""What can happen to a request.

`drop before`: the connection breaks and nothing was done. `drop after`: it was done, and the
connection breaks. `cut`: the reply ends too early. `cut json`: so does its text, and nothing
else tells. `slow`: the reply takes `seconds`. `edit`: a member does something just before.
"""

WRITES = frozenset(("POST", "PUT", "PATCH", "DELETE"))


@dataclass(frozen=True, slots=True)
class Which:
    """Requests: of a vendor, by methods, with a path in which the pattern is found. "" is any."""

    vendor: str = ""
    methods: frozenset[str] = frozenset()
    path: str = ""

    def matches(self, vendor: str, asked: Asked) -> bool:
        """Say whether this request is meant."""
        return (
            self.vendor in ("", vendor)
            and (not self.methods or asked.method in self.methods)
            and (not self.path or re.search(self.path, asked.path) is not None)
        )


def which(vendor: str = "", methods: Collection[str] = (), path: str = "") -> Which:
    """Return which requests are meant; raise ValueError for a pattern that is none."""
    try:
        re.compile(path)
    except re.error as error:
        raise ValueError(f"{path!r} is no pattern: {error}") from None
    return Which(vendor, frozenset(method.upper() for method in methods), path)


@dataclass(slots=True)
class Fault:
    """What happens to the `nth` of the requests that it is for, or to each of them (0).

    `edit` is what a member does. `met` counts the requests that it was for.
    """

    what: str
    which: Which = field(default_factory=Which)
    nth: int = 0
    seconds: float = 0.0
    edit: Callable[[], object] | None = field(default=None, repr=False)
    met: int = 0

    def __post_init__(self) -> None:
        if self.what not in WHATS:
            raise ValueError(f"there is no fault {self.what!r}, but: {', '.join(WHATS)}")

    def strikes(self, vendor: str, asked: Asked) -> bool:
        """Count a request and say whether this one is struck."""
        if not self.which.matches(vendor, asked):
            return False
        self.met += 1
        return self.nth in (0, self.met)


@dataclass(slots=True)
class Storm:
    """Faults by chance: `rates` says how likely each is. The same seed, the same storm."""

    rates: Mapping[str, float]
    seed: int = 0
    which: Which = field(default_factory=Which)
    seconds: float = 0.0
    _chance: Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        unknown = set(self.rates) - (set(WHATS) - {EDIT})
        if unknown:
            raise ValueError(f"a storm knows no {', '.join(sorted(unknown))}")
        if not 0 <= sum(self.rates.values()) <= 1 or min(self.rates.values(), default=0) < 0:
            raise ValueError("the rates of a storm are shares of one")
        self._chance = Random(self.seed)

    def strike(self, vendor: str, asked: Asked) -> Fault | None:
        """Return what happens to this request, if anything does."""
        if not self.which.matches(vendor, asked):
            return None
        drawn = self._chance.random()
        for what, rate in self.rates.items():
            drawn -= rate
            if drawn < 0:
                return Fault(what, seconds=self.seconds)
        return None


@dataclass(slots=True)
class Faults:
    """All the faults that a sandbox was asked for."""

    asked_for: list[Fault] = field(default_factory=list)
    storm: Storm | None = None

    def on(self, vendor: str, asked: Asked) -> list[Fault]:
        """Return what happens to a request, in the order in which it was asked for."""
        struck = [fault for fault in self.asked_for if fault.strikes(vendor, asked)]
        by_chance = self.storm.strike(vendor, asked) if self.storm else None
        return [*struck, by_chance] if by_chance else struck

    def clear(self) -> None:
        """Take them all away."""
        self.asked_for.clear()
        self.storm = None
