"""The start page shows what is there, and nothing that a stranger wrote comes alive on it."""

import re
from collections.abc import Mapping
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from smarketing.address import kind_of
from smarketing.agreement import Agreed, agreed
from smarketing.desired import Desired, Item
from smarketing.kinds import Value
from smarketing.startpage import Open, StartPage, escaped, start_page, still_to_agree

GLOSSARY = """# Glossary

These words mean *one* thing, see the [rule](link:document:rule). More follows.

## How the words follow each other

Text.

## Lead · agreed 14 Dec 2026 by Ana and Dana

## Customer · proposed

## Campaign · agreed 14 Dec 2026

[to agree: does a webinar count? Ben, by 21 Dec]
"""

WEEK = "board:work/list:week"
WORLD: dict[str, tuple[str, dict[str, Value]]] = {
    "board:work": ("root:local", {"title": "Work board"}),
    WEEK: ("board:work", {"title": "This week"}),
    "board:work/list:done": ("board:work", {"title": "Done"}),
    "board:work/card:call": (
        WEEK,
        {"title": "Call the leads", "owner": "Ana Silva <ana@acme.example>", "due": "2026-12-11"},
    ),
    "board:work/card:call/check:a": ("board:work/card:call", {"title": "List", "done": True}),
    "board:work/card:call/check:b": ("board:work/card:call", {"title": "Call", "done": None}),
    "board:work/card:sign": ("board:work/list:done", {"title": "Sign", "done": True}),
    "document:glossary": ("root:local", {"title": "Glossary", "body": GLOSSARY}),
    "document:notes": ("root:local", {"title": "Weekly notes", "body": "## Mon\n"}),
    "table:tracker": ("root:local", {"title": "Tracker"}),
    "table:tracker/column:goal": ("table:tracker", {"title": "Goal"}),
    "table:tracker/row:a": (
        "table:tracker",
        {"cells": {"goal": "[to agree: which share?, head of sales, second meeting]"}},
    ),
    "meeting:weekly": (
        "root:local",
        {
            "title": "Weekly",
            "start": "2026-12-07T10:00",
            "minutes": 45,
            "timezone": "Europe/London",
            "rule": "FREQ=WEEKLY;BYDAY=MO",
            "notes": "link:document:notes",
        },
    ),
}


def page(
    changed: Mapping[str, Mapping[str, Value]] | None = None, title: str = "Acme"
) -> StartPage:
    """Return the page of the world above, with some values changed."""
    items = {
        a: Item(a, kind_of(a), "local", parent, fields) for a, (parent, fields) in WORLD.items()
    }
    items["document:start-here"] = Item(
        "document:start-here", "document", "local", "root:local", {}
    )
    values = {a: {**fields, "parent": parent} for a, (parent, fields) in WORLD.items()}
    for address, fields in (changed or {}).items():
        values[address] = {**values[address], **fields}
    return start_page(Desired("id", title, date(2026, 12, 7), items), values)


class Html(HTMLParser):
    """All tags with their attributes, all text, and whether each tag was closed in order."""

    EMPTY = ("meta", "rect", "br")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.words += data


# What it shows


def test_everything_is_linked_by_its_address_with_its_purpose() -> None:
    lines = page().markdown.splitlines()
    assert "- [Work board](link:board:work): Who does what by when: 2 cards in 2 lists" in lines
    assert (
        "- [Glossary](link:document:glossary): These words mean one thing, see the rule." in lines
    )
    assert "- [Weekly notes](link:document:notes): Agenda and notes of Weekly" in lines
    assert "- [Tracker](link:table:tracker): 1 row: Goal" in lines
    html = Html(page().html)
    links = {attributes["href"] for tag, attributes in html.tags if tag == "a"}
    addresses = ("board:work", "document:glossary", "document:notes", "table:tracker")
    assert {f"link:{address}" for address in addresses} <= links


def test_a_meeting_is_shown_by_its_rule_and_first_date() -> None:
    text = "every Monday at 10:00 for 45 minutes"
    first = "first on Mon 7 Dec 2026, 10:00-10:45 (Europe/London)"
    assert f"- [Weekly](link:meeting:weekly): E{text[1:]}, {first}" in page().markdown
    assert f"E{text[1:]}" in Html(page().html).words


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"rule": "FREQ=HOURLY;X"}, "A rhythm of its own"),
        ({"rule": None}, "Once"),
        ({"start": "soon"}, "](link:meeting:weekly)\n"),
        ({"start": None, "minutes": "x"}, "](link:meeting:weekly)\n"),
    ],
)
def test_a_meeting_that_a_member_changed_in_odd_ways_is_still_shown(
    changed: dict[str, Value], said: str
) -> None:
    assert said in page({"meeting:weekly": changed}).markdown


