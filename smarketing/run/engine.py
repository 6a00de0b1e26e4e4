"""Plan and apply: one code path that reads, folds, draws changes and performs their steps."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from smarketing.changes.sending import in_doubt
from smarketing.contract import Calls, Change
from smarketing.plan import NOT_TRIED, Failure, Plan, Recap, what_of, whose
from smarketing.planning.approval import lacks
from smarketing.planning.given import NOTHING_ASKED, Request, Workspace
from smarketing.planning.preparing import prepare
from smarketing.reorganisation.moving import START
from smarketing.resolve.whereabouts import is_worldwide
from smarketing.run.passing import Pass
from smarketing.state.recording import Recorder
from smarketing.undo.backwards import released_again

PASSES = 4
"""How often one apply looks again: for links to what it just made, and for what moved meanwhile."""


def make_plan(workspace: Workspace, request: Request = NOTHING_ASKED) -> Plan:
    """Return what apply would do. Nothing is written anywhere."""
    return prepare(workspace, request).plan


def apply(
    workspace: Workspace,
    request: Request = NOTHING_ASKED,
    agree: Callable[[Plan], bool] = lambda plan: True,
) -> Recap:
    """Do what the plan says, after `agree` said yes to it. Safe to repeat after any end."""
    undo = request.undo
    recorder = Recorder(
        workspace.state, workspace.clock, workspace.about, undo.run.number if undo else 0
    )
    prepared = prepare(workspace, request)
    first, known = prepared.plan, prepared.before.records
    if lacks(first, request.approve) or not agree(first):
        return Recap(first)
    before = {place: terms.spent() for place, terms in workspace.integrations.items()}
    done: list[Change] = []
    failed: list[Failure] = []
    lost: list[Change] = []
    looks: list[Plan] = []
    more: dict[str, None] = {}
    asides: list[str] = []
    full: frozenset[str] = frozenset()
    for again in range(PASSES):
        if again:
            prepared = prepare(workspace, _asked_again(request), full)
            looks.append(prepared.plan)
        recorder.looked(prepared.sources, prepared.inputs)
        run = Pass(workspace, prepared, recorder)
        run.perform()
        done += run.done
        failed = [*_still_failed(failed, run.done), *run.failed]
        lost += run.lost
        more |= dict.fromkeys(run.reasons_for_more)
        asides += run.asides
        full = run.places_to_read_again
        if not run.wants_another_look:
            break
    else:
        failed += run.uncertain
    told = _with_later_looks(first, looks)
    failed += in_doubt(lost, told.places, workspace.integrations)
    failed += _out_of_sight(first, prepared.plan, [*done, *failed])
    done += _found(lost, prepared.plan, [*done, *failed])
    recorder.end(not failed, released_again(known, run.records) if undo else {})
    spent = {
        place: terms.spent() - before[place] + first.reads.get(place, Calls())
        for place, terms in workspace.integrations.items()
    }
    start = run.records.get(START)
    url = start.binding.url if start and start.binding else ""
    away = start is not None and start.place in prepared.plan.unreachable
    page = url if is_worldwide(url) and not away else ""
    return Recap(told, tuple(done), tuple(failed), spent, tuple(more), page, tuple(asides))


def _with_later_looks(first: Plan, later: Sequence[Plan]) -> Plan:
    """Return the plan with what only later looks of this run saw, as a tool that was away at first."""
    places, titles, away = dict(first.places), dict(first.titles), dict(first.unreachable)
    for plan in later:
        places = {**plan.places, **places}
        titles = {**plan.titles, **{a: title for a, title in titles.items() if title}}
        away = {place: why for place, why in away.items() if place in plan.unreachable}
    return replace(first, places=places, titles=titles, unreachable=away)


def _asked_again(request: Request) -> Request:
    """Return what is asked for in a further look: what a person asked for is in the hub by now."""
    undo = request.undo and replace(request.undo, again=True)
    return replace(request, restore=frozenset(), archive=frozenset(), undo=undo, again=True)


def _still_failed(failed: Sequence[Failure], done: Sequence[Change]) -> list[Failure]:
    """Return what failed before and was not made since; what was only not tried is planned anew."""
    made = {what_of(change) for change in done}
    return [f for f in failed if f.error != NOT_TRIED and f.what not in made]


def _out_of_sight(first: Plan, last: Plan, told: Sequence[Change | Failure]) -> Sequence[Failure]:
    """Return what nothing came of because its tool could not be looked at again."""
    known = {_what(each) for each in told}
    return [
        Failure(change.address, change.verb, last.unreachable[place], whose(change))
        for change in first.changes
        if (place := first.places.get(change.address, "")) in last.unreachable
        and what_of(change) not in known
    ]


def _found(
    lost: Sequence[Change], last: Plan, told: Sequence[Change | Failure]
) -> Sequence[Change]:
    """Return what no answer came to, and what the last look found made."""
    open_ = {_what(each) for each in (*told, *last.changes)}
    found = {what_of(each): each for each in lost}
    return [change for key, change in found.items() if key not in open_]


def _what(each: Change | Failure) -> tuple[str, str, str]:
    return each.what if isinstance(each, Failure) else what_of(each)
