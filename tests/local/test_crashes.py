"""Cut off at any call to the disk, and with hostile files: nothing is lost, nothing hangs."""

import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from smarketing.contract import Change
from smarketing.integrations.local.board import kanban
from smarketing.integrations.local.contents import contents
from smarketing.integrations.local.filenames import file_stem, slug
from smarketing.integrations.local.mapping import normalise

from .team import Team, all_done, creation
from .test_kanban import MEMBERS_BOARD


class Crash(BaseException):
    """The power is gone."""


CALLS = ((os, "fsync"), (os, "link"), (os, "replace"), (os, "utime"), (Path, "unlink"),
         (Path, "rename"), (Path, "mkdir"))  # fmt: skip


def crash_at(monkeypatch: pytest.MonkeyPatch, number: int, after: bool) -> list[int]:
    """Let the call with this number be the last, before or after it is done."""
    count = [0]

    def wrapped(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            count[0] += 1
            if count[0] == number and not after:
                raise Crash
            result = real(*arguments, **named)
            if count[0] == number:
                raise Crash
            return result

        return call

    for owner, name in CALLS:
        monkeypatch.setattr(owner, name, wrapped(getattr(owner, name)))
    return count


def shown(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


CHANGES = [
    creation("document:new", "document", title="New", body="New.\n"),
    creation("board:plan", "board", title="Plan"),
    creation("board:plan/list:a", "list", "board:plan", title="A"),
]


@pytest.mark.parametrize("after", [False, True])
def test_a_write_cut_off_anywhere_is_finished_by_the_next_run(tmp_path: Path, after: bool) -> None:
    crashes = 0
    for number in range(1, 60):
        team = Team(tmp_path / str(number))
        start = [
            creation("root:local", "root", "", title="Acme"),
            creation("document:glossary", "document", title="Glossary", body="Old.\n"),
        ]
        assert all_done(team.apply(*start))
        with pytest.MonkeyPatch.context() as monkeypatch:
            crash_at(monkeypatch, number, after)
            try:
                run(team)
            except Crash:
                crashes += 1
            else:
                break
        body = (team.root / "Glossary.md").read_text("utf-8")
        assert body.endswith(("Old.\n", "Fresh.\n"))
        team.ids |= {remote.marker: remote.id for remote in team.read().remotes if remote.marker}
        run(team)
        whole = Team(tmp_path / f"{number} whole")
        whole.apply(*start)
        run(whole)
        assert shown(team.root) == shown(whole.root), number
    assert crashes > 10


def run(team: Team) -> None:
    """Do what is still to be done, as the core would after a look at the folder."""
    glossary = team.now("document:glossary")
    there = {remote.marker for remote in team.read().remotes}
    missing = [change for change in CHANGES if change.address not in there]
    missing = [each for each in missing if each.kind != "list" or "board:plan" not in there]
    assert all_done(
        team.apply(
            *missing,
            Change("update", glossary.marker, "document", {"body": "Fresh.\n"}, before=glossary),
        )
    )


hostile = st.sampled_from(
    ["#", "#a", " #a", "(", "~~ (dropped", "~~", "## ", " ", "\t", "Owner:", "@{", '"', "BEGIN:VEVENT\n",
     "X-SMARKETING:a b\n", "[x](", "](", "- [ ] ", "\n- [ ] ", "\n\t- [ ] ", "\\", "\\#a ", ":", " : ", "\r", "=;"]
)  # fmt: skip


@given(
    st.lists(hostile, min_size=1, max_size=3).map("".join), st.sampled_from(["", "- [ ] ", "## "])
)
@settings(max_examples=30, deadline=None, phases=[Phase.generate])
def test_a_hostile_file_takes_no_longer_than_a_long_one(piece: str, start: str) -> None:
    text = (start + piece * (20_000 // len(piece))) + "x"
    began = time.process_time()
    board = f"---\nkanban-plugin: board\n---\n## A\n{text}\n"
    for path, held in (("B.md", board), ("D.md", text), ("T.csv", text)):
        assert contents(path, held, "") is not None
    with contextlib.suppress(ValueError):
        contents("Meetings.ics", text, "")
    for name in (file_stem, slug):
        name(text)
    normalise("card", "description", text)
    assert time.process_time() - began < 5


edits: list[Callable[[kanban.Card], object]] = [
    lambda card: card.say("Other words"),
    lambda card: card.tick(not card.done),
    lambda card: card.describe("one\n\ntwo"),
    lambda card: card.describe(""),
    lambda card: card.give("Zoë"),
    lambda card: card.give(None),
    lambda card: card.date("2027-01-01"),
    lambda card: card.tag({"new"}),
    lambda card: card.add_check("more", True),
    lambda card: card.name("card-new"),
]


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_an_edit_of_one_card_leaves_every_other_line(data: st.DataObject) -> None:
    source = MEMBERS_BOARD.split("\n")
    order = data.draw(st.lists(st.sampled_from(source), max_size=25))
    text = "\n".join(["---", "kanban-plugin: board", "---", "## A", *order])
    board = kanban.parse_board(text)
    cards = [card for lane in board.lanes for card in lane.cards]
    if not cards:
        return
    card = data.draw(st.sampled_from(cards))
    at = text_before(board, card)
    old = card.text()
    assert text[at : at + len(old)] == old
    for edit in data.draw(st.lists(st.sampled_from(edits), max_size=4)):
        edit(card)
    new = card.text()
    after = board.text()
    assert after[:at] == text[:at]
    assert after[at + len(new) :] == text[at + len(old) :]


def text_before(board: kanban.Board, card: kanban.Card) -> int:
    first, card.first = card.first, "\0"
    at: int = board.text().index("\0")
    card.first = first
    return at
