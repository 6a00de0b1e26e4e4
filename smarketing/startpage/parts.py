"""The parts of the start page below its head: places, goals, questions, boards, owners."""

from collections.abc import Iterable

from smarketing.startpage.goalchart import Goal, drawn, progress, told
from smarketing.startpage.markup import anchor, bar, section, small, text
from smarketing.startpage.overview import (
    Glance,
    Group,
    Hand,
    Lane,
    Link,
    Meetings,
    Meets,
    Overview,
    Owned,
    Questions,
    Task,
)
from smarketing.text.agreement import Open
from smarketing.text.wording import plural

FEW = 4
"""So many links stay together at the end of a column or page."""

# Where everything is


def places(seen: Overview) -> str:
    """Return the links to everything."""
    groups = [_group(Group("Boards", seen.boards))] if seen.boards else []
    groups += _meetings(seen.meetings)
    groups += [_group(Group("Channels", seen.channels))] if seen.channels else []
    groups += [_group(Group("Tables", seen.tables))] if seen.tables else []
    groups += map(_group, seen.documents)
    if not groups:
        return ""
    inside = ['<div class="places">', *groups, "</div>"]
    return section("places", "Where everything is", inside, tag="nav")


def _group(group: Group) -> str:
    return _under(group.name, group.purpose, map(_place, group.links))


def _under(name: str, purpose: str, places: Iterable[str]) -> str:
    listed = [f"<li>{place}</li>" for place in places]
    kind = "group few" if len(listed) <= FEW else "group"
    said = small(text(purpose)) if purpose else ""
    items = "\n".join(listed)
    return f'<div class="{kind}"><h3>{text(name)}</h3>{said}\n<ul>{items}</ul></div>\n'


def _place(link: Link) -> str:
    purpose = small(text(link.purpose)) if link.purpose else ""
    return f"{anchor(link)}{purpose}"


def _meetings(seen: Meetings) -> list[str]:
    return [_under("Meetings", seen.times, map(_meeting, seen.all))] if seen.all else []


def _meeting(meets: Meets) -> str:
    said = [_place(meets.link)]
    if meets.sentence:
        said.append(f'<p class="small when">{text(meets.sentence)}</p>')
    if meets.notes:
        said.append(small(f"Agenda and notes: {anchor(meets.notes)}"))
    return "".join(said)


# Goals, and what is still to agree


def goals(seen: Overview) -> str:
    """Return the goals of each table with their charts."""
    if not seen.goals:
        return ""
    tables: list[str] = []
    for number, table in enumerate(seen.goals):
        title = f'<h3 id="goals-{number}">{anchor(Link(table.title, table.address))}</h3>'
        tables.append(f"{title}\n{_goal_table(number, table.goals)}")
    return section("goals", "Goals", tables)


def _goal_table(number: int, goals: Iterable[Goal]) -> str:
    # The roles stay where a narrow screen shows the rows as blocks.
    names = ("Goal", "How far", "By", "Owner")
    heads = "".join(f'<th scope="col" role="columnheader">{name}</th>' for name in names)
    rows = "\n".join(f'<tr role="row">{_goal(goal)}</tr>' for goal in goals)
    return (
        f'<table class="goals" role="table" aria-labelledby="goals goals-{number}">\n'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>\n'
        f'<tbody role="rowgroup">{rows}</tbody>\n</table>'
    )


def _goal(goal: Goal) -> str:
    if found := progress(goal):
        verdict = found.verdict.replace(" %", "\u00a0%")  # never apart at the end of a line
        far = f"{drawn(found)}<p>{text(found.sentence)}: <strong>{text(verdict)}</strong></p>"
    else:
        far = f"<p>{text(told(goal))}</p>"
    return (
        f'<th scope="row" role="rowheader">{text(goal.goal)}</th><td role="cell">{far}</td>'
        f"{_cell('By', goal.by)}{_cell('Owner', goal.owner)}"
    )


