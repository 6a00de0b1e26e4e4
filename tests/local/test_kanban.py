"""Boards: what Obsidian's Kanban reads and writes, and bytes that nobody changed."""

import re
from dataclasses import dataclass, field

from hypothesis import example, given, settings
from hypothesis import strategies as st

from smarketing.integrations.local import kanban
from smarketing.integrations.local.card import Card, parse_card
from smarketing.integrations.local.card_line import one_line
from smarketing.integrations.local.document import Mark

MEMBERS_BOARD = """---

kanban-plugin: board
smarketing: ws board:work
tags: [sales]

---

Some words above.

## This week (3)

- [ ] Agree what a lead is #hand-off @{2026-12-13} ^card-agree
\tOwner: Ana Silva
\tBoth heads.
\t
\tIn one room.
\t- [ ] one
\t\tdeeper
\t- [x] two
\ttail
- [ ] A member's own card #Their/Tag @@{10:00}
* an odd bullet

## Done

**Complete**
- [x] Old one [[A note]]


***

## Archive

- [x] Put away ^card-old

%% kanban:settings
```
{"kanban-plugin":"board","lane-width":300}
```
%%"""

pieces = st.sampled_from(
    ["## ", "- [ ] ", "- [x] ", "\t", "    ", "\n", "\r\n", "***", "## Archive", "%% kanban:settings",
     "^card-a", "^card-a--b", "#tag", "@{2026-12-13}", "Owner: Ana", "Owner:", "words", " ", "\\", "---",
     "**Complete**", "kanban-plugin: board", "smarketing: ws board:work", "\ufeff", "é", "```",
     "\t- [ ] check", "\u2028", "\x0b"]
)  # fmt: skip
boards = st.lists(pieces | st.text(max_size=5), max_size=40).map("".join)
lines = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029\x85"),
    max_size=30,
).map(one_line) | st.sampled_from(
    ["Fix #12", "Fix #bug", r"Fix \#bug", "x ^card-a", "@{2026-01-01}", r"a #b \#c", "#a #b"]
)


@given(boards)
@example(MEMBERS_BOARD)
@settings(max_examples=300, deadline=None)
def test_a_board_that_nobody_changes_keeps_every_byte(text: str) -> None:
    board = kanban.parse_board(text)
    assert board.text() == text
    for lane in board.lanes:
        for card in lane.cards:
            assert card.text().startswith(card.first)
            _ = (card.title, card.labels, card.due, card.owner, card.description, card.checks)


def test_an_edit_touches_only_the_lines_of_its_own_thing() -> None:
    board = kanban.parse_board(MEMBERS_BOARD)
    agree = board.lanes[0].cards[0]
    agree.say("Agree on a lead")
    agree.checks[0].say(done=True)
    changed = [
        (old, new)
        for old, new in zip(MEMBERS_BOARD.split("\n"), board.text().split("\n"), strict=True)
        if old != new
    ]
    assert changed == [
        (
            "- [ ] Agree what a lead is #hand-off @{2026-12-13} ^card-agree",
            "- [ ] Agree on a lead #hand-off @{2026-12-13} ^card-agree",
        ),
        ("\t- [ ] one", "\t- [x] one"),
    ]


def test_a_lists_limit_and_a_members_cards_are_understood() -> None:
    board = kanban.parse_board(MEMBERS_BOARD)
    assert [lane.title for lane in board.lanes] == ["This week", "Done"]
    board.lanes[0].say("Now")
    assert "## Now (3)\n" in board.text()
    own = board.lanes[0].cards[1]
    assert (own.title, own.labels, own.block) == ("A member's own card", {"their/tag"}, "")
    assert board.archive is not None
    assert [card.block for card in board.archive.cards] == ["card-old"]


@given(
    title=lines,
    description=st.lists(lines, max_size=4).map("\n".join).map(lambda text: text.strip("\n")),
    owner=st.none() | lines.filter(bool),
    due=st.none() | st.dates().map(str),
    labels=st.frozensets(st.sampled_from(["hot", "hand-off", "a/b", "größe"])),
    done=st.booleans(),
    checks=st.lists(st.tuples(lines.filter(bool), st.booleans()), max_size=3),
)
@settings(max_examples=150, deadline=None)
def test_what_is_written_on_a_card_is_read_from_it(
    title: str,
    description: str,
    owner: str | None,
    due: str | None,
    labels: frozenset[str],
    done: bool,
    checks: list[tuple[str, bool]],
) -> None:
    description = re.sub(r"(?m)^- (?=\[.\])", "* ", description)
    board = kanban.new_board(Mark("ws", "board:work"))
    card = board.add_card(board.add_lane("Week"), title)
    card.name(kanban.board_id("ask.olga"))
    card.tag(labels)
    card.date(due)
    card.describe(description)
    card.give(owner)
    card.tick(done)
    for text, ticked in checks:
        card.add_check(text, ticked)
    read = kanban.parse_board(board.text()).lanes[0].cards[0]
    assert (read.title, read.due, read.labels, read.done) == (title, due, labels, done)
    assert kanban.card_key(read.block) == "ask.olga"
    assert read.owner == owner
    assert [line.rstrip() for line in read.description.split("\n")] == [
        line.rstrip() for line in description.split("\n")
    ]
    assert [(check.text, check.done) for check in read.checks] == checks


keys = st.from_regex(r"[a-z0-9][a-z0-9-]{0,39}", fullmatch=True)


@given(keys, st.none() | keys)
def test_a_block_id_leads_back_to_its_key(first: str, second: str | None) -> None:
    key = first if second is None else f"{first}.{second}"
    block = kanban.board_id(key)
    assert re.fullmatch(r"[A-Za-z0-9-]+", block)
    assert kanban.card_key(block) == key


