"""What happened in many lives, each told apart by bytes that live it again."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Protocol


class Life(Protocol):
    """One life that has come to its end."""

    steps: int
    mix: Counter[str]


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

    def told(self) -> str:
        """Return it all as lines."""
        each = self.steps / max(1, self.lives)
        lines = [f"{self.lives} lives, {each:.1f} steps each, {len(self.wrong)} went wrong"]
        lines += [f"{what}: {times}" for what, times in self.mix.most_common()]
        return "\n".join([*lines, *self.wrong])


def chances(seed: int, count: int, most: int = 40) -> Iterator[bytes]:
    """Return the bytes of some lives of 20 steps or more, fewer than `most`."""
    luck = Random(seed)
    return (luck.randbytes(4 + luck.randrange(20, most)) for _ in range(count))


def live_each(live: Callable[[bytes], Life], each: Iterable[bytes]) -> Lived:
    """Live some lives, and collect what went wrong in each."""
    lived = Lived()
    for data in each:
        lived.lives += 1
        try:
            life = live(data)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other lives go on
            lived.wrong.append(f"{data.hex()}: {type(error).__name__}: {error}")
        else:
            lived.steps += life.steps
            lived.mix.update(life.mix)
            lived.seen.update(what for what, times in life.mix.items() if times)
    return lived