def _cell(name: str, words: str) -> str:
    said = f'<span class="name">{name}: </span>{text(words)}' if words else ""
    return f'<td role="cell">{said}</td>'


def questions(seen: Overview) -> str:
    """Return what is still to agree, by what leaves it open."""
    if not seen.questions:
        return ""
    return section(
        "agree", "Still to agree", ['<div class="abouts">', *map(_about, seen.questions), "</div>"]
    )


def _about(about: Questions) -> str:
    drawing = bar(about.count.done, about.count.total) if about.count.stated else ""
    asked = "".join(f"<li>{_question(one)}</li>" for one in about.open)
    listed = f'<ul class="rows">{asked}</ul>' if asked else ""
    return (
        f'<div class="about"><h3>{anchor(Link(about.title, about.address))} '
        f'<span class="small">{about.headline}</span></h3>{drawing}{listed}</div>'
    )


def _question(one: Open) -> str:
    said = " · ".join(text(part) for part in (one.owner, one.by) if part)
    return f"<p>{text(one.question)}</p>" + (small(said) if said else "")


# The work, and who owns what


def board(seen: Glance) -> str:
    """Return a board with its lists and cards."""
    heading = f"{text(seen.title)} at a glance"
    words = f"{seen.done} of {plural(len(seen.tasks), 'card', 'cards')} done"
    link = small(f"{words} · {anchor(Link('open the board', seen.address))}")
    lanes = "".join(map(_lane, seen.lanes))
    name = "board-" + seen.address.rpartition(":")[2].replace(".", "-")
    drawing = bar(seen.done, len(seen.tasks))
    return section(name, heading, [link, drawing, f'<div class="board">{lanes}</div>'])


def _lane(lane: Lane) -> str:
    tasks = "".join(f"<li{_done(task)}>{_task(task)}</li>" for task in lane.tasks)
    listed = f"<ul>{tasks}</ul>" if tasks else small("Nothing here")
    count = f'<span class="count">{len(lane.tasks)}</span>'
    return f'<div class="lane"><h3>{text(lane.title)} {count}</h3>{listed}</div>'


def _done(task: Task) -> str:
    return ' class="finished"' if task.done else ""


def _task(task: Task) -> str:
    said = [text(task.owner) or "No owner yet"]
    if task.due:
        said.append(f"Due {text(task.due)}")
    if task.done:
        said.append("Done")
    if task.lines:
        said.append(f"{task.ticked} of {task.lines} ticked")
    drawing = bar(task.ticked, task.lines) if task.lines else ""
    return f"<p>{text(task.title)}</p>{''.join(map(small, said))}{drawing}"


def owners(seen: Overview) -> str:
    """Return who owns which document, and who has which cards open."""
    if not seen.owned and not seen.hands:
        return ""
    inside = [_owned(seen.owned)] if seen.owned else []
    if seen.hands:
        inside += ['<div class="hands">', *map(_hand, seen.hands), "</div>"]
    return section("owners", "Who owns what", inside)


def _owned(owned: Iterable[Owned]) -> str:
    rows = "\n".join(
        f'<tr><th scope="row">{anchor(each.link)}</th><td>{text(each.owner)}</td></tr>'
        for each in owned
    )
    return (
        '<table aria-labelledby="owners">\n<thead><tr><th scope="col">Document or table</th>'
        f'<th scope="col">Owner</th></tr></thead>\n<tbody>{rows}</tbody>\n</table>'
    )


def _hand(hand: Hand) -> str:
    cards = plural(len(hand.tasks), "open card", "open cards")
    tasks = "".join(
        f"<li><p>{text(task.title)}</p>{small(f'Due {text(task.due)}') if task.due else ''}</li>"
        for task in hand.tasks
    )
    return (
        f'<div class="hand"><h3>{text(hand.name) or "No owner yet"} '
        f'<span class="small">{cards}</span></h3><ul class="rows">{tasks}</ul></div>'
    )