def test_what_is_still_to_agree_is_grouped_with_owner_and_day() -> None:
    lines = page().markdown.splitlines()
    at = lines.index("- **[Glossary](link:document:glossary): 1 of 3 agreed**")
    assert lines[at + 1] == "  - Does a webinar count? · Ben · by 21 Dec"
    assert "- **[Tracker](link:table:tracker): 1 open question**" in lines
    assert "  - Which share? · head of sales · second meeting" in lines
    words = Html(page().html).words
    assert "1 of 3 agreed" in words
    assert "Does a webinar count?" in words


def test_questions_on_cards_and_their_lines_are_found() -> None:
    changed = {
        "board:work/card:sign": {"description": "[to agree: who signs?, Ana, Friday]"},
        "board:work/card:call/check:a": {"title": "[to agree: which list?, Ben, Friday]"},
    }
    text = page(changed).markdown
    assert "  - Who signs? · Ana · Friday" in text
    assert "  - Which list? · Ben · Friday" in text


def test_the_board_shows_each_list_with_owner_due_day_and_ticks() -> None:
    text = page().markdown
    card = "- Call the leads · Ana Silva · due Fri 11 Dec 2026 · 1 of 2 ticked"
    assert f"**This week** (1)\n\n{card}\n" in text
    assert "**Done** (1)\n\n- ~~Sign~~ · no owner yet" in text
    assert "1 of 2 cards done" in text


def test_a_card_is_shown_in_the_list_that_a_member_moved_it_to() -> None:
    text = page({"board:work/card:call": {"parent": "board:work/list:done"}}).markdown
    assert "**This week** (0)" in text
    elsewhere = page({"board:work/card:call": {"parent": "@9"}}).markdown
    assert "**In other lists** (1)\n\n- Call the leads" in elsewhere


def test_who_does_what_names_open_cards_only_and_no_mailbox() -> None:
    text = page({"board:work/card:sign": {"owner": "Ben"}}).markdown
    assert "- **Ana Silva:** Call the leads" in text
    assert "**Ben:**" not in text
    assert "ana@acme.example" not in text + page().html


def test_the_page_depends_on_its_arguments_only() -> None:
    assert page() == page()
    assert not re.search(r"20(?!26-12-07|26)\d\d", Html(page().html).words)


def test_an_empty_workspace_has_a_page_too() -> None:
    made = start_page(Desired("id", "Acme", date(2026, 12, 7), {}), {})
    assert made.markdown.startswith("# Acme\n")
    assert Html(made.html).open == []


# Open questions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[to agree: which day?, Ana, Friday]", Open("Which day?", "Ana", "Friday")),
        ("[to agree: which day? Ana, by Friday]", Open("Which day?", "Ana", "by Friday")),
        ("[to agree: the goal, Ana, by Friday]", Open("The goal", "Ana", "by Friday")),
        ("[to agree: a, b or c?, Ana, Friday]", Open("A, b or c?", "Ana", "Friday")),
        ("[To agree: the goal]", Open("The goal")),
        ("[to agree: which\r\nday?, Ana,\r\nFriday]", Open("Which day?", "Ana", "Friday")),
        ("[to agree: see [it](link:a:b)?, *Ana*, Friday]", Open("See it?", "Ana", "Friday")),
    ],
)
def test_a_question_is_read_with_owner_and_day(text: str, expected: Open) -> None:
    assert still_to_agree(f"Some words {text} and more.") == [expected]


@pytest.mark.parametrize(
    "text",
    ["`[to agree: question, owner, day]`", "```\n[to agree: a?]\n```", "[to agree: a\n\nb]", "[x]"],
)
def test_an_explanation_of_the_form_is_no_question(text: str) -> None:
    assert still_to_agree(text) == []


def test_where_no_heading_says_agreed_an_entry_without_question_counts_as_done() -> None:
    assert agreed("## A\n\n## B\n\n[to agree: x?]\n\n## C\n") == Agreed(2, 3, False)
    assert agreed("") == Agreed(0, 0, False)


