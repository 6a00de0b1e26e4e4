"""A chart of a goal is never wrong: what its cells don't say for certain stays words."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smarketing.startpage.goalchart import Goal, drawn, progress, told

SHARES = st.integers(0, 1000)


def goal(baseline: str, now: str, target: str) -> Goal:
    return Goal("Leads answered", baseline, now, target)


@pytest.mark.parametrize(
    ("cells", "share", "said"),
    [
        (("41 %", "58 %", "80 %"), 17 / 39, "58 % of 80 %, started at 41 %: 43 % of the way"),
        (("41 %", "58 % (31 of 53)", "80 % by 31 Mar"), 17 / 39, "58 % of 80 %, started at 41 %: 43 % of the way"),
        (("4 of 10", "7 of 10", "70 %"), 1, "7 of 10, target 70 %, started at 4 of 10: met"),
        (("£10,000", "£11.5k", "£12,000"), 0.75, "£11.5k of £12,000, started at £10,000: 75 % of the way"),
        (("5 days", "3 days", "1 day"), 0.5, "3 days, down to 1 day, started at 5 days: 50 % of the way"),
        (("2 hours", "90 min", "at most 1 h"), 0.5, "90 min, down to at most 1 h, started at 2 hours: 50 % of the way"),
        (("23", "31", "0"), -8 / 23, "31, down to 0, started at 23: further away than at the start"),
        (("0", "7 of 10", "4 of 5"), 0.875, "7 of 10, target 4 of 5, started at 0: 87 % of the way"),
        (("4 days", "1 day", "0"), 0.75, "1 day, down to 0, started at 4 days: 75 % of the way"),
        (("0", "0", "12"), 0, "0 of 12, started at 0: 0 % of the way"),
        (("0", "999", "1000"), 0.999, "999 of 1000, started at 0: 99 % of the way"),
        (("100", "180", "150"), 1.6, "180 of 150, started at 100: met"),
    ],
)  # fmt: skip
def test_a_goal_in_numbers_has_a_share_and_a_sentence(
    cells: tuple[str, str, str], share: float, said: str
) -> None:
    found = progress(goal(*cells))
    assert found is not None
    assert found.share == pytest.approx(share)
    assert told(goal(*cells)) == said


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("", "", ""), "Not measured yet"),
        (("", "58 %", "80 %"), "58 %, target: 80 %"),
        (("Not measured yet: week 1", "58 %", "80 %"), "58 %, target: 80 %"),
        (("41 %", "", "80 %"), "Not measured yet, target: 80 %, start: 41 %"),
        (("41 %", "Not measured yet.", "80 %"), "Not measured yet, target: 80 %, start: 41 %"),
        (
            ("", "12", "[to agree: which share?, head of sales, Friday]"),
            "12, target: still to agree",
        ),
        (("41 %", "58", "80 %"), "58, target: 80 %, start: 41 %"),  # 58 of what?
        (("1 day", "30 hours", "12 hours"), "30 hours, target: 12 hours, start: 1 day"),
        (("£1", "€2", "£3"), "€2, target: £3, start: £1"),
        (("80 %", "82 %", "80 %"), "82 %, target: 80 %, start: 80 %"),  # no way to go
        (("20", "25", "at most 30"), "25, target: at most 30, start: 20"),  # it may rise
        (("5 days", "2 days", "< 2 days"), "2 days, target: < 2 days, start: 5 days"),  # not yet
        (("41 %", "over 50 %", "80 %"), "Over 50 %, target: 80 %, start: 41 %"),
        (("£1.2m", "£1.3m", "+15 %"), "£1.3m, target: +15 %, start: £1.2m"),
        (("last year", "*better*", "good"), "Better, target: good, start: last year"),
    ],
)
def test_what_is_no_number_is_shown_as_its_words(cells: tuple[str, str, str], said: str) -> None:
    assert progress(goal(*cells)) is None
    assert told(goal(*cells)) == said


def boxes(svg: str) -> dict[str, tuple[float, float]]:
    """Return where each bar begins and how wide it is, of 100."""
    found = re.findall(r'class="(\w+)" x="([\d.]+)" y="5" width="([\d.]+)"', svg)
    return {name: (float(x), float(width)) for name, x, width in found}


def drawing(baseline: str, now: str, target: str) -> str:
    found = progress(goal(baseline, now, target))
    assert found is not None
    return drawn(found)


def test_the_bar_goes_from_the_start_to_where_the_goal_is_now() -> None:
    assert boxes(drawing("0", "30", "100")) == {"way": (0, 100), "gained": (0, 30)}
    assert boxes(drawing("100", "70", "0")) == {"way": (0, 100), "gained": (0, 30)}


def test_what_goes_beyond_the_target_or_back_behind_the_start_is_drawn_to_scale() -> None:
    beyond = drawing("0", "200", "100")
    assert boxes(beyond) == {"way": (0, 50), "gained": (0, 100)}
    assert 'd="M0.0 3V13M50.0 0V16"' in beyond
    back = drawing("100", "200", "0")
    assert boxes(back) == {"way": (50, 50), "lost": (0, 50)}
    assert 'd="M50.0 3V13M100.0 0V16"' in back


def test_a_chart_is_labelled_and_holds_nothing_alive() -> None:
    svg = drawing("41 %", "58 %", "at least 80 %")
    assert 'aria-label="Chart: 43 % of the way, from 41 % to at least 80 %"' in svg
    assert "&gt; 80 %" in drawing("41 %", "58 %", "> 80 %")
    assert not re.search(r"style=|on\w+=|href", svg)


@given(SHARES, SHARES, SHARES)
def test_every_chart_fits_its_frame_and_says_met_only_at_the_target(
    baseline: int, now: int, target: int
) -> None:
    found = progress(goal(f"{baseline} %", f"{now} %", f"{target} %"))
    if baseline == target:
        assert found is None
        return
    assert found is not None
    for left, width in boxes(drawn(found)).values():
        assert left >= 0
        assert left + width <= 100.01
    is_there = now >= target if target > baseline else now <= target
    assert (found.verdict == "met") is is_there
    assert "100 %" not in found.verdict


@given(st.tuples(*[st.text(alphabet="019.,% £kmof-<", max_size=10)] * 3))
def test_any_cells_can_be_told(cells: tuple[str, str, str]) -> None:
    assert told(goal(*cells))
    if found := progress(goal(*cells)):
        assert len(boxes(drawn(found))) == 2


def test_more_done_is_never_drawn_shorter() -> None:
    bars = [boxes(drawing("0", str(now), "50"))["gained"][1] for now in range(51)]
    assert all(one < other for one, other in pairwise(bars))
