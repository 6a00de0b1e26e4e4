"""The sync blocks of a playbook: what is wrong with them, and what they are in a workspace."""

from datetime import date
from pathlib import Path

import pytest

from smarketing.config.loading import load_config
from smarketing.instep.promised import promised_of
from smarketing.playbook.loading import load_playbook
from smarketing.playbook.playbook import Playbook
from smarketing.problems import Problems
from smarketing.resolve.desired import Desired
from smarketing.resolve.resolve import resolve

HEAD = """\
playbook: team
title: Team
parts:
  essentials: [board:work]
  more: [table:tracker]
statuses:
  week: {words: [to do]}
  done: {words: finished, ticked: true}
boards:
  work: {title: Work, lists: {next: Next, week: This week, done: Done}}
documents:
  rules: {title: Rules, text: Be kind.}
tables:
  tracker: {title: Tracker, columns: {what: What, state: {title: State, choices: [Finished, To do, Parked]}, owner: Owner}}
meetings:
  weekly: {title: Weekly, when: every Monday at 10:00 for 45 minutes, notes: {document: weekly-notes}}
sync:
  status:
"""


def load(tmp_path: Path, *lines: str, head: str = HEAD) -> Playbook:
    """Load a playbook with these lines in its sync block."""
    text = head + "".join(f"    {line}\n" for line in lines)
    (tmp_path / "playbook.yaml").write_text(text, encoding="utf-8")
    return load_playbook(str(tmp_path), tmp_path)


def resolved(tmp_path: Path, *lines: str, config: str = "", head: str = HEAD) -> Desired:
    """Return what the playbook asks for with this config."""
    playbook = load(tmp_path, *lines, head=head)
    file = tmp_path / "config.yaml"
    file.write_text(f"workspace: Acme\nplaybook: {tmp_path}\n{config}", encoding="utf-8")
    return resolve(playbook, load_config(file), workspace="k3v9-7q2m", start=date(2026, 12, 7))


BOTH = "between: [board:work, table:tracker]"
ALL = "between: [board:work, table:tracker, document:weekly-notes]"


