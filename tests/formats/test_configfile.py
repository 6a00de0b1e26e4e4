"""Writing config.yaml: new ones load, and an edit touches nothing but its value."""

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smarketing.config.loading import load_config
from smarketing.config.writing import (
    SCHEMA_FILE,
    new_config,
    set_values,
    write_new,
)
from smarketing.problems import UserError
from smarketing.text.unseen import unseen
from smarketing.yamlfiles.parse import parse
from smarketing.yamlfiles.values import rendered, with_value

_TEXTS = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\x7f"), max_size=20
).filter(lambda text: not list(unseen(text)))


def test_a_new_config_loads_and_names_its_schema(tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.yaml"
    write_new(
        path,
        {
            "id": "k3v9-7q2m-x4dt",
            "workspace": "Acme: Sales # 1",
            "start": date(2026, 12, 7),
            "timezone": "Europe/London",
            "inputs": {"personas": {"olga": "Olga, Ops"}},
            "inputs.company": "Zoë's",
            "people": {"ana": "Ana Silva <ana@acme.example>"},
            "teams": {"north": {"title": "no", "plays": ["sales"], "lead": "ana"}},
            "integrations": {"local": {"folder": "./acme"}},
        },
    )
    config = load_config(path)
    assert (config.workspace, config.start) == ("Acme: Sales # 1", date(2026, 12, 7))
    assert config.inputs == {"company": "Zoë's", "personas": {"olga": "Olga, Ops"}}
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema={SCHEMA_FILE}"
    assert (path.parent / SCHEMA_FILE).is_file()


def test_an_entry_of_a_list_is_replaced_alone(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("workspace: W\nparts: [one, # why\n  two] # both\n", encoding="utf-8")
    set_values(path, {"parts.1": "two from 2027-03-01"})
    expected = "workspace: W\nparts: [one, # why\n  two from 2027-03-01] # both\n"
    assert path.read_text(encoding="utf-8") == expected


def test_a_config_that_is_there_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("workspace: Mine\n", encoding="utf-8")
    with pytest.raises(UserError, match="already there"):
        write_new(path, {"workspace": "Yours"})
    assert path.read_text(encoding="utf-8") == "workspace: Mine\n"


def test_an_unknown_option_is_never_dropped_in_silence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Did you mean 'workspace'"):
        write_new(tmp_path / "config.yaml", {"workspce": "Acme"})
    assert list(tmp_path.iterdir()) == []


@given(st.dictionaries(_TEXTS.filter(bool), _TEXTS | st.lists(_TEXTS, max_size=3), max_size=4))
@example({"0": "-", "-": "---", "...": "?"})
def test_any_value_is_written_so_that_it_reads_back(values: dict[str, Any]) -> None:
    assert parse(new_config({"workspace": "A", "inputs": values}), "f").data == {
        "workspace": "A",
        "inputs": values,
    }


@given(_TEXTS)
def test_any_text_is_set_so_that_it_reads_back(text: str) -> None:
    for before in ("a: 1\n", "a: 1 # x\nb: 2", "a: |\n  x\n  y\nb: 1\n", "{b: 1}", "b: [1]\r\n"):
        data = parse(with_value(before, ("a",), text, "f"), "f").data
        assert data == {**parse(before, "f").data, "a": text}


@pytest.mark.parametrize(
    ("before", "path", "after"),
    [
        ("a: b # why\nc: d\n", "a", "a: Z # why\nc: d\n"),
        ("a: 'b'  # why\n", "a", "a: Z  # why\n"),
        ("a: {b: c, d: e} # why\n", "a.d", "a: {b: c, d: Z} # why\n"),
        ("a: {b: c} # why\n", "a.d", "a: {b: c, d: Z} # why\n"),
        ("a: { b: c }\n", "a.d", "a: { b: c, d: Z }\n"),
        ("a: {}\n", "a.d", "a: {d: Z}\n"),
        ("a:\n    b: c # why\n    # last\n\nd: e\n", "a.x", "a:\n    b: c # why\n    x: Z\n    # last\n\nd: e\n"),
        ("a:\n  b:\n    c: d\ne: f", "a.x", "a:\n  b:\n    c: d\n  x: Z\ne: f"),
        ("a:\n  b:\n    c: d\ne: f", "a.b.x", "a:\n  b:\n    c: d\n    x: Z\ne: f"),
        ("a: # why\nb: c\n", "a", "a: Z # why\nb: c\n"),
        ("a:\nb: c\n", "a.x", "a: {x: Z}\nb: c\n"),
        ("a: b", "c", "a: b\nc: Z\n"),
        ("a: b\n# end\n", "c.d", "a: b\nc: {d: Z}\n# end\n"),
        ("", "a", "a: Z\n"),
        ("# only\n", "a", "# only\na: Z\n"),
        ("a: b\r\nc: d\r\n", "e", "a: b\r\nc: d\r\ne: Z\r\n"),
        ("a: >\n  long\n  text\nb: c\n", "a", "a: Z\nb: c\n"),
        ("a: [b,\n  c]\nd: e\n", "a", "a: Z\nd: e\n"),
        ("a: Z\n", "a", "a: Z\n"),
    ],
)  # fmt: skip
def test_an_edit_touches_its_value_alone(
    before: str, path: str, after: str, tmp_path: Path
) -> None:
    file = tmp_path / "config.yaml"
    file.write_text(before, encoding="utf-8", newline="")
    set_values(file, {path: "Z"})
    assert file.read_bytes().decode() == after


def test_several_values_are_set_at_once_and_the_mark_for_byte_order_stays(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_bytes(b"\xef\xbb\xbfworkspace: A\n")
    set_values(file, {"inputs.company": "Acme", "start": date(2026, 12, 7)})
    assert file.read_bytes() == (
        b"\xef\xbb\xbfworkspace: A\ninputs: {company: Acme}\nstart: 2026-12-07\n"
    )


def test_the_same_value_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("workspace: A\n", encoding="utf-8")
    os.utime(file, (1, 1))
    set_values(file, {"workspace": "A"})
    assert file.stat().st_mtime == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_an_edit_keeps_the_mode_of_the_file_and_what_links_to_it(tmp_path: Path) -> None:
    file, link = tmp_path / "real.yaml", tmp_path / "config.yaml"
    file.write_text("workspace: A\n", encoding="utf-8")
    file.chmod(0o640)
    link.symlink_to(file)
    set_values(link, {"workspace": "B"})
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8") == "workspace: B\n"
    assert file.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["config.yaml", "real.yaml"]


def test_what_cannot_be_edited_is_left_alone_and_told(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    text = "base: &b {x: 1}\nteams: *b\n"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="by hand"):
        set_values(file, {"teams.x": "2"})
    assert file.read_text(encoding="utf-8") == text


def test_words_that_mean_something_get_quotes() -> None:
    words = ["true", "7", "null", "no", "a: b", "a #b", "[x", "", " x", "10:00", "it's"]
    assert [rendered(word) for word in words] == [
        '"true"', '"7"', '"null"', "no", '"a: b"', '"a #b"', '"[x"', '""', '" x"', "10:00", "it's",
    ]  # fmt: skip
