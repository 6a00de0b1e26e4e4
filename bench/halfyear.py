"""How long a half year takes: 26 weeks of meetings, with members, outages and reorganisations."""

import time
from collections.abc import Iterator
from pathlib import Path

WEEKS = 26


def table(folder: Path, seeds: int = 1) -> Iterator[str]:
    """Live half years in the tools' stand-ins and in a folder; yield the lines of a table."""
    # The half year holds its promises with assertions: a figure means that they were kept.
    from tests.halfyear.year import lived

    yield f"| {WEEKS} weeks | runs | meetings and edits | words kept | seconds | of these computed |"
    yield "|---|--:|--:|--:|--:|--:|"
    for name, tools in (("Trello and Google", True), ("a folder", False)):
        for seed in range(seeds):
            began, busy = time.perf_counter(), time.process_time()
            year = lived(folder / f"{name}-{seed}", WEEKS, seed, tools)
            took, computed = time.perf_counter() - began, time.process_time() - busy
            edits = year.mix.total() - year.mix["runs"] - year.mix["outages"]
            yield (
                f"| {name} | {year.mix['runs']} | {edits} | {len(year.tokens)} | "
                f"{took:.0f} | {computed:.0f} |"
            )
