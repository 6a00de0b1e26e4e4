"""Who is who: a person is their e-mail address, whatever they are called meanwhile. Pure."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace

from smarketing.contract import Remote
from smarketing.kinds import Value
from smarketing.state.record import Record, Seen

NAMES = "people"
"""The name under which state keeps what everybody was ever called."""

PERSONAL = frozenset(("owner", "attendees"))
"""Fields that name people and are content; rights go by address in a hub, too."""

Known = Mapping[str, tuple[str, ...]]
"""The names that each e-mail address ever had here, the present one last."""


def names_known(fact: str, now: Mapping[str, str]) -> Known:
    """Return what everybody was called, from what state kept and from config's names by address."""
    before: dict[str, list[str]] = json.loads(fact or "{}")
    known = {mail: tuple(names) for mail, names in before.items()}
    for mail, name in now.items():
        known[mail] = (*(each for each in known.get(mail, ()) if each != name), name)
    return known


def names_fact(known: Known) -> str:
    """Return the names as state keeps them."""
    return json.dumps(known, sort_keys=True)


def present_names(known: Known) -> dict[str, str]:
    """Return the present name for each former one, and the present mailbox for each former one.

    A name that somebody else has now is theirs.
    """
    now = {names[-1] for names in known.values()}
    present: dict[str, str] = {}
    for mail, names in known.items():
        for old in names[:-1]:
            present[f"{old} <{mail}>"] = f"{names[-1]} <{mail}>"
            if old not in now:
                present[old] = names[-1]
    return present


def as_present(value: Value, present: Mapping[str, str]) -> Value:
    """Return a name, a set of mailboxes, or rights by mailbox, with everybody's present name."""
    if isinstance(value, str):
        return present.get(value, value)
    if isinstance(value, frozenset):
        return frozenset(present.get(each, each) for each in value)
    if isinstance(value, Mapping):
        return {present.get(each, each): role for each, role in value.items()}
    return value


def with_present_names(
    records: Mapping[str, Record], present: Mapping[str, str]
) -> dict[str, Record]:
    """Return the records with everybody's present name, as if it had always been theirs."""
    return {
        a: _with_present(record, present) if present else record for a, record in records.items()
    }


def _with_present(record: Record, present: Mapping[str, str]) -> Record:
    named = PERSONAL | {"access"}
    if not named & record.hub.keys():
        return record

    def seen_as(place: str, name: str, seen: Seen) -> Seen:
        if name not in named:
            return seen
        value = seen.value if place == record.place else as_present(seen.value, present)
        return Seen(value, as_present(seen.hub, present) if name != "access" else seen.hub)

    hub = {n: as_present(v, present) if n in named else v for n, v in record.hub.items()}
    seen = {
        place: {name: seen_as(place, name, each) for name, each in fields.items()}
        for place, fields in record.seen.items()
    }
    return replace(record, hub=hub, seen=seen)


def called_there(remotes: Iterable[Remote], known: Known) -> dict[str, str]:
    """Return by present name the former one that a tool still knows somebody under.

    Some tools show names alone, and those are chosen by the people themselves.
    """
    shown: set[str] = set()
    for remote in remotes:
        access = remote.fields.get("access")
        shown |= access.keys() if isinstance(access, Mapping) else set()
    called: dict[str, str] = {}
    for names in known.values():
        former = [old for old in reversed(names[:-1]) if old in shown]
        if former and names[-1] not in shown:
            called[names[-1]] = former[0]
    return called


def in_words_of(value: Value, called: Mapping[str, str]) -> Value:
    """Return a name, or rights by mailbox, with the names under which a tool knows people."""
    if isinstance(value, Mapping):
        return {_called(mailbox, called): role for mailbox, role in value.items()}
    return called.get(value, value) if isinstance(value, str) else value


def _called(mailbox: str, called: Mapping[str, str]) -> str:
    name, found, rest = mailbox.partition(" <")
    return f"{called.get(name, name)}{found}{rest}"


def with_granted_names(record: Record, remote: Remote | None, known: Known) -> Record:
    """Let the rights that we gave stay ours when somebody renames themselves in the tool."""
    access = remote.fields.get("access") if remote else None
    if not record.granted or not isinstance(access, Mapping):
        return record
    granted = dict(record.granted)
    for names in known.values():
        there = [each for each in names if each in access]
        for old in names:
            if old in granted and old not in access and there and there[-1] not in granted:
                granted[there[-1]] = granted.pop(old)
    return replace(record, granted=granted) if granted != record.granted else record
