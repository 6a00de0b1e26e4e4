"""No word of a member is lost on Trello or Google, nothing is made twice, and every trouble ends.

On Trello the name of a label or checklist item has no log, and with the switch trello-no-data-old
a card has none; on Google the cells of a sheet and the titles of files have no version. There a
word that a member writes into the very field that we write, between our look and our write, may be
lost. The lives count such losses as `lost in the window`, and forgive no other.
"""

import sys
from collections.abc import Iterator

import pytest

from tests.manylives import Lived
from tests.planting import Bug, planted
from tests.vendors.heard import heard

from .bugs import BUGS
from .life import Life
from .many import LIVES, chances, live, live_many

LIVES_PER_SHARD = {"trello": 125, "google": 125}
SHARDS = 4
BUGGY = {"trello": 250, "google": 150}
RARE = 50
"""One in so many lives at least sees each edit of members."""

EACH = [(place, one) for place in sorted(LIVES) for one in sorted(LIVES[place].switches_there_are)]


def assert_lively(place: str, lived: Lived) -> None:
    """Hold that there were enough crashes, conflicts and edits of each kind."""
    assert lived.steps / lived.lives >= 20
    for what in ("crash", "conflict", "member in the gap"):
        assert lived.seen[what] >= lived.lives / 10, what
    for edit in sorted(set(LIVES[place].edits)):
        seen = lived.seen[f"member {edit}"]
        assert seen >= lived.lives / RARE, f"{edit} happened in {seen} of {lived.lives} lives"
    assert lived.seen["lost in the window"] <= lived.lives / 10


@pytest.mark.slow
@pytest.mark.parametrize("shard", range(SHARDS))
@pytest.mark.parametrize("place", sorted(LIVES))
def test_no_word_is_lost_in_any_life_at_a_vendor(
    place: str, shard: int, capsys: pytest.CaptureFixture[str]
) -> None:
    lived = live_many(place, shard, LIVES_PER_SHARD[place], heard)
    with capsys.disabled():
        sys.stdout.write(f"\n{place}, shard {shard}: {lived.told()}\n")
    assert not lived.wrong
    assert_lively(place, lived)


def some(place: str, count: int, switches: frozenset[str]) -> Iterator[Life]:
    """Live some lives, each request and reply held to the vendor's description."""
    return (live(place, data, switches, heard) for data in chances(5, count))


@pytest.mark.parametrize("place", sorted(LIVES))
def test_no_word_is_lost_in_a_few_lives_as_the_vendor_describes_itself(place: str) -> None:
    assert all(life.steps >= 20 for life in some(place, 4, frozenset()))


@pytest.mark.parametrize("place", sorted(LIVES))
def test_no_word_is_lost_where_all_is_otherwise(place: str) -> None:
    assert all(life.steps >= 20 for life in some(place, 4, LIVES[place].switches_there_are))


@pytest.mark.parametrize(("place", "switch"), EACH, ids=[one for _, one in EACH])
def test_no_word_is_lost_whichever_is_otherwise(place: str, switch: str) -> None:
    assert all(life.steps >= 20 for life in some(place, 2, frozenset({switch})))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "bug"),
    [(place, bug) for place in sorted(BUGS) for bug in BUGS[place]],
    ids=lambda one: getattr(one, "__name__", one),
)
def test_a_planted_bug_is_found(place: str, bug: Bug) -> None:
    with planted(bug):
        for data in chances(7, BUGGY[place]):
            try:
                live(place, data)
            except AssertionError:
                return
    pytest.fail(f"{BUGGY[place]} lives did not notice: {bug.__doc__}")
