"""The agenda of one occurrence: the playbook's frame, filled with what is known before it. Pure.

What nobody has measured or agreed is said as such, and where there is nothing a sentence says so.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from smarketing.meetings.told import Campaign, Idea, Material, Number, Promise, Work
from smarketing.sync.rewording import composed
from smarketing.sync.words import Knowing, escaped
from smarketing.whensaid import say_date
from smarketing.wording import joined, plural

SAID = ("date", "time", "number", "chair", "notes", "also", "guest", "filled")
"""What a frame may ask for as `{{ meeting.date }}`."""

FILLED = ("promises", "wins", "stuck", "campaigns", "ideas", "numbers")
"""What a frame may ask for as `{{ agenda.wins }}`."""

MOST = 5
THIRD = 3
_OPENED, _CLOSED = "\ue000", "\ue001"
_TO_AGREE = re.compile(r"\[to agree:[^\[\]]*\]", re.IGNORECASE)


def token(name: str) -> str:
    """Return what stands in a frame where this is to be filled in."""
    return f"{_OPENED}{name}{_CLOSED}"


@dataclass(frozen=True, slots=True)
class Filling:
    """What an agenda is written with: whom it may name, the statuses, and its day."""

    knowing: Knowing
    said: Mapping[str, str] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The day of the meeting."""
        return self.knowing.said_on


def agenda(frame: str, filling: Filling, material: Material) -> str:
    """Return the agenda of an occurrence; promises come to its end where the frame forgot them."""
    parts = {
        "promises": promises(material, filling),
        "wins": wins(material),
        "stuck": stuck(material, filling.day),
        "campaigns": campaigns(material.campaigns),
        "ideas": ideas(material.ideas),
        "numbers": numbers(material.numbers),
    }
    if token("promises") not in frame and material.promises:
        frame = f"{frame.rstrip()}\n\n{token('promises')}"
    for name, words in (*parts.items(), *filling.said.items()):
        frame = frame.replace(token(name), words)
    heading = f"## {filling.said['date']}, {filling.said['time']}"
    return (
        f"{frame.strip()}\n"
        if frame.lstrip().startswith("## ")
        else f"{heading}\n\n{frame.strip()}\n"
    )


def promises(material: Material, filling: Filling) -> str:
    """Return the heading that counts the promises, those that were kept, and those still open."""
    all_of_them = material.promises
    if not all_of_them:
        return "### Promises from last time: none\n\nNobody promised anything last time."
    kept = [each for each in all_of_them if each.is_kept]
    heading = f"### Promises from last time: {len(kept)} of {len(all_of_them)} kept"
    said = f"\n\nKept: {joined([_with_owner(_linked(p), p.owner) for p in kept])}." if kept else ""
    lines = [f"- [ ] {promised(each, filling)}" for each in all_of_them if not each.is_kept]
    return heading + said + ("\n\n" + "\n".join(lines) if lines else "")


def promised(one: Promise, filling: Filling) -> str:
    """Return the words of the line of a promise that is still open."""
    late = (filling.day - one.due).days if one.due else 0
    about = {
        "late": f"{plural(late, 'day', 'days')} late" if late > 0 else "",
        "carried": carried(one.carried),
    }
    said = {"title": one.title, "owner": one.owner, "status": one.status}
    due = {"due": one.due.isoformat()} if one.due else {}
    return composed({**said, **due}, filling.knowing, one.target, about)


def carried(times: int) -> str:
    """Return how often a promise was carried over; the third time asks what becomes of it."""
    if times < 1:
        return ""
    if times < THIRD:
        return f"carried {('once', 'twice')[times - 1]}"
    return f"carried {times} times: finish it, drop it or hand it over today"


def wins(material: Material) -> str:
    """Return what became done since the last meeting."""
    lines = [f"- {_with_owner(_linked(each), each.owner)}" for each in material.wins]
    lines += [f"- Agreed: {escaped(each)}" for each in material.agreed]
    if lines:
        return "\n".join(_at_most(lines, "- and {} more, in *Done* on the board", 8))
    when = f" since {say_date(material.since)}" if material.since else ""
    other = "other " if any(each.is_kept for each in material.promises) else ""
    return f"No {other}card was finished{when}. What went well that no card shows?"


def stuck(material: Material, day: date) -> str:
    """Return what is stuck, for how long and who is asked, and then what is late."""
    lines = [_stuck(each, day) for each in material.stuck]
    lines += [_late(material.late, day)] if material.late else []
    return "\n".join(lines) or "Nothing is stuck on the board, and nothing is late."


def _stuck(one: Work, day: date) -> str:
    days = (day - one.since).days if one.since else None
    waits = f"waits for {escaped(one.waits_for)}" if one.waits_for else "stuck"
    how_long = (
        "" if days is None else f" for {plural(days, 'day', 'days')}" if days else " since today"
    )
    if one.waits_for and days:
        how_long = f", {plural(days, 'day', 'days')} now"
    asked = f"{_first(one.owner)}, who can free it this week?" if one.owner else "Who takes it on?"
    return f"- {_linked(one)}: {waits}{how_long}. *{asked}*"


