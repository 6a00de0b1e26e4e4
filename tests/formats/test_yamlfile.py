"""YAML as people write it: text stays text, and what is wrong is said in their words."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smarketing.problems import Problem, Problems
from smarketing.yamlfiles.file import read
from smarketing.yamlfiles.parse import parse


def _told(text: str) -> str:
    with pytest.raises(Problems) as told:
        parse(text, "f.yaml")
    return str(told.value)


@pytest.mark.parametrize(
    "word",
    ["on", "no", "yes", "off", "y", "NO", "10:00", "10:30:15", "2026-12-07", "007", "1.10", "0x1F",
     "0o17", "1_000", "1e3", "+1", ".inf", ".nan", "=", "12e03", "9" * 400],
)  # fmt: skip
def test_a_plain_word_stays_the_text_it_is(word: str) -> None:
    assert parse(f"a: {word}", "f").data == {"a": word}


def test_whole_numbers_truths_and_nothing_are_what_they_look_like() -> None:
    data = parse("{a: 7, b: -1, c: 1.5, d: true, e: False, f: ~, g: null, h: }", "f").data
    assert data == {
        "a": 7, "b": -1, "c": 1.5, "d": True, "e": False, "f": None, "g": None, "h": None,
    }  # fmt: skip


def test_quotes_make_a_text_of_anything() -> None:
    assert parse("""{a: "7", b: 'true', c: ""}""", "f").data == {"a": "7", "b": "true", "c": ""}


def test_names_are_texts_even_if_they_look_like_something_else() -> None:
    assert parse("{on: 1, 7: 2, 2026-01-01: 3, true: 4}", "f").data == {
        "on": 1, "7": 2, "2026-01-01": 3, "true": 4,
    }  # fmt: skip


def test_every_value_knows_its_place_and_the_place_of_its_key() -> None:
    source = parse("a:\n  b: [x, {c: d}]\n  é🙂: z\n", "f")
    assert source.mark("a", "b", 1, "c") == (2, 14)
    assert source.key_mark("a", "b", 1, "c") == (2, 11)
    assert source.mark("a", "é🙂") == (3, 7)
    assert source.mark("a", "nothing", "there") == source.mark("a")


@given(st.lists(st.text("ab cé中🙂\n\r", max_size=6), max_size=5))
def test_a_place_is_where_the_value_stands_in_the_text(parts: list[str]) -> None:
    comment = "".join(f"# {part}".replace("\r", "").replace("\n", "\r\n#") + "\n" for part in parts)
    text = f"{comment}key: value\n"
    line, column = parse(text, "f").mark("key")
    assert text.split("\n")[line - 1][column - 1 :] == "value"


def test_merged_names_point_at_the_sign_that_brought_them() -> None:
    source = parse("a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\n", "f")
    assert source.data["b"] == {"x": 1, "y": 3}
    assert source.mark("b", "x") == (3, 3)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("title: Persona: Olga", "1:8", "needs quotes around all of it. Write: title: 'Persona: Olga'"),
        ("title: 'it's'\nb: c", "1:8", "Write: title: \"it's\""),
        ('title: "Hi" and "Ho"', "1:8", """Write: title: '"Hi" and "Ho"'"""),
        ('a: b\ntitle: "abc\nb: c\n', "2:8", "never closed"),
        ("a:\n\tb: c\n", "2:1", "There is a tab here. Indent with spaces."),
        ("title: @foo", "1:8", "can't begin with '@' without quotes"),
        ("title: **foo**", "1:8", "Write: title: '**foo**'"),
        ("title: {{ company }}", "1:8", 'For example: title: "{{ company }}"'),
        ("title: {{ company }} plan", "1:8", "needs quotes"),
        ("title: [a, b\nc: d", "1:8", "is not closed"),
        ("a: b\ntitle:Foo\n", "2:6", "A ':' needs a space after it. Write: title: Foo"),
        ("a: b\nfoo\nc: d", "2:1", "no ':' in this line"),
        ("a:\n    b: c\n  d: e", "3:3", "does not line up"),
        ("a: b\n  c: d", "2:4", "indented further"),
        ("a:\n  - b\n  c: d", "3:3", "no '- '"),
        ('a: "\\d"', "1:4", "single quotes"),
        ("a: - b", "1:4", "Write: a: '- b'"),
        ("a: > foo", "1:4", "begin on the next line"),
        ("a: 1\nb: 2\na: 3", "3:1", "stands here twice: it is already in line 1"),
        ("a: b\n---\nc: d", "2:1", "One file holds one document"),
        ("a: !!python/name:os.system b", "1:4", "plain data only"),
        ("a: *b", "1:4", "nothing above is named"),
        ("a: b\n? [x]\n: y", "2:3", "plain word"),
        ("a: b\x07c", "1:5", "invisible control character here (U+0007)"),
        ("a: b\nc: d\u202ee", "2:5", "U+202E"),
        ('a: "\\u202e"', "1:4", "U+202E"),
        ("a: \u2028b", "1:4", "U+2028"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_place(text: str, place: str, words: str) -> None:
    told = _told(text)
    assert told.startswith(f"f.yaml:{place}: ")
    assert words in told


def test_all_double_names_are_told_at_once() -> None:
    assert len(_told("a: 1\na: 2\nb: 1\nb: 2\n").splitlines()) == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[" * 100_000, "nested deeper"),
        ("{a: " * 100_000, "nested deeper"),
        ("- " * 100_000, "nested deeper"),
        ("\n".join(" " * level + "a:" for level in range(2_000)), "nested deeper"),
        ("a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
            f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]\n"
            for old, new in zip("abcdefghi", "bcdefghij", strict=True)), "repeat far too much"),
        ("&a [*a]", "nothing above is named"),
        ("a: 1\n" * 200_000, "stands here twice"),
        ("- " * 30 + "a: " * 300_000, "needs quotes"),
        ("a: b\n" + " " * 4_000_000 + "c: d", "indented further"),
        ("a: b\n" + "x" * 2_000_000 + "\nc: d", "no ':'"),
    ],
    ids=["flow", "mappings", "dashes", "block", "laughs", "itself", "doubles", "colons", "spaces", "words"],
)  # fmt: skip
def test_a_bomb_is_refused(text: str, words: str) -> None:
    assert words in _told(text)


def test_a_file_of_ten_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_bytes(b"a: b\n" * 2_000_000)
    with pytest.raises(Problems, match="too large: more than 5 MB"):
        read(path)


def test_a_file_that_is_not_utf8_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("a: b\nc: Zoë\n".encode("latin-1"))
    with pytest.raises(Problems, match=r"latin.yaml:2:6: This is not text in UTF-8"):
        read(path)


def test_a_mark_for_byte_order_and_windows_lines_are_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: b\r\nc: d\r\n")
    source = read(path)
    assert source.data == {"a": "b", "c": "d"}
    assert source.mark("c") == (2, 4)


@given(st.text(max_size=60))
def test_any_text_is_data_or_a_placed_problem(text: str) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        parse(text, "f")
    except Problems as told:
        problems = told.problems
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)
