"""Where a name counts as named, and what stands there afterwards."""

import pytest

from smarketing.text.mentions import Who

ANA = Who("Ana Silva", "ana@acme.example")


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Ana Silva wrote it, and Ana  Silva's friend read it.", 2),
        ("Ana\nSilva", 1),
        ("ana silva, Ana Silvas, Diana Silva, ANA SILVA", 0),
        ("Mail ANA@acme.Example. Or <ana@acme.example>", 2),
        ("joana@acme.example, ana@acme.example.org, j.ana@acme.example, ana+x@acme.example", 0),
        ("Ana Silva <ana@acme.example>", 2),
    ],
)
def test_whole_words_count_names_by_case_addresses_in_any(text: str, times: int) -> None:
    assert ANA.times(text) == times


def test_a_short_name_is_not_found_in_longer_words_or_in_the_names_of_others() -> None:
    ana = Who("Ana", others=("Ana Silva",))
    assert ana.times("Ana and Ana Silva went to Anaheim.") == 1
    assert ana.blanked("Ana and Ana Silva went to Anaheim.") == (
        "[forgotten] and Ana Silva went to Anaheim."
    )


def test_entries_of_sets_and_maps_go_and_words_of_texts_are_marked() -> None:
    assert ANA.without(frozenset({"Ana Silva <ana@acme.example>", "Ben"})) == frozenset({"Ben"})
    assert ANA.without({"ana@acme.example": "edit", "Owner": "Ana Silva, Ben"}) == {
        "Owner": "[forgotten], Ben"
    }
    assert ANA.without("Ana Silva <ana@acme.example>") == ""
    assert ANA.without(7) == 7


def test_nobody_is_named_where_nothing_is_known_of_them() -> None:
    assert Who().times("Ana Silva") == 0
    assert Who().blanked("Ana Silva") == "Ana Silva"
