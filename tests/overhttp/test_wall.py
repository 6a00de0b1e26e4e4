"""How long the first apply of W1 takes where each reply takes a tenth of a second.

The clock stands still but for replies and waits. On such a clock the replies of several workers would
add up all the same, so one after the other is the slowest that workers could be; `bench/` measures
the real thing.
"""

from collections import Counter
from pathlib import Path

import pytest

from bench import wall
from bench.world import TOO_FAST
from smarketing.standin import Answer, Asked

from .w1 import large

MOST = 1.2
"""How many times as long as Trello's limit allows."""


@pytest.mark.slow
def test_a_first_apply_takes_little_longer_than_the_limits_allow(tmp_path: Path) -> None:
    made = large(tmp_path)
    box, clock = made.vendors.sandbox, made.vendors.clock
    answers: Counter[tuple[str, int]] = Counter()
    validating = box.heard

    def hear(vendor: str, asked: Asked, answer: Answer) -> None:
        if validating:
            validating(vendor, asked, answer)
        answers[vendor, answer.status] += 1

    box.heard, box.latency = hear, wall.LATENCY
    begun = clock.now()
    assert made.company.apply(made.config).failed == ()
    took = clock.now() - begun
    calls = sum(count for (vendor, _), count in answers.items() if vendor == "trello")
    assert took >= wall.LATENCY * answers.total(), "no reply came at once"
    assert took <= MOST * wall.allowed(calls)
    assert not [status for _, status in answers if status in TOO_FAST]
