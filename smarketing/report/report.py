"""A plan and a recap as text: a paragraph for a team lead first, lists for who asks."""

from smarketing.address import key_of, kind_of
from smarketing.plan import (
    NOT_TRIED,
    Plan,
    Recap,
    extra_calls,
    is_empty,
)
from smarketing.report.changelist import change_lists
from smarketing.report.decisions import approval, conflicts, missing, offers, still_in, undecided
from smarketing.report.paragraph import (
    assigned,
    lets_in,
    outbox,
    paragraph,
    told,
    what_happened,
)
from smarketing.text.wording import bullets, called, joined, one_line, plural

APPLY, LIST = "smarketing apply", "smarketing plan -v"
_SETTLED = "Nothing had to be done."


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
        parts.append(bullets("What this does not take back:", plan.undoes.stays))
    if verbose or (plan.first_run and not is_empty(plan)):
        parts += _limits(plan)
    parts.append(bullets("Know this before you say yes:", plan.foreseen))
    parts += [*still_in(plan), undecided(plan), conflicts(plan), missing(plan), offers(plan)]
    if verbose:
        parts += change_lists(plan, colour)
    elif plan.changes:
        parts.append(f"For the list of changes: {look}")
    if plan.needs_approval:
        parts.append(approval(plan, command))
    return "\n\n".join(part for part in parts if part)


def recap_text(recap: Recap, command: str = APPLY) -> str:
    """Return what was done, where to look, what failed and what to do."""
    plan = recap.plan
    if plan.needs_approval and not recap.done and not recap.failed:
        told = ("Nothing was done.", *still_in(plan), approval(plan, command))
        return "\n\n".join(told)
    parts = [
        _what_was_done(recap),
        _look(recap),
        _more_calls(recap),
        *recap.asides,
        _failures(recap),
        _not_reached(recap),
        *still_in(plan),
        undecided(plan),
        conflicts(plan),
        missing(plan),
    ]
    return "\n\n".join(part for part in parts if part)


# Under the paragraph


def _limits(plan: Plan) -> list[str]:
    return [
        bullets("Left out:", plan.left_out),
        bullets("What can't be done there, and what is done instead:", plan.instead),
        bullets("With each `smarketing sync`:", plan.promised),
    ]


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
    return f"{bullets(f'{count} could not be made:', lines)}\n{again}"


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
        bullets("Not reached, and not changed:", still),
        bullets("Not reached any more; what was done before stands:", later),
    )
    return "\n\n".join(part for part in parts if part)
