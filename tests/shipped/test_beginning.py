"""A new workspace begins with few parts, and the plan says calmly which ones wait."""

import yaml

from smarketing.sandbox.configfolder import config_values
from tests.promises.desk import Desk

from .conftest import loaded

BEGIN = ["essentials", "rollout"]
WRONG = """
playbook: ours
title: Ours
parts:
  essentials: [document:one]
begin-with: [essentials, esentials]
documents: {one: {title: One, text: One.}}
"""


def test_the_first_run_takes_the_parts_that_the_playbook_begins_with_and_writes_them_down(
    desk: Desk,
) -> None:
    planned = {change["address"] for change in desk.plan()["changes"]}
    assert "board:rollout" in planned
    assert "document:audit" not in planned
    desk.apply()
    assert yaml.safe_load(desk.read("config.yaml"))["parts"] == BEGIN
    assert not (desk.folder / "acme" / "Working together" / "Goals.csv").exists()
    desk.is_quiet()


def test_init_writes_them_too_and_a_playbook_without_parts_gets_no_such_line(desk: Desk) -> None:
    desk.run("init", "--yes")
    assert yaml.safe_load(desk.read("config.yaml"))["parts"] == BEGIN
    words = ("--set", "playbook=campaign", "--config", "campaign.yaml")
    desk.run("init", "--yes", *words)
    assert "parts:" not in desk.read("campaign.yaml")


def test_a_trial_in_the_sandbox_begins_with_them() -> None:
    assert config_values((), ("trello",), "http://localhost", {})["parts"] == tuple(BEGIN)


def test_a_config_without_parts_has_everything(desk: Desk) -> None:
    desk.write("config.yaml", "workspace: Acme\n")
    planned = {change["address"] for change in desk.plan()["changes"]}
    assert {"document:audit", "table:goals", "document:follow-up"} <= planned


def test_the_plan_says_in_one_sentence_which_parts_wait_and_how_to_take_one_up(desk: Desk) -> None:
    said = desk.run("plan").out
    [line] = [line for line in said.splitlines() if "'parts:'" in line]
    assert line.startswith("  - The parts audit, goals, teams,")
    assert line.endswith(
        "and growth wait until you want one: add its name to the line 'parts:' in config.yaml, "
        "and run this again."
    )
    for part in tuple(loaded("smarketing").parts)[2:]:
        assert f" {part}" in line
    assert "document:" not in line


def test_a_wrong_name_among_the_first_parts_is_told_with_its_place(desk: Desk) -> None:
    desk.write("ours/playbook.yaml", WRONG.lstrip())
    desk.write("config.yaml", "workspace: Acme\nplaybook: ./ours\n")
    told = desk.run("validate", code=1).err
    expected = "ours/playbook.yaml:5:26: There is no part 'esentials'. Did you mean 'essentials'?"
    assert expected in told


def test_parts_that_were_chosen_by_hand_stay_as_they_are(desk: Desk) -> None:
    desk.write("config.yaml", "workspace: Acme\nparts: [goals]\n")
    desk.apply()
    assert "parts: [goals]\n" in desk.read("config.yaml")
