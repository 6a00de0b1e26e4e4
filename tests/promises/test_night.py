"""What an administrator needs at night: approve a plan, do a part of it, pause, go on."""

import json

from .desk import Desk

HAND_OFF = ("Hand-off rule", "The hand-off rule")


def approved(desk: Desk, *words: str) -> str:
    """Keep the plan, and return the word that approves it."""
    told = desk.run("plan", "--out", "kept.json", *words).err
    word: str = json.loads(desk.read("kept.json"))["approve"]
    assert f"--approve {word}" in told
    return word


def test_a_kept_plan_is_done_without_a_question_by_its_name(desk: Desk) -> None:
    word = approved(desk)
    desk.run("apply", "--approve", word)
    assert desk.path("acme/Glossary.md").exists()
    desk.is_quiet()


def test_a_plan_that_is_not_the_approved_one_any_more_is_not_done(acme: Desk) -> None:
    acme.playbook("title: Hand-off rule", "title: The hand-off rule")
    word = approved(acme)
    acme.playbook("title: Glossary", "title: Our words")
    before = acme.files()
    told = acme.run("apply", "--approve", word, code=4)
    assert "This is not the plan any more" in told.err
    assert "Look again: smarketing plan" in told.err
    assert acme.files() == before
    acme.playbook("title: Our words", "title: Glossary")
    acme.run("apply", "--approve", word)
    assert acme.path("acme/The hand-off rule.md").exists()


def test_a_plan_has_one_name_for_what_it_writes_and_another_for_other_words(acme: Desk) -> None:
    acme.playbook("title: Hand-off rule", "title: The hand-off rule")
    assert approved(acme) == approved(acme)
    first = approved(acme)
    acme.playbook("title: The hand-off rule", "title: Our hand-off rule")
    assert approved(acme) != first


def test_an_approved_plan_may_remove_what_it_lists(acme: Desk) -> None:
    acme.playbook()
    text = acme.read("playbook/documents/glossary.md")
    acme.write("playbook/documents/glossary.md", text[: text.index("## ")])
    acme.apply(code=4)
    word = approved(acme)
    assert word.startswith("plan-")
    acme.run("apply", "--approve", word)
    acme.is_quiet()


def test_only_some_is_done_and_the_rest_waits(acme: Desk) -> None:
    acme.playbook("title: Hand-off rule", "title: The hand-off rule")
    acme.playbook("title: Glossary", "title: Our words")
    told = acme.run("plan", "--only", "document:handoff").out
    assert "Only what you named is done now:" in told
    assert "wait for another run." in told
    acme.apply("--only", "document:handoff")
    assert acme.path("acme/The hand-off rule.md").exists()
    assert acme.path("acme/Glossary.md").exists()
    acme.apply()
    assert acme.path("acme/Our words.md").exists()
    acme.is_quiet()


def test_only_one_card_is_made_with_what_it_has_to_stand_in(desk: Desk) -> None:
    desk.apply("--only", "board:work/card:one-goal")
    board = desk.read("acme/Work board.md")
    assert "Choose one goal" in board
    assert "Sign the hand-off rule" not in board
    assert not desk.path("acme/Glossary.md").exists()
    desk.apply()
    assert "Sign the hand-off rule" in desk.read("acme/Work board.md")
    desk.is_quiet()


def test_an_address_that_is_not_there_is_refused(desk: Desk) -> None:
    told = desk.run("apply", "--yes", "--only", "document:glosary", code=1).err
    assert "Did you mean document:glossary?" in told


def test_a_paused_workspace_is_only_looked_at(acme: Desk) -> None:
    acme.playbook("title: Glossary", "title: Our words")
    begun = acme.run("pause", "--why", "Trello is being moved").out
    assert "Paused by" in begun
    before = acme.files()
    refused = acme.apply(code=4).err
    assert "Trello is being moved" in refused
    assert "smarketing resume" in refused
    assert acme.files() == before
    assert acme.plan()["counts"]["rename"] == 1
    told = acme.run("status", code=4).out
    assert "Trello is being moved" in told
    assert "runs write again" in acme.run("resume").out
    acme.apply()
    acme.is_quiet()
    assert "it was not paused" in acme.run("resume").out


def test_no_part_at_all_leaves_what_is_in_no_part(desk: Desk) -> None:
    desk.write("config.yaml", "workspace: Acme\nparts: []\n")
    made = {change["address"] for change in desk.plan()["changes"]}
    assert "board:work" not in made
    assert "document:start-here" in made


def test_taking_back_a_whole_workspace_wants_a_yes_by_name(desk: Desk) -> None:
    desk.apply()
    told = desk.run("undo", "--yes", code=4).said
    assert "--approve" in told
    assert desk.path("acme/Glossary.md").exists()


def test_a_part_of_a_run_does_not_tell_what_the_rest_would_do(acme: Desk) -> None:
    acme.edit("config.yaml", "title: Sales North", "title: Sales South")
    assert "becomes" in acme.run("plan").out
    assert "becomes" not in acme.run("plan", "--only", "document:glossary").out
