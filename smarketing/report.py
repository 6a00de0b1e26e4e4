"""A plan and a recap as text: a paragraph for a team lead first, lists for who asks."""

from collections.abc import Iterable, Mapping
from itertools import groupby, takewhile

from smarketing.address import container_of, is_address, key_of, kind_of
from smarketing.contract import Change
from smarketing.kinds import KINDS
from smarketing.likeness import Proposal
from smarketing.moving import MOVED
from smarketing.paragraph import (
    assigned,
    lets_in,
    mailbox_names,
    outbox,
    paragraph,
    told,
    what_happened,
)
from smarketing.plan import (
    NOT_TRIED,
    RIGHT,
    VERBS,
    ConflictShown,
    Plan,
    Recap,
    extra_calls,
    is_empty,
)
from smarketing.teamlikeness import TEAM
from smarketing.wording import called, joined, one_line, plural, shortened

MARKS = {
    "create": "+",
    "update": "~",
    "move": ">",
    "rename": "=",
    "archive": "-",
    "release": ".",
    "grant": "+",
    "revoke": "-",
    "conflict": "!",
    "keep": "*",
}
_HEADINGS = {
    "create": "New",
    "update": "Brought up to date",
    "move": "Moved",
    "rename": "Renamed",
    "archive": "Put into the archive",
    "release": "No longer in the playbook, stays as it is",
    "conflict": "Changed on both sides",
    "keep": "Stays as your team has it",
    "grant": "May now enter",
    "revoke": "May no longer enter",
    "notify": "Will be told",
}
_COLOURS = {"create": "32", "update": "33", "move": "36", "archive": "31", "conflict": "35"}
_SHOWN_REMOVALS = 20
APPLY, LIST = "smarketing apply", "smarketing plan -v"
_SETTLED = "Nothing had to be done."

Row = tuple[str, str, str, str]
"""Verb, address, title, and what is to be said of it."""


def plan_text(
    plan: Plan,
    verbose: bool = False,
    colour: bool = False,
    command: str = APPLY,
    look: str = LIST,
) -> str:
    """Return the plan as people read it; `verbose` lists every change.

    `command` is what a person types to do it, where they have to approve something; `look`
    what they type to see the list of changes.
    """
    parts = [plan.undoes.words if plan.undoes else "", paragraph(plan)]
    if plan.undoes:
        parts.append(_bullets("What this does not take back:", plan.undoes.stays))
    if verbose or (plan.first_run and not is_empty(plan)):
        parts += _limits(plan)
    parts.append(_bullets("Know this before you say yes:", plan.foreseen))
    parts += [_undecided(plan), _conflicts(plan), _missing(plan), _offers(plan)]
    if verbose:
        parts += _lists(plan, colour)
    elif plan.changes:
        parts.append(f"For the list of changes: {look}")
    if plan.needs_approval:
        parts.append(_approval(plan, command))
    return "\n\n".join(part for part in parts if part)


def recap_text(recap: Recap, command: str = APPLY) -> str:
    """Return what was done, where to look, what failed and what to do."""
    plan = recap.plan
    if plan.needs_approval and not recap.done and not recap.failed:
        return f"Nothing was done.\n\n{_approval(plan, command)}"
    parts = [
        _what_was_done(recap),
        _look(recap),
        _more_calls(recap),
        _failures(recap),
        _not_reached(recap),
        _undecided(plan),
        _conflicts(plan),
        _missing(plan),
    ]
    return "\n\n".join(part for part in parts if part)


# Under the paragraph


def _limits(plan: Plan) -> list[str]:
    return [
        _bullets("Left out:", plan.left_out),
        _bullets("What can't be done there, and what is done instead:", plan.instead),
    ]


def _bullets(heading: str, lines: Iterable[str]) -> str:
    shown = [f"  - {one_line(line)}" for line in lines]
    return "\n".join([heading, *shown]) if shown else ""


def _conflicts(plan: Plan) -> str:
    if not plan.conflicts:
        return ""
    places = plural(len(plan.conflicts), "place was", "places were")
    lines = [f"{places} changed by your team and in the playbook. Your team's words stand:"]
    for shown in plan.conflicts:
        lines += _conflict(shown, plan)
    return "\n".join(lines)


def _conflict(shown: ConflictShown, plan: Plan) -> list[str]:
    title = called(shown.address, plan.titles.get(shown.address, ""))
    noted = KINDS[kind_of(shown.address)].notes_in and shown.yields.strip()
    note = f"in a note in “{title}”; use it or delete the note" if noted else "only here"
    return [
        f"  “{title}”, {shown.field}",
        f"    stands:    {_quoted(shown.stands, shown.yields)}",
        f"    suggested: {_quoted(shown.yields, shown.stands)}",
        f"    Shown {note}.",
    ]


