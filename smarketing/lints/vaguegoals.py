"""Goal without number: the rows of a table that holds goals, and the cards labelled `goal`."""

from collections.abc import Iterator

from smarketing.lints.advice import Advice, advice
from smarketing.lints.goals import BASELINE, DAY, METRIC, OWNER, TARGET, Goal, lacking
from smarketing.lints.said import text_lines
from smarketing.playbook.playbook import Playbook
from smarketing.text.wording import joined

GOAL_LABEL = "goal"

_NAMED = {
    METRIC: "what is counted",
    BASELINE: "where it stands today",
    TARGET: "the number to reach",
    DAY: "the day it is due",
    OWNER: "who answers for it",
}
_INSTEAD = {
    METRIC: "name what you count, as 'accepted leads'",
    BASELINE: "write the number of today, or 'not measured yet'",
    TARGET: "write a number to reach, as '7 of 10'",
    DAY: "write a day, as 'end of Q2'",
    OWNER: "name a person or a role, as 'head of sales'",
}


def vague_goals(playbook: Playbook) -> Iterator[Advice]:
    """Return advice on each goal that lacks something."""
    for key, table in playbook.tables.items():
        if table.holds != "goals":
            continue
        for name, row in table.rows.items():
            cells = {
                part: row.cells.get(part, "") for part in ("baseline", "target", "by", "owner")
            }
            path = ("tables", key, "rows", name, "goal")
            yield from _told(playbook, path, Goal(row.cells.get("goal", ""), **cells))
    for key, board in playbook.boards.items():
        for name, card in board.cards.items():
            if GOAL_LABEL in card.labels:
                words = f"{card.title}. {card.text and playbook.words(card.text)}".strip(". ")
                goal = Goal(words, by=card.due or "", owner=card.owner or "")
                yield from _told(playbook, ("boards", key, "cards", name, "title"), goal)


def _told(playbook: Playbook, path: tuple[str, ...], goal: Goal) -> Iterator[Advice]:
    lacks = lacking(goal)
    if not lacks:
        return
    line = text_lines(playbook, path, goal.goal or " ")[0]
    message = f"This goal does not say {joined([_NAMED[part] for part in lacks])}."
    instead = "; ".join(_INSTEAD[part] for part in lacks)
    ending = ", or '[to agree: question, who, by when]'."
    yield advice(
        "goal-without-number", line, 0, message, instead[:1].upper() + instead[1:] + ending
    )
