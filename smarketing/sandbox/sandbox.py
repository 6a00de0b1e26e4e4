"""A sandbox: the stand-ins of one world, asked one request at a time, with faults on request."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import RLock
from typing import Any, TypeVar

from smarketing.sandbox.clock import Clock
from smarketing.sandbox.faults import (
    CUT,
    CUT_JSON,
    DROP_AFTER,
    DROP_BEFORE,
    EDIT,
    REFUSALS,
    SLOW,
    Fault,
    Faults,
    Storm,
    which,
)
from smarketing.standin import Answer, Asked, StandIn, World, json_answer

Heard = Callable[[str, Asked, Answer], None]
"""Is told the vendor, each request that was served or refused, and its answer."""

PATIENCE = 60.0
"""Seconds after which a client in this process gives up waiting."""

T = TypeVar("T")

_ID = re.compile(r"(?=[^/:]*[0-9@])[^/:]{8,}")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer on its way: after how many seconds it comes, and what of it."""

    answer: Answer
    delay: float = 0.0
    arrives: str = ""
    """"" for whole, DROP_BEFORE or DROP_AFTER for not at all, CUT for half of it."""


class Sandbox:
    """Serves the stand-ins of one world. `faults` may be changed at any time."""

    def __init__(
        self,
        world: World,
        stand_ins: Sequence[StandIn],
        heard: Heard | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.world, self.stand_ins = world, tuple(stand_ins)
        self.heard, self.clock = heard, clock
        self.faults = Faults()
        self.latency = 0.0
        self.calls: Counter[tuple[str, str, str]] = Counter()
        self._lock = RLock()
        self._editing = False

    def answer(self, asked: Asked) -> Answer:
        """Serve a request in this process, and raise what a network would raise."""
        reply = self.reply(asked)
        if reply.delay:
            self._let_pass(min(reply.delay, PATIENCE))
        if reply.arrives or reply.delay >= PATIENCE:
            raise _network_error(reply)
        return reply.answer

    def reply(self, asked: Asked) -> Reply:
        """Serve a request; return its answer and how that arrives."""
        with self._lock:
            stand_in = self._stand_in(asked.path)
            if stand_in is None:
                return Reply(json_answer({"error": f"nothing is served at {asked.path}"}, 404))
            self.calls[(stand_in.name, asked.method, pattern(asked.path))] += 1
            faults = [] if self._editing else self.faults.on(stand_in.name, asked)
            return self._struck(stand_in, asked, faults)

    def as_member(self, asked: Asked) -> Answer:
        """Serve a request of a member's own, which no fault strikes."""
        return self._undisturbed(lambda: self.reply(asked)).answer

    def fault(
        self,
        what: str,
        *,
        vendor: str = "",
        methods: Collection[str] = (),
        path: str = "",
        nth: int = 0,
        seconds: float = 0.0,
        edit: Callable[[], object] | None = None,
    ) -> Fault:
        """Ask for a fault at the nth request of these, or each (0); return it to look at."""
        fault = Fault(what, which(vendor, methods, path), nth, seconds, edit)
        with self._lock:
            self.faults.asked_for.append(fault)
        return fault

    def storm(
        self,
        rates: Mapping[str, float],
        seed: int = 0,
        *,
        vendor: str = "",
        methods: Collection[str] = (),
        path: str = "",
        seconds: float = PATIENCE,
    ) -> None:
        """Ask for faults by chance; no rates at all end the storm."""
        storm = Storm(rates, seed, which(vendor, methods, path), seconds) if rates else None
        with self._lock:
            self.faults.storm = storm

    def calm(self) -> None:
        """Take all faults away."""
        with self._lock:
            self.faults.clear()
            self.latency, self.world.lag = 0.0, 0.0

    @contextmanager
    def at_rest(self) -> Iterator[None]:
        """Let no request be served while this lasts."""
        with self._lock:
            yield

    def picture(self) -> dict[str, Any]:
        """Return what the vendors hold now, by vendor, as far as a stand-in can show it."""
        with self._lock:
            showing = {i.name: getattr(i, "picture", None) for i in self.stand_ins}
            return {name: show() for name, show in showing.items() if show}

    def _struck(self, stand_in: StandIn, asked: Asked, faults: Sequence[Fault]) -> Reply:
        for fault in faults:
            if fault.what == EDIT and fault.edit:
                self._undisturbed(fault.edit)
        whats = [fault.what for fault in faults]
        delay = (0.0 if self._editing else self.latency) + sum(
            fault.seconds for fault in faults if fault.what == SLOW
        )
        if DROP_BEFORE in whats:
            return Reply(Answer(), delay, DROP_BEFORE)
        refused = next((what for what in whats if what in REFUSALS), None)
        answer = stand_in.refusal(refused, asked) if refused else stand_in.answer(asked)
        if self.heard:
            self.heard(stand_in.name, asked, answer)
        if CUT_JSON in whats:
            answer = Answer(answer.status, answer.headers, half(answer.body))
        arrives = next((what for what in (DROP_AFTER, CUT) if what in whats), "")
        return Reply(answer, delay, arrives)

    def _undisturbed(self, act: Callable[[], T]) -> T:
        with self._lock:
            before, self._editing = self._editing, True
            try:
                return act()
            finally:
                self._editing = before

    def _stand_in(self, path: str) -> StandIn | None:
        """Return who serves a path: the longest beginning counts."""
        serving = [
            (len(prefix), stand_in)
            for stand_in in self.stand_ins
            for prefix in stand_in.prefixes
            if path.startswith(prefix)
        ]
        return max(serving, key=lambda found: found[0])[1] if serving else None

    def _let_pass(self, seconds: float) -> None:
        if self.clock is None:
            raise RuntimeError("a sandbox without a clock of its own can't be slow in process")
        self.clock.move(seconds)


def half(body: bytes) -> bytes:
    """Return the first half of a body, as where a connection breaks."""
    return body[: len(body) // 2]


def pattern(path: str) -> str:
    """Return a path with every id in it as `{id}`, to count by."""
    return _ID.sub("{id}", path)


def _network_error(reply: Reply) -> Exception:
    """Return what a client's library raises where a reply does not arrive."""
    import requests

    if reply.arrives == CUT:
        return requests.exceptions.ChunkedEncodingError("the reply was cut short")
    if reply.arrives:
        return requests.ConnectionError("the connection was closed without a reply")
    return requests.ReadTimeout("no reply in time")