def test_a_card_moves_with_its_body_and_a_card_goes_to_the_archive_section() -> None:
    board = kanban.parse_board(MEMBERS_BOARD)
    card = board.lanes[0].cards[0]
    whole = card.text()
    board.move(card, board.lanes[1])
    board.move(board.lanes[0].cards[0], board.archived())
    text = board.text()
    assert text.index("[[A note]]") < text.index(whole)
    assert text.index("Put away") < text.index("A member's own card")
    assert sorted(text) == sorted(MEMBERS_BOARD)


def test_crlf_boards_stay_crlf() -> None:
    text = MEMBERS_BOARD.replace("\n", "\r\n")
    board = kanban.parse_board(text)
    lane = board.add_lane("Later")
    card = board.add_card(lane, "New")
    card.describe("one\n\ntwo")
    board.archived()
    assert "\n" not in board.text().replace("\r\n", "")


def test_a_board_without_a_last_line_end_takes_more_cards() -> None:
    board = kanban.parse_board("## A\n\n- [ ] one")
    board.add_card(board.lanes[0], "two")
    board.add_lane("B")
    assert board.text() == "## A\n\n- [ ] one\n- [ ] two\n\n## B\n\n\n\n"


def test_a_card_written_by_hand_with_spaces_gets_more_lines_with_spaces() -> None:
    card = parse_card(["- [ ] Title\n", "  Owner: Ana\n", "  Words\n"])
    card.describe("New\nwords")
    assert card.text() == "- [ ] Title\n  Owner: Ana\n  New\n  words\n"


@dataclass
class ObsidianLane:
    """A lane as Obsidian's Kanban sees it."""

    title: str
    complete: bool = False
    items: list[tuple[str, str, str]] = field(default_factory=list)


def obsidian(text: str) -> tuple[list[ObsidianLane], list[tuple[str, str, str]]]:
    """Read a board as the Kanban plugin does: front matter, headings, items, archive, settings.

    Items are (check character, title with body dedented, block id).
    """
    front = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    assert front
    assert re.search(r"^kanban-plugin:\s*(basic|board)\s*$", front[1], re.MULTILINE)
    body, _, tail = text[front.end() :].partition("%% kanban:settings\n")
    assert re.fullmatch(r"```\n\{.*\}\n```\n%%\n?", tail, re.DOTALL)
    main, rule, archive = body.partition("\n***\n")
    lanes: list[ObsidianLane] = []
    for part in re.split(r"(?m)^## ", main)[1:]:
        title, _, rest = part.partition("\n")
        lanes.append(ObsidianLane(title, "**Complete**" in rest, items_of(rest)))
    assert not rule or archive.lstrip("\n").startswith("## Archive\n")
    return lanes, items_of(archive)


def items_of(text: str) -> list[tuple[str, str, str]]:
    items = []
    for item in re.finditer(r"(?m)^- \[(.)\] (.*(?:\n(?:\t.*|(?=\n*\t).*))*)", text):
        first, _, rest = item[2].partition("\n")
        block = re.search(r"\s\^([a-zA-Z0-9-]+)$", first)
        title = first[: block.start()] if block else first
        items.append((item[1], "\n".join([title, *rest.replace("\t", "", 1).split("\n")]).strip(),
                      block[1] if block else ""))  # fmt: skip
    return items


def test_obsidian_kanban_reads_what_we_write() -> None:
    board = kanban.new_board(Mark("ws", "board:work"))
    week, done = board.add_lane("This week"), board.add_lane("Done")
    card = board.add_card(week, "Agree what a lead is")
    card.name("card-agree")
    card.date("2026-12-13")
    card.describe("Both heads.\n\nIn one room.")
    card.add_check("One sentence", False)
    board.add_card(done, "Second").tick(True)
    third = board.add_card(done, "Third")
    board.move(third, board.archived())
    lanes, archive = obsidian(board.text())
    assert [lane.title for lane in lanes] == ["This week", "Done"]
    tick, title, block = lanes[0].items[0]
    assert (tick, block) == (" ", "card-agree")
    assert title.startswith("Agree what a lead is @{2026-12-13}\nBoth heads.")
    assert "- [ ] One sentence" in title
    assert lanes[1].items == [("x", "Second", "")]
    assert archive == [(" ", "Third", "")]


def test_a_title_keeps_its_words_when_tags_come_and_go() -> None:
    card = Card("- [ ] Call #urgent people #Hot @{2026-01-01} ^card-a\n")
    card.tag({"hot", "new"})
    assert card.first == "- [ ] Call #urgent people #Hot #new @{2026-01-01} ^card-a\n"
    card.tag(())
    card.date(None)
    assert card.first == "- [ ] Call #urgent people ^card-a\n"


def test_words_typed_above_the_owner_are_text_and_leave_the_owner() -> None:
    card = parse_card(["- [ ] Title\n", "  Waits for Legal\n", "  Owner: Ana\n", "  Words\n"])
    assert (card.owner, card.description) == ("Ana", "Waits for Legal\nWords")
    card.give("Ben")
    assert card.text() == "- [ ] Title\n  Waits for Legal\n  Owner: Ben\n  Words\n"
    card.describe("Waits for Ben\nWords")
    assert (card.owner, card.description) == ("Ben", "Waits for Ben\nWords")


def test_a_line_of_text_that_looks_like_an_owner_stays_text() -> None:
    card = parse_card(["- [ ] Title\n", "  Words\n"])
    card.describe("Words\nOwner: the winner\nMore")
    assert (card.owner, card.description) == (None, "Words\nOwner: the winner\nMore")
    card.give("Ana")
    assert (card.owner, card.description) == ("Ana", "Words\nOwner: the winner\nMore")
    card.give(None)
    assert (card.owner, card.description) == (None, "Words\nOwner: the winner\nMore")
