"""A line of the notes is an action item: what it says, and what is written back, and no more."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smarketing.calendar.days import day_said, in_words
from smarketing.integrations.google.doc import normal
from smarketing.minutes.asking import asked
from smarketing.minutes.lines import lines_in, written
from smarketing.minutes.page import Page
from smarketing.minutes.rewording import composed, reworded
from smarketing.minutes.shown import CHOICE, escaped, plain
from smarketing.minutes.words import Knowing, Words, read
from smarketing.sync.statuses import Status, vocabulary

PEOPLE = {
    "ana": "Ana Silva",
    "ben": "Ben Okoye",
    "ben-h": "Ben Hur",
    "dana": "Dana Wu",
}
WORDS = vocabulary(
    [
        Status("week", "This week", ("to do",)),
        Status("stuck", "Stuck", ("blocked",)),
        Status("done", "Done", ("finished",), ticked=True),
    ],
    choices=["Ideas"],
)
MONDAY = date(2026, 12, 7)
KNOWING = Knowing(PEOPLE, WORDS, MONDAY, {"dana@acme.example": "Dana Wu"})


def said(text: str) -> tuple[str, str | None, str | None, str]:
    words = read(text, KNOWING)
    return words.title, words.owner, words.due, words.status


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("@ana send the list by Friday", ("send the list", "Ana Silva", "2026-12-11", "")),
        ("Ana: send the list", ("send the list", "Ana Silva", None, "")),
        ("**Ana:** send the list", ("send the list", "Ana Silva", None, "")),
        ("Ana Silva: send it, by 11 Dec.", ("send it", "Ana Silva", "2026-12-11", "")),
        ("send the list by Friday @ana", ("send the list", "Ana Silva", "2026-12-11", "")),
        ("send the list @ana by 2027-01-08", ("send the list", "Ana Silva", "2027-01-08", "")),
        (
            "Dana: call the 9 leads · due Fri 11 Dec · Stuck",
            ("call the 9 leads", "Dana Wu", "2026-12-11", "Stuck"),
        ),
        (
            "Dana: price sheet · due Fri 4 Dec, 3 days late · carried once · This week",
            ("price sheet", "Dana Wu", "2026-12-04", "This week"),
        ),
        ("Ana: call by Friday · ![Stuck](doc:kix.a)", ("call", "Ana Silva", "2026-12-11", "Stuck")),
        (
            "Ana: call by Friday ![blocked](doc:kix.a) · look",
            ("call", "Ana Silva", "2026-12-11", "blocked"),
        ),
        ("Ana: call ![Whenever](doc:kix.a)", ("call Whenever", "Ana Silva", None, "")),
        ("![Stuck](doc:kix.a) @ana call by Friday", ("call", "Ana Silva", "2026-12-11", "Stuck")),
        ("Ana: call · due Fri 11 Dec ·", ("call", "Ana Silva", "2026-12-11", "")),
        ("Ana: call · ", ("call", "Ana Silva", None, "")),
        ("write it · blocked", ("write it", None, None, "blocked")),
        ("write it · Ideas", ("write it", None, None, "Ideas")),
        ("price list · new one · to do", ("price list · new one", None, None, "to do")),
        ("price list · Done · but look again", ("price list", None, None, "Done")),
        ("Dana - send it", ("send it", "Dana Wu", None, "")),
        ("Dana Wu – send it – now", ("send it – now", "Dana Wu", None, "")),
        ("Dana → copy, next Friday", ("copy", "Dana Wu", "2026-12-18", "")),
        ("Dana -\\> copy", ("copy", "Dana Wu", None, "")),
        ("@dana - copy", ("copy", "Dana Wu", None, "")),
        ("Dana Wu will call Jo by end of week", ("call Jo", "Dana Wu", "2026-12-11", "")),
        ("dana@acme.example send it by 24/12", ("send it", "Dana Wu", "2026-12-24", "")),
        ("<Dana@acme.example>: send it", ("send it", "Dana Wu", None, "")),
        ("[dana@acme.example](mailto:dana@acme.example) go", ("go", "Dana Wu", None, "")),
        ("otto@acme.example send it", ("otto@acme.example send it", None, None, "")),
        ("price - list", ("price - list", None, None, "")),
        ("Who will send it", ("Who will send it", None, None, "")),
        ("price sheet, Friday", ("price sheet, Friday", None, None, "")),
        ("price sheet by 11/12", ("price sheet by 11/12", None, None, "")),
        ("stand by the door by tomorrow", ("stand by the door", None, "2026-12-08", "")),
        ("drive by", ("drive by", None, None, "")),
        (
            "Dana, Ana: call by Friday",
            ("Dana, Ana: call", "Dana Wu", "2026-12-11", ""),
        ),
        ("@dana @ana call · Stuck", ("@dana @ana call", "Dana Wu", None, "Stuck")),
        ("Dana and Ana Silva: call", ("Dana and Ana Silva: call", "Dana Wu", None, "")),
        ("Dana, Otto: call", ("Dana, Otto: call", None, None, "")),
        (
            "Head of sales: a goal by the next meeting",
            ("Head of sales: a goal by the next meeting", None, None, ""),
        ),
        (
            "**call** the [leads](https://x.example) \\*now\\*",
            ("call the leads *now*", None, None, ""),
        ),
    ],
)
def test_a_line_says_who_what_by_when_and_how_it_stands(
    text: str, means: tuple[str, str | None, str | None, str]
) -> None:
    assert said(text) == means


@pytest.mark.parametrize("line", ["Dana, Ana: call", "@dana and @ana: call by Friday"])
def test_of_several_names_the_first_is_the_owner_and_a_change_of_either_is_written(
    line: str,
) -> None:
    title = read(line, KNOWING).title
    assert read(line, KNOWING).beside == ("Ana Silva",)
    handed = reworded(line, {"owner": "Ben Hur"}, KNOWING)
    assert handed == f"Ben Hur: {line}"
    assert said(handed)[:2] == (title, "Ben Hur")
    assert said(reworded(line, {"title": "go"}, KNOWING))[:2] == ("go", "Dana Wu")
    assert reworded(line, {"owner": ""}, KNOWING) == line


def test_a_first_name_that_two_people_have_names_nobody_and_is_told() -> None:
    words = read("@ben send the list", KNOWING)
    assert words.owner == "Ben Okoye", "their key says who is meant"
    words = read("Ben: send the list", Knowing({"o": "Ben Okoye", "h": "Ben Hur"}, WORDS, MONDAY))
    assert (words.owner, words.also) == (None, ("Ben Okoye", "Ben Hur"))
    assert words.title == "Ben: send the list"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Friday", "2026-12-11"),
        ("fri", "2026-12-11"),
        ("Monday", "2026-12-14"),
        ("next Friday", "2026-12-18"),
        ("tomorrow", "2026-12-08"),
        ("11 Dec", "2026-12-11"),
        ("Fri 11 December", "2026-12-11"),
        ("the 11th of December", "2026-12-11"),
        ("December 11", "2026-12-11"),
        ("8 Jan", "2027-01-08"),
        ("30 Nov", "2026-11-30"),
        ("2027-02-28", "2027-02-28"),
        ("24/12", "2026-12-24"),
        ("12/24", "2026-12-24"),
        ("5/5", "2027-05-05"),
        ("24/12/2027", "2027-12-24"),
        ("11/12", None),
        ("24/13", None),
        ("end of week", "2026-12-11"),
        ("the end of the week", "2026-12-11"),
        ("end of next week", "2026-12-18"),
        ("31 Feb", None),
        ("then", None),
        ("the second meeting", None),
    ],
)
def test_days_are_understood_as_people_say_them(words: str, day: str | None) -> None:
    found = day_said(words, MONDAY)
    assert (found.isoformat() if found else None) == day


def test_on_a_weekend_the_end_of_the_week_may_be_that_of_the_next_one() -> None:
    assert day_said("end of week", date(2026, 12, 12)) is None
    assert day_said("end of week", date(2026, 12, 11)) == date(2026, 12, 11)


@pytest.mark.parametrize(
    ("line", "handed", "later"),
    [
        ("Dana - send it", "Ben Hur - send it", "Dana - send it · due Thu 24 Dec"),
        ("Dana Wu will go", "Ben Hur will go", "Dana Wu will go · due Thu 24 Dec"),
        ("Dana: go, next Friday", "Ben Hur: go, next Friday", "Dana: go, by Thu 24 Dec"),
        ("dana@acme.example: go", "@ben-h: go", "dana@acme.example: go · due Thu 24 Dec"),
        ("<dana@acme.example> go", "@ben-h go", "<dana@acme.example> go · due Thu 24 Dec"),
        ("Dana: go by end of week", "Ben Hur: go by end of week", "Dana: go by Thu 24 Dec"),
    ],
)
def test_a_line_in_other_words_takes_another_owner_and_day_where_it_has_them(
    line: str, handed: str, later: str
) -> None:
    assert reworded(line, {"owner": "Ben Hur"}, KNOWING) == handed
    assert reworded(line, {"due": "2026-12-24"}, KNOWING) == later


ASKED = [
    ("copy for Dana", "Whose is “copy for Dana”? Write a name in front, as in “Dana: ...”."),
    (
        "Dana, Otto: call by 11/12",
        "Whose is “Dana, Otto: call by 11/12”, and when is it due? Write it as “Dana: ... by Friday”.",
    ),
    (
        "Ana: price sheet, Friday",
        "When is “price sheet, Friday” due? Write the day at its end, as in “by Friday” or “by 11 Dec”.",
    ),
    ("a danaide in March", ""),
    ("Monday's list", ""),
    ("~~copy for Dana~~", ""),
    ("Ana: copy for Dana by Friday", ""),
]


@pytest.mark.parametrize(("line", "question"), ASKED)
def test_what_could_not_be_read_is_asked_where_a_name_or_a_day_is_left(
    line: str, question: str
) -> None:
    assert asked(read(line, KNOWING), KNOWING, PEOPLE.values()) == question


@pytest.mark.parametrize(
    "box", ["- [ ] ", "☐ ", "- ☐ ", "[ ] ", "\\[ \\] ", "\\- \\[ \\] ", "- \\[ \\] "]
)
def test_a_box_is_read_and_ticked_however_somebody_typed_it(box: str) -> None:
    body = f"### Promises\n\nThem.\n\n{box}Ana: send the list\n\nAnd so on.\n"
    (line,) = [each for each in lines_in(body, KNOWING) if each.is_action]
    assert (line.words.title, line.words.owner, line.is_ticked) == (
        "send the list",
        "Ana Silva",
        False,
    )
    ticked = written(body, {line.start: {"status": "[x]"}}, KNOWING)
    (again,) = [each for each in lines_in(ticked, KNOWING) if each.is_action]
    assert (again.words.title, again.is_ticked) == ("send the list", True)
    assert sum(a != b for a, b in zip(body, ticked, strict=True)) == 1
    assert written(ticked, {again.start: {"status": "[ ]"}}, KNOWING) == body


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.dates(date(2020, 1, 1), date(2034, 1, 1)))
def test_a_day_that_we_write_is_read_as_that_day(said_on: date, day: date) -> None:
    assert day_said(in_words(day, said_on), said_on) == day


_LETTERS = list("ab B@:·,*_`[]()~<>&\\!#|-+.'\"é漢01 ")
texts = st.lists(
    st.sampled_from([*_LETTERS, " by ", " due ", " · ", "by Friday", "Ana: "]), max_size=25
).map(lambda parts: " ".join("".join(parts).split()))


@given(texts)
def test_text_stays_text_whatever_it_looks_like(text: str) -> None:
    assert plain(escaped(text)) == text


parts = st.lists(
    st.sampled_from(
        [
            "@ana", "Ana:", "Dana Wu:", "Dana Wu –", "Ana ->", "Ana will", "dana@acme.example",
            "<dana@acme.example>:", ", next Friday", "by 24/12", "by end of week", "-", "will", "**Ben Hur:**", "send", "the list", "by", "Friday",
            "by 11 Dec", "· due Fri 11 Dec", "· Stuck", "· Done", "· a remark", "· carried twice",
            "[call *it*](link:board:work/card:call)", "![Stuck](doc:kix.a)", "· ![Done](doc:kix.b)",
            "![photo](doc:kix.c)", "![](doc:kix.d)", "\\*", "é", "·", "@nobody", "(", "~~",
        ]
    ),
    min_size=1,
    max_size=8,
).map(" ".join)  # fmt: skip
values = st.fixed_dictionaries(
    {},
    optional={
        "title": texts.filter(bool),
        "owner": st.sampled_from([None, *PEOPLE.values()]),
        "due": st.sampled_from([None, "2026-12-11", "2026-12-24", "2028-02-29"]),
        "status": st.sampled_from(["", "This week", "Stuck", "Done", "Ideas"]),
    },
)


def told(words: Words) -> dict[str, object]:
    return {
        "title": words.title,
        "owner": words.owner,
        "due": words.due,
        "status": words.status,
        "carried": words.carried,
        "target": words.target,
    }


@given(parts, values)
def test_what_is_written_is_read_back_and_all_else_stays(
    text: str, wanted: dict[str, object]
) -> None:
    before, now = told(read(text, KNOWING)), told(read(reworded(text, wanted, KNOWING), KNOWING))  # type: ignore[arg-type]
    for name, value in now.items():
        assert value in (before[name], wanted.get(name, before[name]))


@given(parts, values)
def test_writing_what_a_line_says_already_changes_nothing(
    text: str, wanted: dict[str, object]
) -> None:
    once = reworded(text, wanted, KNOWING)  # type: ignore[arg-type]
    says = {name: value for name, value in told(read(once, KNOWING)).items() if name in wanted}
    assert reworded(once, says, KNOWING) == once  # type: ignore[arg-type]


@given(
    st.sampled_from(["Call them", "send the list", "price sheet 2"]),
    st.sampled_from([None, *PEOPLE.values()]),
    st.sampled_from([None, "2026-12-11", "2028-02-29"]),
    st.sampled_from(["", "This week", "Done"]),
    st.sampled_from(["", "board:work/card:call"]),
)
def test_a_new_line_says_just_what_it_was_made_of(
    title: str, owner: str | None, due: str | None, status: str, target: str
) -> None:
    fields = {"title": title, "owner": owner, "due": due, "status": status}
    words = read(composed(fields, KNOWING, target, {"carried": "carried twice"}), KNOWING)
    assert told(words) == {**fields, "carried": 2, "target": target}


BODY = """# Notes

