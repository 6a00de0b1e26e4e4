"""One step per channel or message, one for all who are let into a channel, and what waits. Pure.

What is known of people only makes the counting exact.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smarketing.contract import Calls, Change, Step
from smarketing.kinds import as_plain

from .known import Known
from .manifest import NAME
from .mapping import bookmarks_in, mail_of

QUIET = frozenset({"release", "keep", "conflict"})
"""Verbs that write nothing."""

_READS = frozenset({"bookmarks.list", "conversations.info", "users.lookupByEmail"})
_METHODS = {
    "title": "conversations.rename",
    "purpose": "conversations.setPurpose",
    "topic": "conversations.setTopic",
}


@dataclass(frozen=True, slots=True)
class SlackStep(Step):
    """A step for a workspace."""

    workspace: str = ""


def steps_for(changes: Sequence[Change], workspace: str, known: Known) -> list[SlackStep]:
    """Return the steps that serve these changes."""
    groups: dict[tuple[str, int, str], list[Change]] = {}
    for change in changes:
        own = change.verb if change.verb in ("grant", "revoke", "create") else ""
        mailbox = _mailbox(change) if change.verb == "revoke" else ""
        groups.setdefault((change.address, change.stage, own + mailbox), []).append(change)
    keys = {name: _key(group, workspace) for name, group in groups.items()}
    makers = {
        change.address: keys[name]
        for name, group in groups.items()
        for change in group
        if change.verb == "create"
    }
    channels = bool(known.holders.get(workspace)) or any(c.kind == "channel" for c in changes)
    return [
        _step(keys[name], tuple(group), workspace, makers, known, channels)
        for name, group in groups.items()
    ]


def _step(
    key: str,
    group: tuple[Change, ...],
    workspace: str,
    makers: Mapping[str, str],
    known: Known,
    channels: bool,
) -> SlackStep:
    methods = _methods(group, known, channels)
    reads = sum(count for name, count in methods.items() if name in _READS)
    return SlackStep(
        key=key,
        integration=NAME,
        changes=group,
        calls=Calls(reads, sum(methods.values()) - reads),
        needs=frozenset(_needs(group, makers)) - {key},
        draws=dict(methods),
        stage=group[0].stage,
        workspace=workspace,
    )


def _needs(group: Sequence[Change], makers: Mapping[str, str]) -> set[str]:
    needs: set[str] = set()
    for change in group:
        holder = str(change.fields.get("channel") or "").removeprefix("link:")
        above = [change.parent, holder]
        above += [change.address] if change.verb != "create" else []
        if change.kind == "root" and change.verb != "create":  # one of its channels says it
            above += [address for address in makers if address.startswith("channel:")]
        needs |= {makers[each] for each in above if each in makers}
    return needs


def _methods(group: Sequence[Change], known: Known, channels: bool) -> Counter[str]:
    """Return the methods that a step will call, and how often."""
    first = group[0]
    if first.verb in QUIET or (first.kind == "root" and (first.verb == "create" or not channels)):
        return Counter()
    if first.kind == "message":
        return Counter({"chat.postMessage" if first.verb == "create" else "chat.update": 1})
    if first.verb in ("grant", "revoke"):
        unknown = {mail_of(_mailbox(change)) for change in group} - known.ids.keys()
        method = "conversations.invite" if first.verb == "grant" else "conversations.kick"
        return Counter({"users.lookupByEmail": len(unknown), method: 1})
    if first.verb == "create":
        return _of_a_new_channel(first)
    return _of_a_changed_channel(group)


def _of_a_new_channel(change: Change) -> Counter[str]:
    links = str(change.fields.get("bookmarks") or "").split("\n")
    return Counter(
        {
            "conversations.create": 1,
            "conversations.setTopic": int(bool(change.fields.get("topic"))),
            "bookmarks.add": sum(line.startswith("- ") for line in links),
            "conversations.setPurpose": 1,
        }
    )


def _of_a_changed_channel(group: Sequence[Change]) -> Counter[str]:
    methods = Counter({"conversations.info": 1})
    written: set[str] = set()
    for change in group:
        if change.verb == "archive":
            methods["conversations.archive"] += 1
        elif change.verb == "move":
            methods["conversations.unarchive"] += 1
        elif change.verb == "rename" or (change.kind == "root" and change.fields):
            written.add(_METHODS["purpose"])
        if "bookmarks" in change.fields:
            methods.update(_of_bookmarks(change))
        if change.kind == "channel":
            written |= {_METHODS[name] for name in change.fields if name in _METHODS}
    methods.update(written)
    return methods


def _of_bookmarks(change: Change) -> Counter[str]:
    there = _links(change.before.fields.get("bookmarks") if change.before else "")
    wanted = _links(change.fields["bookmarks"])
    found = Counter({"bookmarks.list": 1})
    found["bookmarks.add"] = len(wanted.keys() - there.keys())
    found["bookmarks.remove"] = len(there.keys() - wanted.keys())
    found["bookmarks.edit"] = sum(wanted[url] != there[url] for url in wanted.keys() & there.keys())
    return found


def _links(text: object) -> dict[str, str]:
    return {url: title for title, url in bookmarks_in(str(text or ""))}


def _mailbox(change: Change) -> str:
    access = change.fields.get("access")
    return next(iter(access), "") if isinstance(access, Mapping) else ""


def _key(group: Sequence[Change], workspace: str) -> str:
    told = [[c.verb, c.address, c.parent, as_plain(c.fields)] for c in group]
    digest = hashlib.sha256(json.dumps([workspace, told], sort_keys=True).encode()).hexdigest()
    return f"{NAME} {workspace} {group[0].address} {digest[:16]}"
