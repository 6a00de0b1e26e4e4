"""The commands: what they print where, how they end, and what they leave in the config."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

from smarketing.commands.shell import PRECEDENCE, Exit

from .desk import ROOT, TEAM, Desk

HOLD = """
import sys
from datetime import datetime
from pathlib import Path
from smarketing.state.lock import only_writer
with only_writer(Path(sys.argv[1]), datetime(2026, 12, 7, 8, 30)):
    print("held", flush=True)
    sys.stdin.read()
"""


# How a command ends


def test_codes_and_their_order_are_as_documented() -> None:
    assert [(code.name, code.value) for code in Exit] == [
        ("DONE", 0), ("ERROR", 1), ("USAGE", 2), ("PARTLY", 3), ("PERSON_NEEDED", 4),
        ("HELD", 5), ("CHANGES_PENDING", 6),
    ]  # fmt: skip
    assert [code.value for code in PRECEDENCE] == [5, 1, 3, 6, 4]


def test_plan_ends_with_six_only_when_asked_and_only_while_changes_wait(desk: Desk) -> None:
    desk.run("plan", code=0)
    desk.run("plan", "--exit-code", code=6)
    desk.apply()
    desk.run("plan", "--exit-code", code=0)


def test_an_error_goes_before_pending_changes(acme: Desk) -> None:
    acme.write("broken.yaml", "workspace: [\n")
    acme.write("other.yaml", "workspace: Other\nid: aaaa-bbbb-cccc\n")
    words = ("--config", "broken.yaml", "--config", "other.yaml")
    told = acme.run("plan", "--exit-code", *words, code=1)
    assert "In ./other:" in told.out
    assert "broken.yaml:" in told.err


def test_a_change_that_fails_ends_with_three_and_the_rest_is_done(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.apply()
    desk.edit("config.yaml", "workspace: Acme", "inputs: {company: Bolt}\nworkspace: Acme")
    real = os.replace

    def locked(source: object, target: object, **more: object) -> None:
        if str(target).endswith("Glossary.md"):
            raise PermissionError(13, "Permission denied", str(target))
        real(source, target, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", locked)
        recap = desk.apply(code=3)
        assert "Glossary" in recap.out
        assert "open in another program" in recap.out
        assert "Bolt" in desk.read("acme/Hand-off rule.md")
    desk.apply()
    assert "Bolt" in desk.read("acme/Glossary.md")
    desk.is_quiet()


def test_a_second_run_at_the_same_time_ends_with_five_and_says_who_works_there(
    acme: Desk,
) -> None:
    lock = acme.data / "workspaces" / "k3v9-7q2m-x4dt.lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(lock)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT,
    )  # fmt: skip
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        before = acme.files()
        told = acme.apply("--set", "company=Bolt", code=5)
        assert "since 07 Dec 2026, 08:30" in told.err
        assert f"process {holder.pid}" in told.err
        assert " on " in told.err
        assert acme.files() == before
        acme.run("plan", code=0)
    finally:
        holder.communicate("")
    acme.apply()


def test_status_ends_with_four_while_something_is_open(acme: Desk) -> None:
    told = acme.run("status", code=4)
    assert "Still to agree" in told.out
    assert "Glossary: 0 of 9 agreed" in told.out, told.out
    assert "Status tracker: 2" in told.out
    assert told.err == ""
    data = acme.run("status", "--json", code=4).data
    assert data["person_needed"] is True
    assert data["agreed"]["Glossary"] == {"agreed": 0, "of": 9}


def test_status_counts_an_entry_that_a_team_agreed(acme: Desk) -> None:
    acme.edit("acme/Glossary.md", "## Lead · proposed", "## Lead · agreed 14 Dec, Ana and Dana")
    acme.apply()
    assert "Glossary: 1 of 9 agreed" in acme.run("status", code=4).out


# What a command prints


def test_the_plan_as_json_has_all_that_is_promised(desk: Desk) -> None:
    plan = desk.run("plan", "--json").data
    assert plan["workspace"] == "Acme"
    verbs = ["revoke", "create", "update", "move", "rename", "archive", "release", "conflict"]
    verbs += ["keep", "grant", "notify"]
    assert list(plan["counts"]) == verbs
    assert plan["counts"]["create"] == len(plan["changes"]) - plan["counts"]["update"]
    assert {frozenset(change) for change in plan["changes"]} == {
        frozenset({"verb", "address", "integration", "fields"})
    }
    assert plan["conflicts"] == []
    assert plan["calls"]["local"]["read"] >= 1
    assert plan["calls"]["local"]["write"] >= 10


def test_apply_as_json_prints_json_alone_with_what_was_done_and_failed(desk: Desk) -> None:
    recap = desk.run("apply", "--yes", "--json").data
    assert recap["failed"] == []
    done = {(change["verb"], change["address"]) for change in recap["done"]}
    assert ("create", "document:glossary") in done
    assert done == {(change["verb"], change["address"]) for change in recap["changes"]}


def test_results_go_to_stdout_and_all_else_to_stderr(desk: Desk) -> None:
    ran = desk.apply()
    assert "Open ./acme/Start here.html" in ran.out
    assert "Whatever your team writes there stays" in ran.err
    wrong = desk.run("plan", "--set", "company", code=2)
    assert wrong.out == ""
    assert "NAME=VALUE" in wrong.err


def test_apply_asks_and_a_no_changes_nothing(desk: Desk) -> None:
    told = desk.run("apply", answer="n\n")
    assert "Do this?" in told.err
    assert "Nothing was done." in told.err
    assert desk.files() == {}
    desk.run("apply", answer="y\n")
    assert desk.path("acme/Glossary.md").exists()


def test_without_an_answer_apply_does_nothing(desk: Desk) -> None:
    desk.run("apply", answer="", code=1)
    assert desk.files() == {}


def test_no_colour_code_reaches_a_file_or_a_pipe(acme: Desk) -> None:
    assert "\x1b" not in acme.run("plan", "-v").said
    assert "\x1b" not in acme.run("status", code=None).said


# The config


def test_what_set_says_is_saved_in_the_config_and_its_comments_stay(acme: Desk) -> None:
    acme.apply("--set", "company=Bolt")
    text = acme.read("config.yaml")
    assert text.startswith("# Our workspace. Ask Ana before you change this.\n")
    assert yaml.safe_load(text)["inputs"] == {"company": "Bolt"}
    assert set(TEAM.splitlines()) <= set(text.splitlines())
    acme.is_quiet()


def test_plan_with_set_changes_no_config(acme: Desk) -> None:
    before = acme.files()
    acme.run("plan", "--set", "company=Bolt")
    assert acme.files() == before


def test_several_workspaces_by_several_configs_or_a_pattern(desk: Desk) -> None:
    desk.write("team/base.yaml", TEAM.replace("id: k3v9-7q2m-x4dt\n", ""))
    for name in ("north", "south"):
        desk.write(f"team/ws-{name}.yaml", f"extends: base.yaml\nworkspace: {name}\n")
    desk.apply("--config", "team/ws-*.yaml")
    assert desk.path("team/north/Glossary.md").exists()
    assert desk.path("team/south/Glossary.md").exists()
    assert "id: " in desk.read("team/ws-north.yaml")
    assert "id: " not in desk.read("team/base.yaml")
    both = desk.run("plan", "--config", "team/ws-north.yaml", "--config", "team/ws-south.yaml")
    assert both.out.count("Nothing to do") == 2


def test_a_workspace_that_extends_another_gets_a_folder_of_its_own(acme: Desk) -> None:
    assert "folder: ./acme" in acme.read("config.yaml")
    before = acme.files()
    acme.write("south.yaml", "extends: config.yaml\nworkspace: South\n")
    acme.apply("--config", "south.yaml")
    after = acme.files()
    assert {name: after[name] for name in before} == before
    assert "folder: ./south" in acme.read("south.yaml")
    assert acme.path("south/Glossary.md").exists()


def test_init_takes_defaults_without_a_question(desk: Desk) -> None:
    told = desk.run("init", "--yes")
    assert "smarketing plan" in told.out
    assert "company: Acme" in desk.read("config.yaml")
    desk.apply()
    assert "there already" in desk.run("init", "--yes", code=1).err


def test_init_asks_at_most_six_questions_and_writes_the_answers(desk: Desk) -> None:
    answers = ["Bolt", "bolts", "two hours", "Mars/Olympus", "Europe/Vienna", "Ana", 
               "Ana Silva <ana@bolt.example>", "Dana Wu <dana@bolt.example>"]  # fmt: skip
    told = desk.run("init", answer="\n".join(answers) + "\n")
    assert told.err.count("Mars/Olympus' is no time zone") == 1
    assert told.err.count("Write name and mail address") == 1
    assert told.err.count("?") == 6 + 2, "six questions, two of them twice"
    config = yaml.safe_load(desk.read("config.yaml"))
    assert config["workspace"] == "Bolt"
    assert config["timezone"] == "Europe/Vienna"
    assert config["inputs"]["company"] == "Bolt"
    assert [team["plays"] for team in config["teams"].values()] == ["sales", "marketing"]
    desk.apply()
    assert "Ana Silva" in desk.read("bolt/Work board.md")
    desk.is_quiet()


# Looking closely


def test_validate_lists_every_problem_at_its_place(desk: Desk) -> None:
    desk.write("config.yaml", TEAM + "ownerz: {}\nuse: {boards: trelo}\n")
    desk.edit("config.yaml", "lead: dana", "lead: dan")
    told = desk.run("validate", code=1)
    lines = [line for line in told.err.splitlines() if line.startswith("config.yaml:")]
    assert len(lines) >= 2, told.err
    assert any("Did you mean 'owners'" in line or "owners" in line for line in lines)
    problems = desk.run("validate", "--json", code=1).data["problems"]
    assert len(problems) == len(lines)
    assert set(problems[0]) == {"file", "line", "column", "message", "instead"}
    assert all(problem["line"] > 0 for problem in problems)
    assert list(desk.files()) == ["config.yaml"]


def test_explain_tells_who_says_a_value(acme: Desk) -> None:
    acme.edit("acme/Glossary.md", "argue about a word", "quarrel over a word")
    acme.apply()
    told = acme.run("explain", "document:glossary").out
    assert "Glossary.md (local)" in told
    assert "playbook.yaml:" in told
    fields = {
        f["name"]: f for f in acme.run("explain", "document:glossary", "--json").data["fields"]
    }
    assert "quarrel" in fields["body"]["value"]
    assert "members" in fields["body"]["from"]


def test_the_schemas_fit_what_we_ship(desk: Desk) -> None:
    for what, file in (
        ("config", "config.example.yaml"),
        ("playbook", "playbooks/smarketing/playbook.yaml"),
    ):
        schema = json.loads(desk.run("schema", what).out)
        data = yaml.load((ROOT / file).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.validate(_as_loaded(data), schema)


def _as_loaded(data: object) -> object:
    if isinstance(data, dict):
        return {key: _as_loaded(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_as_loaded(value) for value in data]
    if data in ("true", "false"):
        return data == "true"
    return int(data) if isinstance(data, str) and data.isdigit() else data


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_lines_for_the_shell(desk: Desk, shell: str) -> None:
    assert "_SMARKETING_COMPLETE" in desk.run("completion", shell).out


# Wrong use


def test_wrong_use_gets_one_clear_message(acme: Desk) -> None:
    assert "--confg" in acme.run("plan", "--confg", "x", code=2).err
    assert "No such command" in acme.run("aply", code=2).err
    assert (
        "There is no file nowhere.yaml" in acme.run("plan", "--config", "nowhere.yaml", code=2).err
    )
    told = acme.run("explain", "document:glosary", code=1).err
    assert "Did you mean document:glossary?" in told
    assert "Did you mean" in acme.run("archive", "--yes", "bord:work", code=1).err
    acme.apply("--restore", "document:nothing", code=1)
    acme.run("plan", "--set", "compny=Bolt", code=1)
    acme.run("plan", "--set", "start=tomorrow", code=1)
    acme.run("plan", "--set", "timezone=Mars/Olympus", code=1)
    acme.run("plan", "--set", "playbook=startr", code=1)


def test_a_config_that_is_no_readable_file_gets_a_clear_message(desk: Desk) -> None:
    desk.path("folder.yaml").mkdir()
    assert "folder" in desk.run("plan", "--config", "folder.yaml", code=1).err
    desk.path("bytes.yaml").write_bytes(b"\xff\xfe\x00\x80workspace")
    assert "bytes.yaml" in desk.run("plan", "--config", "bytes.yaml", code=1).err
    desk.write("file", "")
    desk.write("taken.yaml", "workspace: Acme\nintegrations: {local: {folder: ./file}}\n")
    assert "is a file" in desk.apply("--config", "taken.yaml", code=1).said


def test_a_folder_that_cannot_be_written_is_told_and_nothing_breaks(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.write("config.yaml", TEAM)

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", refused)
        patch.setattr(Path, "rename", refused)
        told = desk.apply(code=None)
    assert told.code in (1, 3)
    assert "could not be made" in told.said
    desk.apply()
    desk.is_quiet()


UNFIT = [
    ("workspace", "   ", "is empty. Write a word or two."),
    ("company", "", "is empty. Write a word or two."),
    ("company", "A\nB\x07", "has to be one line of text without control characters."),
    ("inputs.company", "A\x07", "has to be one line of text without control characters."),
    ("company", "x" * 3000, "has 3,000 characters. Write 500 at most."),
    ("start", "next week", "A day is written like 2026-12-07."),
    ("start", "2199-12-30", "Write a day from 2000-01-01 to 2099-12-31."),
    ("timezone", "Mars/Olympus", "is not known. Write it as Europe/London."),
    ("playbook", "\u202egpj", "has to be one line of text without control characters."),
]


@pytest.mark.parametrize(("name", "value", "words"), UNFIT)
def test_a_set_value_that_is_unfit_is_refused_with_what_was_typed(
    desk: Desk, name: str, value: str, words: str
) -> None:
    shown = f"--set {name.removeprefix('inputs.')}={value!r}"
    for command in (("apply", "--yes"), ("init", "--yes"), ("validate",)):
        told = desk.run(*command, "--set", f"{name}={value}", code=1).said
        assert words in told
        assert shown[:60] in told
        assert len(told) < 400
    assert desk.files() == {}
    desk.write("config.yaml", TEAM)
    assert words in desk.apply("--set", f"{name}={value}", code=1).err
    assert desk.read("config.yaml") == TEAM


def test_all_unfit_set_values_are_told_at_once(desk: Desk) -> None:
    told = desk.apply("--set", "workspace= ", "--set", "start=soon", code=1).err
    assert "--set workspace=' ' is empty." in told
    assert "--set start='soon' can't be used." in told
