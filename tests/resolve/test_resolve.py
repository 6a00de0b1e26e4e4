"""A playbook and a config together ask for items: their addresses, places, parents and fields."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Protocol

import pytest

from smarketing.resolve.desired import Desired
from smarketing.state.pace import SystemClock
from smarketing.workspace.opening import open_config


class World(Protocol):
    def resolve(
        self, playbook: str, config: str = "", texts: Mapping[str, str] | None = None
    ) -> Desired: ...

    def problems(
        self, playbook: str, config: str = "", texts: Mapping[str, str] | None = None
    ) -> list[str]: ...


PEOPLE = """
people:
  ana: Ana Silva <ana@acme.example>
  dana: Dana Wu <dana@acme.example>
  cleo: {name: Cleo Brandt <cleo@acme.example>, left: 2027-02-26, work-to: ana}
teams:
  north: {title: Sales North, plays: sales, lead: ana, members: [ana, cleo]}
  market: {title: Marketing, plays: marketing, lead: dana}
"""

BOARD = """
inputs:
  company: {ask: What is it called?, default: Mill}
  personas: {default: {ops-olga: Operations Olga, ivan: Ivan}}
roles: {sales: optional, marketing: optional}
boards:
  work:
    title: Work at {{ company }}
    lists: {week: This week, done: Done}
    labels: {urgent: {title: Urgent, color: red}, quiet: Quiet}
    cards:
      agree:
        title: Agree with {{ company }}
        list: done
        owner: lead of sales
        due: day 7
        labels: [urgent, quiet]
        text: Ask {{ roles.sales.lead }}.
        checklist:
          - Each head writes it
          - {try: Try it on 20 leads}
      meet:
        for-each: personas
        title: "Meet {{ item.title }}"
"""


def test_a_board_has_its_lists_labels_cards_and_checks(world: World) -> None:
    items = world.resolve(BOARD, PEOPLE).items
    assert {address: item.parent for address, item in items.items()} == {
        "board:work": "root:local",
        "board:work/list:week": "board:work",
        "board:work/list:done": "board:work",
        "board:work/label:urgent": "board:work",
        "board:work/label:quiet": "board:work",
        "board:work/card:agree": "board:work/list:done",
        "board:work/card:agree/check:each-head-writes-it": "board:work/card:agree",
        "board:work/card:agree/check:try": "board:work/card:agree",
        "board:work/card:meet.ops-olga": "board:work/list:week",
        "board:work/card:meet.ivan": "board:work/list:week",
    }
    assert items["board:work"].fields == {"title": "Work at Mill"}
    assert items["board:work/label:urgent"].fields == {"title": "Urgent", "color": "red"}
    assert items["board:work/card:meet.ivan"].fields == {"title": "Meet Ivan"}
    assert items["board:work/card:agree"].fields == {
        "title": "Agree with Mill",
        "description": "Ask Ana Silva.",
        "labels": frozenset({"Urgent", "Quiet"}),
        "owner": "Ana Silva",
        "due": "2026-12-13",
    }


def test_an_unknown_person_is_left_out_of_fields_and_named_as_open_in_texts(world: World) -> None:
    desired = world.resolve(BOARD)
    card = desired.items["board:work/card:agree"].fields
    assert "owner" not in card
    assert card["description"] == "Ask [to agree: who leads sales?]."
    assert [sentence for sentence in desired.left_out if "No team plays sales yet" in sentence]


def test_a_team_with_nobody_in_it_is_said_so(world: World) -> None:
    teams = "    teams: {north: {title: Sales North, plays: sales}}\n"
    said = " ".join(world.resolve(BOARD, teams).left_out)
    assert "Nobody is in Sales North, so nobody plays sales" in said
    assert "No team plays sales" not in said


def test_the_source_of_an_item_is_a_line_of_the_playbook(world: World) -> None:
    item = world.resolve(BOARD).items["board:work/card:meet.ivan"]
    assert item.source == "book/playbook.yaml:25"


FILES = """
inputs: {personas: {default: {ops-olga: Operations Olga}}}
roles: {sales: optional, marketing: optional}
folders:
  inner: {title: Inner, in: home}
  home: {title: Home, share: {sales: edit, marketing: view}}
documents:
  glossary: {title: Glossary, in: inner, text: glossary.md}
  persona:
    for-each: personas
    title: "Persona: {{ item.title }}"
    text: "Who is {{ item.key }}? See [words](link:document:glossary)."
