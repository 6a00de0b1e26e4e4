"""What a plan leaves to a person: to decide, to bring back, or to say yes to."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from smarketing.address import container_of, is_address, kind_of
from smarketing.kinds import KINDS
from smarketing.plan import RIGHT, ConflictShown, Plan
from smarketing.reorganisation.likeness import Proposal
from smarketing.reorganisation.teamlikeness import TEAM
from smarketing.text.wording import bullets, called, joined, number_of, one_line, plural, shortened

_SHOWN_REMOVALS = 20


def conflicts(plan: Plan) -> str:
    """Say what was changed on both sides, what stands, and where the other is shown."""
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


def undecided(plan: Plan) -> str:
    """Say what may only have got another key, where that is written, and what to write."""
    teams = [each for each in plan.proposals if each.address.startswith(TEAM)]
    things = [each for each in plan.proposals if each not in teams]
    heading = "Decide this; until then it is not made, and what is there stays:"
    of_teams = "Decide this; until then it counts as the team that it looks like:"
    parts = (bullets(of_teams, map(_asked, teams)), bullets(heading, map(_asked, things)))
    return "\n\n".join(part for part in parts if part)


def _asked(each: Proposal) -> str:
    return (
        f"{each.source}: {each.address} looks like the former {each.former} "
        f"(“{called(each.former, each.former_title)}”): {each.write}. "
        f"If it is something new, {each.write_if_new}."
    )


def still_in(plan: Plan) -> tuple[str, ...]:
    """Say who has left and can still enter what, where no run of ours takes the right away."""
    return tuple(
        f"{one_line(who)} has left, and can still enter {joined(_where(plan, places))}. "
        "We did not give these rights, as far as this computer knows, so no run takes them away: "
        "take them away there."
        for who, places in plan.still_in.items()
    )


def _where(plan: Plan, places: Mapping[str, Sequence[str]]) -> list[str]:
    said = []
    for place, addresses in places.items():
        counted = Counter(map(kind_of, addresses))
        things = joined([number_of(count, kind) for kind, count in counted.items()])
        said.append(f"{things} in {one_line(plan.tools.get(place, place))}")
    return said


def missing(plan: Plan) -> str:
    """Say what is not there and is made again only when it is asked for."""
    heading = "Not there, and not made again unless you ask for it:"
    missing = set(plan.missing)
    topmost = [address for address in plan.missing if container_of(address) not in missing]
    return bullets(heading, _restoring(plan, topmost))


def offers(plan: Plan) -> str:
    """Say how to bring back what a member deleted or archived."""
    deleted = dict.fromkeys(keep.address for keep in plan.keeps if keep.field == "existence")
    return bullets("To bring back what was deleted or archived:", _restoring(plan, deleted))


def _restoring(plan: Plan, addresses: Iterable[str]) -> list[str]:
    return [
        f"“{called(address, plan.titles.get(address, ''))}”: "
        f"smarketing apply --restore {one_line(address)}"
        for address in addresses
    ]


def approval(plan: Plan, command: str) -> str:
    """List what would be taken out of sight, and say how to say yes to just that."""
    count = plural(len(plan.removals), "thing", "things")
    lines = [_removal(plan, thing) for thing in plan.removals[:_SHOWN_REMOVALS]]
    if more := len(plan.removals) - len(lines):
        lines.append(f"and {more} more")
    heading = f"{count} would be taken out of sight. So much needs your yes first:"
    yes = f"If this is right: {command} --approve {plan.needs_approval}"
    return f"{bullets(heading, lines)}\n{yes}"


def _removal(plan: Plan, thing: str) -> str:
    if is_address(thing):
        return f"“{called(thing, plan.titles.get(thing, ''))}”"
    address, right, who = thing.partition(RIGHT)
    if right and is_address(address):
        name = plan.people.get(who) or who.partition("<")[0].strip() or who
        return f"the right of {one_line(name)} to enter “{called(address, plan.titles.get(address, ''))}”"
    return f"the text “{shortened(thing, 72)}”"
