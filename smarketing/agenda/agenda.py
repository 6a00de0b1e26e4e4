"""The agenda of one occurrence: the playbook's frame, filled with what is known before it. Pure.

What nobody has measured or agreed is said as such, and where there is nothing a short line says so.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from smarketing.agenda.figures import is_unmeasured, numbers, scores
from smarketing.agenda.phrases import at_most, cell, first_name, linked, with_owner
from smarketing.agenda.promised import Filling, decided, promises
from smarketing.agenda.told import Campaign, Idea, Material, Question, Work
from smarketing.calendar.days import day_said, in_words
from smarketing.minutes.shown import escaped
from smarketing.text.wording import joined, plural

SAID = ("date", "time", "number", "chair", "notes", "also", "guest", "filled")
"""What a frame may ask for as `{{ meeting.date }}`."""

FILLED = (
    "promises", "decided", "wins", "stuck", "due", "campaigns", "ideas", "numbers", "scores",
    "questions",
)  # fmt: skip
"""What a frame may ask for as `{{ agenda.wins }}`."""

MOST = 5
START = "document:start-here"
AHEAD = timedelta(days=7)
TRIAL = timedelta(days=14)
_OPENED, _CLOSED = "\ue000", "\ue001"


def token(name: str) -> str:
    """Return what stands in a frame where this is to be filled in."""
    return f"{_OPENED}{name}{_CLOSED}"


def agenda(frame: str, filling: Filling, material: Material) -> str:
    """Return the agenda of an occurrence; promises come to its end where the frame forgot them."""
    day = filling.day
    parts = {
        "promises": promises(material.promises, filling),
        "decided": decided(material.decided, day),
        "wins": wins(material, day),
        "stuck": stuck(material, day),
        "due": due(material.due, day),
        "campaigns": campaigns(material.campaigns, day),
        "ideas": ideas(material.ideas, day),
        "numbers": numbers(material.numbers, day),
        "scores": scores(material.scores),
        "questions": questions(material.questions),
    }
    if token("promises") not in frame and material.promises:
        frame = f"{frame.rstrip()}\n\n{token('promises')}"
    for name, words in (*parts.items(), *filling.said.items()):
        frame = frame if words else re.sub(rf"\n+{token(name)}(?=\n)", "", frame)
        frame = frame.replace(token(name), words)
    heading = f"## {filling.said['date']}, {filling.said['time']}"
    return (
        f"{frame.strip()}\n"
        if frame.lstrip().startswith("## ")
        else f"{heading}\n\n{frame.strip()}\n"
    )


def wins(material: Material, day: date) -> str:
    """Return what became done since the last meeting."""
    lines = [f"- {with_owner(linked(each), each.owner)}" for each in material.wins]
    lines += [f"- Agreed: {escaped(each)}" for each in material.agreed]
    if lines:
        return "\n".join(at_most(lines, "- and {} more, in *Done* on the board", 8))
    when = f" since {in_words(material.since, day)}" if material.since else ""
    other = "other " if any(each.is_kept for each in material.promises) else ""
    return f"No {other}card was finished{when}."


def stuck(material: Material, day: date) -> str:
    """Return what is stuck, for how long and who is asked, and then what is late."""
    since = material.since or date.min
    new = [each for each in material.late if each.due and each.due >= since]
    long = [each for each in material.late if each not in new]
    lines = [_stuck(each, day) for each in material.stuck]
    if new:
        ask = "What is in the way, and what is the new day?"
        lines.append(f"- Late: {_late(new, day, MOST)}. *{ask}*")
    if long:
        ask = "A new day, or drop it?"
        lines.append(f"- Late for longer: {_late(long, day, 2)}. *{ask}*")
    return "\n".join(lines) or "Nothing is stuck, and nothing is late."


def _stuck(one: Work, day: date) -> str:
    days = (day - one.since).days if one.since else None
    waits = f"waits for {escaped(one.waits_for)}" if one.waits_for else "stuck"
    how_long = (
        "" if days is None else f" for {plural(days, 'day', 'days')}" if days else " since today"
    )
    if one.waits_for and days:
        how_long = f", {plural(days, 'day', 'days')} now"
    who = f"{escaped(first_name(one.owner))}, who can free it this week?"
    return f"- {linked(one)}: {waits}{how_long}. *{who if one.owner else 'Who takes it on?'}*"


def _late(found: Sequence[Work], day: date, most: int) -> str:
    """Return what is late on one line, the latest first."""
    said = []
    for one in sorted(found, key=lambda each: each.due or day):
        days = (day - one.due).days if one.due else 0
        who = f"{escaped(first_name(one.owner))}, " if one.owner else "nobody's, "
        said.append(f"{linked(one)} ({who}{plural(days, 'day', 'days')})")
    return joined(said, most)


def due(found: Sequence[Work], day: date) -> str:
    """Return what falls due within a week on one line, the soonest first; "" if nothing does."""
    said = []
    for one in sorted(found, key=lambda each: each.due or day):
        who = f"{escaped(first_name(one.owner))}, " if one.owner else "nobody's, "
        said.append(f"{linked(one)} ({who}{in_words(one.due or day, day)})")
    return f"- Due by {in_words(day + AHEAD, day)}: {joined(said, MOST)}" if said else ""


def questions(found: Sequence[Question]) -> str:
    """Return what is to be agreed by this meeting, a line each; "" if nothing is."""
    lines = [f"- *To agree:* {_question(each)} · {linked(each)}" for each in found]
    return "\n".join(at_most(lines, f"- and {{}} more on [Start here](link:{START})", MOST))


def _question(one: Question) -> str:
    about = "; ".join(filter(None, (escaped(one.owner), one.late)))
    return escaped(one.question) + (f" ({about})" if about else "")


def campaigns(rows: Sequence[Campaign] | None, day: date) -> str:
    """Return each campaign that is planned, running or waits for its review."""
    if rows is None:
        return "There is no campaign calendar and no card with the label *Campaign*."
    if not rows:
        return "No campaign is planned or running."
    return "\n".join(_campaign(each, day) for each in rows)


def _campaign(one: Campaign, day: date) -> str:
    status = one.status.casefold()
    said = [f"**{linked(one)}**", _when(one, status, day)]
    if status != "planned":
        said.append(_verdicts(one))
    who = f"counterpart in sales {escaped(one.counterpart)}"
    said.append(who if one.counterpart else "no counterpart in sales yet: *who is it?*")
    line = "- " + " · ".join(filter(None, said))
    return line + (" · *waits for its review*" if status == "ended" else "")


def _when(one: Campaign, status: str, day: date) -> str:
    starts, ends = day_said(one.starts, day), day_said(one.ends, day)
    if status == "planned":
        if starts and starts < day:
            return f"was to start {escaped(one.starts)}: *does it run?*"
        return f"starts {escaped(one.starts)}" if one.starts else "planned, no first day yet"
    if status == "ended":
        return f"ended {escaped(one.ends)}" if one.ends else "has ended"
    if ends and ends < day:
        return f"was to end {escaped(one.ends)}: *has it ended?*"
    return f"until {escaped(one.ends)}" if one.ends else ""


def _verdicts(one: Campaign) -> str:
    if one.result and not is_unmeasured(one.result):
        return f"accepted {cell(one.result)}"
    owner = f" ({escaped(one.owner)})" if one.owner else ""
    return f"verdicts not counted yet{owner}"


def ideas(found: Sequence[Idea], day: date) -> str:
    """Return the ideas that are tried, then the others, those with most votes first."""
    if not found:
        return "No idea is left from last time."
    tried = [f"- {_tried(each.words, each.tried, day)}" for each in found if each.tried]
    waiting = sorted((e for e in found if not e.tried), key=lambda each: -each.votes)
    lines = [f"{number}. {_idea(each)}" for number, each in enumerate(waiting, 1)]
    return "\n\n".join(filter(None, ["\n".join(tried), "\n".join(lines)]))


def _tried(words: str, since: date, day: date) -> str:
    said = f"{words} · trying since {in_words(since, day)}"
    asks = "what came of it? Write “· kept” or “· dropped” behind it"
    return f"{said} · *{asks}*" if day >= since + TRIAL else said


def _idea(one: Idea) -> str:
    if not one.votes:
        return one.words
    votes = plural(one.votes, "vote", "votes")
    is_signed = one.words.endswith(")") and not one.words.rpartition("(")[0].endswith("]")
    return f"{one.words[:-1]}; {votes})" if is_signed else f"{one.words} ({votes})"