tables:
  tracker:
    title: Tracker
    in: home
    columns: [Title, {status: {title: Status, choices: [Open, Done]}}]
    rows:
      first: {title: "{{ company }} begins", status: Open}
boards:
  work: {title: Work, in: inner, lists: {a: A}}
"""
GLOSSARY = {"glossary.md": "# Words of {{ company }}\n"}


def test_files_lie_in_their_folders_and_folders_come_first(world: World) -> None:
    items = world.resolve(FILES, PEOPLE, GLOSSARY).items
    assert list(items)[:2] == ["folder:home", "folder:inner"]
    assert items["folder:inner"].parent == "folder:home"
    assert items["document:glossary"].parent == "folder:inner"
    assert items["document:glossary"].fields["body"] == "# Words of Acme\n"
    assert items["document:persona.ops-olga"].fields == {
        "title": "Persona: Operations Olga",
        "body": "Who is ops-olga? See [words](link:document:glossary).",
    }
    assert items["table:tracker/column:status"].fields == {
        "title": "Status",
        "choices": frozenset({"Open", "Done"}),
    }
    assert items["table:tracker/row:first"].fields == {
        "cells": {"title": "Acme begins", "status": "Open"}
    }


def test_rights_go_to_the_mailboxes_of_a_role_and_a_board_takes_those_of_its_root_folder(
    world: World,
) -> None:
    items = world.resolve(FILES, PEOPLE, GLOSSARY).items
    rights = {"Ana Silva <ana@acme.example>": "edit", "Dana Wu <dana@acme.example>": "view"}
    assert items["folder:home"].fields["access"] == rights
    assert items["board:work"].fields["access"] == rights
    assert "access" not in items["document:glossary"].fields


def test_an_item_of_another_place_than_its_folder_stands_at_the_top(world: World) -> None:
    items = world.resolve(FILES, "use: {boards: trello, documents: google}\n", GLOSSARY).items
    assert (items["folder:inner"].place, items["folder:inner"].parent) == ("google", "folder:home")
    assert (items["board:work"].place, items["board:work"].parent) == ("trello", "root:trello")
    assert items["board:work/list:a"].parent == "board:work"
    assert items["table:tracker"].parent == "root:local"


MEETING = """
roles: {sales: optional, marketing: optional}
meetings:
  weekly:
    title: Weekly of {{ company }}
    when: every Monday at 10:00 for 45 minutes
    invite: [sales, marketing]
    description: "{{ meeting.when }}"
    notes: {document: weekly-notes, agenda: agenda.md}
"""
AGENDA = {"agenda.md": "{{ meeting.title }}, {{ meeting.date }}, {{ meeting.time }}: {{ chair }}\n"}


def test_a_meeting_has_a_rule_a_first_date_and_notes_with_its_agenda(world: World) -> None:
    items = world.resolve(MEETING, PEOPLE + "timezone: Europe/London\n", AGENDA).items
    assert list(items) == ["document:weekly-notes", "meeting:weekly"]
    assert items["meeting:weekly"].fields == {
        "title": "Weekly of Acme",
        "start": "2026-12-07T10:00",
        "minutes": 45,
        "timezone": "Europe/London",
        "rule": "FREQ=WEEKLY;BYDAY=MO",
        "attendees": frozenset({"Ana Silva <ana@acme.example>", "Dana Wu <dana@acme.example>"}),
        "description": "every Monday at 10:00 for 45 minutes",
        "notes": "link:document:weekly-notes",
    }
    assert items["document:weekly-notes"].fields == {
        "title": "Weekly of Acme: notes",
        "body": "Weekly of Acme, Mon 7 Dec 2026, 10:00-10:45: Ana Silva\n",
    }


def test_without_people_a_meeting_invites_nobody(world: World) -> None:
    items = world.resolve(MEETING, "", AGENDA).items
    assert items["meeting:weekly"].fields["attendees"] == frozenset()
    body = items["document:weekly-notes"].fields["body"]
    assert str(body).endswith("[to agree: who is in the chair?]\n")


def test_inputs_former_addresses_successors_and_people_come_along(world: World) -> None:
    playbook = BOARD.replace("title: Work at", "was: old\n    title: Work at")
    playbook = playbook.replace("list: done", "list: done\n        was: [deal, card:dealing]")
    playbook = playbook.replace("for-each: personas", "for-each: personas\n        was: greet")
    desired = world.resolve(playbook, PEOPLE + "existing: {board:work: https://x.example/1}\n")
    assert desired.inputs == {
        "company": "Mill",
        "personas.ops-olga": "Operations Olga",
        "personas.ivan": "Ivan",
        "roles.sales.team": "Sales North",
        "roles.marketing.team": "Marketing",
    }
    assert desired.was == {
        "board:old": "board:work",
        "board:work/card:deal": "board:work/card:agree",
        "board:work/card:dealing": "board:work/card:agree",
        "board:work/card:greet.ops-olga": "board:work/card:meet.ops-olga",
        "board:work/card:greet.ivan": "board:work/card:meet.ivan",
    }
    assert desired.successors == {"Cleo Brandt": "Ana Silva"}
    assert desired.people == {"ana": "Ana Silva", "dana": "Dana Wu"}
    assert desired.existing == {"board:work": "https://x.example/1"}
    assert (desired.workspace, desired.title) == ("k3v9-7q2m-x4dt", "Acme")
    assert desired.start == date(2026, 12, 7)


def test_an_answer_is_put_in_as_it_is(world: World) -> None:
    items = world.resolve(BOARD, "inputs: {company: '{{ now }} & {% x %}'}\n").items
    assert items["board:work"].fields["title"] == "Work at {{ now }} & {% x %}"


def test_an_answer_to_a_renamed_input_is_found(world: World) -> None:
    playbook = BOARD.replace("default: Mill", "default: Mill, was: firm")
    assert world.resolve(playbook, "inputs: {firm: Forge}\n").inputs["company"] == "Forge"


PARTS = """
parts:
  words: [document:glossary]
  both: [document:glossary, document:rule, document:persona]
