"""Many lives from one seed, each told apart by bytes that live it again."""

from random import Random

from smarketing.sandbox.sandbox import Heard
from tests.histories.lived import Lived, chances, live_each

from .google_life import GoogleLife
from .life import Life
from .trello_life import TrelloLife

__all__ = ["LIVES", "Lived", "chances", "live", "live_many"]

LIVES: dict[str, type[GoogleLife | TrelloLife]] = {"google": GoogleLife, "trello": TrelloLife}


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
    return live_each(lambda data: live(place, data, heard=heard), chances(seed, count))
