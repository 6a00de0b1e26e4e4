"""A playbook from a stranger can't reach out of its folder, nor carry people, hosts or secrets."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from smarketing.playbook.loading import load_playbook
from smarketing.playbook.playbook import Playbook
from smarketing.problems import Problems

Load = Callable[[str], Playbook]


def _told(load: Load, text: str) -> str:
    with pytest.raises(Problems) as told:
        load(text)
    return str(told.value)


@pytest.mark.parametrize(
    "path",
    ["../secret.md", "documents/../../secret.md", "/etc/motd.md", "~/notes.md", "C:/a.md",
     "C:\\a.md", "\\\\server\\a.md", "documents\\a.md", "documents/./../../a.md", "con.md",
     "documents/nul.txt", "documents /glossary.md", "documents/{{ company }}.md", "documents/none.md", "documents/folder.md"],
)  # fmt: skip
def test_a_path_out_of_the_playbook_is_refused(
    path: str, load: Load, playbook_text: str, tmp_path: Path
) -> None:
    (tmp_path / "secret.md").write_text("secret", encoding="utf-8")
    (tmp_path / "p" / "documents" / "folder.md").mkdir()
    told = _told(load, playbook_text.replace("documents/glossary.md", f"'{path}'"))
    assert "playbook.yaml:" in told
    assert any(
        words in told
        for words in (
            "leads out",
            "path out",
            "can't hold",
            "no file",
            "not a file",
            "made of",
            "web",
        )
    )


@pytest.mark.skipif(os.name == "nt", reason="needs a right on Windows")
def test_a_link_out_of_the_playbook_is_refused(
    load: Load, playbook_text: str, tmp_path: Path
) -> None:
    (tmp_path / "secret.md").write_text("secret", encoding="utf-8")
    glossary = tmp_path / "p" / "documents" / "glossary.md"
    glossary.unlink()
    glossary.symlink_to(tmp_path / "secret.md")
    assert "leads out of the playbook's folder" in _told(load, playbook_text)


@pytest.mark.skipif(os.name == "nt", reason="needs a right on Windows")
def test_a_playbook_that_is_a_link_to_elsewhere_is_refused(
    load: Load, playbook_text: str, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere.yaml").write_text(playbook_text, encoding="utf-8")
    (tmp_path / "p" / "playbook.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    with pytest.raises(Problems, match="no playbook of this name"):
        load_playbook("p", tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_a_pipe_is_never_opened(load: Load, playbook_text: str, tmp_path: Path) -> None:
    glossary = tmp_path / "p" / "documents" / "glossary.md"
    glossary.unlink()
    os.mkfifo(glossary)
    assert "is not a file" in _told(load, playbook_text)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"x" * 1_000_001, "too large: more than 1 MB"),
        (b"a\nb \xff c", "glossary.md:2:3: This is not text in UTF-8"),
        (b"a\nb\x00c", "glossary.md:2:2: There is an invisible control character here (U+0000)"),
        ("a\nb\u202ec".encode(), "U+202E"),
        (b"ask\nana@acme.example now", "glossary.md:2:3: This is a mail address"),
        (b"[here](https://acme.example/x)", "This is a web address"),
    ],
)
def test_a_text_that_is_none_or_names_somebody_is_refused(
    content: bytes, words: str, load: Load, playbook_text: str, tmp_path: Path
) -> None:
    (tmp_path / "p" / "documents" / "glossary.md").write_bytes(content)
    assert words in _told(load, playbook_text)


@pytest.mark.parametrize(
    "value",
    ["ana@acme.example", "Ask ana@acme.example for it", "https://acme.example/x", "www.acme.net",
     "acme.example.com", "see crm.acme.io/start", "10.0.0.12", "localhost:8080", "mailto:ana",
     "file:///etc/passwd", "[x](//acme.example)", "\\\\server\\share", "/home/ana/x", "~/x",
     "C:\\Users", "see ../x", "javascript:alert", "sk-abcdefghijklmnop1234", "AKIAABCDEFGHIJKLMNOP",
     "ghp_abcdefghijklmnopqrst", "xoxb-1234567890", "password=hunter2",
     "0123456789abcdef0123456789abcdef", "aGVsbG8gd29ybGQgMTIzNDU2Nzg5MCBBQkNERUZHSElKSw0123",
     "-----BEGIN RSA PRIVATE KEY-----"],
)  # fmt: skip
@pytest.mark.parametrize("old", ["Smarketing workspace", "What is your company called?"])
def test_people_hosts_paths_and_secrets_are_refused_wherever_they_stand(
    value: str, old: str, load: Load, playbook_text: str
) -> None:
    quoted = "'" + value + "'" if old.startswith("Smarketing") else value.replace("\\", "\\\\")
    told = _told(load, playbook_text.replace(old, quoted, 1))
    assert "playbook.yaml:" in told
    assert "hunter2" not in told
    assert "ghp_" not in told


@pytest.mark.parametrize(
    "value",
    ["Sales and/or marketing", "24/7 at 10:00", "e.g. this, i.e. that", "Node.js, v1.2.3 and 3.5",
     "Wait ... what", "10:00-11:00", "See [it](link:document:glossary)", "Why? Because.Of that",
     "data: what we count", "Sales & Marketing = one", "tick / untick", "a token of thanks",
     "password: ask your admin", "glossary.md and personas.md", "@ Acme", "50/50 split w/o fuss",
     "supercalifragilisticexpialidocious-and-longer-words", "Zoë's 🙂 plan", "1 / 2 / 3", "~60 %"],
)  # fmt: skip
def test_honest_prose_is_no_leak(value: str, load: Load, playbook_text: str) -> None:
    assert load(playbook_text.replace("Smarketing workspace", f'"{value}"', 1)).title == value


def test_a_name_that_asks_for_a_secret_is_refused(load: Load, playbook_text: str) -> None:
    told = _told(load, playbook_text.replace("  company: {", "  password: {", 1))
    assert "asks for a secret" in told


def test_an_escape_does_not_hide_an_address(load: Load, playbook_text: str) -> None:
    told = _told(load, playbook_text.replace("Smarketing workspace", '"a\\x40acme.example"', 1))
    assert "This is a mail address" in told