inputs: {personas: {default: {a: A, b: B}}}
documents:
  glossary: {title: Glossary, text: "See [the rule](link:document:rule) and [b](link:document:persona.b)."}
  rule: {title: Rule, text: "x"}
  persona: {title: "{{ item.title }}", text: "x", for-each: personas}
  always: {title: Always, text: "x"}
"""


def test_what_is_only_in_parts_that_are_not_chosen_is_left_out_and_told(world: World) -> None:
    desired = world.resolve(PARTS, "parts: [words]\n")
    assert list(desired.items) == ["document:glossary", "document:always"]
    assert desired.items["document:glossary"].fields["body"] == "See the rule and b."
    [told] = [sentence for sentence in desired.left_out if "part" in sentence]
    assert told.startswith(
        "The part both waits until you want it: add its name to the line 'parts:'"
    )


def test_without_a_choice_all_parts_appear_and_with_an_empty_one_none(world: World) -> None:
    assert len(world.resolve(PARTS).items) == 5
    without = world.resolve(PARTS, "parts: []\n").items
    assert without
    assert len(without) < 5


def test_a_required_role_may_wait_until_there_are_teams(world: World) -> None:
    playbook = BOARD.replace("marketing: optional", "marketing: required")
    assert any("marketing" in sentence for sentence in world.resolve(playbook).left_out)
    teams = "teams: {north: {title: North, plays: sales}}\n"
    [told] = world.problems(playbook, teams)
    assert told.startswith(f"{world.folder}/config.yaml:3:")  # type: ignore[attr-defined]
    assert "No team plays 'marketing'" in told


def test_several_teams_with_one_role_are_told(world: World) -> None:
    more = PEOPLE + "  south: {title: Sales South, plays: sales, lead: dana}\n"
    desired = world.resolve(BOARD, more)
    assert desired.items["board:work/card:agree"].fields["owner"] == "Ana Silva"
    assert any("Several teams play sales" in sentence for sentence in desired.left_out)
    chosen = world.resolve(BOARD, more + "owners: {sales: dana}\n")
    assert chosen.items["board:work/card:agree"].fields["owner"] == "Dana Wu"
    assert not any("Several teams" in sentence for sentence in chosen.left_out)


@pytest.mark.parametrize(
    ("playbook", "config", "told"),
    [
        (BOARD, "inputs: {compnay: X}\n", "no input 'compnay'. Did you mean 'company'?"),
        (BOARD, "inputs: {personas: X}\n", "'personas' wants several answers, each with a key."),
        (BOARD, "inputs: {company: {a: b}}\n", "'company' wants one text."),
        (BOARD, "parts: [words]\n", "has no part 'words'."),
        (BOARD, "existing: {board:wrk: x}\n", "address 'board:wrk'. Did you mean 'board:work'?"),
        (BOARD, "teams: {a: {title: A, plays: [sale]}}\n", "no role 'sale'. Did you mean 'sales'"),
        (BOARD.replace("day 7", "Friday"), "", "'Friday' is no day that we know. Write 'day 7'"),
        (BOARD.replace("{{ company }}", "{{ compny }}"), "", "Did you mean 'company'?"),
        (BOARD.replace("default: Mill", "was: firm"), "", "'company' has no answer. What is it"),
        (
            PARTS.replace("title: Always", "title: '{{ company | replace: company }}'"),
            "",
            "is empty",
        ),
        (MEETING.replace("Monday", "Mnday"), "", "no sentence about time that we know"),
        (PARTS.replace("document:rule)", "document:rul)"), "", "Did you mean 'document:rule'?"),
        (BOARD.replace("company:", "roles:", 1), "", "'roles' is a name that every text has"),
    ],
)
def test_a_mistake_is_told_with_its_file_and_what_to_write(
    world: World, playbook: str, config: str, told: str
) -> None:
    problems = world.problems(playbook, config, AGENDA)
    assert any(told in problem for problem in problems), problems
    assert all(problem.split(":")[0].endswith((".yaml", "Write 'inputs")) for problem in problems)


def test_all_mistakes_are_told_at_once(world: World) -> None:
    playbook = BOARD.replace("day 7", "soon").replace("Ask {{ roles", "Ask {{ rolls")
    problems = world.problems(playbook, "inputs: {nobody: X}\nparts: [none]\n")
    assert len(problems) == 4


def test_a_mistake_in_a_text_file_is_told_with_the_line_of_that_file(world: World) -> None:
    texts = {"glossary.md": "# Words\n\nOf {{ compny }}\n"}
    [told] = world.problems(FILES, "", texts)
    assert told.startswith("book/glossary.md:3:7: 'compny' is not known here.")
    texts = {"glossary.md": "# Words\n\nSee [x](link:document:nothing).\n"}
    [told] = world.problems(FILES, "", texts)
    assert told.startswith("book/glossary.md:3:9: This links to 'document:nothing'")


LINKS = """
documents:
  glossary: {title: Glossary, text: x}
