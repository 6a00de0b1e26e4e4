"""Notes stand under their block, leave without a trace, and lose nothing of what they show."""

from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from smarketing.merging.notes import Note, settled, standing, suggestion, with_notes, without_notes
from smarketing.text.markdown import cut

DAY = date(2026, 12, 14)
PARTS = (
    "# Head\n", "Para one. Two.\n", "- [ ] a\n- b\n  - c\n", "1. x\n2. y\n", "> q\n",
    "| a |\n|---|\n| 1 |\n", "```\ncode\n```\n", "Para\nmore\n", "***\n", "<div>\nx\n</div>\n",
)  # fmt: skip


def document(random: Random) -> str:
    text = "".join(
        random.choice(PARTS) + random.choice(["", "\n", "\n", "\n\n"])
        for _ in range(random.randint(0, 6))
    )
    text = text.rstrip("\n") if random.random() < 0.2 else text
    return text.replace("\n", "\r\n") if random.random() < 0.2 else text


def test_a_suggestion_says_what_to_do() -> None:
    assert suggestion("Third glossary", DAY, "title") == (
        "> **Suggested title, 14 Dec:** Third glossary. Use it or delete this note."
    )
    assert suggestion("We call.", DAY) == (
        "> **Suggested text, 14 Dec:** We call. Use it or delete this note."
    )


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60) | st.just("a\n\n# b\n```\n<!--\r\nc"))
def test_a_suggestion_is_one_quote_and_keeps_every_word(yields: str) -> None:
    text = suggestion(yields, DAY)
    words = text.split()
    assert set(yields.split()) <= {*words, *(word.removesuffix(".") for word in words)}
    assert [block.kind for block in cut(text).blocks] == ["quote"]
    tokens = MarkdownIt().parse(text + "\n\nafter\n")
    around = ["blockquote_open", "blockquote_close", "paragraph_open", "paragraph_close"]
    assert [token.type for token in tokens if token.level == 0] == around


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(["x y", "two\n\nlines", ""]))
def test_notes_leave_without_a_trace(seed: int, yields: str) -> None:
    random = Random(seed)
    body = document(random)
    anchors = [block.text for block in cut(body).blocks] + ["gone", ""]
    notes = [
        Note(random.choice(anchors), suggestion(f"{yields} {at}", DAY))
        for at in range(random.randint(1, 3))
    ]
    shown = with_notes(body, notes)
    assert without_notes(shown, notes) == body
    assert standing(shown, notes) == tuple(notes)
    assert with_notes(shown, notes) == shown
    for note in notes:
        assert settled(shown, note) == (note.anchor == "gone")


def test_an_edited_note_stays() -> None:
    note = Note("A.", suggestion("B.", DAY))
    shown = with_notes("A.\n", [note]).replace("B.", "B, or C.")
    assert standing(shown, [note]) == ()
    assert without_notes(shown, [note]) == shown


def test_editing_the_block_settles_its_note_and_ticking_it_does_not() -> None:
    note = Note("- [ ] call Al", suggestion("call Bo", DAY))
    shown = with_notes("- [ ] call Al\n- b\n", [note])
    assert shown.startswith("- [ ] call Al\n  > **Suggested text, 14 Dec:** call Bo. ")
    assert not settled(shown, note)
    assert not settled(shown.replace("[ ]", "[x]"), note)
    assert settled(shown.replace("Al", "Bo"), note)


@pytest.mark.parametrize("body", ["", "\n\n", "```\nopen fence"])
def test_a_note_finds_a_place_in_odd_documents(body: str) -> None:
    notes = [Note("```\nopen fence", suggestion("x", DAY))]
    assert standing(with_notes(body, notes), notes) == tuple(notes)
    assert without_notes(with_notes(body, notes), notes) == body
