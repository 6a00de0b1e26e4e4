"""The start page as one file of HTML: escaped, without a script, and asking no other host."""

from collections.abc import Iterator, Sequence

from smarketing.startpage.goalchart import progress
from smarketing.startpage.markup import anchor, bar, small, text
from smarketing.startpage.overview import Meets, Overview
from smarketing.startpage.parts import board, goals, owners, places, questions
from smarketing.startpage.style import STYLE
from smarketing.text.wording import plural

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'none'; "
    "base-uri 'none'; form-action 'none'"
)


def as_html(seen: Overview) -> str:
    """Return the whole page."""
    title = text(seen.title)
    parts = [places(seen), goals(seen), questions(seen), *map(board, seen.glances), owners(seen)]
    main = "\n".join(part for part in parts if part)
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


# The numbers at the top


def _glance(seen: Overview) -> str:
    tiles = [*_meeting_tile(seen.meetings.all), *_goals_tile(seen), *_agreed_tile(seen)]
    tiles += _cards_tile(seen)
    return f'<ul class="tiles">\n{"".join(tiles)}</ul>' if tiles else ""


def _tile(label: str, big: str, small: str) -> str:
    return f'<li><span class="label">{label}</span> <strong>{big}</strong> {small}</li>\n'


def _meeting_tile(meetings: Sequence[Meets]) -> Iterator[str]:
    """Yield the soonest meeting, the way it is next."""
    for meets in [each for each in meetings if not each.is_over][:1]:
        label, said = "Next meeting", [anchor(meets.link)]
        if meets.named is None:
            big = "Not on a day yet"
        else:
            label, big = meets.named.label, text(meets.named.words.day)
            said.append(text(meets.named.words.hours))
        if meets.notes:
            said.append(f"Agenda and notes: {anchor(meets.notes)}")
        yield _tile(label, big, "".join(map(small, said)))


def _goals_tile(seen: Overview) -> Iterator[str]:
    asked = seen.all_goals
    if not asked:
        return
    found = [known for goal in asked if (known := progress(goal))]
    met = sum(known.is_met for known in found)
    words = f"{met} of {len(asked)} met"
    unknown = len(asked) - len(found)
    others = [f"{len(found) - met} not there yet"] if len(found) > met else []
    others += [f"{unknown} without a number yet"] if unknown else []
    yield _tile("Goals", words, bar(met, len(asked)) + small(" · ".join(others)))


def _agreed_tile(seen: Overview) -> Iterator[str]:
    counted = [about.count for about in seen.questions if about.count.stated]
    done, total = sum(c.done for c in counted), sum(c.total for c in counted)
    waiting = plural(seen.open, "open question", "open questions")
    if total:
        words = f"{done} of {plural(total, 'entry', 'entries')}"
        yield _tile("Agreed", words, bar(done, total) + small(waiting))
    elif seen.questions:
        yield _tile("Still to agree", waiting, "")


def _cards_tile(seen: Overview) -> Iterator[str]:
    tasks = [task for board in seen.glances for task in board.tasks]
    if tasks:
        done = sum(task.done for task in tasks)
        ticked, lines = sum(t.ticked for t in tasks), sum(t.lines for t in tasks)
        steps = f"{ticked} of {plural(lines, 'step', 'steps')} ticked" if lines else ""
        words = f"{done} of {plural(len(tasks), 'card', 'cards')}"
        yield _tile("Done", words, bar(done, len(tasks)) + small(steps))