def _quoted(text: str, other: str) -> str:
    """Return the text from shortly before the first word that the other one has not."""
    if not text.strip():
        return "nothing (take it out)"
    words = one_line(text).split()
    pairs = zip(words, one_line(other).split(), strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    start = same - 3 if same > 6 else 0
    return f"“{'… ' if start else ''}{shortened(' '.join(words[start:]), 72)}”"


def _undecided(plan: Plan) -> str:
    """Say what may only have got another key, where that is written, and what to write."""
    teams = [each for each in plan.proposals if each.address.startswith(TEAM)]
    things = [each for each in plan.proposals if each not in teams]
    heading = "Decide this; until then it is not made, and what is there stays:"
    of_teams = "Decide this; until then it counts as the team that it looks like:"
    parts = (_bullets(of_teams, map(_asked, teams)), _bullets(heading, map(_asked, things)))
    return "\n\n".join(part for part in parts if part)


def _asked(each: Proposal) -> str:
    return (
        f"{each.source}: {each.address} looks like the former {each.former} "
        f"(“{called(each.former, each.former_title)}”): {each.write}. "
        f"If it is something new, {each.write_if_new}."
    )


def _missing(plan: Plan) -> str:
    heading = "Not there, and not made again unless you ask for it:"
    missing = set(plan.missing)
    topmost = [address for address in plan.missing if container_of(address) not in missing]
    return _bullets(heading, _restoring(plan, topmost))


def _offers(plan: Plan) -> str:
    deleted = dict.fromkeys(keep.address for keep in plan.keeps if keep.field == "existence")
    return _bullets("To bring back what was deleted or archived:", _restoring(plan, deleted))


def _restoring(plan: Plan, addresses: Iterable[str]) -> list[str]:
    return [
        f"“{called(address, plan.titles.get(address, ''))}”: "
        f"smarketing apply --restore {one_line(address)}"
        for address in addresses
    ]


def _approval(plan: Plan, command: str) -> str:
    count = plural(len(plan.removals), "thing", "things")
    lines = [_removal(plan, thing) for thing in plan.removals[:_SHOWN_REMOVALS]]
    if more := len(plan.removals) - len(lines):
        lines.append(f"and {more} more")
    heading = f"{count} would be taken out of sight. So much needs your yes first:"
    yes = f"If this is right: {command} --approve {plan.needs_approval}"
    return f"{_bullets(heading, lines)}\n{yes}"


def _removal(plan: Plan, thing: str) -> str:
    if is_address(thing):
        return f"“{called(thing, plan.titles.get(thing, ''))}”"
    address, right, who = thing.partition(RIGHT)
    if right and is_address(address):
        name = plan.people.get(who) or who.partition("<")[0].strip() or who
        return f"the right of {one_line(name)} to enter “{called(address, plan.titles.get(address, ''))}”"
    return f"the text “{shortened(thing, 72)}”"


# The lists of -v


def _lists(plan: Plan, colour: bool) -> list[str]:
    rows = sorted(_rows(plan), key=lambda row: _ranks().get(row[0], len(VERBS)))
    width = max((len(row[2]) for row in rows), default=0)
    wide = max((len(row[1]) for row in rows), default=0)
    return [
        "\n".join(
            [
                f"{_HEADINGS.get(verb, verb)} ({len({row[1] for row in group})})",
                *(_line(row, width, wide, colour) for row in group),
            ]
        )
        for verb, found in groupby(rows, key=lambda row: row[0])
        if (group := list(found))
    ]


def _ranks() -> Mapping[str, int]:
    return {verb: rank for rank, verb in enumerate(VERBS)}


def _rows(plan: Plan) -> list[Row]:
    released = {change.address for change in plan.changes if change.verb == "release"}
    said: list[tuple[str, str, str]] = [
        (change.verb, change.address, _fields(plan, change)) for change in plan.changes
    ]
    said += [("release", a, "") for a in dict.fromkeys(plan.releases) if a not in released]
    said += [("conflict", shown.address, shown.field) for shown in plan.conflicts]
    said += [("keep", k.address, f"{_named(k.field)} {one_line(k.why)}") for k in plan.keeps]
    titles = {c.address: _title(c) for c in plan.changes if _title(c)} | {
        address: title for address, title in plan.titles.items() if title
    }
    return [
        (verb, one_line(address), _shown_title(address, titles), text.strip())
        for verb, address, text in said
    ]


def _shown_title(address: str, titles: Mapping[str, str]) -> str:
    item = address.removesuffix(MOVED)
    title = shortened(called(item, titles.get(item, "")), 44)
    return title if item == address else f"{title}, left behind"


def _named(field: str) -> str:
    """Return a field as people call it; what is there or not has no name of its own."""
    return {"existence": "", "twin": "", "parent": "its place", "body": "its text"}.get(
        field, field
    )


def _title(change: Change) -> str:
    """Return what the change itself says of the item's title: a row is named by its first cell."""
    for name in ("title", "subject"):
        if isinstance(title := change.fields.get(name), str):
            return title
    cells = change.fields.get("cells")
    return next(iter(cells.values()), "") if isinstance(cells, Mapping) else ""


def _fields(plan: Plan, change: Change) -> str:
    if change.verb == "move":
        return f"to “{called(change.parent, plan.titles.get(change.parent, ''))}”"
    former = change.before.marker if change.before else ""
    if change.verb == "rename" and former and former != change.address:
        return f"was {one_line(former)}"
    if change.verb == "rename" and change.before and "title" in change.before.fields:
        return f"was “{one_line(str(change.before.fields['title']))}”"
    if change.verb in ("grant", "revoke"):
        return ", ".join(mailbox_names(plan, change))
    return "" if change.verb == "archive" else ", ".join(sorted(change.fields))


def _line(row: Row, width: int, wide: int, colour: bool) -> str:
    verb, address, title, text = row
    mark = MARKS.get(verb, "~")
    if colour and verb in _COLOURS:
        mark = f"\x1b[{_COLOURS[verb]}m{mark}\x1b[0m"
    return f"  {mark} {title:<{width}}  {address:<{wide}}  {text}".rstrip()


# After the run


def _what_was_done(recap: Recap) -> str:
    plan = recap.plan
    if not recap.done and not recap.failed:
        return "Nothing was done." if plan.unreachable or not is_empty(plan) else _SETTLED
    sentences = what_happened(plan, recap.done, finished=True)
    if not recap.done:
        sentences = ["Nothing was done."]
    if waiting := outbox(plan, recap.done, finished=True):
        sentences.append(waiting)
    elif people := told(recap.done):
        sentences.append(f"A message went to {people}.")
    sentences += assigned(plan, recap.done, finished=True)
    sentences += lets_in(plan, recap.done, finished=True)
    if left := _waiting(recap):
        rest = plural(left, "change still waits", "changes still wait")
        sentences.append(f"{rest}: run smarketing apply again.")
    return " ".join(sentences)


def _more_calls(recap: Recap) -> str:
    """Say why it took more than the plan counted, where it did."""
    more = extra_calls(recap)
    if not more:
        return ""
    why = f": {joined(recap.more)}" if recap.more else ""
    return f"It took {plural(more, 'call', 'calls')} more than planned{why}."


def _waiting(recap: Recap) -> int:
    settled: set[tuple[str, str]] = {(c.verb, c.address) for c in recap.done}
    settled |= {(failure.verb, failure.address) for failure in recap.failed}
    return len({(c.verb, c.address) for c in recap.plan.changes} - settled)


def _look(recap: Recap) -> str:
    """Return where a person looks now, "" where there is nothing to be seen."""
    plan = recap.plan
    failed = {plan.places.get(f.address, "") for f in recap.failed if kind_of(f.address) == "root"}
    away = {*plan.unreachable, *failed}
    pages = [a for a in plan.titles if kind_of(a) == "page" and key_of(a) == "start-here"]
    where = [one_line(folder) for place, folder in plan.folders.items() if place not in away]
    if recap.start:
        return f"Open {recap.start}"
    if pages and len(where) == 1:
        return f"Open {where[0]}/{called(pages[0], plan.titles[pages[0]])}.html"
    return f"Look in {' and '.join(where)}" if where else ""


def _failures(recap: Recap) -> str:
    if not recap.failed:
        return ""
    titles = recap.plan.titles
    by_error: dict[str, dict[str, None]] = {}
    for failure in recap.failed:
        if failure.error != NOT_TRIED:
            title = f"“{called(failure.address, titles.get(failure.address, ''))}”"
            by_error.setdefault(one_line(failure.error), {})[title] = None
    lines = [f"{joined(list(named), most=3)}: {error}" for error, named in by_error.items()]
    if aside := sum(failure.error == NOT_TRIED for failure in recap.failed):
        lines.append(_not_tried(aside))
    count = plural(len(recap.failed), "change", "changes")
    again = (
        "Everything else is done. When this is mended, run smarketing apply again: it goes on here."
    )
    return f"{_bullets(f'{count} could not be made:', lines)}\n{again}"


def _not_tried(count: int) -> str:
    if count == 1:
        return "1 change was not tried, because what it needs failed"
    return f"{count} changes were not tried, because what they need failed"


def _not_reached(recap: Recap) -> str:
    plan = recap.plan
    changed = {plan.places.get(change.address, "") for change in recap.done}
    lines = {
        place: f"{plan.tools.get(place, place)}: {why}" for place, why in plan.unreachable.items()
    }
    still = [line for place, line in lines.items() if place not in changed]
    later = [line for place, line in lines.items() if place in changed]
    parts = (
        _bullets("Not reached, and not changed:", still),
        _bullets("Not reached any more; what was done before stands:", later),
    )
    return "\n\n".join(part for part in parts if part)
