"""The page that everybody starts from, as Markdown and as HTML: the same for the same values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from smarketing.kinds import Values
from smarketing.resolve.desired import Desired
from smarketing.startpage.gathering import overview
from smarketing.startpage.goalchart import Goal, told
from smarketing.startpage.html import as_html
from smarketing.startpage.overview import Glance, Group, Link, Meets, Overview, Task
from smarketing.text.agreement import Open
from smarketing.text.wording import one_line, plural

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~#@$]")
_AT_START = re.compile(r"^(?:[-+=:]|\d{1,9}(?=[.)]))")
_ADDRESS = re.compile(r":(?=//)|(?<=www)\.|&(?=#|\w+;)|=(?==)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StartPage:
    """The two forms of one page; links to items are written `link:ADDRESS`."""

    markdown: str
    html: str


def start_page(desired: Desired, values: Values) -> StartPage:
    """Return the page for these values; nothing else goes into it, not even today."""
    seen = overview(desired, values)
    return StartPage("\n".join(_lines(seen)), as_html(seen))


def escaped(text: str) -> str:
    """Return a stranger's words as Markdown that shows just them, on one line."""
    line = _SPECIAL.sub(lambda found: "\\" + found[0], one_line(text))
    line = _ADDRESS.sub(lambda found: "\\" + found[0], line)
    start = _AT_START.match(line)
    if not start:
        return line
    number = start[0] if start[0].isdigit() else ""
    return f"{number}\\{line[len(number) :]}"


def _lines(seen: Overview) -> Iterator[str]:
    yield f"# {escaped(seen.title)}"
    yield ""
    yield (
        "One place for sales and marketing: the work, the words and the numbers that both share. "
        "Change what you may change: whatever your team writes stays."
    )
    yield from _places(seen)
    yield from _goals(seen)
    yield from _questions(seen)
    for board in seen.glances:
        yield from _board(board)
    yield from _owners(seen)
    yield ""


def _link(link: Link) -> str:
    return f"[{escaped(link.title)}](link:{link.address})"


def _heading(words: str) -> list[str]:
    return ["", f"## {words}", ""]


# Where everything is


def _places(seen: Overview) -> Iterator[str]:
    groups = list(_groups(seen))
    if groups:
        yield from _heading("Where everything is")
    for number, group in enumerate(groups):
        yield from ["", *group] if number else group


def _groups(seen: Overview) -> Iterator[list[str]]:
    if seen.boards:
        yield list(_group(Group("Boards", seen.boards)))
    if seen.meetings.all:
        meetings = (line for meets in seen.meetings.all for line in _meeting(meets))
        yield [_group_heading("Meetings", seen.meetings.times), "", *meetings]
    if seen.channels:
        yield list(_group(Group("Channels", seen.channels)))
    if seen.tables:
        yield list(_group(Group("Tables", seen.tables)))
    yield from (list(_group(group)) for group in seen.documents)


def _group(group: Group) -> Iterator[str]:
    yield _group_heading(group.name, group.purpose)
    yield ""
    yield from map(_place, group.links)


def _group_heading(name: str, purpose: str) -> str:
    return f"**{escaped(name)}**" + (f": {escaped(purpose)}" if purpose else "")


def _place(link: Link) -> str:
    purpose = f": {escaped(link.purpose)}" if link.purpose else ""
    return f"- {_link(link)}{purpose}"


def _meeting(meets: Meets) -> Iterator[str]:
    yield _place(meets.link)
    if meets.sentence:
        yield f"  - {escaped(meets.sentence)}"
    if meets.notes:
        yield f"  - Agenda and notes: {_link(meets.notes)}"


# Goals, and what is still to agree


def _goals(seen: Overview) -> Iterator[str]:
    if not seen.goals:
        return
    yield from _heading("Goals")
    for table in seen.goals:
        yield f"- **{_link(Link(table.title, table.address))}**"
        yield from (f"  - {_goal(goal)}" for goal in table.goals)


def _goal(goal: Goal) -> str:
    said = [escaped(f"{goal.goal}: {told(goal)}")]
    said += [f"by {escaped(goal.by)}"] if goal.by else []
    return " · ".join([*said, escaped(goal.owner)] if goal.owner else said)


def _questions(seen: Overview) -> Iterator[str]:
    if not seen.questions:
        return
    yield from _heading("Still to agree")
    for about in seen.questions:
        yield f"- **{_link(Link(about.title, about.address))}: {about.headline}**"
        yield from (f"  - {_question(one)}" for one in about.open)


def _question(one: Open) -> str:
    said = [escaped(part) for part in (one.owner, one.by) if part]
    return " · ".join([escaped(one.question), *said])


# The work, and who owns what


def _board(board: Glance) -> Iterator[str]:
    yield from _heading(f"{escaped(board.title)} at a glance")
    cards = plural(len(board.tasks), "card", "cards")
    yield f"{_link(Link(board.title, board.address))}: {board.done} of {cards} done"
    for lane in board.lanes:
        yield ""
        yield f"**{escaped(lane.title)}** ({len(lane.tasks)})"
        if lane.tasks:
            yield ""
        yield from (f"- {_task(task)}" for task in lane.tasks)


def _task(task: Task) -> str:
    title = escaped(task.title)
    parts = [f"~~{title}~~" if task.done else title, escaped(task.owner) or "no owner yet"]
    if task.due:
        parts.append(f"due {escaped(task.due)}")
    if task.lines:
        parts.append(f"{task.ticked} of {task.lines} ticked")
    return " · ".join(parts)


def _owners(seen: Overview) -> Iterator[str]:
    if not seen.owned and not seen.hands:
        return
    yield from _heading("Who owns what")
    for owned in seen.owned:
        yield f"- {_link(owned.link)}: {escaped(owned.owner)}"
    for hand in seen.hands:
        cards = plural(len(hand.tasks), "open card", "open cards")
        yield f"- **{escaped(hand.name) or 'No owner yet'}:** {cards}"
        for task in hand.tasks:
            due = f" · due {escaped(task.due)}" if task.due else ""
            yield f"  - {escaped(task.title)}{due}"