def _late(found: Sequence[Work], day: date) -> str:
    """Return what is late in one line, the latest first."""
    said = []
    for one in sorted(found, key=lambda each: each.due or day):
        days = (day - one.due).days if one.due else 0
        who = f"{escaped(_first(one.owner))}, " if one.owner else "nobody's, "
        said.append(f"{_linked(one)} ({who}{plural(days, 'day', 'days')})")
    ask = "What is in the way, and what is the new day?"
    return f"- Late: {joined(said, MOST)}. *{ask}*"


def campaigns(rows: Sequence[Campaign] | None) -> str:
    """Return each campaign that is planned, running or waits for its review."""
    if rows is None:
        return "There is no campaign calendar and no card with the label *Campaign*."
    if not rows:
        return "No campaign is planned or running."
    return "\n".join(_campaign(each) for each in rows)


def _campaign(one: Campaign) -> str:
    status = one.status.casefold()
    said = [f"**{_linked(one)}**"]
    if status == "planned":
        said.append(f"starts {escaped(one.starts)}" if one.starts else "planned, no first day yet")
    elif status == "ended":
        said.append(f"ended {escaped(one.ends)}" if one.ends else "has ended")
    elif one.ends:
        said.append(f"until {escaped(one.ends)}")
    if status != "planned":
        said.append(_verdicts(one))
    who = f"counterpart in sales {escaped(one.counterpart)}"
    said.append(who if one.counterpart else "no counterpart in sales yet: *who is it?*")
    line = "- " + " · ".join(filter(None, said))
    return line + (" · *Review it today*" if status == "ended" else "")


def _verdicts(one: Campaign) -> str:
    if one.result and not _is_unmeasured(one.result):
        return f"accepted {_cell(one.result)}"
    owner = f" ({escaped(one.owner)})" if one.owner else ""
    return f"verdicts not counted yet{owner}"


def ideas(found: Sequence[Idea]) -> str:
    """Return the ideas, those with most votes first."""
    if not found:
        return "No idea is left from last time."
    ordered = sorted(found, key=lambda each: -each.votes)
    return "\n".join(f"{number}. {_idea(each)}" for number, each in enumerate(ordered, 1))


def _idea(one: Idea) -> str:
    if not one.votes:
        return one.words
    votes = plural(one.votes, "vote", "votes")
    is_signed = one.words.endswith(")") and not one.words.rpartition("(")[0].endswith("]")
    return f"{one.words[:-1]}; {votes})" if is_signed else f"{one.words} ({votes})"


def numbers(found: Sequence[Number]) -> str:
    """Return the numbers against their targets; those that nobody measured in one sentence."""
    if not found:
        return "No table holds numbers with targets yet."
    measured = [each for each in found if not _is_unmeasured(each.now)]
    lines = [_number(each) for each in measured]
    rest = [each for each in found if _is_unmeasured(each.now)]
    text = "\n".join(lines)
    if rest:
        names = [_with_owner(escaped(each.title), each.owner) for each in rest]
        said = f"Not measured yet: {joined(names, MOST)}."
        text += f"\n\n{said}" if text else said
    return text


def _number(one: Number) -> str:
    said = f"- **{escaped(one.title)}**: {_cell(one.now)}"
    if one.last and one.last != one.now and not _is_unmeasured(one.last):
        said += f", last time {_cell(one.last)}"
    if one.target and not _TO_AGREE.search(one.target):
        by = f" by {escaped(one.by)}" if one.by else ""
        return f"{said}, goal {_cell(one.target)}{by}"
    asked = f"[to agree: which goal?, {one.owner or 'both heads'}]"
    return f"{said}, {_cell(one.target) or asked}"


def _is_unmeasured(text: str) -> bool:
    plain = text.strip().casefold()
    unknown = plain.startswith(("not measured", "to measure", "[to agree", "example"))
    return unknown or not re.search(r"\d", plain)


def _cell(text: str) -> str:
    """Return a cell's text as Markdown that shows just that, with what is to agree left open."""
    at, parts = 0, []
    for found in _TO_AGREE.finditer(text):
        parts += [escaped(text[at : found.start()]), found.group()]
        at = found.end()
    return " ".join(filter(None, [*parts, escaped(text[at:])]))


def _linked(one: Promise | Work | Campaign) -> str:
    title = escaped(one.title)
    return f"[{title}](link:{one.target})" if one.target else title


def _with_owner(words: str, owner: str) -> str:
    return f"{words} ({escaped(_first(owner))})" if owner else words


def _first(name: str) -> str:
    return name.split(" ")[0]


def _at_most(lines: list[str], more: str, most: int) -> Iterable[str]:
    return lines if len(lines) <= most else [*lines[:most], more.format(len(lines) - most)]