@pytest.mark.parametrize(
    ("lines", "where", "words"),
    [
        (["between: [board:work, meeting:weekly]"], (19, 27), "'meeting:weekly' can't show action items. Boards, tables and the running notes of meetings can: board:work, table:tracker and document:weekly-notes."),
        (["between: [board:work, document:rules]"], (19, 27), "'document:rules' can't show"),
        (["between: [board:work, table:trakker]"], (19, 27), "Did you mean 'table:tracker'?"),
        ([f"{BOTH[:-1]}, board:work]"], (19, 42), "'board:work' stands here twice."),
        ([BOTH, "fields: [title, stat]"], (20, 21), "'stat' is unknown. Did you mean 'status'?"),
        ([BOTH, "fields: [title, due]"], (20, 21), "table:tracker has no column for 'due'. Add a column 'Due', say which one holds it ('columns: {table:tracker: {due: key-of-the-column}}'), or take it out of 'fields:'."),
        ([BOTH, "fields: [checklist]"], (20, 14), "only board:work can hold it. Take it out of 'fields:'."),
        ([BOTH, "new: sometimes"], (20, 10), "Write 'everywhere', 'nowhere', or 'from board:work to table:tracker'."),
        (["between: [board:work, table:nothing]", "new: sometimes"], (20, 10), "or 'from board:work to table:tracker'."),
        ([BOTH, "new: from board:work to document:weekly-notes"], (20, 10), "'document:weekly-notes' is not among the places of 'between:'."),
        ([BOTH, "prefer: document:weekly-notes"], (20, 13), "Prefer board:work or table:tracker, or leave the line out."),
        ([BOTH, "columns: {table:tracker: {due: day}}"], (20, 36), "table:tracker has no column with the key 'day'. Known here: what, state, owner."),
        ([BOTH, "columns: {table:tracker: {title: what, due: what}}"], (20, 49), "The column 'what' holds 'title' already."),
        ([BOTH, "columns: {table:tracker: {checklist: what}}"], (20, 31), "A table has no checklists. Delete this line."),
        ([BOTH, "columns: {board:work: {title: what}}"], (20, 15), "'board:work' is not a table among the places"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_block_is_told_with_its_place_and_what_to_write_instead(
    lines: list[str], where: tuple[int, int], words: str, tmp_path: Path
) -> None:
    with pytest.raises(Problems) as caught:
        load(tmp_path, *lines)
    told = [p for p in caught.value.problems if words in str(p)]
    assert told, str(caught.value)
    assert (told[0].line, told[0].column) == where


def test_a_place_is_kept_in_step_by_one_block_only(tmp_path: Path) -> None:
    with pytest.raises(Problems, match="by the block 'status' already"):
        load(tmp_path, f"{BOTH}\n  other:", "between: [document:weekly-notes, table:tracker]")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[to do]", "[to do, Finished]", "'finished' is a word of the status 'week' already."),
        ("[to do]", "[to do], ticked: true", "'week' is ticked already"),
        ("[to do]", "[to do, Next]", "7:25: 'Next' is the title of the list 'next' of board:work already. Take it out of the words of 'week': a word can mean one status only."),
        ("next: Next", "next: Week", "7:9: 'week' is the title of the list 'next' of board:work already. Give that list another title, or this status another key."),
        ("finished, ticked", "[finished, NEXT], ticked", "8:28: 'NEXT' is the title of"),
    ],
)  # fmt: skip
def test_a_word_and_the_tick_belong_to_one_status_only(
    old: str, new: str, words: str, tmp_path: Path
) -> None:
    with pytest.raises(Problems, match=words):
        load(tmp_path, BOTH, head=HEAD.replace(old, new))


def test_a_list_of_a_board_without_that_status_is_known_by_its_word(tmp_path: Path) -> None:
    head = HEAD.replace(
        "done: Done}}", "done: Done}}\n  other: {title: Other, lists: {all: Finished}}"
    )
    [block] = resolved(tmp_path, "between: [board:work, board:other]", head=head).sync
    assert block.places["board:other"].spoken.shows == {"board:other/list:all": "done"}


def test_a_block_knows_its_places_their_columns_and_what_they_call_a_status(tmp_path: Path) -> None:
    [block] = resolved(tmp_path, ALL, "new: everywhere", "prefer: table:tracker").sync
    assert block.fields == ("title", "status", "owner", "due")
    tracker = block.places["table:tracker"]
    assert tracker.fields == {"title": "what", "status": "state", "owner": "owner"}
    assert list(tracker.spoken.shows.items()) == [
        ("To do", "week"),
        ("Finished", "done"),
        ("Parked", "=Parked"),
    ]
    assert block.places["board:work"].spoken.shows == {
        f"board:work/list:{key}": key for key in ("next", "week", "done")
    }
    assert block.places["document:weekly-notes"].spoken.render("done") == "[x] Done"
    assert block.new["board:work"] == {"table:tracker", "document:weekly-notes"}
    assert [block.rank(p) for p in ("table:tracker", "board:work")] == [-1, 0]


def test_a_place_in_a_part_that_was_not_chosen_is_dropped_and_said(tmp_path: Path) -> None:
    desired = resolved(tmp_path, ALL, "new: from board:work to table:tracker and document:weekly-notes", config="parts: [essentials]\n")  # fmt: skip
    [block] = desired.sync
    assert list(block.places) == ["board:work", "document:weekly-notes"]
    assert block.new == {"board:work": frozenset({"document:weekly-notes"})}
    assert (
        "table:tracker does not appear here: the others are kept in step (sync 'status')."
        in desired.left_out
    )


def test_a_block_with_one_place_left_keeps_nothing_in_step_and_says_so(tmp_path: Path) -> None:
    more = "more: [table:tracker, meeting:weekly, document:weekly-notes]"
    head = HEAD.replace("more: [table:tracker]", more)
    desired = resolved(tmp_path, BOTH, config="parts: [essentials]\n", head=head)
    assert not desired.sync
    assert any("so nothing is kept in step" in sentence for sentence in desired.left_out)


@pytest.mark.parametrize(
    ("new", "to"),
    [
        ("everywhere", {"board:work", "table:tracker"}),
        ("from board:work to table:tracker", {"board:work", "table:tracker"}),
        ("from table:tracker to board:work", {"board:work"}),
        ("nowhere", set()),
    ],
)
def test_notes_that_no_block_names_give_what_is_promised_to_its_board_and_get_nothing(
    new: str, to: set[str], tmp_path: Path
) -> None:
    [block] = resolved(tmp_path, BOTH, f"new: {new}").sync
    assert list(block.places) == ["board:work", "table:tracker", "document:weekly-notes"]
    assert set(block.new.get("document:weekly-notes", ())) == to
    assert all("document:weekly-notes" not in each for each in block.new.values())


def test_notes_that_no_block_names_belong_to_the_first_block_with_a_board(tmp_path: Path) -> None:
    more = "  people: {title: People, columns: {title: Title, owner: Owner}}\n  staff: {title: Staff, columns: {title: Title, owner: Owner}}\nmeetings:"  # fmt: skip
    tables = "    between: [table:people, table:staff]\n    new: everywhere\n  work:\n"
    head = HEAD.replace("meetings:", more, 1) + tables
    desired = resolved(tmp_path, BOTH, "new: everywhere", head=head)
    assert [list(block.places) for block in desired.sync] == [
        ["table:people", "table:staff"],
        ["board:work", "table:tracker", "document:weekly-notes"],
    ]
    said = promised_of(desired)
    assert said == ("A promise in “Weekly: notes” becomes a card on “Work”.",)
    alone = promised_of(resolved(tmp_path, "between: [table:people, table:staff]", head=head.partition("    between")[0]))  # fmt: skip
    assert alone[0].startswith("A promise in “Weekly: notes” stays there, because no `sync`")
