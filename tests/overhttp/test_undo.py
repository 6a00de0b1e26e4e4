"""A run taken back in Trello and Google: the same values go back through the same doors."""

from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from smarketing.plan import Recap
from smarketing.planning.given import Request
from smarketing.sandbox.cast import ROBOT
from smarketing.state.history import Run, Write
from smarketing.state.sqlite import SqliteState
from smarketing.undo.undo import Undo

from .members import in_google, in_trello
from .miniature import BOTH, GLOSSARY, RULE, TRELLO
from .office import COMMITTED, POINTS, Crash, Death, Office, office

CARD = "Agree what a lead is"
TEXT = "One sentence that both would defend. It takes a quarter of an hour."
BEN = "Ben Okoye <ben@acme.example>"


@pytest.fixture
def built(tmp_path: Path) -> Office:
    """The miniature in both tools, built."""
    made = office(tmp_path, BOTH)
    assert not made.apply().failed
    return made


def history(made: Office) -> Iterator[tuple[Run, tuple[Write, ...]]]:
    """Yield the runs, the newest first, with what each wrote."""
    (file,) = (made.company.data / "workspaces").glob("*.sqlite3")
    with closing(SqliteState(file)) as state:
        yield from [(run, state.writes(run.number)) for run in state.runs()]


def undo(made: Office) -> Recap:
    """Take the last run back, with a yes to whatever is put away."""
    run, writes = next(history(made))
    request = Request(undo=Undo(run, writes))
    recap = made.apply(request=request)
    if approve := recap.plan.needs_approval:
        recap = made.apply(request=replace(request, approve=approve))
    assert not recap.failed, recap.failed
    return recap


def shown(made: Office) -> dict[str, object]:
    """Return what members see of what the playbook is about."""
    google, trello = in_google(made.vendors), in_trello(made.vendors)
    texts = {name: google.document(name).text() for name in ("Glossary", "Hand-off rule")}
    card = trello.card(CARD)
    return {
        **texts,
        "cells": google.cells("Tracker"),
        "card": (card["desc"], card["due"], card["idList"], card["closed"]),
        "meeting": in_google(made.vendors, ROBOT).event("Weekly")["start"],
    }


def rewrite(made: Office) -> None:
    """Change one of nearly everything in the playbook."""
    made.playbook(TEXT, f"{TEXT} Do it today.")
    made.playbook('"list": "done"', '"list": "week"')
    made.playbook('"due": "day 7"', '"due": "day 9"')
    made.playbook('"goal": "Twenty"', '"goal": "Thirty"')
    made.playbook("every Monday at 10:00", "every Monday at 11:00")
    made.playbook('"tracker": {', '"further": {"title": "Further", "columns": ["A"]}, "tracker": {')
    made.playbook('"call": {', '"new": {"title": "New", "list": "week"}, "call": {')
    made.document("glossary.md", GLOSSARY.replace("- one word", "- one word\n- our new word"))
    made.document("rule.md", RULE.replace("within a day", "within an hour"))
    made.document("extra.md", "# Extra\n\nWords.\n")
    made.playbook(
        '"rule": {', '"extra": {"title": "Extra", "text": "documents/extra.md"}, "rule": {'
    )


def test_all_goes_back_and_what_members_wrote_since_stays(built: Office) -> None:
    google, trello = in_google(built.vendors), in_trello(built.vendors)
    before = shown(built)
    rewrite(built)
    assert not built.apply().failed
    made = shown(built)
    assert before != made
    google.says_in_document("Hand-off rule", "Whoever hands a lead over", "Who hands a lead on")
    trello.comment(CARD, "Mine")
    undo(built)
    built.settled()
    after = shown(built)
    assert "within a day" in str(after["Hand-off rule"])
    assert "Who hands a lead on" in str(after["Hand-off rule"])
    google.says_in_document("Hand-off rule", "Who hands a lead on", "Whoever hands a lead over")
    built.apply()
    assert shown(built) == before
    assert trello.card("New")["closed"]


def test_an_undo_taken_back_brings_back_what_the_run_had_made(built: Office) -> None:
    rewrite(built)
    built.apply()
    made = shown(built)
    undo(built)
    built.settled()
    undo(built)
    assert shown(built) == made
    assert not in_trello(built.vendors).card("New")["closed"]
    assert in_google(built.vendors).document("Extra").text()
    built.settled()


def test_a_whole_workspace_goes_to_the_archives_and_comes_back(built: Office) -> None:
    before = shown(built)
    recap = undo(built)
    assert "archive" in {change.verb for change in recap.done}
    built.settled()
    undo(built)
    built.settled()
    assert shown(built) == before


