"""A status in the terms of each place: lists, words, choices and ticks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smarketing.sync.statuses import Spoken, Status, parted, vocabulary, with_tick

from .desk import DOING, DONE, SPOKEN, WEEK
from .places import BOARD, NOTES, STATUSES, TABLE

KEYS = st.sampled_from([status.key for status in STATUSES.statuses])


@pytest.mark.parametrize("word", ["Done", "done", " FINISHED ", "finished"])
def test_a_status_is_known_by_its_title_key_and_words_however_they_are_written(word: str) -> None:
    assert STATUSES.status_of(word) == "done"


def test_a_word_that_nobody_knows_is_a_status_by_its_own_name() -> None:
    assert STATUSES.status_of("Some  day") == "=Some day"
    assert STATUSES.word_of("=Some day") == "Some day"


@given(KEYS)
def test_what_a_place_shows_for_a_status_means_that_status(key: str) -> None:
    for place in (BOARD, TABLE):
        spoken = SPOKEN[place]
        assert spoken.as_hub(spoken.render(key), None, "") == key


@given(st.text().map(str.strip), st.booleans())
def test_word_and_tick_come_apart_as_they_were_put_together(word: str, ticked: bool) -> None:
    if not word.startswith("["):
        assert parted(with_tick(word, ticked)) == (word, ticked)


def test_what_a_place_cannot_show_is_left_alone() -> None:
    assert SPOKEN[BOARD].render("=Nowhere") is None
    assert SPOKEN[NOTES].render("=Nowhere") == "[ ]"
    assert SPOKEN[TABLE].render("=Nowhere") == "Nowhere"


def test_of_two_lists_for_one_status_the_one_that_a_member_chose_stays() -> None:
    spoken = Spoken(STATUSES, {WEEK: "week", "@this": "week", DONE: "done"})
    assert spoken.render("week", "@this") == "@this"
    assert spoken.render("week", DONE) == WEEK


def test_where_word_and_tick_differ_that_which_changed_decides() -> None:
    spoken = Spoken(STATUSES, {WEEK: "week", DOING: "doing", DONE: "done"}, ticks=True)
    assert spoken.as_hub(f"[x] {WEEK}", f"[ ] {WEEK}", "week") == "done"
    assert spoken.as_hub(f"[x] {DOING}", f"[x] {DONE}", "week") == "doing"
    assert spoken.as_hub(f"[ ] {DONE}", f"[x] {DONE}", "doing") == "doing"
    assert spoken.as_hub(f"[x] {WEEK}", None, "") == "week"


def test_a_ticked_card_moves_to_the_done_list_but_not_out_of_a_list_that_a_member_made() -> None:
    shows = {WEEK: "week", DONE: "done", "@ideas": "=Ideas"}
    spoken = Spoken(STATUSES, shows, ticks=True)
    assert spoken.is_torn(f"[x] {WEEK}", "done")
    assert not spoken.is_torn("[x] @ideas", "done")
    assert not spoken.is_torn(f"[x] {DONE}", "done")


def test_a_new_thing_stands_in_the_first_list_where_there_is_none_for_its_status() -> None:
    assert SPOKEN[BOARD].at_birth("=Nowhere") == WEEK


def test_the_lists_of_boards_and_the_choices_of_columns_are_statuses_too() -> None:
    words = vocabulary(
        [Status("week", "week", ("to do",)), Status("done", "done", ticked=True)],
        [("week", "This week"), ("next", "Next"), ("todo", "To do")],
        ["done", "Parked"],
    )
    assert [status.key for status in words.statuses] == ["week", "done", "next", "=Parked"]
    assert words.word_of("week") == "This week"
    assert words.status_of("parked") == "=Parked"
    assert (words.first, words.ticked) == ("week", "done")
