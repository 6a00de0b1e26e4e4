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
from smarketing.kinds import Value
from smarketing.resolve.desired import Desired, Item
from smarketing.startpage.startpage import StartPage, escaped, start_page
from smarketing.text.agreement import Agreed, Open, agreed, still_to_agree

GLOSSARY = """# Glossary

These words mean *one* thing, see the [rule](link:document:rule). More follows.

- **Owners:** Ana and *Dana*, together: a meaning changes when both agree.

## How the words follow each other

Text.

## Lead · agreed 14 Dec 2026 by Ana and Dana

## Customer · proposed

## Campaign · agreed 14 Dec 2026

[to agree: does a webinar count? Ben, by 21 Dec]
"""

NOTES = """## Mon 14 Dec 2026, 10:00-10:45 · second meeting

Promises: 3 of 4.

## Mon 7 Dec 2026, 10:00-10:45 · first meeting
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
    "document:notes": ("root:local", {"title": "Weekly notes", "body": NOTES}),
    "folder:buyers": ("root:local", {"title": "Buyers"}),
    "document:olga": (
        "folder:buyers",
        {"title": "Olga", "body": "# Olga\n\nOwner: Dana. Or Ben.\n"},
    ),
    "table:tracker": ("root:local", {"title": "Tracker"}),
    "table:tracker/column:goal": ("table:tracker", {"title": "Goal"}),
    "table:tracker/row:a": (
        "table:tracker",
        {"cells": {"goal": "[to agree: which share?, head of sales, second meeting]"}},
    ),
    "table:goals": ("root:local", {"title": "Goals of both"}),
    "table:goals/row:answered": (
        "table:goals",
        {
            "cells": {
                "goal": "Leads answered in a day",
                "baseline": "41 %",
                "now": "58 % (31 of 53)",
                "target": "80 %",
                "by": "30 Dec 2026",
                "owner": "Ana Silva",
            }
        },
    ),
    "table:goals/row:waiting": (
        "table:goals",
        {
            "cells": {
                "goal": "Waiting leads",
                "now": "Not measured yet",
                "target": "0",
                "owner": "Ben",
            }
        },
    ),
    "table:goals/row:empty": ("table:goals", {"cells": {}}),
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


FAR = "58 % of 80 %, started at 41 %: 43 % of the way"
PURPOSES = {
    "board:work": "Who does what by when",
    "document:glossary": "What our words mean",
    "folder:buyers": "One page for each buyer",
    "meeting:weekly": "Five points, no slides",
}


def page(
    changed: Mapping[str, Mapping[str, Value]] | None = None,
    title: str = "Acme",
    purposes: Mapping[str, str] = PURPOSES,
    more: Mapping[str, tuple[str, dict[str, Value]]] | None = None,
) -> StartPage:
    """Return the page of the world above, with some values changed and more things in it."""
    world = {**WORLD, **(more or {})}
    items = {
        a: Item(a, kind_of(a), "local", parent, fields) for a, (parent, fields) in world.items()
    }
    items["document:start-here"] = Item(
        "document:start-here", "document", "local", "root:local", {}
    )
    values = {a: {**fields, "parent": parent} for a, (parent, fields) in world.items()}
    for address, fields in (changed or {}).items():
        values[address] = {**values[address], **fields}
    desired = Desired(
        "id",
        title,
        date(2026, 12, 7),
        items,
        purposes=purposes,
        goals=frozenset({"table:goals"}),
    )
    return start_page(desired, values)


class Html(HTMLParser):
    """All tags with their attributes, all text, and whether each tag was closed in order."""

    EMPTY = ("meta", "rect", "path")

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
    assert "- [Work board](link:board:work): Who does what by when" in lines
    assert "- [Glossary](link:document:glossary): What our words mean" in lines
    html = Html(page().html)
    links = {attributes["href"] for tag, attributes in html.tags if tag == "a"}
    addresses = ("board:work", "document:glossary", "document:notes", "table:tracker")
    assert {f"link:{address}" for address in addresses} <= links
    assert "Who does what by when" in html.words


def test_a_thing_without_a_purpose_shows_just_its_link() -> None:
    assert "- [Tracker](link:table:tracker)" in page().markdown.splitlines()
    lines = page(purposes={}).markdown.splitlines()
    assert "- [Work board](link:board:work)" in lines
    assert "- [Glossary](link:document:glossary)" in lines


def test_links_are_grouped_by_what_they_lead_to_and_documents_by_their_folder() -> None:
    text = page().markdown
    groups = re.findall(r"^\*\*([^*]+)\*\*(?:$|: )", text.partition("\n## Goals")[0], re.MULTILINE)
    assert groups == ["Boards", "Meetings", "Tables", "Documents", "Documents in Buyers"]
    of_buyers = "**Documents in Buyers**: One page for each buyer\n\n- [Olga](link:document:olga)\n"
    assert of_buyers in text
    moved = page({"document:olga": {"parent": "root:local"}}).markdown
    assert "Documents in Buyers" not in moved
    assert "- [Olga](link:document:olga)" in moved


def test_what_is_known_of_a_meeting_without_a_clock_is_its_newest_agenda() -> None:
    following = "Monday 14 December 2026, 10:00 to 10:45; then every Monday"
    assert (
        "**Meetings**: All times are in Europe/London\n\n"
        "- [Weekly](link:meeting:weekly): Five points, no slides\n"
        f"  - Newest agenda: {following}\n"
        "  - Agenda and notes: [Weekly notes](link:document:notes)\n"
    ) in page().markdown
    assert page().markdown.count("](link:document:notes)") == 1
    words = Html(page().html).words
    assert f"Newest agenda: {following}" in words
    assert "Newest agenda Monday 14 December 2026 Weekly10:00 to 10:45; then every Monday" in words


@pytest.mark.parametrize(
    "notes", ["", "## Mon 7 Dec 2026\n", "Nothing yet.\n", "## Mon 30 Nov 2026\n\n## 31 Feb 2027\n"]
)
def test_without_a_later_agenda_it_is_the_first_date_and_said_as_such(notes: str) -> None:
    text = page({"document:notes": {"body": notes}}).markdown
    assert "  - First: Monday 7 December 2026, 10:00 to 10:45; then every Monday\n" in text
    alone = page({"meeting:weekly": {"notes": None}}).markdown
    assert "  - First: Monday 7 December 2026, 10:00" in alone
    assert "- [Weekly notes](link:document:notes)\n" in alone


@pytest.mark.parametrize(
    ("heading", "day"),
    [
        ("## Tue 15 Dec 2026, 14:00-14:45 · moved", "Tuesday 15 December"),
        ("# Tuesday, 15 December 2026", "Tuesday 15 December"),
        ("### 15 Dec 2026", "Tuesday 15 December"),
        ("## Agenda of Mon 21 Dec 2026", "Monday 21 December"),
        ("## Targets until 31 Dec 2026", "Monday 7 December"),
    ],
)
def test_a_heading_that_names_a_day_is_an_agenda_if_it_begins_with_it_or_we_meet_then(
    heading: str, day: str
) -> None:
    notes = f"{heading}\n\nWins.\n\n## Mon 7 Dec 2026\n"
    text = page({"document:notes": {"body": notes}}).markdown
    how = "First" if day == "Monday 7 December" else "Newest agenda"
    assert f"  - {how}: {day} 2026, 10:00 to 10:45; then every Monday\n" in text


def test_the_soonest_meeting_comes_first_and_each_says_its_zone_where_they_differ() -> None:
    review: dict[str, Value] = {
        "title": "Review",
        "start": "2026-12-09T15:00",
        "minutes": 60,
        "timezone": "Europe/Paris",
        "rule": "FREQ=MONTHLY;BYDAY=2WE",
    }
    text = page(more={"meeting:review": ("root:local", review)}).markdown
    assert text.index("Wednesday 9 December") < text.index("Monday 14 December")
    assert (
        "**Meetings**\n\n- [Review](link:meeting:review)\n"
        "  - First: Wednesday 9 December 2026, 15:00 to 16:00 (Europe/Paris); "
        "then every month on the second Wednesday\n"
    ) in text
    assert "10:00 to 10:45 (Europe/London)" in text
    html = page(more={"meeting:review": ("root:local", review)}).html
    assert "First meeting Wednesday 9 December 2026" in Html(html).words


def test_a_meeting_that_is_once_stays_on_its_day() -> None:
    shown = page({"meeting:weekly": {"rule": None}})
    assert "  - On Monday 7 December 2026, 10:00 to 10:45\n" in shown.markdown
    assert "10:00 to 10:45; then" not in shown.markdown + Html(shown.html).words


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"rule": "FREQ=HOURLY;X"}, "10:45; then in a rhythm of its own"),
        ({"rule": "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=5"}, "then in a rhythm of its own"),
        ({"rule": "FREQ=MONTHLY;BYMONTH=1,7;BYDAY=2TH"}, "then in a rhythm of its own"),
        ({"rule": "FREQ=WEEKLY;COUNT=3;BYDAY=MO"}, "then in a rhythm of its own"),
        (
            {"rule": "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=2TH"},
            "then every quarter on the second Thursday",
        ),
        (
            {"rule": "FREQ=WEEKLY;BYDAY=MO;UNTIL=20270329T225959Z"},
            "then every Monday until Monday 29 March 2027",
        ),
        ({"rule": None}, "slides\n  - On Monday 7 December 2026, 10:00 to 10:45"),
        ({"start": "soon"}, "slides\n  - Agenda"),
        ({"start": None, "minutes": "x"}, "slides\n  - Agenda"),
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


def test_who_owns_what_is_said_by_the_documents_and_tables_themselves() -> None:
    lines = page().markdown.splitlines()
    at = lines.index("## Who owns what")
    assert lines[at + 2 : at + 5] == [
        "- [Glossary](link:document:glossary): Ana and Dana, together",
        "- [Olga](link:document:olga): Dana",
        "- [Goals of both](link:table:goals): Ana Silva and Ben, row by row",
    ]


@pytest.mark.parametrize(
    "body",
    [
        "## Lead\n\n**Owner:** Ben\n",  # of an entry
        "Owner of the word: Ben\n",
        "- **Owner:** [to agree: who?, Ana, Friday]\n",
        "- **Owner:**\n",
        "",
    ],
)
def test_what_names_no_owner_of_the_whole_has_none(body: str) -> None:
    text = page({"document:olga": {"body": body}}).markdown
    assert "](link:document:olga):" not in text.partition("## Who owns what")[2]


def test_each_person_has_their_open_cards_with_the_first_due_first_and_no_mailbox() -> None:
    changed: dict[str, dict[str, Value]] = {"board:work/card:sign": {"owner": "Ben"}}
    text = page(changed).markdown
    assert "- **Ana Silva:** 1 open card\n  - Call the leads · due Fri 11 Dec 2026" in text
    assert "**Ben:**" not in text
    assert "ana@acme.example" not in text + page().html
    changed["board:work/card:sign"] |= {"owner": "Ana Silva", "done": None, "due": "2026-12-09"}
    text = page(changed).markdown
    assert "2 open cards\n  - Sign · due Wed 9 Dec 2026\n  - Call the leads · due Fri" in text


def test_open_cards_of_nobody_come_last_and_not_alone() -> None:
    nobody: dict[str, dict[str, Value]] = {"board:work/card:sign": {"done": None}}
    text = page(nobody).markdown
    assert text.rstrip().endswith("- **No owner yet:** 1 open card\n  - Sign")
    nobody["board:work/card:call"] = {"owner": None}
    assert "**No owner yet:**" not in page(nobody).markdown


def test_goals_stand_in_words_with_their_day_and_owner() -> None:
    lines = page().markdown.splitlines()
    at = lines.index("- **[Goals of both](link:table:goals)**")
    assert lines[at + 1 : at + 4] == [
        "  - Leads answered in a day: " + FAR + " · by 30 Dec 2026 · Ana Silva",
        "  - Waiting leads: Not measured yet, target: 0 · Ben",
        "",
    ]


def test_goals_are_a_table_with_charts_and_a_count() -> None:
    html = Html(page().html)
    charts = [a["aria-label"] for tag, a in html.tags if tag == "svg" and "aria-label" in a]
    assert charts == ["Chart: 43 % of the way, from 41 % to 80 %"]
    assert "58 % of 80 %, started at 41 %: 43\u00a0% of the way" in html.words
    assert "0 of 2 met" in html.words
    assert "1 not there yet · 1 without a number yet" in html.words


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
    [
        "`[to agree: question, owner, day]`",
        "[to agree: ]",
        "[to agree: [](x:y)]",
        "```\n[to agree: a?]\n```",
        "[to agree: a\n\nb]",
        "[x]",
    ],
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


GOAL = ("goal", "baseline", "now", "target", "by", "owner")


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
            "folder:buyers": {"title": text},
            "document:olga": {"title": text, "body": f"Owner: {text}"},
            "document:notes": {"title": text, "body": f"## Mon 7 Dec 2026 {text}"},
            "table:goals": {"title": text},
            "table:goals/row:answered": {"cells": dict.fromkeys(GOAL, text)},
            "table:goals/row:waiting": {
                "cells": {**dict.fromkeys(GOAL, text), "baseline": "1", "now": "2", "target": "3"}
            },
            "meeting:weekly": {"title": text, "timezone": text},
        },
        title=text,
        purposes=dict.fromkeys(WORLD, text),
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
    assert all(t.markup in ("#", "##") for t in found if t.type == "heading_open")


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
