"""The merge of two YAML files by their keys: how what is taken is written."""

import pytest

from smarketing.yamlfiles.lists import BOTH, UNFIT
from smarketing.yamlfiles.merging import MergedYaml, merge_yaml
from smarketing.yamlfiles.parse import parse


def merged(base: str, theirs: str, mine: str) -> MergedYaml:
    return merge_yaml(*(parse(text, "playbook.yaml") for text in (base, theirs, mine)))


CASES = {
    "a value keeps the comment beside it": (
        "a: one\nb: two\n", "a: three\nb: two\n", "a: one   # ours\nb: zwei\n",
        "a: three   # ours\nb: zwei\n",
    ),
    "a new key comes with its comment, after its neighbour": (
        "a: 1\n\nz: 2\n", "a: 1\n\n# New.\nb: 3\n\nz: 2\n", "a: 1\no: own\n\nz: 2\n",
        "a: 1\n\n# New.\nb: 3\no: own\n\nz: 2\n",
    ),
    "a new key that has none before it comes first": (
        "z: 2\n", "a: 1\nz: 2\n", "# Ours.\n\nz: 2\n", "# Ours.\n\na: 1\nz: 2\n",
    ),
    "a new block takes on the person's indentation": (
        "a:\n  b: 1\n", "a:\n  b: 1\n  c:\n    d: |\n      One.\n\n      Two.\n", "a:\n    b: 1\n",
        "a:\n    b: 1\n    c:\n      d: |\n        One.\n\n        Two.\n",
    ),
    "a mapping on one line gets what is new on that line": (
        "a: {b: 1}\n", "a:\n  b: 1\n  c: 2\n", "a: {b: 1, o: 3}  # x\n",
        "a: {b: 1, o: 3, c: 2}  # x\n",
    ),
    "what goes from one line goes alone": (
        "a: {b: 1, c: 2}\n", "a: {b: 1}\n", "a: {b: 9, c: 2}\n", "a: {b: 9}\n",
    ),
    "the last of a mapping leaves an empty one": (
        "a:\n  b: 1\nz: 1\n", "a: {}\nz: 1\n", "a:\n  b: 1\nz: 2\n", "a:\n  {}\nz: 2\n",
    ),
    "a list on one line is merged by its words": (
        "a: [x, y]\n", "a: [x, z]\n", "a: [o, x, y]\n", "a: [o, x, z]\n",
    ),
    "a comment between lines of a list keeps its place": (
        "a:\n  - x\n  - y\n  - z\n", "a:\n  - x\n  - z\n  - w\n",
        "a:\n  - x\n  # Why y.\n  - y\n  # Why z.\n  - z\n",
        "a:\n  - x\n  # Why y.\n  # Why z.\n  - z\n  - w\n",
    ),
    "a longer text is merged by its sentences": (
        "a: One. Two.\n", "a: One. Zwei.\n", 'a: "Eins. Two."\n', "a: Eins. Zwei.\n",
    ),
    "a file without a last line end gets one": ("a: 1\n", "a: 1\nb: 2\n", "a: 1", "a: 1\nb: 2\n"),
    "an empty value takes a block": (
        "a:\nz: 1\n", "a:\n  b: 1\nz: 1\n", "a:\nz: 2\n", "a:\n  b: 1\nz: 2\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", CASES)
def test_what_only_the_edition_changed_is_written_as_a_person_would(what: str) -> None:
    base, theirs, mine, wanted = CASES[what]
    result = merged(base, theirs, mine)
    assert result.text == wanted
    assert result.open == ()


def test_true_is_not_one_and_a_number_is_not_its_text() -> None:
    result = merged("a: 1\nb: 1\n", "a: true\nb: '1'\n", "a: 1\nb: 1\nc: 2\n")
    assert parse(result.text, "").data == {"a": True, "b": "1", "c": 2}


def test_one_line_that_both_changed_is_the_persons_and_told_with_its_line() -> None:
    result = merged("a: 1\ntitle: One\n", "a: 1\ntitle: Two\n", "a: 1\n# x\ntitle: Three\n")
    assert result.text == "a: 1\n# x\ntitle: Three\n"
    (told,) = result.open
    assert (told.where, told.line, told.why) == ("title", 3, BOTH)
    assert (told.yours, told.theirs) == ("Three", "Two")


def test_what_a_person_wrote_with_an_alias_is_not_taken_apart() -> None:
    """Both places hold one value: to write into one would change the other."""
    base = "a: {x: 1}\nb: {x: 1}\n"
    mine = "a: &one\n  x: 1\nb: *one\n"
    result = merged(base, "a: {x: 1}\nb: {x: 2}\n", mine)
    assert result.text == mine
    (told,) = result.open
    assert (told.where, told.why, told.theirs) == ("b › x", UNFIT, "2")
