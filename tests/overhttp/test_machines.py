"""State is lost, or two machines have a state each: one workspace, and every member's word in it."""

from pathlib import Path

import pytest

from smarketing.integrations.google.sandbox.docs.document import Doc
from smarketing.integrations.google.sandbox.google import Google
from smarketing.integrations.google.sandbox.sheets.api import Sheet
from smarketing.integrations.trello.sandbox.vendor import Trello
from smarketing.planning.given import Request

from .members import in_google, in_trello
from .miniature import BOTH, GLOSSARY, TRELLO
from .office import Meanwhile, Office, office, second_computer
from .test_crashes import undisturbed
from .test_members import CARD, NEW_TEXT, TEXT, WORD, edit_everywhere


def test_lost_state_makes_nothing_twice_and_tells_nobody(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    made = office(tmp_path, names)
    assert not made.apply().failed
    before, told = made.picture(), made.mails()
    made.company.forget()
    recap = made.apply()
    assert not recap.failed
    assert not [change for change in recap.done if change.verb in ("create", "update", "grant")]
    assert (made.picture(), made.mails()) == (before, told)
    made.settled()


def test_lost_state_overwrites_nothing_that_members_wrote(tmp_path: Path) -> None:
    made = office(tmp_path, BOTH)
    made.apply()
    trello, google = in_trello(made.vendors), in_google(made.vendors)
    edit_everywhere(trello, google, in_google(made.vendors, "robot"))
    trello.change_card("Call who waits", name="Call them all")
    google.rename("Home", "Our home")
    before = made.picture()
    made.company.forget()
    made.playbook(TEXT, NEW_TEXT)
    made.document("glossary.md", GLOSSARY.replace("may buy", "may buy soon"))
    recap = made.apply()
    assert not recap.failed
    kept = {keep.address for keep in recap.plan.keeps}
    assert {"board:work/card:agree", "document:glossary"} <= kept, "what differs is said once"
    after = made.picture()
    assert after["trello"] == before["trello"]
    for number in range(1, 8):
        assert str(after).count(f"{WORD}-{number}") == str(before).count(f"{WORD}-{number}")
    made.settled()
    assert not made.plan().keeps


def test_what_members_threw_away_does_not_come_back_with_a_lost_state(tmp_path: Path) -> None:
    made = office(tmp_path, BOTH)
    made.apply()
    in_trello(made.vendors).archive_card(CARD)
    in_google(made.vendors, "robot").trash("Glossary")
    made.company.forget()
    recap = made.apply()
    assert not [change for change in recap.done if change.verb == "create"]
    assert in_trello(made.vendors).card(CARD)["closed"] is True
    made.settled()


def test_a_second_machine_finds_what_the_first_one_made(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    first = office(tmp_path / "first", names)
    first.apply()
    before, told = first.picture(), first.mails()
    second = second_computer(first, tmp_path / "second", names)
    assert not second.apply().failed
    assert (second.picture(), second.mails()) == (before, told)
    first.settled()
    second.settled()


def test_what_one_machine_changes_the_other_takes_for_no_edit(tmp_path: Path) -> None:
    first = office(tmp_path / "first", BOTH)
    first.apply()
    second = second_computer(first, tmp_path / "second", BOTH)
    second.apply()
    for machine in (first, second):
        machine.playbook(TEXT, NEW_TEXT)
        machine.document("glossary.md", GLOSSARY.replace("may buy", "may buy soon"))
        assert not machine.apply().failed
    first.settled()
    second.settled()
    held = str(first.picture())
    assert held.count("ten minutes") == 1
    assert "Suggested text" not in held


def test_a_sync_lets_nobody_in_again_whom_another_machine_let_go(tmp_path: Path) -> None:
    ben = "Ben Okoye <ben@acme.example>"
    people = {"ana": "Ana Silva <ana@acme.example>", "ben": ben}
    team = {"title": "North", "plays": "sales", "lead": "ana", "members": ["ana", "ben"]}
    first = office(tmp_path / "first", BOTH)
    second = second_computer(first, tmp_path / "second", BOTH)
    for machine in (first, second):
        machine.change_config(people=people, teams={"north": team})
        assert not machine.apply().failed
    first.change_config(people=people | {"ben": {"name": ben, "left": "2026-12-07"}})
    assert "revoke" in {change.verb for change in first.apply().done}
    told = first.mails()
    assert not second.apply(request=Request(sync=True)).failed
    assert [each.path for each in second.writes() if "/permissions" in each.path] == []
    assert first.mails() == told


def at_once(folder: Path, names: tuple[str, ...], nth: int) -> tuple[Office, Office]:
    """Let one machine build everything, and a member write, at a write of another machine."""
    first = office(folder / "first", names)
    second = second_computer(first, folder / "second", names)

    def meanwhile() -> None:
        second.apply()
        in_trello(first.vendors, "robot").comment(CARD, f"{WORD} {nth}")
        in_trello(first.vendors, "robot").add_card(CARD, f"Ours, {WORD}")

    first.apply(Meanwhile(nth, act=meanwhile))
    first.apply()
    return first, second


def one_workspace(made: Office) -> None:
    """Hold that there is one of everything that is not in an archive, and the words are there."""
    trello = made.vendors.stand_in("trello")
    assert isinstance(trello, Trello)
    boards = [board for board in trello.store.boards.values() if not board.closed]
    for board in boards:
        names = [card.name for card in board.cards.values() if not card.closed]
        assert len(names) == len(set(names)), names
    assert f"Ours, {WORD}" in str(made.picture())
    listed = {keep.address for keep in made.kept if keep.why.startswith("is there twice")}
    assert len(boards) == 1 + ("board:work" in listed)
    if "google" in [stand_in.name for stand_in in made.vendors.sandbox.stand_ins]:
        files = _files(made)
        twice = {name for name in files if files.count(name) > 1}
        assert len(twice) <= len(listed), (twice, listed)


def _files(made: Office) -> list[str]:
    """Return the names of all files and folders outside of an archive."""
    google = made.vendors.stand_in("google")
    assert isinstance(google, Google)
    store = google.store
    return [
        file.name
        for file in store.files.values()
        if not store.is_trashed(file) and "Archive" not in [one.name for one in store.above(file)]
    ]


@pytest.mark.parametrize("nth", [5])
def test_two_machines_that_build_at_once_leave_one_workspace(
    names: tuple[str, ...], tmp_path: Path, nth: int
) -> None:
    first, second = at_once(tmp_path, names, nth)
    assert not second.apply().failed
    one_workspace(first)
    first.settled()
    second.settled()


@pytest.mark.slow
def test_two_machines_that_build_at_once_at_any_write_leave_one_workspace(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    writes = undisturbed(tmp_path / "whole", names).writes
    for nth in range(1, writes + 1):
        first, second = at_once(tmp_path / str(nth), names, nth)
        assert not second.apply().failed
        one_workspace(first)
        first.settled()
        second.settled()


@pytest.mark.slow
@pytest.mark.parametrize("nth", [2, 9, 16, 23])
def test_words_in_a_document_and_a_cell_outlive_two_machines_at_once(
    tmp_path: Path, nth: int
) -> None:
    first = office(tmp_path / "first", BOTH)
    second = second_computer(first, tmp_path / "second", BOTH)

    def meanwhile() -> None:
        second.apply()
        google = in_google(first.vendors, "robot")
        google.says_in_document("Glossary", "another word", f"another {WORD}")
        google.says_in_cell("Tracker", "Twenty", WORD)

    first.apply(Meanwhile(nth, act=meanwhile))
    for machine in (first, second, first):
        machine.apply()
    assert {"Glossary", "Tracker"} <= set(_files_that_say(first, WORD))


def _files_that_say(made: Office, word: str) -> list[str]:
    """Return the names of files outside of an archive that hold a word."""
    google = made.vendors.stand_in("google")
    assert isinstance(google, Google)
    store = google.store
    return [
        file.name
        for file in store.files.values()
        if isinstance(file.content, Doc | Sheet)
        and word in str(file.content.picture())
        and "Archive" not in [one.name for one in store.above(file)]
    ]


def test_a_twin_board_that_a_member_wrote_on_is_not_put_away(tmp_path: Path) -> None:
    first = office(tmp_path / "first", TRELLO)
    second = second_computer(first, tmp_path / "second", TRELLO)
    first.apply(Meanwhile(1, act=second.apply))
    trello = first.vendors.stand_in("trello")
    assert isinstance(trello, Trello)
    assert len(trello.store.boards) == 2
    younger = max(trello.store.boards.values(), key=lambda board: board.id)
    robot = in_trello(first.vendors, "robot")
    robot.write_on(younger.id, f"Ours, {WORD}")
    first.apply()
    assert not younger.closed
    assert "board:work" in [keep.address for keep in first.kept]
