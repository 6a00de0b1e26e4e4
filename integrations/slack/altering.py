"""Changing a channel: what stands there is looked at just before, and only what differs is written."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from smarketing.contract import Change, Done, Outcome, Remote, Stale
from smarketing.kinds import ARCHIVED, THERE, Value

from . import remotes as wire
from .account import Json
from .creating import add_bookmark, unarchive
from .desk import Desk
from .mapping import bookmarks_in, escaped, normalise
from .marker import Mark, Purpose


def alter(desk: Desk, changes: Sequence[Change]) -> list[Outcome]:
    """Do all that has to be done to one channel, or nothing where a member was there first."""
    identity = desk.id_of(changes[0])
    now = desk.info(identity)
    links = desk.bookmarks(identity) if any("bookmarks" in c.fields for c in changes) else None
    remote = _remote(desk, changes[0], now, links)
    if any(_is_stale(change, remote) for change in changes):
        return [Stale() for _ in changes]
    for change in changes:
        remote = _altered(desk, change, now, links or [], remote)
    return [Done(remote) for _ in changes]


def _remote(desk: Desk, change: Change, now: Json, links: list[Json] | None) -> Remote:
    """Return the channel as it is; what was not asked for is as the plan saw it."""
    before = change.before
    known = dict(before.fields) if before else {}
    access = desk.known.access.get(str(now["id"])) or known.get("access") or {}
    fields = wire.channel_fields(now, links or (), access if isinstance(access, Mapping) else {})
    if links is None:
        fields["bookmarks"] = known.get("bookmarks") or ""
    mark = wire.purpose_in(now).mark
    mine = mark is not None and mark.workspace == desk.step.workspace
    remote = wire.channel_remote(now, fields, mark if mine else None, desk.known.base)
    if mine or before is None:
        return remote
    return replace(remote, parent=before.parent, marker=before.marker, workspace=before.workspace)


def _is_stale(change: Change, now: Remote) -> bool:
    before = change.before
    if before is None:
        return True
    wanted = {"archive": ARCHIVED, "move": THERE}.get(change.verb, before.existence)
    if now.existence not in (before.existence, wanted):
        return True
    return not all(
        _same(name, now.fields[name], before.fields.get(name))
        or _same(name, now.fields[name], value)
        for name, value in change.fields.items()
    )


def _same(name: str, one: Value, other: Value) -> bool:
    return normalise("channel", name, one) == normalise("channel", name, other)


def _altered(desk: Desk, change: Change, now: Json, links: list[Json], remote: Remote) -> Remote:
    if change.verb == "archive" and remote.existence != ARCHIVED:
        desk.account.write("conversations.archive", channel=remote.id)
        return replace(remote, existence=ARCHIVED)
    if change.verb == "move" and remote.existence == ARCHIVED:
        unarchive(desk, now)
        remote = replace(remote, existence=THERE)
    if change.verb == "rename":
        remote = _marked(desk, change, now, remote)
    for name, value in change.fields.items():
        if not _same(name, remote.fields[name], value):
            remote = _written(desk, name, value, now, links, remote)
    return remote


def _marked(desk: Desk, change: Change, now: Json, remote: Remote) -> Remote:
    """Write another address into our mark; one that a member took away is not put back."""
    purpose = wire.purpose_in(now)
    if purpose.mark is None or purpose.mark.address == change.address:
        return remote
    mark = replace(purpose.mark, address=change.address)
    if purpose.mark.workspace == desk.step.workspace:
        desk.describe(remote.id, Purpose(purpose.text, mark))
    return replace(remote, marker=change.address)


def _written(
    desk: Desk, name: str, value: Value, now: Json, links: list[Json], remote: Remote
) -> Remote:
    channel, write = remote.id, desk.account.write
    if name == "title":
        value = str(write("conversations.rename", channel=channel, name=value)["channel"]["name"])
    elif name == "purpose":
        mark = wire.purpose_in(now).mark
        desk.describe(channel, Purpose(str(value or ""), _readdressed(mark, remote)))
    elif name == "topic":
        write("conversations.setTopic", channel=channel, topic=escaped(str(value or "")))
    elif name == "bookmarks":
        _keep_at_hand(desk, channel, str(value or ""), links)
    return replace(remote, fields={**remote.fields, name: value})


def _readdressed(mark: Mark | None, remote: Remote) -> Mark | None:
    """Return the mark with the address that this very step may have given it."""
    return replace(mark, address=remote.marker) if mark and remote.marker else mark


def _keep_at_hand(desk: Desk, channel: str, wanted: str, links: list[Json]) -> None:
    """Add, rename and take away links one by one: the others stay as members put them."""
    left = {url: title for title, url in bookmarks_in(wanted) if url.startswith("http")}
    for each in links:
        ((title, url),) = bookmarks_in(_line(each))
        identity = str(each["id"])
        if url not in left:
            desk.account.write("bookmarks.remove", channel_id=channel, bookmark_id=identity)
        elif (new := left.pop(url)) != title:
            desk.account.write(
                "bookmarks.edit", channel_id=channel, bookmark_id=identity, title=new
            )
    for url, title in left.items():
        add_bookmark(desk, channel, title, url)


def _line(bookmark: Json) -> str:
    return str(wire.channel_fields({"name": ""}, [bookmark], {})["bookmarks"])
