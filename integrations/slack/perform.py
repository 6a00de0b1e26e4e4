"""Doing one step: who does it, and what an error comes to."""

import json
from collections.abc import Mapping, Sequence

from smarketing.contract import Change, Done, Failed, Outcome, Remote, Stale, Unreachable
from smarketing.web import NoReply, Refused

from . import remotes as wire
from .account import GONE, came_to, code_of
from .altering import alter
from .creating import create
from .desk import Desk, NoPlace
from .manifest import LONGEST_MESSAGE, NAME
from .marker import Purpose, metadata
from .members import invite, remove
from .people import ourselves
from .posts import blocks_of, notice_of
from .steps import QUIET


def perform_step(desk: Desk) -> Sequence[Outcome]:
    """Do the step; return an outcome per change, in order."""
    changes = desk.step.changes
    try:
        return _done(desk, changes)
    except (Refused, NoReply) as error:
        altering = changes[0].before is not None and changes[0].before.id
        if altering and isinstance(error, Refused) and code_of(error) in GONE:
            return [Stale() for _ in changes]
        return [came_to(error) for _ in changes]
    except (NoPlace, Unreachable) as error:
        return [Failed(str(error)) for _ in changes]


def _done(desk: Desk, changes: Sequence[Change]) -> Sequence[Outcome]:
    first = changes[0]
    if first.verb in QUIET:
        return [Done(each.before or Remote("", each.kind, {})) for each in changes]
    if first.kind == "root":
        return _say_of_root(desk, changes)
    if first.kind == "message":
        return [_post(desk, each) for each in changes]
    if first.verb == "grant":
        return invite(desk, changes)
    if first.verb == "revoke":
        return [remove(desk, first)]
    if first.verb == "create":
        return [create(desk, first)]
    return alter(desk, changes)


def _say_of_root(desk: Desk, changes: Sequence[Change]) -> list[Outcome]:
    """Let one of the workspace's channels say that it is done: Slack has no object for a root."""
    workspace = desk.step.workspace
    done = any(bool(change.fields.get("done")) for change in changes)
    channels = {each: a for a, each in desk.ids.items() if a.startswith("channel:")}
    holder = desk.known.holders.get(workspace, "")
    for identity in sorted(channels, key=lambda each: (each != holder, each)):
        try:
            now = desk.info(identity)
        except Refused as error:
            if code_of(error) in GONE:
                continue
            raise
        purpose = wire.purpose_in(now)
        if now.get("is_archived") or (purpose.mark and purpose.mark.workspace != workspace):
            continue
        mark = desk.mark(purpose.mark.address if purpose.mark else channels[identity], done)
        if purpose.mark != mark:
            desk.describe(identity, Purpose(purpose.text, mark))
        desk.known.holders[workspace] = identity
        break
    return [Done(wire.root_remote(NAME, workspace, done)) for _ in changes]


def _post(desk: Desk, change: Change) -> Outcome:
    """Post a message, or write other words into it. Only we can edit what we posted."""
    body = str(change.fields.get("body") or "")
    if len(body) > LONGEST_MESSAGE:
        return Failed(f"{change.address} has more than {LONGEST_MESSAGE:,} characters: shorten it.")
    ourselves(desk.account, desk.known)
    said = {
        "text": notice_of(body),
        "blocks": json.dumps(blocks_of(body)),
        "metadata": json.dumps(metadata(desk.mark(change.address))),
        "link_names": False,
        "parse": "none",
    }
    if change.verb != "create":
        return _edit(desk, change, said)
    channel = _channel_of(desk, change)
    quiet = {"unfurl_links": False, "unfurl_media": False}
    reply = desk.account.write("chat.postMessage", channel=channel, **said, **quiet)
    return Done(_message(desk, change, channel, str(reply["ts"]), body))


def _edit(desk: Desk, change: Change, said: Mapping[str, object]) -> Outcome:
    channel, _, ts = desk.id_of(change).partition(":")
    before = change.before
    body = str(change.fields.get("body", before.fields.get("body") if before else "") or "")
    if "body" not in change.fields and change.verb != "rename":
        return Failed(f"{change.address}: Slack can't move a message to another channel.")
    said = {**said, "text": notice_of(body), "blocks": json.dumps(blocks_of(body))}
    reply = desk.account.write("chat.update", channel=channel, ts=ts, **said)
    return Done(_message(desk, change, channel, ts, body, str(reply.get("ts") or ts)))


def _message(
    desk: Desk, change: Change, channel: str, ts: str, body: str, version: str = ""
) -> Remote:
    made = {"ts": ts, "blocks": blocks_of(body), "metadata": metadata(desk.mark(change.address))}
    return wire.message_remote(channel, made, desk.known.base)


def _channel_of(desk: Desk, change: Change) -> str:
    said = str(change.fields.get("channel") or "")
    identity = desk.ids.get(said.removeprefix("link:")) or wire.channel_in(said)
    if not identity:
        raise NoPlace(f"There is no channel for {change.address}: run again once it is made.")
    return identity
