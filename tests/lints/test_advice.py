"""Each lint: what makes it speak, exactly where, and what leaves it quiet."""

import pytest

from tests.lints.conftest import Advise

GLOSSARY = """\
# Glossary

## Lead · proposed

**In one sentence:** somebody who asked us for something.

**Say** lead. **Not** contact, hot lead, MQL, deal (before it is signed), name. **You meet it as** the label *Leads* and the status *Open*.

## Campaign · agreed 3 May, Ana and Ben

Our name for things between two dates.

- Say: campaign
- Not: push, blast

## Words on the board

| Word | It means |
| --- | --- |
| On track, Behind | the state of a number |
| **Friction** | a complaint heard twice |
"""

HOLDS_GLOSSARY = "documents:\n  glossary: {title: Glossary, holds: glossary, text: glossary.md}\n"

GOALS = """\
tables:
  goals:
    title: Goals
    holds: goals
    columns: {goal: Goal, baseline: Baseline, now: Now, target: Target, by: By, owner: Owner}
    rows:
      good: {goal: Accepted leads, baseline: 5 of 10, target: 7 of 10, by: end of Q2, owner: Ben}
      open:
        goal: Win rate
        baseline: Not measured yet
        target: "[to agree: which share?, both heads, May]"
        by: "{{ start }}"
        owner: "{{ roles.sales.lead }}"
      vague:
        goal: "Win rate"
        baseline: 18 %
        target: higher
        owner: everybody
      empty: {now: 3}
"""


def test_a_vague_row_of_a_table_of_goals_is_told_what_it_lacks(advise: Advise) -> None:
    told = advise(GOALS)
    assert told[0] == (
        "playbook.yaml:18:16: This goal does not say the number to reach, the day it is due and "
        "who answers for it. Write a number to reach, as '7 of 10'; write a day, as 'end of Q2'; "
        "name a person or a role, as 'head of sales', or '[to agree: question, who, by when]'. "
        "(goal-without-number)"
    )
    assert told[1].startswith("playbook.yaml:22:14: This goal does not say what is counted, where")
    assert len(told) == 2


def test_a_table_that_holds_no_goals_may_be_as_vague_as_it_likes(advise: Advise) -> None:
    assert advise(GOALS.replace("    holds: goals\n", "")) == []


BOARD = """\
boards:
  work:
    title: Work
    lists: {week: This week}
    labels: {goal: Goal, leads: Leads}
    cards:
      one:
        title: Double the demos
        labels: [goal]
        owner: lead of sales
        text: |
          Today 12 a month.
      two:
        title: More trust
        labels: [leads]
"""


def test_a_card_with_the_label_goal_is_a_goal_and_others_are_not(advise: Advise) -> None:
    [told] = advise(BOARD)
    assert told.startswith("playbook.yaml:11:16: This goal does not say the day it is due.")
    assert advise(BOARD.replace("owner: lead", "due: day 60\n        owner: lead")) == []


PROMISES = """\
# Hand-off

Sales answers within one working day, accept or refuse.
Marketing sends what is
missing as soon as possible. Nothing else is needed here.

1. Sales must call each lead.
2. When a lead is refused, marketing learns the reason.
3. **Marketing** sends the numbers every Monday.
4. Sales may ask once. *Example: sales answers Ana.* Sales answers for the verdict.
5. Marketing sends the list: [to agree: by when?, head of marketing, May]

| What | Who | When |
| --- | --- | --- |
| call back | sales | within {{ answer-within }} |
| report | marketing |  |
| learn | both | soon |

| What | Who |
| --- | --- |
| Sales tells marketing the verdict | sales |
| the verdict | marketing |

This rule says how sales answers.

## What breaks it

Marketing hands over to reach a number.
"""

HOLDS_PROMISES = "documents:\n  handoff: {title: Hand-off, holds: promises, text: handoff.md}\n"


def places(told: list[str]) -> list[str]:
    """Return file:line:column and the lint of each line of advice."""
    return [f"{one.split(': ')[0]} {one.rpartition('(')[2].rstrip(')')}" for one in told]


def test_a_promise_without_a_time_is_told_at_its_first_word(advise: Advise) -> None:
    told = advise(HOLDS_PROMISES, {"handoff.md": PROMISES}, {"answer-within": "a day"})
    assert places(told) == [
        f"handoff.md:{place} promise-without-clock" for place in ("7:4", "16:23", "17:18", "21:3")
    ]
    assert "late: 'Sales must call each lead'." in told[0]
    assert told[0].endswith(
        "Write by when, as 'within one working day', 'on the same day' or 'every Monday'. "
        "(promise-without-clock)"
    )