- [ ] water the plants
- [ ] @ana is named, so this counts
- [x] [Fair list](link:board:work/card:fair) leads to a card

### Promises

- [ ] nobody is named here
  - [ ] Dana: nested, by Friday
- no box
@dana: below it
  and on

### After that

- [ ] not a promise
"""


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("- @ana without a box, by Friday", True),
        ("@ana in a line of its own", True),
        ("☐ Ana: with a sign that stands for a box", True),
        ("Ana: beneath a heading that is not for promises", False),
        ("- Ana said that it is done", False),
        ("@stranger is nobody here", False),
    ],
)
def test_where_boxes_cannot_be_read_a_name_in_front_is_enough(line: str, counts: bool) -> None:
    found = lines_in(f"# Notes\n\n{line}\n", KNOWING)
    assert [each.is_action for each in found] == [counts]


@pytest.mark.parametrize(
    ("words", "counts"),
    [
        ("· Stuck", False),
        ("Stuck", False),
        ("Ana:", False),
        ("@ana", False),
        ("@stranger", False),
        ("\u200b", False),
        ("@ana \u2060", False),
        ("Ana: Stuck customers", True),
        ("Stuck deals go to Ben", True),
        ("[Stuck](link:board:work/card:fair)", True),
    ],
)
def test_a_line_that_says_nothing_to_do_is_no_action_item(words: str, counts: bool) -> None:
    found = lines_in(f"### Promises\n\n- [ ] {words}\n", KNOWING)
    assert [each.is_action for each in found] == [counts]


def test_what_begins_with_a_name_below_another_line_is_a_line_of_its_own() -> None:
    body = "- [ ] plain thing\n@ana ring Otto by Friday\n\nWe met\n  @dana: call\n@otto too\n"
    found = [
        (each.words.title, each.words.owner, each.tick >= 0) for each in lines_in(body, KNOWING)
    ]
    assert found == [
        ("plain thing", None, True),
        ("ring Otto", "Ana Silva", False),
        ("We met", None, False),
        ("call @otto too", "Dana Wu", False),
    ]
    first = lines_in(body, KNOWING)[1]
    handed = written(body, {first.start: {"owner": "Dana Wu", "status": "[x]"}}, KNOWING)
    assert handed == body.replace("@ana ring Otto by Friday", "@dana ring Otto by Friday · Done")
    assert written(body, {first.start: {"owner": None}}, KNOWING) == body


def test_a_line_without_a_box_says_done_in_a_word() -> None:
    body = "### Promises\n\n- Ana: send it\n"
    (line,) = lines_in(body, KNOWING)
    assert (line.is_action, line.is_ticked) == (True, False)
    done = written(body, {line.start: {"status": "[x]"}}, KNOWING)
    assert done == "### Promises\n\n- Ana: send it · Done\n"
    assert lines_in(done, KNOWING)[0].fields["status"] == "[x] Done"


DROP_DOWN = "Ana: call ![Stuck](doc:kix.a) · carried once"


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ({"status": "Done"}, "Ana: call ![Done](doc:kix.a) · carried once"),
        (
            {"due": "2026-12-11", "status": "Done", "owner": "Dana Wu"},
            "Dana: call ![Done](doc:kix.a) · due Fri 11 Dec · carried once",
        ),
        ({"title": "ring"}, "Ana: ring ![Stuck](doc:kix.a) · carried once"),
        ({"status": ""}, DROP_DOWN),
        ({"status": "to ] do"}, DROP_DOWN),
    ],
)
def test_a_drop_down_stays_on_its_line_whatever_is_written(
    wanted: dict[str, str], text: str
) -> None:
    assert reworded(DROP_DOWN, wanted, KNOWING) == text


@pytest.mark.parametrize(
    "text",
    [
        "~~Ana: call ![Stuck](doc:kix.a)~~ (dropped 2026-12-07)",
        "~~Ana: call · ![Stuck](doc:kix.a) · carried once~~ (dropped 2026-12-07)",
    ],
)
def test_a_line_with_a_drop_down_is_struck_out_however_google_parts_it(text: str) -> None:
    item = f"- {text}\n"
    assert normal(item) != item
    for said in (text, normal(item)[2:-1]):
        words = read(said, KNOWING)
        assert (words.title, words.status, words.is_struck) == ("call", "Stuck", True)
    assert not read(text.replace("~~", ""), KNOWING).is_struck


def test_a_drop_down_in_front_of_a_line_is_written_to_and_stays_there() -> None:
    line = "![Stuck](doc:kix.a) Ana: call"
    wanted = {"title": "ring", "due": "2026-12-11", "status": "Done"}
    assert reworded(line, wanted, KNOWING) == "![Done](doc:kix.a) Ana: ring · due Fri 11 Dec"
    (found,) = lines_in("- ![Stuck](doc:kix.a) @ana call\n", KNOWING)
    assert (found.is_action, found.words.owner) == (True, "Ana Silva")


def test_a_drop_down_that_shows_nothing_clears_the_status_and_takes_the_next_one() -> None:
    (found,) = lines_in("- [ ] Ana: call · ![](doc:kix.a)\n", KNOWING)
    assert (found.words.title, found.fields["status"]) == ("call", "")
    assert reworded(found.text, {"status": "Stuck"}, KNOWING) == "Ana: call · ![Stuck](doc:kix.a)"
    (without,) = lines_in("- [ ] Ana: call\n", KNOWING)
    assert without.fields["status"] == "[ ]"


@pytest.mark.parametrize(
    ("text", "is_mute"),
    [
        ("Ana: call · ![Parked](doc:kix.a)", True),
        ("Ana: call ![Parked](doc:kix.a)", True),
        ("Ana: call · ![Parked](doc:kix.a) · Stuck", False),
        ("Ana: call · ![Stuck](doc:kix.a)", False),
        ("Ana: call · ![](doc:kix.a)", False),
        ("Ana: look at ![photo](doc:kix.a) first", False),
    ],
)
def test_a_drop_down_that_shows_a_word_of_no_status_says_nothing(text: str, is_mute: bool) -> None:
    assert read(text, KNOWING).is_mute is is_mute


def test_the_dot_that_a_status_leaves_behind_is_used_again() -> None:
    assert reworded("Ana: call ·", {"status": "Stuck"}, KNOWING) == "Ana: call · Stuck"


@given(parts, values)
def test_no_thing_of_the_tool_is_written_away(text: str, wanted: dict[str, object]) -> None:
    handles = [found["handle"] for found in CHOICE.finditer(text)]
    after = reworded(text, wanted, KNOWING)  # type: ignore[arg-type]
    assert [found["handle"] for found in CHOICE.finditer(after)] == handles


def test_what_counts_is_a_promise_names_somebody_or_leads_to_a_card() -> None:
    found = [line.words.title for line in lines_in(BODY, KNOWING) if line.is_action]
    assert found == [
        "is named, so this counts",
        "Fair list leads to a card",
        "nobody is named here",
        "nested",
        "below it and on",
    ]


@pytest.mark.parametrize(
    "title", ["#", "# 1 plan", "###### six", "- now", "+ 5 %", "#1 on the list"]
)
def test_a_title_that_begins_like_a_heading_or_a_list_stays_a_title(title: str) -> None:
    lines = lines_in(BODY, KNOWING)
    (at,) = [number for number, line in enumerate(lines) if line.text == "no box"]
    now = lines_in(written(BODY, {lines[at].start: {"title": title}}, KNOWING), KNOWING)
    assert len(now) == len(lines)
    assert now[at].words.title == title


@given(st.lists(values, min_size=8, max_size=8), st.booleans())
@example([*[{}] * 6, {"owner": None, "title": "@"}, {}], False)
def test_writing_into_lines_touches_nothing_else(
    wanted: list[dict[str, object]], ticked: bool
) -> None:
    lines = lines_in(BODY, KNOWING)
    asked = {
        line.start: {**fields, "status": f"[{'x' if ticked else ' '}] Stuck"}
        for line, fields in zip(lines, wanted, strict=False)
        if fields
    }
    body = written(BODY, asked, KNOWING)  # type: ignore[arg-type]
    now = lines_in(body, KNOWING)
    assert len(now) == len(lines)
    at, was = 0, 0
    for old, new in zip(lines, now, strict=True):
        until, then = (old.start, new.start) if old.tick < 0 else (old.tick, new.tick)
        assert body[at:then] == BODY[was:until]
        if old.tick >= 0:
            assert new.is_ticked == (ticked if old.start in asked else old.is_ticked)
        at, was = new.end, old.end
    assert body[at:] == BODY[was:]


def test_a_section_that_another_computer_wrote_shows_the_lines_of_open_work() -> None:
    """Its line was typed anew since, so that it links to no card any more."""
    section = (
        "## Promises\n\n- [ ] Dana: call the 9 leads today · carried once · done\n- [ ] Ben: new\n"
    )
    there = [
        composed({"title": title, "owner": "Dana Wu"}, KNOWING, "board:work/card:of-1")
        for title in ("call them", "call the 9 leads today")
    ]
    former = tuple(("document:n/line:own-1", text) for text in there)
    page = Page("document:n", section, 0, len(section), MONDAY, False, KNOWING, former=former)
    known, new = page.lines
    assert known == "document:n/line:own-1"
    assert new.startswith("document:n/line:own-")
    assert [words.title for words in page.fresh()] == ["new"]
