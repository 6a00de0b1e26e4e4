"""The start page as one file of HTML: escaped, without a script, and asking no other host."""

from collections.abc import Iterable, Iterator
from html import escape

from smarketing.agreement import Open
from smarketing.overview import DOCUMENTS, Glance, Lane, Link, Meets, Overview, Questions, Task
from smarketing.pagestyle import STYLE
from smarketing.wording import capitalised, plural

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'none'; "
    "base-uri 'none'; form-action 'none'"
)


def as_html(seen: Overview) -> str:
    """Return the whole page."""
    title = _text(seen.title)
    sections = [_questions(seen), *map(_board, seen.boards), _owners(seen)]
    main = "\n".join(section for section in [_places(seen), *sections] if section)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>{STYLE}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header>
<h1>{title}</h1>
<p class="lead">One place for sales and marketing: the work, the words and the numbers that both share.</p>
{_glance(seen)}
</header>
<main id="main" tabindex="-1">
{main}
</main>
<footer>
<p>This page is for reading: it follows the board and the documents. Change those, and it is renewed with the next run.</p>
</footer>
</body>
</html>
"""


def _text(words: str) -> str:
    return escape(words, quote=True)


def _anchor(title: str, address: str) -> str:
    return f'<a href="link:{_text(address)}">{_text(title)}</a>'


def _section(name: str, title: str, inside: Iterable[str]) -> str:
    body = "\n".join(inside)
    return f'<section aria-labelledby="{name}">\n<h2 id="{name}">{title}</h2>\n{body}\n</section>'


def _bar(done: int, total: int, words: str) -> str:
    """Draw how much is done; the words beside it say the same."""
    share = round(100 * done / total) if total else 0
    return (
        f'<svg class="bar" role="img" aria-label="{_text(words)}" viewBox="0 0 100 4" '
        f'preserveAspectRatio="none"><rect class="all" width="100" height="4"/>'
        f'<rect class="done" width="{share}" height="4"/></svg>'
    )


# The three numbers at the top


def _glance(seen: Overview) -> str:
    tiles = [*map(_meeting_tile, seen.meetings[:1]), *_agreed_tile(seen), *_cards_tile(seen)]
    return f'<ul class="tiles">\n{"".join(tiles)}</ul>' if tiles else ""


def _tile(label: str, big: str, small: str) -> str:
    return (
        f'<li><span class="label">{label}</span> <strong>{big}</strong> '
        f'<span class="small">{small}</span></li>\n'
    )


def _meeting_tile(meets: Meets) -> str:
    return _tile(
        "We meet",
        _text(capitalised(meets.when)),
        f"First: {_text(meets.first)}" if meets.first else "",
    )


def _agreed_tile(seen: Overview) -> Iterator[str]:
    counted = [about.count for about in seen.questions if about.count.stated]
    done, total = sum(c.done for c in counted), sum(c.total for c in counted)
    waiting = plural(seen.open, "open question", "open questions")
    if total:
        words = f"{done} of {total}"
        yield _tile("Agreed", f"{words} entries", _bar(done, total, f"{words} agreed") + waiting)
    elif seen.questions:
        yield _tile("Still to agree", waiting, "")


def _cards_tile(seen: Overview) -> Iterator[str]:
    tasks = [task for board in seen.boards for task in board.tasks]
    if tasks:
        done = sum(task.done for task in tasks)
        words = f"{done} of {plural(len(tasks), 'card', 'cards')}"
        ticked, lines = sum(t.ticked for t in tasks), sum(t.lines for t in tasks)
        steps = f"{ticked} of {plural(lines, 'step', 'steps')} ticked" if lines else ""
        yield _tile("Done", words, _bar(done, len(tasks), f"{words} done") + steps)


# The sections


def _places(seen: Overview) -> str:
    if not seen.groups:
        return ""
    few = [_group(name, links) for name, links in seen.groups if name != DOCUMENTS]
    many = [_group(name, links) for name, links in seen.groups if name == DOCUMENTS]
    columns = [f"<div>{''.join(groups)}</div>" for groups in (few, many) if groups]
    inside = ['<nav class="places" aria-labelledby="places">', *columns, "</nav>"]
    return _section("places", "Where everything is", inside)


def _group(name: str, links: Iterable[Link]) -> str:
    listed = "\n".join(f"<li>{_place(link)}</li>" for link in links)
    return f'<div class="group"><h3>{name}</h3>\n<ul>{listed}</ul></div>\n'


def _place(link: Link) -> str:
    purpose = f"<p>{_text(link.purpose)}</p>" if link.purpose else ""
    return f"{_anchor(link.title, link.address)}{purpose}"


def _questions(seen: Overview) -> str:
    if not seen.questions:
        return ""
    return _section(
        "agree", "Still to agree", ['<div class="abouts">', *map(_about, seen.questions), "</div>"]
    )


def _about(about: Questions) -> str:
    bar = ""
    if about.count.stated:
        bar = _bar(about.count.done, about.count.total, about.headline)
    asked = "".join(f"<li>{_question(one)}</li>" for one in about.open)
    listed = f'<ul class="rows">{asked}</ul>' if asked else ""
    return (
        f'<div class="about"><h3>{_anchor(about.title, about.address)} '
        f'<span class="small">{about.headline}</span></h3>{bar}{listed}</div>'
    )


def _question(one: Open) -> str:
    said = " · ".join(_text(part) for part in (one.owner, one.by) if part)
    return f"<p>{_text(one.question)}</p>" + (f'<p class="small">{said}</p>' if said else "")


def _board(board: Glance) -> str:
    heading = f"{_text(board.title)} at a glance"
    words = f"{board.done} of {plural(len(board.tasks), 'card', 'cards')} done"
    link = f'<p class="small">{words} · {_anchor("open the board", board.address)}</p>'
    lanes = "".join(map(_lane, board.lanes))
    name = "board-" + board.address.rpartition(":")[2].replace(".", "-")
    bar = _bar(board.done, len(board.tasks), words)
    return _section(name, heading, [link, bar, f'<div class="board">{lanes}</div>'])


def _lane(lane: Lane) -> str:
    tasks = "".join(f"<li{_done(task)}>{_task(task)}</li>" for task in lane.tasks)
    listed = f"<ul>{tasks}</ul>" if tasks else '<p class="small">Nothing here</p>'
    count = f'<span class="count">{len(lane.tasks)}</span>'
    return f'<div class="lane"><h3>{_text(lane.title)} {count}</h3>{listed}</div>'


def _done(task: Task) -> str:
    return ' class="finished"' if task.done else ""


def _task(task: Task) -> str:
    said = [_text(task.owner) or "No owner yet"]
    if task.due:
        said.append(f"Due {_text(task.due)}")
    if task.done:
        said.append("Done")
    if task.lines:
        said.append(f"{task.ticked} of {task.lines} ticked")
    bar = _bar(task.ticked, task.lines, said[-1]) if task.lines else ""
    lines = "".join(f'<p class="small">{line}</p>' for line in said)
    return f"<p>{_text(task.title)}</p>{lines}{bar}"


def _owners(seen: Overview) -> str:
    if not seen.owners:
        return ""
    inside = ['<dl class="owners">']
    for owner, titles in seen.owners:
        inside.append(f"<div><dt>{_text(owner)}</dt>")
        inside += [f"<dd>{_text(title)}</dd>" for title in titles]
        inside.append("</div>")
    return _section("owners", "Who does what", [*inside, "</dl>"])
