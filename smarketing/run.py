"""Performing steps: journal, graph, limits, threads. Threads only perform; one decides."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from smarketing.contract import Failed, Integration, Later, Outcome, Step
from smarketing.pace import Clock, Pace

PATIENCE = 600.0
"""Seconds that a tool may ask us to wait for one step before the step counts as failed."""

_ASIDE = "was not tried, because what it needs failed"


@dataclass(slots=True)
class Performer:
    """Runs steps in the order their needs allow, stage by stage.

    `begin` is called before a step is performed, `end` with its outcomes; both on the
    coordinating thread. With `workers` 0 everything happens on that thread.
    """

    integrations: Mapping[str, Integration]
    ids: dict[str, str]
    clock: Clock
    begin: Callable[[Step], None]
    end: Callable[[Step, Sequence[Outcome]], bool]
    workers: int = 4
    _waited: dict[str, float] = field(default_factory=dict)
    _paces: dict[str, Pace] = field(default_factory=dict)

    def run(self, steps: Sequence[Step]) -> None:
        """Perform every step that can be; a failed one fails only what needs it."""
        done: set[str] = set()
        failed: set[str] = set()
        for stage in sorted({step.stage for step in steps}):
            batch = [step for step in steps if step.stage == stage]
            if failed and stage > min(step.stage for step in steps):
                self._pass_over(batch)
                failed.update(step.key for step in batch)
                continue
            self._run_stage(batch, done, failed)

    def _run_stage(self, batch: list[Step], done: set[str], failed: set[str]) -> None:
        known = {step.key for step in batch}
        waiting = {step.key: step for step in batch}
        with _pool(self.workers) as perform:
            flying: dict[Future[Sequence[Outcome]], Step] = {}
            while waiting or flying:
                for step in self._blocked(waiting, failed):
                    del waiting[step.key]
                    failed.add(step.key)
                    self._pass_over([step])
                for step in self._ready(waiting, done, known):
                    if not self._may_start(step, list(flying.values())):
                        continue
                    del waiting[step.key]
                    self.begin(step)
                    flying[perform(self._perform, step)] = step
                if not flying:
                    if waiting and not self._ready(waiting, done, known):
                        self._pass_over(list(waiting.values()))
                        failed.update(waiting)
                        return
                    continue
                landed, _ = wait(flying, return_when=FIRST_COMPLETED)
                for future in [each for each in flying if each in landed]:
                    step = flying.pop(future)
                    self._pace(step).land(step.draws)
                    (done if self.end(step, future.result()) else failed).add(step.key)

    def _perform(self, step: Step) -> Sequence[Outcome]:
        while True:
            outcomes = self.integrations[step.integration].perform(step, self.ids)
            later = [o.after for o in outcomes if isinstance(o, Later)]
            if not later:
                return outcomes
            waited = self._waited.get(step.key, 0.0) + max(later)
            self._waited[step.key] = waited
            if waited > PATIENCE:
                error = "the tool keeps asking us to wait: run again later"
                return [Failed(error)] * len(step.changes)
            self.clock.sleep(max(later))

    def _may_start(self, step: Step, flying: Sequence[Step]) -> bool:
        pace = self._pace(step)
        at_once = self.integrations[step.integration].manifest.workers
        if sum(other.integration == step.integration for other in flying) >= at_once:
            return False
        if pace.is_full(step.draws):
            return False
        seconds = pace.wait(step.draws, self.clock.now())
        if seconds > 0 and flying:
            return False
        if seconds > 0:
            self.clock.sleep(seconds)
        pace.start(step.draws, self.clock.now())
        return True

    def _pace(self, step: Step) -> Pace:
        name = step.integration
        if name not in self._paces:
            self._paces[name] = Pace(self.integrations[name].manifest.limits)
        return self._paces[name]

    @staticmethod
    def _blocked(waiting: Mapping[str, Step], failed: set[str]) -> list[Step]:
        return [step for step in waiting.values() if step.needs & failed] if failed else []

    @staticmethod
    def _ready(waiting: Mapping[str, Step], done: set[str], known: set[str]) -> list[Step]:
        return [s for s in waiting.values() if all(n in done or n not in known for n in s.needs)]

    def _pass_over(self, steps: Sequence[Step]) -> None:
        for step in steps:
            self.end(step, [Failed(_ASIDE)] * len(step.changes))


class _pool:  # noqa: N801 - reads as a word in the `with`
    """Submit to threads, or perform at once where no thread is wanted."""

    def __init__(self, workers: int) -> None:
        self._threads = ThreadPoolExecutor(workers) if workers else None

    def __enter__(self) -> Callable[..., Future[Sequence[Outcome]]]:
        return self._threads.submit if self._threads else _now

    def __exit__(self, *_: object) -> None:
        if self._threads:
            self._threads.shutdown(wait=True)


def _now(work: Callable[[Step], Sequence[Outcome]], step: Step) -> Future[Sequence[Outcome]]:
    future: Future[Sequence[Outcome]] = Future()
    future.set_result(work(step))
    return future
