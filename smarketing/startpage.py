"""The page that everybody starts from, as Markdown and as HTML: the same for the same values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from smarketing.agreement import Open, still_to_agree
from smarketing.desired import Desired
from smarketing.overview import Glance, Link, Overview, Task, Values, overview
from smarketing.pagehtml import as_html
from smarketing.wording import one_line, plural

__all__ = ["Open", "StartPage", "start_page", "still_to_agree"]

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
        "Change anything you like, whatever you write stays."
    )
    yield from _links(seen)
    yield from _questions(seen)
    for board in seen.boards:
        yield from _board(board)
    yield from _owners(seen)
    yield ""


def _link(link: Link) -> str:
    return f"[{escaped(link.title)}](link:{link.address})"


def _heading(words: str) -> list[str]:
    return ["", f"## {words}", ""]


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


def _board(board: Glance) -> Iterator[str]:
    yield from _heading("The board at a glance")
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
    if not seen.owners:
        return
    yield from _heading("Who does what")
    for owner, titles in seen.owners:
        yield f"- **{escaped(owner)}:** {'; '.join(escaped(title) for title in titles)}"


def _links(seen: Overview) -> Iterator[str]:
    if seen.groups:
        yield from _heading("Where everything is")
    for number, (name, links) in enumerate(seen.groups):
        yield from (["", f"**{name}**", ""] if number else [f"**{name}**", ""])
        for link in links:
            purpose = f": {escaped(link.purpose)}" if link.purpose else ""
            yield f"- {_link(link)}{purpose}"
