"""Many lives from one seed, each told apart by bytes that live it again."""

from collections.abc import Iterator
from random import Random

from smarketing.sandbox.sandbox import Heard
from tests.manylives import Lived

from .google_life import GoogleLife
from .life import Life
from .trello_life import TrelloLife

LIVES: dict[str, type[GoogleLife | TrelloLife]] = {"google": GoogleLife, "trello": TrelloLife}


def chances(seed: int, count: int) -> Iterator[bytes]:
    """Return the bytes of some lives."""
    luck = Random(seed)
    return (luck.randbytes(4 + luck.randrange(20, 40)) for _ in range(count))


def live(
    place: str, data: bytes, switches: frozenset[str] | None = None, heard: Heard | None = None
) -> Life:
    """Live once: a byte per step, and a seed from the first four; switches by chance or as given."""
    luck = Random(int.from_bytes(data[:4], "big"))
    kind = LIVES[place]
    if switches is None:
        switches = frozenset(one for one in sorted(kind.switches_there_are) if luck.random() < 0.3)
    life = kind(luck, switches, heard)
    for number in data[4:]:
        life.take(number)
    life.end()
    return life


def live_many(place: str, seed: int, count: int, heard: Heard | None = None) -> Lived:
    """Live some lives, and collect what went wrong in each."""
    lived = Lived()
    for data in chances(seed, count):
        lived.lives += 1
        try:
            life = live(place, data, heard=heard)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other lives go on
            lived.wrong.append(f"{data.hex()}: {type(error).__name__}: {error}")
        else:
            lived.steps += life.steps
            lived.mix.update(life.mix)
            lived.seen.update(life.mix.keys())
    return lived
