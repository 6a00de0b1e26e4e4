"""Many deaths for one run: at each chosen point a child is forked, and goes on as after its death.

Nothing unwinds in a child: like a killed process, its run notes nothing any more. It takes a copy of
the state that the run has on disk, finishes the work, and holds that nothing shows.
"""

import os
import shutil
import traceback
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from smarketing.given import NOTHING_ASKED, Request
from smarketing.plan import is_empty
from smarketing.sandbox.faults import WRITES
from tests.vendors.heard import taken

from .office import BEFORE, COMMITTED, POINTS, REPLIED, SIGN_IN, Death, Office
from .test_crashes import Whole

T = TypeVar("T")

Point = tuple[int, str]
"""Which write, and which moment of it."""


@dataclass(slots=True)
class Forks(Death):
    """Lives, and lets `after` happen in a child at each chosen point; `wrong` is what went wrong."""

    chosen: Collection[Point] = ()
    after: Callable[[Point], None] = lambda point: None
    notes: Path = field(default_factory=Path)
    done: int = 0
    wrong: list[str] = field(default_factory=list)

    def around(self, method: str, path: str, send: Callable[[], T]) -> T:
        """Send a request, and die on the way in a child."""
        self.pass_by()
        if method not in WRITES or path == SIGN_IN:
            return send()
        self.met += 1
        self._here(BEFORE)
        replied = send()
        self._here(COMMITTED)
        self._due = True
        return replied

    def pass_by(self) -> None:
        """The reply has come and nothing was noted since: die here in a child."""
        if self._due:
            self._due = False
            self._here(REPLIED)

    def _here(self, moment: str) -> None:
        point = (self.met, moment)
        if point not in self.chosen:
            return
        note = self.notes / "went-wrong.txt"
        child = os.fork()
        if child == 0:
            ended = 1
            try:
                self.after(point)
                ended = 0
            except BaseException:  # noqa: BLE001 - whatever it is, it is told
                note.write_text(traceback.format_exc(), encoding="utf-8")
            finally:  # never back into the run that goes on in the parent
                os._exit(ended)
        _, status = os.waitpid(child, 0)
        self.done += 1
        if status:
            why = note.read_text(encoding="utf-8") if note.exists() else f"status {status}"
            self.wrong.append(f"died at write {point[0]} {moment}: {why}")
            note.unlink(missing_ok=True)


def die(
    made: Office,
    chosen: Collection[Point],
    whole: Whole,
    told: Callable[[str], None],
    request: Request = NOTHING_ASKED,
) -> Forks:
    """Let a run die at each chosen point and be finished by a next one; return how it went."""
    begun = made.company.data

    def after(point: Point) -> None:
        made.company.data = made.folder / f"{point[0]}-{POINTS.index(point[1])}"
        shutil.copytree(begun, made.company.data)
        made.company.paces = {}  # the next process knows nothing of what this one has spent
        try:
            _finished(made, whole, f"died at write {point[0]} {point[1]}", request)
        finally:
            shutil.rmtree(made.company.data)
        told(f"{point[0]} {point[1]}: finished")

    forks = Forks(chosen=frozenset(chosen), after=after, notes=made.folder)
    assert not made.apply(forks, request).failed
    return forks


def _finished(made: Office, whole: Whole, how: str, request: Request) -> None:
    failed = made.apply(request=request).failed
    assert failed == (), f"{how}: {failed}"
    whole.equals(made, how)
    again = made.apply(request=request)
    assert is_empty(again.plan), how
    assert (again.done, again.failed) == ((), ()), how
    whole.equals(made, f"{how}, and run again")
    assert not taken(), how


def every_point(writes: int) -> list[Point]:
    """Return every moment of every write."""
    return [(nth, moment) for nth in range(1, writes + 1) for moment in POINTS]