def test_a_promise_wrapped_over_lines_is_one_and_as_soon_as_possible_is_no_time(
    advise: Advise,
) -> None:
    text = "# Rule\n\nMarketing sends what is\nmissing as soon as possible.\n"
    assert places(advise(HOLDS_PROMISES, {"handoff.md": text})) == [
        "handoff.md:3:1 promise-without-clock"
    ]
    text = "# Rule\n\nNice. Marketing sends what is\nmissing within\ntwo hours.\n"
    assert advise(HOLDS_PROMISES, {"handoff.md": text}) == []


def test_an_answer_that_names_no_time_takes_the_clock_from_a_promise(advise: Advise) -> None:
    rows = "| What | When |\n| --- | --- |\n| answer | within {{ answer-within }} |\n"
    files = {"handoff.md": f"Sales answers within {{{{ answer-within }}}}.\n\n{rows}"}
    assert advise(HOLDS_PROMISES, files, {"answer-within": "a day"}) == []
    told = advise(HOLDS_PROMISES, files, {"answer-within": "as soon as we can"})
    assert places(told) == [
        "handoff.md:1:1 promise-without-clock", "handoff.md:5:12 promise-without-clock",
    ]  # fmt: skip
    assert "'Sales answers within as soon as we can'" in told[0]


def test_only_a_document_that_holds_promises_is_read_for_them(advise: Advise) -> None:
    said = HOLDS_PROMISES.replace("holds: promises, ", "")
    assert advise(said, {"handoff.md": PROMISES}) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("# Olga\n\n- **Owner:** {{ roles.marketing.lead }}\n", ""),
        ("# Olga\n\n- **Owner:** head of marketing; all may add\n", ""),
        ("# Olga\n\nOwner: [to agree: who?, both heads, May]\n", ""),
        ("# Olga\n\n| Owner | Ben |\n| --- | --- |\n", ""),
        ("# Olga\n\nOwned by Ben.\n", ""),
        ("\n# Olga\n\nShe owns a house.\n", "olga.md:1:1"),
        ("# Olga\n\n  - **Owner:** everybody\n", "olga.md:3:3"),
        ("# Olga\n\n- **Owner:**\n", "olga.md:3:1"),
    ],
)
def test_a_persona_needs_a_line_that_names_its_owner(advise: Advise, text: str, place: str) -> None:
    said = "documents:\n  olga: {title: Olga, holds: persona, text: olga.md}\n"
    told = advise(said, {"olga.md": text})
    assert places(told) == ([f"{place} persona-without-owner"] if place else [])
    assert advise(said.replace("holds: persona, ", ""), {"olga.md": text}) == []


LABELS = """\
boards:
  work:
    title: Work
    lists: {week: This week}
    labels:
      leads: {title: Lead, color: green}
      friction: Friction
      numbers: "Numbers"
statuses:
  open: {words: [open, waiting]}
tables:
  tracker:
    title: Tracker
    columns: {n: Number, status: {title: Status, choices: [On track, Behind, Late]}}
  rota:
    title: Rota
    columns: {n: Number, status: {title: Status, choices: [Planned, Swapped]}}
"""


def test_a_label_or_status_that_the_glossary_does_not_know_is_told(advise: Advise) -> None:
    told = advise(LABELS + HOLDS_GLOSSARY, {"glossary.md": GLOSSARY})
    assert places(told) == [
        f"playbook.yaml:{place} label-outside-glossary" for place in ("11:17", "13:24", "17:78")
    ]
    assert told[0] == (
        "playbook.yaml:11:17: The label 'Numbers' is not in the glossary. Add an entry "
        "'## Numbers', or name it after 'You meet it as' in one. (label-outside-glossary)"
    )


def test_a_playbook_without_a_glossary_gets_no_advice_on_its_words(advise: Advise) -> None:
    assert advise(LABELS) == []


def test_a_misspelt_label_is_told_the_term_that_is_meant(advise: Advise) -> None:
    said = "boards: {b: {title: B, labels: {c: Campain}}}\n" + HOLDS_GLOSSARY
    [told] = advise(said, {"glossary.md": GLOSSARY})
    assert "Did you mean 'Campaign'?" in told


