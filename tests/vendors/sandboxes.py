"""Sandboxes for tests: every request and reply that crosses one is validated."""

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from smarketing.sandbox.cast import cast, named
from smarketing.sandbox.clock import Clock, standing
from smarketing.sandbox.found import stand_ins
from smarketing.sandbox.inprocess import InProcess
from smarketing.sandbox.sandbox import Sandbox
from smarketing.standin import Answer, Asked, Person, StandIn, World

from .heard import COUNTED, heard

T = TypeVar("T", bound=StandIn)

TURNED = os.environ.get("SMARKETING_TEST_SWITCHES", "")
"""Unsure behaviours that are turned round in every sandbox: names with commas, or `all`."""


@dataclass(frozen=True, slots=True)
class Vendors:
    """A sandbox, the clock of its world, and what replaces the network to it."""

    sandbox: Sandbox
    clock: Clock
    transport: InProcess

    @property
    def world(self) -> World:
        return self.sandbox.world

    def stand_in(self, name: str) -> StandIn:
        """Return the stand-in of a vendor."""
        return next(one for one in self.sandbox.stand_ins if one.name == name)

    def person(self, key: str) -> Person:
        """Return somebody of this world: `robot`, `ana`, `ben`, `cleo`, `dana`."""
        return named(self.world.people, key)

    def account(self, vendor: str, key: str = "robot") -> dict[str, str]:
        """Return the secrets with which somebody's programs sign in."""
        return dict(self.stand_in(vendor).account(self.person(key)))


def validated(stand_in: T, requests: bool = True) -> T:
    """Return the stand-in of a vendor, held to its description also where it stands alone.

    `requests` says whether these are meant seriously, or are whatever comes to mind.
    """
    serve, name = stand_in.answer, stand_in.name

    def answer(asked: Asked) -> Answer:
        got = serve(asked)
        heard(name, asked, got, requests)
        return got

    # Whoever asks the stand-in itself, and not a sandbox, is heard as well.
    stand_in.answer = answer  # type: ignore[method-assign]
    COUNTED[f"{name} sandboxes"] += 1
    return stand_in


def people() -> tuple[Person, ...]:
    """Return the people of every sandbox, with the same tokens in each."""
    numbers = iter(range(100))
    return cast(lambda: hashlib.sha256(b"token %d" % next(numbers)).hexdigest())


def sandbox(
    *vendors: str,
    switches: Iterable[str] = (),
    people: Sequence[Person] = people(),
    clock: Clock | None = None,
    limits: bool = True,
) -> Vendors:
    """Return a sandbox of these vendors whose clock stands until it is moved."""
    clock = clock or standing()
    turned = frozenset(switches) | turned_round(vendors)
    world = World(clock.now, tuple(people), turned, limits=limits)
    box = Sandbox(world, stand_ins(vendors, world), heard, clock)
    COUNTED.update(f"{vendor} sandboxes" for vendor in vendors)
    return Vendors(box, clock, InProcess(box.answer))


def turned_round(vendors: Sequence[str], asked: str = TURNED) -> frozenset[str]:
    """Return the switches of these vendors that are on in every sandbox."""
    known = switches_of(*vendors)
    return known if asked == "all" else known & frozenset(asked.split(","))


def switches_of(*vendors: str) -> frozenset[str]:
    """Return the names of all behaviours that no vendor has documented."""
    world = World(standing().now, ())
    return frozenset(name for each in stand_ins(vendors, world) for name in each.switches)
