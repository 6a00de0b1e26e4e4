"""Long and hostile texts merge in bounded time; what didn't change costs nothing."""

from random import Random
from time import process_time

import pytest

from smarketing.kinds import Merge
from smarketing.merging.merge import merge
from smarketing.text.markdown import cut

LONG = "w " * 20_000
HOSTILE = {
    "one long line": "x" * 100_000,
    "many words in a line": LONG,
    "dots": "." * 100_000,
    "blanks": "a" + " " * 100_000 + "b",
    "blank lines": "a" + "\n" * 50_000,
    "deep lists": "".join("  " * depth + "- x\n" for depth in range(400)),
    "deep quotes": ">" * 50_000,
    "pipes": "|" * 50_000,
    "brackets": "[a\n" * 2_000,
    "bullets in a line": "- " * 5_000,
    "marks": "*_`" * 30_000,
    "equal items": "- [ ] x\n" * 2_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_merges_in_bounded_time(text: str) -> None:
    start = process_time()
    merged = merge(Merge.BLOCKS, text, text + " hub", "now\n\n" + text, stands="now")
    kept = f"{merged.value} {[clash.yields for clash in merged.clashes]}"
    assert "hub" in kept
    assert "now" in kept
    assert process_time() - start < 5


def test_twice_the_lines_take_not_much_more_than_twice_the_time() -> None:
    def seconds(lines: int) -> float:
        random = Random(lines)
        base = "".join(f"- [ ] task {at} of {random.random()}\n" for at in range(lines))
        now = base.replace("of", "for", lines // 10)
        start = process_time()
        merge(Merge.BLOCKS, base, base.replace("task 7", "job 7"), now, stands="now")
        return process_time() - start

    seconds(100)
    assert seconds(2_000) < 10 * max(seconds(500), 0.02)


def test_one_sided_changes_are_not_even_read() -> None:
    cut.cache_clear()
    merge(Merge.BLOCKS, "a", "a", "b", stands="now")
    merge(Merge.BLOCKS, "a", "b", "a", stands="now")
    assert cut.cache_info().misses == 0
