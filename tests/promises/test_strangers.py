"""A stranger's playbook is refused or made harmless; a secret shows up nowhere."""

import pytest

from .desk import TEAM, Desk

CANARY = "xoxb-canary-7f3a9c2e"
SMALL = """\
playbook: small
title: Small
edition: 1
inputs:
  company: {ask: Who?, default: Acme}
documents:
  words: {title: TITLE, text: WORDS}
boards:
  work:
    title: Work
    lists: {week: This week}
    cards: {one: {title: One, list: week}}
"""


def build(desk: Desk, text: str) -> None:
    desk.write(
        "config.yaml", "workspace: Acme\nid: k3v9-7q2m-x4dt\nplaybook: ./p\nstart: 2026-12-07\n"
    )
    desk.write("p/playbook.yaml", text)


TITLES = ["../../escaped", "/etc/passwd", "C:\\\\Windows\\\\x", "..", ".", "CON", "nul.txt", "a/b/../../../c",
          "\\u202Egpj.exe", "x\\0y", "~root", "Ａｒｃｈｉｖｅ/../..", "-rf", "a" * 400, "  ", ".smarketing/workspace",
          "Start here", "Outbox", "<script>alert(1)</script>", "=cmd()"]  # fmt: skip


@pytest.mark.parametrize("title", TITLES)
def test_no_title_leads_out_of_the_folder(desk: Desk, title: str) -> None:
    build(desk, SMALL.replace("TITLE", f'"{title}"'))
    outside = set(desk.folder.parent.iterdir())
    ran = desk.apply(code=None)
    assert ran.code in (0, 1)
    assert set(desk.folder.parent.iterdir()) <= outside | {desk.data}
    made = {name.split("/")[0] for name in desk.files()}
    assert made <= {"config.yaml", "p", "acme", ".smarketing"}
    if ran.code == 0:
        desk.is_quiet()
    else:
        assert "playbook.yaml:" in ran.err
        assert "acme" not in made


BAD = {
    "a key that leads out": SMALL.replace("  words:", "  '../words':"),
    "a text from elsewhere": SMALL.replace("WORDS", "../config.yaml"),
    "an absolute text": SMALL.replace("WORDS", "/etc/passwd"),
    "an endless template": SMALL.replace(
        "WORDS", '"{% for a in (1..9999999) %}{% for b in (1..9999999) %}x{% endfor %}{% endfor %}"'
    ),
    "a template that reads objects": SMALL.replace("WORDS", '"{{ company.__class__.__mro__ }}"'),
    "a template that includes": SMALL.replace("WORDS", "\"{% include '/etc/passwd' %}\""),
    "a YAML bomb": "a: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{n}: &{n} [{','.join(['*' + p] * 9)}]\n" for p, n in zip("abcdefgh", "bcdefghi", strict=True)),
    "a YAML object": SMALL + "evil: !!python/object/apply:os.system ['true']\n",
    "a deep nest": "a: " + "[" * 5000 + "]" * 5000,
    "a huge file": SMALL + "# " + "x" * 20_000_000,
    "a control character": SMALL.replace("TITLE", '"a\x07b"'),
    "no mapping": "- one\n- two\n",
    "nothing": "",
    "no text at all": "\x00\x01\x02",
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_a_harmful_playbook_is_refused_at_its_place_and_nothing_is_written(
    desk: Desk, what: str
) -> None:
    build(desk, BAD[what])
    before = desk.files()
    told = desk.apply(code=1)
    assert "playbook.yaml" in told.err
    assert len(told.err) < 5000
    assert desk.files() == before
    assert "root:x:0" not in told.said