def test_an_undo_that_dies_is_finished_by_the_next_apply(built: Office) -> None:
    before = shown(built)
    rewrite(built)
    built.apply()
    run, writes = next(history(built))
    with pytest.raises(Crash):
        built.apply(Death(3), Request(undo=Undo(run, writes)))
    built.apply()
    assert shown(built) == before
    built.settled()


THIRD = '"third": {"title": "Third", "list": "%s"}'


def merging(folder: Path) -> Office:
    """A board with a list in which lies a member's own card, and that is to be merged."""
    made = office(folder, TRELLO)
    made.playbook('"done": "Done"', '"done": "Done", "stuck": "Stuck"')
    made.playbook('"call": {', f'{THIRD % "stuck"}, "call": {{')
    made.apply()
    in_trello(made.vendors).add_card("Third", "Our own")
    made.apply()
    made.playbook('"week": "This week"', '"week": {"title": "This week", "was": "stuck"}')
    made.playbook(', "stuck": "Stuck"', "")
    made.playbook(THIRD % "stuck", THIRD % "week")
    return made


@pytest.fixture
def merged(tmp_path: Path) -> Office:
    """A board on which a list with a member's own card was merged into another."""
    made = merging(tmp_path)
    made.apply()
    assert where(made, "Our own") == "This week"
    return made


def where(made: Office, name: str) -> str:
    """Return the name of the open list in which a card is."""
    trello = in_trello(made.vendors)
    (found,) = [each for each in trello.lists() if each["id"] == trello.card(name)["idList"]]
    assert not found["closed"]
    return str(found["name"])


def test_a_members_card_that_went_along_with_a_merged_list_goes_back(merged: Office) -> None:
    in_trello(merged.vendors).change_card("Our own", name="Our very own", desc="Mine.")
    undo(merged)
    merged.settled()
    assert where(merged, "Our very own") == "Stuck"
    assert in_trello(merged.vendors).card("Our very own")["desc"] == "Mine."
    undo(merged)
    assert where(merged, "Our very own") == "This week"
    merged.settled()


def test_a_members_card_that_a_member_moved_since_stays_where_it_is(merged: Office) -> None:
    trello = in_trello(merged.vendors)
    trello.change_card("Our own", idList=trello.card("Call who waits")["idList"])
    recap = undo(merged)
    assert recap.plan.undoes is not None
    assert "“Our own” stays in “Done”: your team has put it there since." in recap.plan.undoes.stays
    merged.settled()
    assert where(merged, "Our own") == "Done"


def test_wherever_the_undo_of_a_merge_dies_the_next_apply_sends_members_cards_back(
    tmp_path: Path,
) -> None:
    for nth in range(1, 9):
        made = merging(tmp_path / str(nth))
        made.apply()
        run, writes = next(history(made))
        life = Death(nth, POINTS[nth % len(POINTS)])
        with suppress(Crash):
            made.apply(life, Request(undo=Undo(run, writes)))
        made.apply()
        assert where(made, "Our own") == "Stuck", nth
        made.settled()
        if life.met < nth:
            break
    assert 3 < nth < 8


def test_a_members_card_of_which_a_run_that_died_took_no_note_goes_back_all_the_same(
    tmp_path: Path,
) -> None:
    moves = 0
    for nth in range(1, 4):
        made = merging(tmp_path / str(nth))
        made.dies(Death(nth, COMMITTED))
        moves += where(made, "Our own") == "This week"
        made.apply()
        for run, writes in [each for each in history(made) if each[0].number > 1]:
            assert not made.apply(request=Request(undo=Undo(run, writes))).failed
        assert where(made, "Our own") == "Stuck", nth
        made.settled()
    assert moves


def test_who_was_let_in_by_the_run_is_not_any_more(built: Office) -> None:
    built.change_config(
        people={"ana": "Ana Silva <ana@acme.example>", "ben": BEN},
        teams={
            "north": {
                "title": "Sales North",
                "plays": "sales",
                "lead": "ana",
                "members": ["ana", "ben"],
            }
        },
    )
    built.apply()
    recap = undo(built)
    assert "revoke" in {change.verb for change in recap.done}
    assert recap.plan.undoes is not None
    assert "Ben" in " ".join(recap.plan.undoes.stays)
    built.settled()


def test_each_write_is_told_with_its_account_its_line_and_its_object(built: Office) -> None:
    rewrite(built)
    built.apply()
    run, writes = next(history(built))
    assert run.number == 2
    assert run.accounts.keys() == set(BOTH)
    assert all(run.accounts.values())
    assert all(write.id for write in writes)
    lines = {write.address: write.source for write in writes}
    assert lines["document:rule"].startswith("./playbook/playbook.yaml:")
    (rule,) = [write for write in writes if write.address == "document:rule"]
    assert "within a day" in str(rule.before["body"])
    assert "within an hour" in str(rule.after["body"])
