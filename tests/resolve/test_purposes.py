"""What a thing is for goes from the playbook to the address of each thing that it makes."""

from .conftest import World

PLAYBOOK = """\
    inputs:
      personas: {default: {ops: Operations Olga, cfo: "Fin & Co"}}
      company: {default: Acme}
    folders:
      home: {title: Home, purpose: "Everything of {{ company }}"}
    boards:
      work: {title: Work, purpose: Who does what by when, lists: {week: This week}}
    documents:
      persona:
        for-each: personas
        title: "{{ item.title }}"
        purpose: "What {{ item.title }} needs to hear"
        text: Words.
      other: {title: Other, text: Words.}
    tables:
      goals:
        title: Goals
        purpose: >
          What both teams
          answer for
        holds: goals
        columns: [Goal, Baseline, Now, Target, By, Owner]
      tracker: {title: Tracker, columns: [Number]}
    meetings:
      weekly:
        title: Weekly
        purpose: "{{ meeting.title }}: five points"
        when: every Monday at 10:00
"""


def test_a_purpose_is_filled_in_for_each_thing_that_it_is_for(world: World) -> None:
    assert world.resolve(PLAYBOOK).purposes == {
        "folder:home": "Everything of Acme",
        "board:work": "Who does what by when",
        "document:persona.ops": "What Operations Olga needs to hear",
        "document:persona.cfo": "What Fin & Co needs to hear",
        "table:goals": "What both teams answer for",
        "meeting:weekly": "Weekly: five points",
    }


def test_a_table_that_holds_goals_is_known_by_its_address(world: World) -> None:
    assert world.resolve(PLAYBOOK).goals == {"table:goals"}


def test_what_a_config_leaves_out_has_no_purpose(world: World) -> None:
    parts = "    parts: {few: [document:other], more: [table:goals, board:work]}\n"
    found = world.resolve(parts + PLAYBOOK, "parts: [few]\n")
    assert not {"table:goals", "board:work"} & found.purposes.keys()
    assert found.goals == frozenset()


def test_an_unknown_name_in_a_purpose_is_told_with_its_line(world: World) -> None:
    told = world.problems(PLAYBOOK.replace("{{ company }}", "{{ compny }}"))
    assert len(told) == 1
    assert "playbook.yaml:7" in told[0]
    assert "compny" in told[0]