def test_a_secret_in_the_settings_shows_up_nowhere(desk: Desk) -> None:
    desk.write(
        "config.yaml",
        TEAM + f"integrations:\n  local: {{folder: ./acme}}\n  trello: {{label: '{CANARY}'}}\n",
    )
    said = [
        desk.run(*words, code=None).said
        for words in (
            ("plan", "-v"), ("plan", "--json"), ("apply", "--yes"), ("apply", "--yes", "--json"),
            ("status",), ("validate",), ("explain", "document:glossary"),
        )
    ]  # fmt: skip
    assert CANARY not in "".join(said)
    assert all(
        CANARY.encode() not in path.read_bytes()
        for path in [*desk.data.rglob("*"), *desk.path("acme").rglob("*")]
        if path.is_file()
    )


@pytest.mark.parametrize("key", ["token", "password", "api-key"])
def test_a_secret_under_its_name_is_refused_without_repeating_it(desk: Desk, key: str) -> None:
    desk.write("config.yaml", TEAM + f"integrations:\n  local: {{{key}: '{CANARY}'}}\n")
    told = desk.apply(code=1)
    assert CANARY not in told.said
    assert "config.yaml:" in told.err
    assert list(desk.files()) == ["config.yaml"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "This file is empty."),
        ("# later\n", "This file is empty."),
        ("- a\n", "not a list."),
        ("hello\n", "not a text."),
        ("42\n", "not a number."),
        ("true\n", "not true or false."),
    ],
)
def test_a_file_without_names_is_told_with_the_line_to_begin_with(
    desk: Desk, text: str, words: str
) -> None:
    build(desk, text)
    for command in ("plan", "validate", "apply"):
        told = desk.run(command, code=1).said
        assert "p/playbook.yaml:1:1: " in told
        assert f"{words} Begin with a line 'playbook: ...'." in told
    desk.write("config.yaml", text)
    for command in ("plan", "validate", "apply"):
        told = desk.run(command, code=1).said
        assert "config.yaml:1:1: " in told
        assert f"{words} Begin with a line 'workspace: ...'." in told


@pytest.mark.parametrize("name", ["hosts", "notes.md"])
def test_no_text_is_read_through_a_folder_that_leads_out(desk: Desk, name: str) -> None:
    build(desk, SMALL.replace("WORDS", f"ours/out/{name}"))
    desk.write("elsewhere/hosts", CANARY)
    desk.write("elsewhere/notes.md", CANARY)
    desk.path("p/ours").mkdir()
    try:
        desk.path("p/ours/out").symlink_to(desk.path("elsewhere"), target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no links")
    told = desk.apply(code=1)
    assert "p/playbook.yaml:7:" in told.err
    assert CANARY not in told.said
    assert not desk.path("acme").exists()


def test_a_text_that_only_looks_like_a_path_is_a_text(desk: Desk) -> None:
    build(desk, SMALL.replace("WORDS", "sales/marketing"))
    desk.path("p/sales").mkdir()
    desk.apply()
    assert "\nsales/marketing\n" in desk.read("acme/TITLE.md")


def test_template_problems_of_several_documents_are_told_at_once(desk: Desk) -> None:
    texts = """
  a: {title: A, text: "{% if x %}unclosed {{ y | nofilter }}"}
  b: {title: B, text: "{% include '/etc/passwd' %}"}
  c: {title: C, text: c.md}"""
    build(desk, SMALL.replace("\n  words: {title: TITLE, text: WORDS}", texts))
    desk.write("p/c.md", "Hello\n{% render '/etc/passwd' %}\n{{ compny }}\n")
    told = desk.apply(code=1).err
    assert "playbook.yaml:7:" in told
    assert "'{% include %}' can't be used here." in told
    assert "c.md:2:1: '{% render %}' can't be used here." in told
    assert "3 problems." in told
    assert "out of the playbook" not in told


def test_a_path_in_a_known_tag_is_still_refused(desk: Desk) -> None:
    build(desk, SMALL.replace("WORDS", "\"{% if company == '/etc/passwd' %}x{% endif %}\""))
    assert "This is a path out of the playbook." in desk.apply(code=1).err
