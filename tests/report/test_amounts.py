"""Amounts are read as people write them, and not at all where they could mean two things."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smarketing.text.amounts import Amount, read_amount


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("58 %", 58, "%"),
        ("58%", 58, "%"),
        ("58 percent", 58, "%"),
        ("58\u00a0%.", 58, "%"),
        ("-5 %", -5, "%"),
        ("7 of 10", 70, "%"),
        ("7 out of 10 leads", 70, "%"),
        ("£12,000", 12_000, "£"),
        ("12 000 €", 12_000, "€"),
        ("EUR 12.345.678,50", 12_345_678.5, "€"),
        ("£1.2m", 1_200_000, "£"),
        ("USD 5 million", 5_000_000, "USD"),
        ("CHF 1’200.50", 1200.5, "CHF"),
        ("-£5", -5, "£"),
        ("12k", 12_000, ""),
        ("1,234.50", 1234.5, ""),
        ("1.5 days", 1.5, "day"),
        ("1,5 days", 1.5, "day"),
        ("90 minutes", 90, "minute"),
        ("1.5 hours", 90, "minute"),
        ("4 working days", 4, "working day"),
        ("12 leads", 12, "lead"),
        ("5 leads/week", 5, "leads / week"),
        ("about 12", 12, ""),
        ("0", 0, ""),
        ("5 x", 5, "x"),
    ],
)
def test_an_amount_has_a_number_and_a_unit(text: str, number: float, unit: str) -> None:
    found = read_amount(text)
    assert found is not None
    assert found.number == pytest.approx(number)
    assert found.unit == unit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("58 % (31 of 53)", Amount("58 %", 58, "%")),
        ("58 % of handed-over leads", Amount("58 %", 58, "%")),
        ("58 % of leads last week", Amount("58 %", 58, "%")),
        ("58 %, last week 51 %", Amount("58 %", 58, "%")),
        ("58 % – source: tracker", Amount("58 %", 58, "%")),
        ("80 % by 31 Mar", Amount("80 %", 80, "%")),
        ("0, every Monday", Amount("0", 0, "")),
        ("4 of 5; always 5 of 5 means too little", Amount("4 of 5", 80, "%")),
        ("12 leads in 2026", Amount("12 leads", 12, "lead")),
        ("7 on 14 Dec", Amount("7", 7, "")),
    ],
)
def test_a_remark_behind_an_amount_is_left_out(text: str, expected: Amount) -> None:
    assert read_amount(text) == expected


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("at least 80 %", "least"),
        ("More than 80 %", "over"),
        ("≥ 80 %", "least"),
        (">=80 %", "least"),
        ("at most 2 days", "most"),
        ("< 2 days", "under"),
        ("<= 2 days", "most"),
        ("max. 5 days", "most"),
        ("2 days", ""),
    ],
)
def test_words_before_an_amount_say_which_way_is_better(text: str, bound: str) -> None:
    found = read_amount(text)
    assert found is not None
    assert found.bound == bound


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Not measured yet",
        "[to agree: which share?, Ana, Friday]",
        "Set after two weeks",
        "+15 %",  # of what?
        "58 % of 80 %",
        "50 % of the first month's count",
        "50 % of the baseline",
        "5 % points",
        "5 % more",
        "5 of 10 %",
        "5-7 days",
        "5 to 7 days",
        "1 day 4 hours",
        "14 Dec",
        "14 Dec 2026",
        "31.12.2026",
        "2026-12-31",
        "2 of 3 Dec",
        "10:00",
        "3rd",
        "3 in 10",
        "7 on 10",
        "1/2",
        "½",
        "1.500 €",  # one and a half, or fifteen hundred
        "0,500",
        "12, 000",
        "1, 5",
        "1 2 3",
        "1,2,3",
        "1.2.3",
        "5m",  # metres, minutes, million
        "£5 €",
        "5 €/lead",
        "12 apples, 3 pears",
        "2 of 0",
        "1e9",
        "0x10",
        "nan",
        "inf",
        "٣",
        "9" * 30,
        "9 " * 100,
    ],
)
def test_what_could_mean_two_things_is_not_read(text: str) -> None:
    assert read_amount(text) is None


@given(st.text(max_size=60))
def test_any_text_can_be_looked_at(text: str) -> None:
    found = read_amount(text)
    assert found is None or found.text in " ".join(text.split())


@given(st.text(alphabet="0159.,' %£€kmof-–/()<", max_size=24))
def test_whatever_is_read_begins_as_the_cell_does_and_is_a_number(text: str) -> None:
    found = read_amount(text)
    if found is not None:
        assert " ".join(text.split()).startswith(found.text)
        assert abs(found.number) < 1e26


def test_a_hostile_cell_is_read_in_no_time() -> None:
    assert read_amount("1" + " of" * 50_000) is None
    assert read_amount("1," * 50_000) is None
