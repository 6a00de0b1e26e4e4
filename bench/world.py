"""A sandbox with a company in it, for one measurement: in this process, or over HTTP as well."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from bench import w1
from bench.company import URL, Company
from smarketing.sandbox.cast import ROBOT, cast
from smarketing.sandbox.clock import Clock
from smarketing.sandbox.found import stand_ins
from smarketing.sandbox.inprocess import InProcess
from smarketing.sandbox.sandbox import Sandbox
from smarketing.sandbox.server import Server
from smarketing.standin import Answer, Asked, Person, World
from tests.overhttp.members import InTrello, in_trello
from tests.vendors.sandboxes import Vendors

USE = {"boards": "trello", "documents": "google", "tables": "google", "meetings": "google"}
VENDORS = ("google", "trello")
TOKENS = "/token"
TOO_FAST = (403, 429)

MEMBER = "p1"
"""The member of W1 who has an account, and changes something."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A call that a sandbox answered."""

    vendor: str
    method: str
    path: str
    status: int


class Watched(Sandbox):
    """A sandbox that knows how long it computed, and which calls arrived, those to sign in left out."""

    busy = 0.0

    def __init__(self, world: World, clock: Clock) -> None:
        self.arrived: list[Arrived] = []
        super().__init__(world, stand_ins(VENDORS, world), self._hear, clock)
        for stand_in in self.stand_ins:
            # A free workspace lets ten people in, and W1 has twelve.
            if subscribe := getattr(stand_in, "subscribe", None):
                subscribe(ROBOT)

    def answer(self, asked: Asked) -> Answer:
        """Serve a request in this process."""
        begun = time.process_time()
        try:
            return super().answer(asked)
        finally:
            self.busy += time.process_time() - begun

    def to(self, vendor: str) -> int:
        """Return how many calls arrived at a vendor."""
        return sum(each.vendor == vendor for each in self.arrived)

    @property
    def refused(self) -> int:
        """The calls that came too fast."""
        return sum(each.status in TOO_FAST for each in self.arrived)

    def _hear(self, vendor: str, asked: Asked, answer: Answer) -> None:
        if asked.path != TOKENS:
            self.arrived.append(Arrived(vendor, asked.method, asked.path, answer.status))


def sandbox(clock: Clock) -> Watched:
    """Return a sandbox of both vendors in which one member of W1 has an account."""
    member = Person(MEMBER, "Person A", f"{MEMBER}@acme.example", "token-of-a-member")
    return Watched(World(clock.now, (*cast(), member)), clock)


def member(box: Watched) -> InTrello:
    """Return the hands of that member, who accepts every invitation to Trello."""
    assert box.clock
    return in_trello(Vendors(box, box.clock, InProcess(box.answer)), MEMBER)


def company(folder: Path, box: Watched, url: str = URL) -> Company:
    """Return a company whose tools are this sandbox."""
    assert box.clock
    folder.mkdir(parents=True)
    return Company(folder, box, box.clock, url=url)


def config(of: Company, number: int = 1, *, template: bool = False) -> Path:
    """Write the config of a W1 that lives in both vendors."""
    return w1.write(
        of.folder, number=number, use=USE, integrations=of.integrations(), template=template
    )


@contextmanager
def served(box: Sandbox) -> Iterator[str]:
    """Serve a sandbox over HTTP, as `smarketing sandbox` does; yield where."""
    with Server(box) as server:
        thread = Thread(target=server.serve_forever, args=(0.1,), daemon=True)
        thread.start()
        try:
            yield server.url
        finally:
            server.shutdown()
            thread.join()
