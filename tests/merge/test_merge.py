"""What comes together, what clashes, and what stands, value by value."""

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smarketing.kinds import Merge, Value
from smarketing.merging.merge import Clash, Merged, distance, merge


def blocks(base: str, hub: str, now: str, stands: Literal["hub", "now"] = "now") -> Merged:
    return merge(Merge.BLOCKS, base, hub, now, stands=stands)


@pytest.mark.parametrize(("stands", "value", "yields"), [("hub", 2, "3"), ("now", 3, "2")])
def test_two_values_of_a_scalar_clash(
    stands: Literal["hub", "now"], value: Value, yields: str
) -> None:
    merged = merge(Merge.SCALAR, 1, 2, 3, stands=stands)
    assert merged == Merged(value, (Clash("1", str(value), yields),))


def test_true_is_not_one() -> None:
    assert merge(Merge.SCALAR, 1, 1, True, stands="hub").value is True


def test_a_cleared_scalar_stays_cleared() -> None:
    assert merge(Merge.SCALAR, "a", "a", None, stands="hub") == Merged(None)


def test_sets_merge_by_element() -> None:
    base, hub, now = frozenset("abc"), frozenset("bcd"), frozenset("abe")
    assert merge(Merge.SET, base, hub, now, stands="now") == Merged(frozenset("bde"))


def test_maps_merge_by_key_and_cleared_is_not_absent() -> None:
    base = {"a": "1", "b": "1", "c": "1"}
    merged = merge(
        Merge.MAP, base, {"a": "", "b": "1"}, {"a": "1", "b": "2", "c": "1"}, stands="now"
    )
    assert merged == Merged({"a": "", "b": "2"})


def test_an_edited_key_stays_against_its_removal() -> None:
    merged = merge(Merge.MAP, {"a": "1"}, {}, {"a": "2"}, stands="hub")
    assert merged == Merged({"a": "2"}, (Clash("1", "2", ""),))


def test_two_sentences_of_one_paragraph_merge() -> None:
    base = "Leads come in. We call them.\nThen we write.\n"
    merged = blocks(base, base.replace("call", "phone"), base.replace("Then", "Later"))
    assert merged == Merged("Leads come in. We phone them.\nLater we write.\n")


@pytest.mark.parametrize("stands", ["hub", "now"])
def test_two_rewrites_of_one_sentence_clash(stands: Literal["hub", "now"]) -> None:
    hub, now = "We call them on Monday.", "We call them on Friday."
    merged = blocks("We call them.\n", hub + "\n", now + "\n", stands)
    here, lost = (hub, now) if stands == "hub" else (now, hub)
    assert merged == Merged(here + "\n", (Clash("We call them.", here, lost, here),))


def test_a_new_company_name_reaches_a_sentence_that_a_member_rewrote() -> None:
    merged = merge(
        Merge.BLOCKS,
        "Welcome to Acme.\n",
        "Welcome to Zorg.\n",
        "A hearty welcome to Acme, all of you.\n",
        stands="now",
        inputs={"Acme": "Zorg"},
    )
    assert merged == Merged("A hearty welcome to Zorg, all of you.\n")


def test_a_new_name_leaves_longer_words_alone() -> None:
    merged = merge(
        Merge.TEXT, "Ask Al.", "Ask Bo.", "Ask Al or Alma.", stands="now", inputs={"Al": "Bo"}
    )
    assert merged.value == "Ask Bo or Alma."


def test_a_name_that_a_member_replaced_too_is_a_clash() -> None:
    merged = merge(
        Merge.TEXT, "Ask Al.", "Ask Bo.", "Ask Cy now.", stands="now", inputs={"Al": "Bo"}
    )
    assert merged == Merged("Ask Cy now.", (Clash("Ask Al.", "Ask Cy now.", "Ask Bo."),))


def test_a_tick_and_a_new_text_of_one_check_come_together() -> None:
    merged = blocks(
        "- [ ] call Olga\n- [ ] b\n",
        "- [ ] call Olga twice\n- [ ] b\n",
        "- [x] call Olga\n- [x] b\n",
    )
    assert merged == Merged("- [x] call Olga twice\n- [x] b\n")


def test_both_append_to_a_list_and_both_stay() -> None:
    merged = blocks("- a\n\nEnd.\n", "- a\n- hub\n\nEnd.\n", "- a\n- now\n\nEnd.\n")
    assert merged == Merged("- a\n- now\n- hub\n\nEnd.\n")


def test_the_same_insertion_of_both_sides_stays_once() -> None:
    merged = blocks("A.\n", "A.\n\nNew.\n", "A.\n\nNew.\n\nMore.\n")
    assert merged == Merged("A.\n\nNew.\n\nMore.\n")


def test_an_item_of_the_hub_stays_in_its_list_below_a_members_new_section() -> None:
    merged = blocks("- a\n", "- a\n- hub\n", "- a\n\n## New\n\nText.\n")
    assert merged == Merged("- a\n- hub\n\n## New\n\nText.\n")


