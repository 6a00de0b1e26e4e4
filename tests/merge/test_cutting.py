"""Texts in blocks and sentences join back to their bytes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smarketing.text.markdown import _cut_alone, cut
from smarketing.text.sentences import sentences

# fmt: off
PIECES = [
    "- ", "* ", "1. ", "2) ", "  ", "    ", "> ", "# ", "```", "<div>", "<!--", "| a |", "word.",
    "[a]: b", "- - -", "+", "[ ] ", " ", "é。", "\\", "\n", "\n", "\n\n", "\r\n", "\r", "\t",
    "|---|", "---", "===", "\x0b", "\u2028",
]
# fmt: on
markdown = st.lists(st.sampled_from(PIECES), max_size=20).map("".join) | st.text(max_size=40)


@settings(max_examples=400, deadline=None)
@given(markdown)
def test_blocks_join_back_byte_for_byte(text: str) -> None:
    assert cut(text).joined() == text


@settings(max_examples=400, deadline=None)
@given(markdown)
def test_reading_by_stretches_finds_the_blocks_of_the_whole(text: str) -> None:
    assert cut(text) == _cut_alone(text)


@settings(max_examples=400, deadline=None)
@given(markdown, st.booleans())
def test_sentences_join_back_byte_for_byte(text: str, by_line: bool) -> None:
    assert "".join(one.text + one.gap for one in sentences(text, by_line)) == text


def test_nested_items_are_blocks_of_their_own() -> None:
    found = cut("- [ ] a\n  more\n  - b\n\n    c\n- d\n").blocks
    assert [(one.kind, one.tick, one.body, one.depth, one.parent) for one in found] == [
        ("item", "[ ] ", "a\n  more", 1, -1),
        ("item", "", "b", 2, 0),
        ("paragraph", "", "c", 2, 1),
        ("item", "", "d", 1, -1),
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three? Four", 4),
        ("Ask Dr. No, e.g. today. Or not.", 2),
        ("On 14. Dez. we met. J. Doe came.", 2),
        ("He said “so.” Then left.", 2),
        ("一。二！", 2),
        ("Wrapped\nline. Next", 2),
        ("Hard  \nbreak", 2),
        ("Version 1.2 is out.", 1),
        ("", 0),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, count: int) -> None:
    assert len(sentences(text)) == count
