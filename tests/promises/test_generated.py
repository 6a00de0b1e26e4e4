"""After apply the plan is empty, for playbooks that nobody wrote."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from .conftest import new_desk

KEYS = ("one", "two", "three-3")
WORDS = ("lead", "Zoë", "50%", "*now*", "a|b", "#tag", "- dash", "1. first", "“q”", "it's", "=1+1",
         "[x]", "[link](other.md)", "C:", "@ana", "x_y_z", "`code`", "<b>", "&amp;", "^a", "~~no~~",
         "{curly}", "\\", "…", "日本", ";,", "done ✅", "2026-12-07", "null", "true")  # fmt: skip
lines = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
texts = st.lists(
    st.one_of(
        lines,
        lines.map(lambda line: f"## {line}"),
        st.lists(lines, min_size=1, max_size=3).map(lambda all_: "\n".join(f"- {x}" for x in all_)),
        lines.map(lambda line: f"| a | b |\n| --- | --- |\n| {line.replace('|', '/')} | x |"),
        lines.map(lambda line: f"> {line}\n> more"),
        lines.map(lambda line: f"```\n{line}\n```"),
    ),
    min_size=1,
    max_size=4,
).map("\n\n".join)


def some(values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(KEYS), values, min_size=1, max_size=2)


def card(lists: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"title": lines, "list": st.sampled_from(lists)},
        optional={
            "text": texts,
            "due": st.integers(1, 60).map(lambda day: f"day {day}"),
            "owner": st.just("lead of sales"),
            "checklist": st.lists(lines, min_size=1, max_size=3, unique=True),
        },
    )


boards = some(lines).flatmap(
    lambda lists: st.fixed_dictionaries(
        {"title": lines, "lists": st.just(lists), "cards": some(card(list(lists)))}
    )
)
documents = st.fixed_dictionaries(
    {"title": lines, "text": texts}, optional={"in": st.just("home"), "for-each": st.just("buyers")}
)
tables = some(lines).flatmap(
    lambda columns: st.fixed_dictionaries(
        {
            "title": lines,
            "columns": st.just(columns),
            "rows": some(st.fixed_dictionaries(dict.fromkeys(columns, lines))),
        }
    )
)
meetings = st.fixed_dictionaries(
    {
        "title": lines,
        "when": st.sampled_from(
            ["every Monday at 10:00 for 45 minutes", "every second Tuesday at 09:30 for 1 hour"]
        ),
        "invite": st.just(["sales"]),
        "description": texts,
    },
    optional={"notes": st.fixed_dictionaries({"document": st.just("notes"), "agenda": texts})},
)
playbooks = st.fixed_dictionaries(
    {
        "playbook": st.just("made"),
        "title": lines,
        "inputs": st.just({"buyers": {"ask": "Who?", "default": {"ops": "Ops", "cfo": "CFO"}}}),
        "roles": st.just({"sales": "optional"}),
        "folders": st.just({"home": {"title": "Home"}}),
        "boards": some(boards),
        "documents": some(documents),
        "tables": some(tables),
        "meetings": st.fixed_dictionaries({"weekly": meetings}),
    }
)

CONFIG = """\
workspace: Acme
id: k3v9-7q2m-x4dt
playbook: ./p
start: 2026-12-07
timezone: Europe/London
domains: [acme.example]
people: {ana: Ana Silva <ana@acme.example>}
teams: {north: {title: North, plays: sales, lead: ana, members: [ana]}}
integrations: {local: {folder: ./acme}}
"""


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=[Phase.generate],
)
@given(playbook=playbooks)
def test_after_apply_the_plan_is_empty_for_any_playbook(playbook: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as base, pytest.MonkeyPatch.context() as patch:
        desk = new_desk(Path(base), patch)
        desk.write("config.yaml", CONFIG)
        desk.write("p/playbook.yaml", yaml.safe_dump(playbook, allow_unicode=True, width=10_000))
        desk.apply()
        desk.is_quiet()
        desk.clock.set(2027, 12, 8)
        assert desk.plan()["changes"] == []
        desk.forget()
        recap = desk.run("apply", "--yes", "--json").data
        assert recap["missing"] == []
        assert recap["counts"]["create"] == 0
        # Of two things of one title one is called "lead (2)", also on the start page.
        told = {(keep["address"], keep["field"]) for keep in recap["keeps"]}
        assert {field for address, field in told if "start-here" not in address} <= {"title"}
        assert recap["conflicts"] == []
        desk.is_quiet()
        patch.chdir(Path(__file__).parent)