boards:
  work:
    title: Work
    lists: {week: This week}
    cards:
      agree:
        title: Agree on a lead, see [the words](link:document:glossary)
        list: week
        text: See [it](link:document:glossary).
        checklist:
          - Read [the glossary](link:document:glossary) first
          - "Then look [here](link:document:glossary) or at [](link:board:work)"
tables:
  tracker:
    title: Tracker
    columns: {what: What, where: Where}
    rows:
      one: {what: Look, where: "[here](link:document:glossary)"}
"""


def test_a_link_in_a_title_a_checklist_or_a_cell_becomes_the_title_of_what_it_leads_to(
    world: World,
) -> None:
    items = world.resolve(LINKS).items
    card = "board:work/card:agree"
    assert items[card].fields["title"] == "Agree on a lead, see the words (Glossary)"
    assert items[card].fields["description"] == "See [it](link:document:glossary)."
    assert [item.fields["title"] for item in items.values() if item.kind == "check"] == [
        "Read the glossary first",
        "Then look here (Glossary) or at Work",
    ]
    assert items["table:tracker/row:one"].fields["cells"]["where"] == "here (Glossary)"  # type: ignore[index]


def test_a_link_that_leads_nowhere_is_told_with_its_place_wherever_it_stands(world: World) -> None:
    wrong = LINKS.replace("link:document:glossary", "link:document:glosary")
    told = [problem.partition(": This")[0] for problem in world.problems(wrong)]
    links = ("the words](", "the glossary](", "[here](", "[here](")
    lines = ["playbook: book", "title: A book", *wrong.splitlines()]
    at = [
        number for number, line in enumerate(lines, 1) if "glosary" in line and "text:" not in line
    ]
    places = zip(at, links, strict=True)
    assert sorted(told) == sorted(
        f"book/playbook.yaml:{n}:{lines[n - 1].index(link) + len(link) + 1}" for n, link in places
    )


def test_a_huge_answer_and_a_hidden_character_are_refused(world: World) -> None:
    long = "inputs: {company: " + "x" * 20_001 + "}\n"
    assert any("more than 20,000 characters" in told for told in world.problems(BOARD, long))


def test_an_input_that_repeats_without_measure_is_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smarketing.resolve.scope.MOST_ITEMS", 100)
    people = "".join(f"    p{number}: P\n" for number in range(200))
    playbook = f"inputs:\n  personas:\n{people}documents:\n"
    playbook += "  p: {title: P, text: x, for-each: personas}\n"
    assert any("more than 100 things" in told for told in world.problems(playbook))


DAYS = """
parts:
  first: [document:one]
  more: [document:two]
