"""Performing steps: journal, graph, limits, threads. Threads only perform; one decides."""

from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace

from smarketing.contract import BUILD, Failed, Integration, Later, Outcome, Step
from smarketing.plan import NOT_TRIED
from smarketing.state.pace import Clock, Pace

BUSY = float("inf")
"""A delay that ends when another step lands."""

MOST_AT_ONCE = 16
"""How many calls may be under way at once, to all tools together."""

PATIENCE = 600.0
"""Seconds that a tool may ask us to wait for one step before the step counts as failed."""


@dataclass(slots=True)
class Performer:
    """Runs steps in the order their needs allow, stage by stage.

    `begin` is called before a step is performed, and returns it with all that is known by now;
    `paces` remember, by integration, what earlier runs of this process drew from the limits.
    `end` is called with its outcomes. Both run on the coordinating thread. With `workers` 0
    everything happens on that thread.
    """

    integrations: Mapping[str, Integration]
    ids: dict[str, str]
    clock: Clock
    begin: Callable[[Step], Step]
    end: Callable[[Step, Sequence[Outcome]], bool]
    workers: int = 4
    paces: dict[str, Pace] = field(default_factory=dict)
    _waited: dict[str, float] = field(default_factory=dict)

    @property
    def was_put_off(self) -> bool:
        """Whether a tool asked to wait, so that something was asked more than once."""
        return bool(self._waited)

    def run(self, steps: Sequence[Step]) -> None:
        """Perform every step that can be; a failed one fails only what needs it.

        What comes after the building waits until all is built.
        """
        built = True
        for stage in sorted({step.stage for step in steps}):
            batch = [step for step in steps if step.stage == stage]
            if not built:
                self._pass_over(batch)
                continue
            well = self._run_stage(_Queue(batch))
            built = well or stage != BUILD

    def _run_stage(self, queue: "_Queue") -> bool:
        aloft: list[Step] = []
        try:
            return self._run_queue(queue, aloft)
        finally:
            # A run that is broken off must not keep later ones of this process waiting.
            for step in aloft:
                self._pace(step).land(step.draws)

    def _run_queue(self, queue: "_Queue", aloft: list[Step]) -> bool:
        flying: dict[Future[Sequence[Outcome]], Step] = {}
        well = True
        with _pool(self.workers and self._at_once()) as perform:
            while True:
                delays = []
                for line in queue.free.values():
                    while line and (delay := self._delay(line[0], flying.values())) <= 0:
                        step = self.begin(line.popleft())
                        self._pace(step).start(step.draws, self.clock.now())
                        aloft.append(step)
                        flying[perform(self._perform, step)] = step
                    delays += [delay] if line else []
                soon = min((each for each in delays if each < BUSY), default=None)
                if not flying:
                    if soon is None:
                        break
                    self.clock.sleep(soon)
                    continue
                landed, _ = wait(flying, timeout=soon, return_when=FIRST_COMPLETED)
                for future in [each for each in flying if each in landed]:
                    step = flying.pop(future)
                    aloft.remove(step)
                    self._pace(step).land(step.draws)
                    if self.end(step, future.result()):
                        queue.done(step)
                    else:
                        well = False
                        self._pass_over(queue.without(step))
        stuck = queue.left()
        self._pass_over(stuck)
        return well and not stuck

    def _perform(self, step: Step) -> Sequence[Outcome]:
        """Perform a step, and what of it the tool wants to have later once more: nothing twice."""
        outcomes: list[Outcome] = [Later(0.0)] * len(step.changes)
        while later := [n for n, outcome in enumerate(outcomes) if isinstance(outcome, Later)]:
            rest = replace(step, changes=tuple(step.changes[n] for n in later))
            came = self.integrations[step.integration].perform(rest, self.ids)
            for number, outcome in zip(later, came, strict=True):
                outcomes[number] = outcome
            if not (asked := [each.after for each in came if isinstance(each, Later)]):
                break
            waited = self._waited.get(step.key, 0.0) + max(asked)
            self._waited[step.key] = waited
            if waited > PATIENCE:
                failed = Failed("the tool keeps asking us to wait: run again later")
                return [failed if isinstance(each, Later) else each for each in outcomes]
            self.clock.sleep(max(asked))
        return outcomes

    def _delay(self, step: Step, flying: Collection[Step]) -> float:
        """Return the seconds until this step may start; BUSY if another has to land first."""
        pace = self._pace(step)
        at_once = self.integrations[step.integration].manifest.workers
        if sum(other.integration == step.integration for other in flying) >= at_once:
            return BUSY
        if pace.is_full(step.draws):
            return BUSY
        return pace.wait(step.draws, self.clock.now())

    def _at_once(self) -> int:
        return min(MOST_AT_ONCE, sum(each.manifest.workers for each in self.integrations.values()))

    def _pace(self, step: Step) -> Pace:
        name = step.integration
        if name not in self.paces:
            self.paces[name] = Pace(self.integrations[name].manifest.limits)
        return self.paces[name]

    def _pass_over(self, steps: Sequence[Step]) -> None:
        for step in steps:
            self.end(step, [Failed(NOT_TRIED)] * len(step.changes))


class _Queue:
    """The steps of a stage: those that can start, by integration, and those that must wait."""

    def __init__(self, batch: Sequence[Step]) -> None:
        self._steps = {step.key: step for step in batch}
        keys = frozenset(self._steps)
        self._unmet = {step.key: len(step.needs & keys) for step in batch}
        self._after: dict[str, list[Step]] = {}
        self.free: dict[str, deque[Step]] = {}
        for step in batch:
            for key in step.needs & keys:
                self._after.setdefault(key, []).append(step)
            if not self._unmet[step.key]:
                self._release(step)

    def done(self, step: Step) -> None:
        """Let go what waited for this step alone."""
        for after in self._after.get(step.key, ()):
            self._unmet[after.key] -= 1
            if not self._unmet[after.key] and after.key in self._steps:
                self._release(after)

    def without(self, step: Step) -> list[Step]:
        """Take out and return everything that needs this step, directly or not."""
        out: list[Step] = []
        for after in self._after.get(step.key, ()):
            if self._steps.pop(after.key, None):
                out += [after, *self.without(after)]
        return out

    def left(self) -> list[Step]:
        """Return the steps that wait for each other, or for no one, and can never start."""
        waiting = [step for line in self.free.values() for step in line]
        return [*self._steps.values(), *waiting]

    def _release(self, step: Step) -> None:
        del self._steps[step.key]
        self.free.setdefault(step.integration, deque()).append(step)


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
