"""The paragraph for a team lead: what appears where, what stays, who is told, how long."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from smarketing.address import container_of, key_of, kind_of
from smarketing.calendar.when import QUARTERS
from smarketing.contract import LAST, Change
from smarketing.plan import Plan, is_empty
from smarketing.text.wording import called, joined, number_of, one_line, plural

_APPEARING = (
    "board", "list", "card", "document", "table", "row", "folder", "meeting", "channel", "page",
)  # fmt: skip
_FREQUENCIES = {"DAILY": "daily", "WEEKLY": "weekly", "MONTHLY": "monthly", "YEARLY": "yearly"}
_START = "start-here"
_SHOWN_KEEPS = 3
_NO_LONGER = (
    "First, {who} can no longer enter {what}.",
    "{who} can no longer enter {what}.",
)
_ARE_ASSIGNED = (
    "Cards are assigned to {who}, and {tool} may tell them so; this cannot be taken back."
)
_WERE_ASSIGNED = "Cards were assigned to {who}, and {tool} may have told them so."
_FROM_NOW_ON = (
    "At the end {tool} lets in {who} and may tell them so; this cannot be taken back.",
    "{tool} has let in {who}.",
)


def paragraph(plan: Plan) -> str:
    """Return the plan in a few sentences without a word of ours."""
    sentences = list(plan.reorganised)
    sentences += _nothing(plan) if is_empty(plan) else what_happened(plan, plan.changes)
    if is_empty(plan):
        sentences += _held(plan)
    else:
        sentences += [_stays(plan), *_people(plan), *_held(plan), _how_long(plan)]
    sentences += [*_kept(plan), *_released(plan)]
    if plan.waiting:
        others = plural(plan.waiting, "other change waits", "other changes wait")
        sentences.append(f"Only what you named is done now: {others} for another run.")
    sentences += [
        f"{one_line(plan.tools.get(place, place))} was not reached, so nothing changes there: "
        f"{one_line(why)}{'' if one_line(why).endswith('.') else '.'}"
        for place, why in plan.unreachable.items()
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def what_happened(plan: Plan, changes: Iterable[Change], finished: bool = False) -> list[str]:
    """Return a sentence for each place: what appears there, and what changes."""
    by_place: dict[str, list[Change]] = {}
    for change in changes:
        by_place.setdefault(plan.places.get(change.address, ""), []).append(change)
    found = [
        sentence
        for place, there in by_place.items()
        if (sentence := _at(_where(plan, place, finished), there, plan.first_run))
    ]
    if found or any(c.verb in ("grant", "revoke") for group in by_place.values() for c in group):
        return found
    return ["Our own notes are up to date." if finished else "Only our own notes are renewed."]


def told(changes: Iterable[Change]) -> str:
    """Return who gets a message, as `Ana Silva, Ben Okoye and 3 more`."""
    people = dict.fromkeys(_name(c) for c in changes if c.kind == "message" and c.verb == "create")
    return joined([person for person in people if person], most=5)


def outbox(plan: Plan, changes: Iterable[Change], finished: bool = False) -> str:
    """Return which messages wait for a person to send them, "" where there are none."""
    changes = list(changes)
    people = told(changes) if plan.outbox else ""
    if not people:
        return ""
    written = sum(c.kind == "message" and c.verb == "create" for c in changes)
    noun, verb = ("A message", "is") if written == 1 else ("Messages", "are")
    verb = {"is": "was", "are": "were"}[verb] if finished else verb
    where = one_line(plan.outbox)
    return f"{noun} for {people} {verb} laid into {where} for you to send: nothing leaves this computer."


def _nothing(plan: Plan) -> list[str]:
    if plan.unreachable:
        return ["Nothing to do in what was reached."]
    if plan.undoes:
        return ["Nothing of it is left to take back."]
    return ["Nothing to do: the workspace is as the playbook asks."]


def _where(plan: Plan, place: str, finished: bool) -> str:
    start = "Now in" if finished else "In"
    where = plan.folders.get(place) or plan.tools.get(place) or place or "the workspace"
    return f"{start} {one_line(where)}"


# What appears and what changes


def _at(where: str, changes: Sequence[Change], all_new: bool) -> str:
    made = [c for c in changes if c.verb == "create" and c.stage != LAST]
    new = {change.address for change in changes if change.verb == "create"}
    said = []
    if appearing := _appearing(made):
        said.append(f"{'' if all_new else 'new: '}{joined(appearing)}")
    for verb, words in (
        ("update", "brought up to date"),
        ("rename", "renamed"),
        ("move", "moved"),
        ("archive", "put into the archive, where nothing is lost"),
    ):
        touched = {c.address: c for c in changes if c.verb == verb and c.address not in new}
        counted = Counter(_noun(address) for address in touched)
        counted["page"] -= max(0, sum(key_of(address) == _START for address in touched) - 1)
        if parts := [
            number_of(counted[kind], kind) for kind in counted if counted[kind] and kind != "root"
        ]:
            said.append(f"{joined(parts)} {words}")
    return f"{where}: {'; '.join(said)}." if said else ""


def _noun(address: str) -> str:
    """Return as what a person counts it: the start page is a page wherever it is written."""
    return "page" if key_of(address) == _START else kind_of(address)


def _appearing(made: Sequence[Change]) -> list[str]:
    """Return `a board with 4 lists and 8 cards`, `5 documents`, ..."""
    new = {change.address for change in made}
    of_new: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for change in made:
        tally = of_new if container_of(change.address) in new else alone
        tally[_noun(change.address)] += 1
    alone["page"] = min(alone["page"], 1)
    meetings = [change for change in made if change.kind == "meeting"]
    said = {kind: _counted(alone[kind], kind, of_new) for kind in _APPEARING if alone[kind]}
    if len(meetings) == 1:
        said["meeting"] = _meeting(meetings[0])
    if alone["page"]:
        said["page"] = "a page to start from"
    known = {*_APPEARING, "root", "message"}
    rest = [number_of(alone[kind], kind) for kind in alone if kind not in known]
    return [*said.values(), *rest]


def _counted(count: int, kind: str, inside: Counter[str]) -> str:
    noun = f"a {kind}" if count == 1 and kind == "board" else number_of(count, kind)
    held = {"board": ("list", "card"), "table": ("row",)}.get(kind, ())
    parts = [number_of(inside[part], part) for part in held if inside[part]]
    return f"{noun} with {joined(parts)}" if parts else noun


def _meeting(change: Change) -> str:
    rule = str(change.fields.get("rule") or "")
    parts = dict(part.partition("=")[::2] for part in rule.upper().split(";"))
    often = _FREQUENCIES.get(parts.get("FREQ", ""), "")
    if "COUNT" in parts or not often:
        return "a meeting"
    if parts.get("BYMONTH") in QUARTERS.values():
        return "a quarterly meeting"
    some_months = often == "monthly" and "BYMONTH" in parts
    return f"a {'regular' if some_months or 'INTERVAL' in parts else often} meeting"


# What stays, who is told, how long


def _stays(plan: Plan) -> str:
    if plan.first_run:
        return "Whatever your team writes there stays, also when this is run again."
    return "Everything your team wrote stays."


def _people(plan: Plan) -> list[str]:
    theirs = list(assigned(plan, plan.changes))
    if waiting := outbox(plan, plan.changes):
        return [*theirs, waiting]
    said = [*theirs, *lets_in(plan, plan.changes)]
    if people := told(plan.changes):
        said.append(f"At the end a message goes to {people}; this cannot be taken back.")
    return said or ["Nobody is told by a message."]


def assigned(plan: Plan, changes: Iterable[Change], finished: bool = False) -> Iterator[str]:
    """Yield a sentence for each tool that tells people by itself which cards are theirs."""
    places = {plan.places.get(c.address, "") for c in changes if c.fields.get("owner")}
    words = _WERE_ASSIGNED if finished else _ARE_ASSIGNED
    for place in sorted(places & plan.told.keys()):
        who = joined([one_line(name) for name in plan.told[place]], most=5)
        yield words.format(who=who, tool=one_line(plan.tools.get(place, place)))


def lets_in(plan: Plan, changes: Iterable[Change], finished: bool = False) -> Iterator[str]:
    """Yield a sentence about those who may enter no longer, and for each tool who may from now on."""
    changes = list(changes)
    yield from _no_longer(plan, changes, finished)
    by_place: dict[str, dict[str, None]] = {}
    for change in changes:
        if change.verb == "grant":
            people = by_place.setdefault(plan.places.get(change.address, ""), {})
            people |= dict.fromkeys(mailbox_names(plan, change))
    for place, people in by_place.items():
        named = joined(list(people), most=5)
        yield _FROM_NOW_ON[finished].format(who=named, tool=_tool(plan, place))


def _no_longer(plan: Plan, changes: Iterable[Change], finished: bool) -> Iterator[str]:
    """Say who loses how many things in which tools, one sentence for those who lose the same."""
    lost: dict[str, Counter[str]] = {}
    for change in changes:
        for name in mailbox_names(plan, change) if change.verb == "revoke" else ():
            lost.setdefault(name, Counter())[plan.places.get(change.address, "")] += 1
    together: dict[str, list[str]] = {}
    for name, places in lost.items():
        parts = [
            f"{plural(count, 'thing', 'things')} in {_tool(plan, place)}"
            for place, count in places.items()
        ]
        together.setdefault(joined(parts), []).append(name)
    for what, names in together.items():
        yield _NO_LONGER[finished].format(who=joined(names, most=5), what=what)


def _tool(plan: Plan, place: str) -> str:
    return one_line(plan.tools.get(place, place))


def mailbox_names(plan: Plan, change: Change) -> list[str]:
    """Return the names of those whose rights a change is about."""
    access = change.fields.get("access")
    mailboxes = list(access) if isinstance(access, Mapping) else []
    plain = [mailbox.removeprefix("group:") for mailbox in mailboxes]
    return [one_line(plan.people.get(m) or m.split("<")[0].strip() or m) for m in plain]


def _name(change: Change) -> str:
    to = str(change.fields.get("to") or "").partition("<")[0] or str(change.fields.get("to") or "")
    return one_line(to).strip("\" '<>")


def _held(plan: Plan) -> list[str]:
    if not plan.held:
        return []
    named = dict.fromkeys(
        one_line(
            plan.people.get(who) or who.removeprefix("group:").partition("<")[0].strip() or who
        )
        for who in plan.held
    )
    hears = "hears" if len(named) == 1 else "hear"
    return [
        f"{joined(list(named), most=5)} {hears} nothing yet: invitations and messages are held back."
    ]


def _how_long(plan: Plan) -> str:
    seconds = plan.seconds
    if seconds <= 5:
        return "It takes a few seconds."
    if seconds <= 60:
        return "It takes less than a minute."
    return f"It takes about {plural(round(seconds / 60) + 1, 'minute', 'minutes')}."


def _kept(plan: Plan) -> list[str]:
    said = dict.fromkeys(
        f"“{called(keep.address, plan.titles.get(keep.address, ''))}” {one_line(keep.why)}"
        for keep in plan.keeps
    )
    if len(said) <= _SHOWN_KEEPS:
        return [f"{sentence}." for sentence in said]
    return [f"{plural(len(said), 'thing stays', 'things stay')} as your team has them."]


def _released(plan: Plan) -> list[str]:
    if not plan.releases:
        return []
    released = dict.fromkeys(plan.releases)
    names = joined([f"“{called(a, plan.titles.get(a, ''))}”" for a in released], most=3)
    return [f"No longer in the playbook, and left as it is: {names}."]