AVOIDED = """\
boards:
  work:
    title: Work
    lists: {hot: Hot leads, week: This week}
    labels: {leads: Lead}
    cards:
      call: {title: Contact three firms, list: week, text: Ask our contact there and contact Ana}
      ask: {title: "Ask the contacts", list: week}
"""
TEXT = """\
# Our MQL

Not every push helps. We call a "hot lead" what others call `hot lead`, [so](link:hot-lead).
An hot lead, the deal, and a name. Say lead instead of MQL. See all MQLs.
Our blasts are campaigns. They contact us. No contact yet.

```text
hot lead
```
"""


def test_a_word_to_avoid_is_told_in_titles_headings_and_sentences(advise: Advise) -> None:
    said = AVOIDED + HOLDS_GLOSSARY + "  text: {title: Text, text: text.md}\n"
    told = advise(said, {"glossary.md": GLOSSARY, "text.md": TEXT})
    assert places(told) == [
        f"{place} word-to-avoid"
        for place in (
            "playbook.yaml:7:18",
            "playbook.yaml:10:68",
            "playbook.yaml:11:29",
            "text.md:1:7",
            "text.md:4:4",
            "text.md:4:69",
            "text.md:5:5",
            "text.md:5:47",
        )
    ]
    assert told[3] == (
        "text.md:1:7: This heading has the word 'MQL', which the glossary says not to use. "
        "Say lead. (word-to-avoid)"
    )
    assert "'blasts', which the glossary says not to use. Say campaign." in told[6]


def test_a_word_that_may_be_right_elsewhere_is_left_alone(advise: Advise) -> None:
    """`deal` has a condition, `name` is used by the glossary itself, `lead` is a term."""
    said = HOLDS_GLOSSARY + "  text: {title: Deal, text: text.md}\n"
    text = "# The name of a deal\n\nEvery deal and every name. A lead.\n"
    glossary = GLOSSARY + "\n## Expansion lead\n\n**Not** upsell, lead.\n"
    assert advise(said, {"glossary.md": glossary, "text.md": text}) == []


TWICE = """\
boards:
  one:
    title: One
    lists: {stuck: Stuck}
    labels: {hot: Urgent, stuck: Stuck}
  two:
    title: Two
    labels: {pressing: "Urgent"}
statuses:
  week: {words: [to do]}
  next: {words: [later]}
tables:
  a: {title: A, columns: {who: Owner, due: Due}}
  b: {title: B, columns: {owner: Owner, due: Due}}
"""


def test_one_word_with_two_keys_is_told_at_the_second(advise: Advise) -> None:
    told = advise(TWICE)
    assert places(told) == [
        f"playbook.yaml:{place} word-used-twice" for place in ("8:34", "11:25", "17:34")
    ]
    assert told[0].startswith(
        "playbook.yaml:8:34: 'Stuck' is a label here and a list in line 7. Keep one of them"
    )
    assert told[1].startswith(
        "playbook.yaml:11:25: The label 'Urgent' has the key 'pressing' here and 'hot' in line 8."
    )


def test_two_entries_for_one_term_are_told_at_the_second(advise: Advise) -> None:
    glossary = GLOSSARY + "\n### Leads · agreed\n\nSomething else.\n"
    [told] = advise(HOLDS_GLOSSARY, {"glossary.md": glossary})
    assert told == (
        "glossary.md:23:5: 'Leads' has a second entry here; the first is at ours/glossary.md:3. "
        "Make one entry of both, or give one of them another word. (word-used-twice)"
    )


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ("Sales sends it.", "8:11"),
        ("'Sales sends it.'", "8:12"),
        ("|\n      Good.\n\n      Yes. Sales sends it.", "11:12"),
        ("|-\n       * Sales sends it.", "9:10"),
        (">-\n      Good:\n      Sales sends it.", "8:11"),
        ('"Sales sends \\x69t."', "8:11"),
    ],
)
def test_the_place_is_exact_unless_the_file_folds_or_escapes_the_text(
    advise: Advise, value: str, place: str
) -> None:
    said = f"documents:\n  d:\n    title: D\n    holds: promises\n    text: {value}\n"
    assert places(advise(said)) == [f"playbook.yaml:{place} promise-without-clock"]


def test_a_playbook_may_ignore_a_lint(advise: Advise) -> None:
    assert advise("ignore: [goal-without-number]\n" + GOALS) == []
    assert len(advise("ignore: [word-used-twice]\n" + GOALS)) == 2
