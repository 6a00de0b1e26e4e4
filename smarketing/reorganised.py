"""What a reorganisation comes to, told as people would: teams, people, and what is merged. Pure."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from smarketing.address import container_of
from smarketing.contract import Change
from smarketing.desired import Desired
from smarketing.handover import Roster, Team, leavers, renamed_people
from smarketing.kinds import THERE, Value
from smarketing.look import Look
from smarketing.record import Record
from smarketing.sections import Moved, section
from smarketing.wording import called, joined, number_of, one_line, plural

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Reorganisation:
    """Who was there and is, what state knew and knows, and what is to be done.

    `joins` maps what is merged to what it goes into, `carried` are sections that move. `elsewhere`
    are the titles of open work that is not of the playbook, by the name of who has it, `following`
    how many promises of theirs the next sync hands over. `commented` are the places where people
    comment on passages of documents.
    """

    former: Roster
    desired: Desired
    before: Mapping[str, Record]
    after: Mapping[str, Record]
    changes: Sequence[Change]
    joins: Mapping[str, str]
    carried: Sequence[Moved]
    elsewhere: Mapping[str, Sequence[str]]
    following: Mapping[str, int]
    commented: frozenset[str] = frozenset()


def told(what: Reorganisation) -> tuple[str, ...]:
    """Return the sentences, in the order in which a person asks."""
    if not what.before:
        return ()
    sentences = [*_teams(what), *_people(what), *_work(what), *_left_over(what), *_things(what)]
    return tuple(dict.fromkeys(one_line(sentence) for sentence in sentences))


# Teams


def _teams(what: Reorganisation) -> Iterator[str]:
    old, new = what.former.teams, what.desired.roster.teams
    if not old:
        return
    heirs: dict[str, list[str]] = defaultdict(list)
    for key, team in new.items():
        for former in (key, *team.was):
            if former in old and (former == key or former not in new):
                heirs[former].append(key)
    told: set[str] = set()
    for former, keys in heirs.items():
        if len(keys) > 1:
            told.update(keys)
            yield f"{old[former].title} splits into {joined([new[key].title for key in keys])}."
    for key, team in new.items():
        if key not in told:
            yield from _team(key, team, [old[f] for f, keys in heirs.items() if key in keys])
    for key, team in old.items():
        if key not in heirs:
            yield f"{team.title} is no longer a team."


def _team(key: str, team: Team, formers: Sequence[Team]) -> Iterator[str]:
    titles = [each.title for each in formers]
    if not formers:
        yield f"{team.title} is a new team."
    elif len(formers) > 1:
        yield f"{joined(titles)} become {team.title}."
    elif titles != [team.title]:
        yield f"{titles[0]} becomes {team.title}."
    plays = {role for each in formers for role in each.plays}
    if formers and plays != set(team.plays):
        roles = joined([role.replace("-", " ") for role in team.plays]) or "nothing"
        yield f"{team.title} now plays {roles}."


# People


def _people(what: Reorganisation) -> Iterator[str]:
    former, now = what.former, what.desired.roster
    if not former.people and not former.teams:
        return
    for old, new in renamed_people(former, now).items():
        yield f"{old} is now called {new}."
    names = renamed_people(former, now)
    staying = {names.get(name, name) for name in former.people.values()}
    for key, name in now.people.items():
        mine = [team.title for team in now.teams.values() if key in team.people]
        if name not in staying:
            yield f"{name} joins {joined(mine)}." if mine else f"{name} joins."
        elif moved := _moved(key, former, now):
            yield f"{name} moves from {moved[0]} to {moved[1]}."
    for name in former.people.values():
        if name not in now.people.values() and name not in names:
            yield f"{name} leaves."
    yield from _meetings(what)


def _moved(key: str, former: Roster, now: Roster) -> tuple[str, str] | None:
    """Return from which team to which somebody goes, where it is not their team that changes."""
    old_key = next((old for old, new in now.was.items() if new == key), key)
    before = [t for t, team in former.teams.items() if old_key in team.people]
    after = [t for t, team in now.teams.items() if key in team.people]
    kept = {one for t in after for one in (t, *now.teams[t].was)}
    left = [former.teams[t].title for t in before if t not in kept]
    came = [now.teams[t].title for t in after if not {t, *now.teams[t].was} & set(before)]
    return (joined(left), joined(came)) if left and came else None


def _meetings(what: Reorganisation) -> Iterator[str]:
    """Say which series go on with others than before."""
    for address, record in what.after.items():
        was = what.before.get(address)
        if record.kind != "meeting" or was is None or record.released:
            continue
        gone = _mailboxes(was) - _mailboxes(record)
        come = _mailboxes(record) - _mailboxes(was)
        title = called(address, str(record.hub.get("title") or ""))
        parts = [f"without {_names(gone)}"] if gone else []
        parts += [f"with {_names(come)}"] if come else []
        if parts:
            yield f"The meeting “{title}” goes on {joined(parts)}."


def _mailboxes(record: Record) -> frozenset[str]:
    people = record.hub.get("attendees")
    return people if isinstance(people, frozenset) else frozenset()


def _names(mailboxes: Iterable[str]) -> str:
    plain = sorted(each.removeprefix("group:").split("<")[0].strip() for each in mailboxes)
    return joined(plain, most=_SHOWN)


# Work


def _work(what: Reorganisation) -> Iterator[str]:
    """Say whose open cards go to whom."""
    names = renamed_people(what.former, what.desired.roster)
    passed: Counter[tuple[str, str]] = Counter()
    for address, record in what.after.items():
        was = what.before.get(address)
        if was is None or record.kind != "card" or not record.stands or record.hub.get("done"):
            continue
        old, new = _owner(was.hub), _owner(record.hub)
        if old and old != new and names.get(old) != new:
            passed[old, new] += 1
    known = {*what.former.people.values(), *what.former.left.values()}
    for (old, new), count in passed.items():
        if old in known or old in what.desired.successors:
            cards = plural(count, "open card", "open cards")
            verb = "goes" if count == 1 else "go"
            yield (
                f"{_of(old)} {cards} {verb} to {new}."
                if new
                else (f"Nobody takes over {_of(old)} {cards}: no team has a lead.")
            )
    for old, count in what.following.items():
        promises = plural(count, "open promise", "open promises")
        verb = "goes" if count == 1 else "go"
        heir = what.desired.successors[old]
        yield f"{_of(old)} {promises} {verb} to {heir} with the next sync."


def _owner(hub: Mapping[str, Value]) -> str:
    return str(hub.get("owner") or "")


def _of(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _left_over(what: Reorganisation) -> Iterator[str]:
    """Say what open work outside the playbook still names who is no longer there."""
    for name, titles in what.elsewhere.items():
        shown = joined([f"“{one_line(title)}”" for title in titles], most=_SHOWN)
        verb, them = ("names", "it") if len(titles) == 1 else ("name", "them")
        yield f"{shown} still {verb} {name}; give {them} to somebody, for we change only what is ours."


# Things


def _things(what: Reorganisation) -> Iterator[str]:
    for old, new in what.joins.items():
        inside = [
            change.kind
            for change in what.changes
            if change.verb == "move" and change.parent == new and _comes_from(change, old, what)
        ]
        counted = Counter(inside)
        with_it = joined([number_of(count, kind) for kind, count in counted.items()])
        goes = f"“{_title(old, what)}” goes into “{_title(new, what)}”"
        moved = f", {with_it} with it" if with_it else ""
        yield f"{goes}{moved}, and then to the archive."
    yield from _commented(what.joins, what)
    for new, old in what.desired.splits.items():
        made = any(c.verb == "create" and c.address == new for c in what.changes)
        first = what.desired.was.get(old, "")
        if made and first:
            yield f"“{_title(first, what)}” is split: “{_title(new, what)}” is new beside it."
    for each in what.carried:
        source, target = _title(each.source, what), _title(each.target, what)
        heading = section(each.text, each.heading).split("\n")[0].lstrip("# ")
        yield f"The section “{heading}” moves from “{source}” to “{target}”, as your team has it."
    yield from _commented((each.source for each in what.carried), what)
    yield from _moves(what)


def _commented(sources: Iterable[str], what: Reorganisation) -> Iterator[str]:
    """Say where comments stay whose words go elsewhere."""
    for address in dict.fromkeys(sources):
        record = what.after.get(address)
        if record and record.kind == "document" and record.place in what.commented:
            yield (
                f"Comments on what moves stay listed in “{_title(address, what)}”: no comment can "
                "be taken along to another document."
            )


def _comes_from(change: Change, old: str, what: Reorganisation) -> bool:
    record = what.after.get(old)
    holder = record.binding.id if record and record.binding else None
    return bool(change.before and change.before.parent == holder)


def _moves(what: Reorganisation) -> Iterator[str]:
    """Say where folders, documents, lists and tables go that are not merged."""
    for change in what.changes:
        record = what.after.get(change.address)
        if change.verb != "move" or change.kind in ("card", "check") or record is None:
            continue
        if any(_comes_from(change, old, what) for old in what.joins):
            continue
        if record.existence == THERE and change.parent in what.after:
            yield f"“{_title(change.address, what)}” moves to “{_title(change.parent, what)}”."


def _title(address: str, what: Reorganisation) -> str:
    record = what.after.get(address) or what.before.get(address)
    item = what.desired.items.get(address)
    title = record.hub.get("title") if record else item.fields.get("title") if item else ""
    if address.startswith("root:"):
        return what.desired.title
    return called(address, str(title or ""))


# What stays


def not_merged(refused: Mapping[str, str], records: Mapping[str, Record]) -> Iterator[str]:
    """Say of what can't be merged that it stays, and how a person puts it away."""
    for old, new in refused.items():
        one, other = (
            called(each, str(records[each].hub.get("title") or "")) for each in (old, new)
        )
        yield (
            f"“{one}” is not merged into “{other}”: only lists, folders and documents can be. It "
            f"stays as it is; to put it away: smarketing archive {old}"
        )


