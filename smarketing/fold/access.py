"""Who may enter: rights are given once and taken back only where we gave them. Pure.

Rights are not content. What members gave stays, what they took away stays taken away; who is no
longer wanted loses what state records as given by us, even if somebody raised it since.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from smarketing.contract import FINISH, FIRST, LAST, Change, Integration, Names, Remote, Verb
from smarketing.kinds import Value
from smarketing.reorganisation.naming import in_words_of
from smarketing.state.record import Record

GROUP = "group:"
"""Stands before the mailbox of a whole group."""

Rights = Mapping[str, str]
"""The role of each mailbox, in a tool's own terms."""


@dataclass(frozen=True, slots=True)
class Granting:
    """What has to happen to one item's rights. `granted` is what state shall know afterwards
    even if nothing is written, `strangers` are rights that we did not give, `refused` those
    that a member took away or changed."""

    changes: tuple[Change, ...]
    granted: Rights
    strangers: tuple[str, ...]
    refused: tuple[str, ...]


def granting(
    record: Record,
    remote: Remote | None,
    terms: Integration,
    groups: Mapping[str, frozenset[str]] | None = None,
    called: Mapping[str, str] | None = None,
) -> Granting:
    """Return the grants and revokes that this item needs. `remote` is None before it is made.

    `called` are the names under which the tool knows people, where they have others by now.

    Nobody is locked out on the way: who now enters with a group of `groups` keeps the right of
    their own, and a group goes last of all.
    """
    kind = record.kind
    now = _by_name(kind, _rights(remote.fields.get("access")) if remote else {}, terms)
    access = in_words_of(record.hub.get("access") or {}, called or {})
    shown = terms.render(kind, "access", access, Names())
    wanted = _by_name(kind, _rights(shown), terms)
    changes: list[Change] = []
    refused: list[str] = []
    granted = {name: role for name, role in record.granted.items() if name in now}
    for name, right in wanted.items():
        held = now[name].normal if name in now else ""
        ours = record.granted.get(name)
        if held == right.normal or (ours is not None and not held):
            granted |= {name: right.normal} if ours is not None else {}
            refused += [right.mailbox] if held != right.normal else []
        elif not held or held == ours:
            changes.append(_change("grant", record, right, remote, LAST))
        else:
            refused.append(right.mailbox)
    covered = _covered(record, groups or {}, terms)
    for name in record.granted:
        if name in now and name not in wanted and name not in covered:
            stage = FINISH if now[name].mailbox.startswith(GROUP) else FIRST
            changes.append(_change("revoke", record, now[name], remote, stage))
    known = wanted.keys() | record.granted.keys()
    strangers = [right.mailbox for name, right in now.items() if name not in known]
    return Granting(tuple(changes), granted, tuple(strangers), tuple(refused))


def _covered(
    record: Record, groups: Mapping[str, frozenset[str]], terms: Integration
) -> frozenset[str]:
    """Return the names of those who enter with a group."""
    access = _rights(record.hub.get("access"))
    members = {
        member: role
        for mailbox, role in access.items()
        for member in groups.get(mailbox.removeprefix(GROUP), frozenset())
    }
    shown = terms.render(record.kind, "access", members, Names())
    return frozenset(_by_name(record.kind, _rights(shown), terms))


def recorded(record: Record, verb: str, written: Value, terms: Integration) -> Rights:
    """Return what state knows as given by us after such a change of `access`."""
    rights = _by_name(record.kind, _rights(written), terms)
    names = {name: right.normal for name, right in rights.items()}
    if verb == "revoke":
        return {name: role for name, role in record.granted.items() if name not in names}
    return {**record.granted, **names}


def holds(kind: str, access: Value, written: Value, terms: Integration) -> bool:
    """Say whether these rights are among those that the tool shows."""
    now = _by_name(kind, _rights(access), terms)
    asked = _by_name(kind, _rights(written), terms)
    return all(name in now and now[name].normal == r.normal for name, r in asked.items())


def given_by_others(record: Record, remote: Remote, terms: Integration) -> frozenset[str]:
    """Return the names, as the tool knows them, of those who may enter without us."""
    now = _by_name(record.kind, _rights(remote.fields.get("access")), terms)
    return frozenset(now.keys() - record.granted.keys())


def names_of(kind: str, mailbox: str, terms: Integration) -> frozenset[str]:
    """Return the names under which a tool knows a mailbox."""
    shown = terms.render(kind, "access", {mailbox: "view"}, Names())
    return frozenset(_by_name(kind, _rights(shown), terms))


def with_groups(people: Value, groups: Mapping[str, frozenset[str]]) -> Value:
    """Return a set or map of mailboxes in which whole groups stand for all their members."""
    if isinstance(people, frozenset):
        named = _grouped(dict.fromkeys(people, ""), groups)
        return frozenset(named)
    return _grouped(_rights(people), groups) if isinstance(people, Mapping) else people


def _grouped(rights: Rights, groups: Mapping[str, frozenset[str]]) -> dict[str, str]:
    result = dict(rights)
    for group, members in sorted(groups.items(), key=lambda each: (-len(each[1]), each[0])):
        roles = {result.get(member) for member in members}
        if members and len(roles) == 1 and None not in roles:
            role = roles.pop() or ""
            result = {mailbox: r for mailbox, r in result.items() if mailbox not in members}
            result[f"{GROUP}{group}"] = role
    return result


def known_mailboxes(records: Iterable[Record], place: str) -> frozenset[str]:
    """Return the names of those who may already enter something in this place."""
    known: set[str] = set()
    for record in records:
        if record.place == place:
            known |= record.granted.keys()
            seen = record.seen.get(place, {}).get("access")
            known |= _rights(seen.value).keys() if seen else set()
    return frozenset(known)


def first_grants(
    changes: Sequence[Change], known: Iterable[str], terms: Integration
) -> frozenset[int]:
    """Return the numbers of the grants that are somebody's first in this tool."""
    met = set(known)
    first: set[int] = set()
    for number, change in enumerate(changes):
        if change.verb == "grant":
            names = _by_name(change.kind, _rights(change.fields["access"]), terms).keys()
            if not names & met:
                first.add(number)
            met |= names
    return frozenset(first)


def _change(
    verb: Verb, record: Record, right: "_Right", remote: Remote | None, stage: int
) -> Change:
    before = remote or Remote("", record.kind, {"access": {}})
    fields: dict[str, Value] = {"access": {right.mailbox: right.role}}
    return Change(verb, record.address, record.kind, fields, before=before, stage=stage)


def _rights(value: Value) -> dict[str, str]:
    return {str(k): str(v) for k, v in value.items()} if isinstance(value, Mapping) else {}


@dataclass(frozen=True, slots=True)
class _Right:
    """A right as the tool writes it, and the role as it compares."""

    mailbox: str
    role: str
    normal: str


def _by_name(kind: str, rights: Rights, terms: Integration) -> dict[str, _Right]:
    """Return the rights by the names under which the tool knows the mailboxes."""
    named: dict[str, _Right] = {}
    for mailbox, role in rights.items():
        normal = _rights(terms.normalise(kind, "access", {mailbox: role}))
        for name, kept in normal.items():
            named[name] = _Right(mailbox, role, kept)
    return named