def test_an_edited_block_stays_against_its_deletion() -> None:
    merged = blocks("A b.\n\nC d.\n", "A b.\n", "A b.\n\nC d e.\n")
    assert merged == Merged("A b.\n\nC d e.\n", (Clash("C d.", "C d e.", "", "C d e."),))


def test_a_tick_keeps_an_item_and_the_item_it_lies_in() -> None:
    base = "- plan\n  - [ ] call\n- rest\n"
    merged = blocks(base, "- rest\n", base.replace("[ ]", "[x]"))
    assert merged.value == "- plan\n  - [x] call\n- rest\n"
    assert [clash.yields for clash in merged.clashes] == [""]


def test_a_block_moved_by_one_side_keeps_the_edit_of_the_other() -> None:
    first, second, third = "One two three four.\n", "Five six seven eight.\n", "Nine ten.\n"
    merged = blocks(
        f"{first}\n{second}\n{third}",
        "\n".join((first, second.replace("seven", "sieben"), third)),
        f"{third}\n{second}\n{first}",
    )
    assert merged.value == "\n".join((third, second.replace("seven", "sieben"), first))


def test_tables_merge_by_row_by_column_and_by_cell() -> None:
    base = "| who | what |\n|---|---|\n| Al | x |\n| Bo | y |\n"
    hub = "| who | what | when |\n|---|---|---|\n| Al | x | Mon |\n| Bo | y | Tue |\n"
    now = "| who | what |\n|---|---|\n| Al | xx |\n| Bo | y |\n| Cy | z |\n"
    assert blocks(base, hub, now).value == (
        "| who | what | when |\n|---|---|---|\n| Al | xx | Mon |\n| Bo | y | Tue |\n| Cy | z |  |\n"
    )


def test_two_values_of_one_cell_clash_under_the_table() -> None:
    base = "| a | b |\n|---|---|\n| k | 1 |\n"
    now = base.replace("1", "3")
    merged = blocks(base, base.replace("1", "2"), now)
    assert merged == Merged(now, (Clash("1", "3", "2", now.rstrip()),))


def test_code_is_never_taken_apart() -> None:
    merged = blocks("```\na\nb\n```\n", "```\nA\nb\n```\n", "```\na\nB\n```\n")
    assert merged.value == "```\na\nB\n```\n"
    assert merged.clashes[0].yields == "```\nA\nb\n```"


def test_line_ends_of_the_members_place_are_kept() -> None:
    merged = blocks("A.\n\nB.\n", "A.\n\nB c.\n", "A x.\r\n\r\nB.\r\n")
    assert merged == Merged("A x.\r\n\r\nB c.\r\n")


def test_a_missing_final_line_end_never_melts_two_paragraphs() -> None:
    assert blocks("A.", "A.\n\nHub.", "A.\n\nNow.").value == "A.\n\nNow.\n\nHub."


def test_a_cleared_document_takes_only_what_the_other_side_wrote() -> None:
    assert blocks("A.\n\nB.\n", "A.\n\nB.\n\nC.\n", "").value == "C.\n"


def test_distance_grows_from_equal_to_nothing_in_common() -> None:
    for kind, a, near, far in (
        (Merge.TEXT, "One two. Three four.", "One two. Three five.", "Six."),
        (Merge.BLOCKS, "# A\n\nOne two.\n", "# A\n\nOne three.\n", "Six.\n"),
        (Merge.SET, frozenset("abc"), frozenset("abd"), frozenset("xyz")),
        (Merge.MAP, {"a": "1", "b": "2"}, {"a": "1", "b": "3"}, {"c": "4"}),
    ):
        assert distance(kind, a, a) == 0.0
        assert 0.0 < distance(kind, a, near) < distance(kind, a, far) == 1.0
    assert (distance(Merge.SCALAR, 1, 1), distance(Merge.SCALAR, 1, 2)) == (0.0, 1.0)


@given(
    sides=st.sampled_from(("hub", "now")),
    edit=st.sampled_from(("exactly one", "one single", "one and only one")),
    new=st.sampled_from(("Zeta", "Brown & Sons", "Müller GmbH")),
)
def test_a_changed_input_goes_into_a_sentence_that_a_member_edited_on_either_side(
    sides: Literal["hub", "now"], edit: str, new: str
) -> None:
    base = "Intro stays.\n\nThese are the words that Acme uses in one meaning only. And so on.\n"
    member = base.replace("one meaning", f"{edit} meaning")
    playbook = base.replace("Acme", new)
    wanted = member.replace("Acme", new)
    inputs = {"Acme": new}
    one = merge(Merge.BLOCKS, base, member, playbook, stands=sides, inputs=inputs)
    other = merge(Merge.BLOCKS, base, playbook, member, stands=sides, inputs=inputs)
    assert (one.value, one.clashes) == (wanted, ())
    assert (other.value, other.clashes) == (wanted, ())