@given(st.text(alphabet="[]to agre:#?,\n`*(x)", max_size=200))
def test_any_text_can_be_searched_for_questions(text: str) -> None:
    assert agreed(text).done <= agreed(text).total
    assert all("\n" not in one.question for one in still_to_agree(text))


def test_a_hostile_text_is_searched_in_no_time() -> None:
    assert still_to_agree("[to agree: " * 20_000) == []
    assert still_to_agree("[to agree: [" + "a" * 50_000) == []
    assert still_to_agree("```\n" * 5_001) == []


# Strangers' words

EVIL = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "](https://evil.example) [x](javascript:alert(1))",
    "![x](https://evil.example/pixel.png)",
    "https://evil.example www.evil.example",
    "a\n\n# heading\n- item\r\n</li></ul>",
    "&lt;b&gt; &#60;i&#62;",
    "1. one `code` **bold** ~~gone~~ [[wiki]] #tag",
    "\x1b[31mred\u202e",
)


def everywhere(text: str) -> StartPage:
    """Return the page where this text is in every place that a stranger can write to."""
    return page(
        {
            "board:work": {"title": text},
            WEEK: {"title": text},
            "board:work/card:call": {"title": text, "owner": text, "due": text},
            "document:glossary": {
                "title": text,
                "body": f"{text}\n\n[to agree: {text}?, a, {text}]",
            },
            "table:tracker/column:goal": {"title": text},
            "meeting:weekly": {"title": text, "timezone": text},
        },
        title=text,
    )


def assert_harmless(made: StartPage) -> None:
    plain, html = Html(page().html), Html(made.html)
    allowed = {tag for tag, _ in plain.tags}
    assert html.open == []
    assert {tag for tag, _ in html.tags} <= allowed
    for tag, attributes in html.tags:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        if tag == "a":
            assert re.fullmatch(r"#main|link:[a-z0-9:/.-]+", attributes["href"] or "")
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(made.markdown)
    found = [t for token in tokens for t in (token, *(token.children or ()))]
    hrefs = [str(t.attrs["href"]) for t in found if t.type == "link_open"]
    assert all(re.fullmatch(r"link:[a-z0-9:/.-]+", href) for href in hrefs)
    kinds = {t.type for t in found}
    assert not kinds & {"html_block", "html_inline", "image", "code_inline", "fence", "table_open"}
    assert len([t for t in found if t.type == "heading_open"]) <= 6


@pytest.mark.parametrize("text", EVIL)
def test_nothing_that_a_stranger_wrote_comes_alive(text: str) -> None:
    assert_harmless(everywhere(text))


@given(st.text(max_size=40))
def test_no_text_comes_alive(text: str) -> None:
    assert_harmless(everywhere(text))


@given(st.text(alphabet="abz 019.)(-+*#_[]<>&;:/!`~\\|=$@^w", min_size=1, max_size=30))
def test_escaped_text_shows_just_its_words(text: str) -> None:
    inline = MarkdownIt("commonmark").parse(f"- [x](link:a:b): {escaped(text)}")
    shown = "".join(
        child.content for token in inline for child in token.children or () if child.type != "link"
    )
    assert shown == " ".join(f"x: {text}".split())


def test_an_address_of_another_host_does_not_become_a_link() -> None:
    assert escaped("see https://evil.example") == "see https\\://evil.example"
    assert escaped("www.evil.example") == "www\\.evil.example"
    assert escaped("ana@acme.example") == "ana\\@acme.example"


# How the HTML is made


def test_the_html_asks_no_other_host_and_runs_no_script() -> None:
    html = page().html
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    assert f'http-equiv="Content-Security-Policy" content="{policy}' in html
    assert not re.search(r"<script|<link|<img|@import|url\(|https?:", html)


def test_the_html_can_be_read_by_ear_and_by_keyboard() -> None:
    html = Html(page().html)
    tags = [tag for tag, _ in html.tags]
    assert {"header", "nav", "main", "footer"} <= set(tags)
    assert tags.count("h1") == tags.count("main") == 1
    ids = [attributes["id"] for _, attributes in html.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    named = [attributes["aria-labelledby"] for tag, attributes in html.tags if tag == "section"]
    assert named
    assert set(named) <= set(ids)
    assert all(attributes.get("aria-label") for tag, attributes in html.tags if tag == "svg")
    assert ("html", {"lang": "en"}) in html.tags