def not_moved(
    stuck: Mapping[str, str], records: Mapping[str, Record], tools: Mapping[str, str]
) -> Iterator[str]:
    """Say of what can't leave the board or table that holds it that it stays."""
    for new, old in stuck.items():
        record = records[old]
        holder, target = container_of(old), container_of(new)
        title = called(old, str(record.hub.get("title") or ""))
        tool = tools.get(record.place, record.place)
        yield (
            f"“{title}” can't be moved from {holder} to {target} in {tool}. It stays where it is "
            "until you move it by hand, with the mark at its end."
        )


def open_elsewhere(
    former: Roster,
    desired: Desired,
    records: Mapping[str, Record],
    looks: Mapping[str, Look],
    kept: Collection[str],
) -> dict[str, list[str]]:
    """Return the titles of open cards outside the playbook, by who left in this run and has them.

    `kept` are the addresses of those that a sync hands over.
    """
    leaving = leavers(former, desired.roster)
    found: dict[str, list[str]] = {}
    if not leaving:
        return found
    open_work = [
        remote.fields
        for look in looks.values()
        for remote in look.matched.others
        if remote.kind == "card" and remote.existence == THERE
    ]
    open_work += [
        record.hub
        for record in records.values()
        if record.kind == "card" and record.stands
        if record.address not in desired.items and record.address not in kept
    ]
    for fields in open_work:
        owner = fields.get("owner")
        if owner in leaving and not fields.get("done"):
            found.setdefault(str(owner), []).append(str(fields.get("title") or ""))
    return found
