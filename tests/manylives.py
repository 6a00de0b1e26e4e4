"""Many random lives, side by side: what happened in them, and which broke a promise."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field


@dataclass
class Lived:
    """What happened in some lives, and which of them broke a promise."""

    lives: int = 0
    steps: int = 0
    mix: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Lived") -> None:
        """Count the lives of another one too."""
        self.lives, self.steps = self.lives + other.lives, self.steps + other.steps
        self.mix, self.seen = self.mix + other.mix, self.seen + other.seen
        self.wrong += other.wrong

    def told(self, steps: str = "steps") -> str:
        """Return it all as lines; `steps` is what a life is made of."""
        each = self.steps / max(1, self.lives)
        lines = [f"{self.lives} lives, {each:.1f} {steps} each, {len(self.wrong)} went wrong"]
        lines += [f"{what}: {times}" for what, times in self.mix.most_common()]
        return "\n".join([*lines, *self.wrong])


def live_all(
    live_some: Callable[[int], Lived],
    parts: Iterable[int],
    processes: int | None = None,
    steps: str = "steps",
    hold: Callable[[Lived], None] = lambda total: None,
) -> int:
    """Live all parts, print what happened, and return 1 if a life broke a promise, else 0.

    `hold` raises AssertionError if not enough happened in them.
    """
    total = Lived()
    with ProcessPoolExecutor(processes) as pool:
        for lived in pool.map(live_some, parts):
            total.add(lived)
    sys.stdout.write(f"{total.told(steps)}\n")
    hold(total)
    return int(bool(total.wrong))