documents:
  one: {title: One, text: "By {{ start | day: 30 }}.{% if parts contains 'more' %} See two.{% endif %}"}
  two: {title: Two, text: "{{ parts }}"}
"""


def test_a_text_names_a_later_day_and_the_chosen_parts(world: World) -> None:
    chosen = world.resolve(DAYS, "parts: [first]\n")
    assert chosen.items["document:one"].fields["body"] == "By Tue 5 Jan 2027."
    everything = world.resolve(DAYS)
    assert everything.items["document:one"].fields["body"] == "By Tue 5 Jan 2027. See two."


STARTS = """
roles: {sales: optional}
parts:
  first: [board:work, document:both, meeting:weekly]
  more: [board:work/list:late, board:work/card:late, document:both, document:two, meeting:review, table:t]
inputs: {personas: {default: {a: A}}}
boards:
  work:
    title: "Work since {{ start }}"
    lists: {week: Week, late: Late}
    cards:
      early: {title: Early, list: week, due: day 7}
      late: {title: Late, list: late, due: day 7, text: "By {{ start | day: 30 }}", checklist: [{one: "On {{ start }}"}]}
documents:
  both: {title: Both, text: "{{ start }}"}
  two: {title: "Two, {{ item.title }}", text: "{{ start }}", for-each: personas}
  none: {title: None, text: "{{ start }}"}
tables:
  t: {title: T, columns: {what: What}, rows: {r: {what: "{{ start | day: 2 }}"}}}
meetings:
  weekly: {title: Weekly, when: every Monday at 10:00}
  review: {title: Review, when: once on day 8 at 10:00, notes: {document: notes, agenda: "{{ meeting.date }} {{ start }}"}}
"""


def test_everything_in_a_part_counts_from_the_day_on_which_it_begins(world: World) -> None:
    items = world.resolve(STARTS, "parts: [first, more from 2027-03-01]\n").items
    fields = {address: item.fields for address, item in items.items()}
    late = "board:work/card:late"
    assert fields[late]["due"] == "2027-03-07"
    assert fields[late]["description"] == "By Tue 30 Mar 2027"
    assert fields[f"{late}/check:one"]["title"] == "On Mon 1 Mar 2027"
    assert fields["document:two.a"]["body"] == "Mon 1 Mar 2027"
    assert fields["table:t/row:r"]["cells"] == {"what": "Tue 2 Mar 2027"}
    assert fields["meeting:review"]["start"] == "2027-03-08T10:00"
    assert fields["document:notes"]["body"] == "Mon 8 Mar 2027 Mon 1 Mar 2027"


def test_what_is_in_no_part_or_in_one_from_the_beginning_counts_from_the_start(
    world: World,
) -> None:
    items = world.resolve(STARTS, "parts: [more from 2027-03-01, first]\n").items
    assert items["board:work"].fields["title"] == "Work since Mon 7 Dec 2026"
    assert items["board:work/card:early"].fields["due"] == "2026-12-13"
    assert items["meeting:weekly"].fields["start"] == "2026-12-07T10:00"
    assert items["document:none"].fields["body"] == "Mon 7 Dec 2026"
    assert items["document:both"].fields["body"] == "Mon 7 Dec 2026"  # the earlier of two
    own = world.resolve(STARTS, "parts: [first from 2027-01-04, more from 2027-03-01]\n").items
    assert own["document:both"].fields["body"] == "Mon 4 Jan 2027"


@pytest.mark.parametrize("wrong", ["company | day: 3", "start | day: 0", "start | day: 'soon'"])
def test_a_day_that_there_is_not_is_told_with_its_place(world: World, wrong: str) -> None:
    playbook = "inputs: {company: {default: Mill}}\n"
    playbook += f'documents: {{one: {{title: One, text: "{{{{ {wrong} }}}}"}}}}\n'
    [told] = world.problems(playbook)
    assert told.startswith("book/playbook.yaml:4:")
    assert "can't handle" in told


def test_a_config_takes_over_a_time_zone_without_writing_it_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMARKETING_DATA", str(tmp_path / "data"))
    (tmp_path / "team.yaml").write_text("workspace: Acme\ntimezone: Europe/London\n", "utf-8")
    path = tmp_path / "one.yaml"
    path.write_text("extends: team.yaml\nworkspace: One\nplaybook: campaign\n", "utf-8")
    new = open_config(path, {}, SystemClock()).new
    assert set(new) == {"id", "start", "edition", "integrations.local.folder"}
