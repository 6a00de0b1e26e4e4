"""The people of a sandbox's world: an account that works for us, and the members of two teams."""

from collections.abc import Callable
from secrets import token_hex

from smarketing.standin import Person

ROBOT = "robot"
DOMAIN = "acme.example"

_NAMES = {
    ROBOT: "Acme Robot",
    "ana": "Ana Silva",
    "ben": "Ben Okoye",
    "cleo": "Cleo Brandt",
    "dana": "Dana Wu",
}

TEAMS = {
    "north": {"title": "Sales North", "plays": "sales", "lead": "ana", "members": ["ana", "ben"]},
    "market": {"title": "Marketing", "plays": "marketing", "lead": "dana", "members": ["dana"]},
    "heads": {"title": "Leadership", "plays": "leadership", "lead": "cleo", "members": ["cleo"]},
}


def cast(token: Callable[[], str] = lambda: token_hex(32)) -> tuple[Person, ...]:
    """Return everybody, our robot first, each with a token of their own."""
    return tuple(Person(key, name, f"{key}@{DOMAIN}", token()) for key, name in _NAMES.items())


def named(people: tuple[Person, ...], key: str) -> Person:
    """Return the person with this key; raise KeyError if there is none."""
    return {person.key: person for person in people}[key]
