"""Making a channel. Our mark is written last: what has it is whole, what lacks it is gone on with."""

from smarketing.contract import Change, Done, Failed, Outcome, Stale
from smarketing.web import Refused

from . import remotes as wire
from .account import Json, code_of
from .desk import Desk, NoPlace
from .manifest import LONGEST_PURPOSE
from .mapping import bookmarks_in, channel_name, escaped
from .marker import Purpose
from .people import ourselves


def create(desk: Desk, change: Change) -> Outcome:
    """Make a channel; one that an earlier attempt has begun is gone on with."""
    name = channel_name(str(change.fields.get("title") or ""))
    us = ourselves(desk.account, desk.known)
    mark = desk.mark(change.address)
    purpose = Purpose(str(change.fields.get("purpose") or ""), mark)
    if len(purpose.written()) > LONGEST_PURPOSE:
        room = LONGEST_PURPOSE - len(mark.written()) - 1
        raise NoPlace(f"Its purpose is too long for Slack: shorten it to {room} characters.")
    try:
        data: Json = desk.account.write("conversations.create", name=name)["channel"]
        begun = False
    except Refused as error:
        if code_of(error) != "name_taken":
            raise
        found = _bearer(desk, name)
        if found is None or not _is_for(desk, found, change, us):
            return Failed(_proposal(desk, name, found, change))
        if wire.purpose_in(found).mark is not None:
            return _adopted(desk, found)
        data, begun = found, True
    return _filled(desk, change, data, purpose, begun)


def _filled(desk: Desk, change: Change, data: Json, purpose: Purpose, begun: bool) -> Outcome:
    identity = str(data["id"])
    topic = str(change.fields.get("topic") or "")
    if topic and (data.get("topic") or {}).get("value") != escaped(topic):
        desk.account.write("conversations.setTopic", channel=identity, topic=escaped(topic))
    there = {str(each["link"]) for each in desk.bookmarks(identity)} if begun else set()
    for title, url in bookmarks_in(str(change.fields.get("bookmarks") or "")):
        if url not in there and url.startswith("http"):
            add_bookmark(desk, identity, title, url)
    desk.describe(identity, purpose)
    desk.known.access.setdefault(identity, {})
    desk.known.holders.setdefault(desk.step.workspace, identity)
    fields = {
        "title": str(data["name"]),
        "purpose": purpose.text or None,
        "topic": topic or None,
        "bookmarks": change.fields.get("bookmarks") or "",
        "access": {},
    }
    return Done(wire.channel_remote(data, fields, purpose.mark, desk.known.base))


def add_bookmark(desk: Desk, channel: str, title: str, url: str) -> None:
    """Put a link at the top of a channel."""
    desk.account.write("bookmarks.add", channel_id=channel, title=title, type="link", link=url)


def _bearer(desk: Desk, name: str) -> Json | None:
    """Return the channel with this name; an archived one keeps its name."""
    channels = desk.account.pages("conversations.list", "channels", types="public_channel")
    return next((each for each in channels if each["name"] == name), None)


def _is_for(desk: Desk, data: Json, change: Change, us: str) -> bool:
    """Say whether this is the very channel, or one that a broken attempt of ours has begun."""
    mark = wire.purpose_in(data).mark
    if mark is not None:
        return mark.workspace == desk.step.workspace and mark.address == change.address
    blank = not wire.purpose_in(data).text and not data.get("is_archived")
    return blank and data.get("creator") == us


def _adopted(desk: Desk, data: Json) -> Outcome:
    """Take our own channel out of the archive, if it is there; then all of it is looked at."""
    if data.get("is_archived"):
        unarchive(desk, data)
    return Stale()


def unarchive(desk: Desk, data: Json) -> None:
    """Take a channel out of the archive; raise NoPlace where Slack lets no app do it."""
    try:
        desk.account.write("conversations.unarchive", channel=str(data["id"]))
    except Refused as error:
        if code_of(error) == "not_archived":
            return
        if error.status != 200 or code_of(error) in ("internal_error", "fatal_error"):
            raise
        raise NoPlace(
            f"Slack lets no app take #{data['name']} out of its archive, so a person has to: somebody "
            f"of your Slack who is no guest opens {wire.channel_url(desk.known.base, str(data['id']))}, "
            "clicks 'Unarchive' there (else: the channel's name at the top, then 'Settings'), and "
            "writes /invite @smarketing in it. Then run this again."
        ) from None


def _proposal(desk: Desk, name: str, found: Json | None, change: Change) -> str:
    if found is None:
        return (
            f"Slack has a channel #{name} already that the app can't see. Give this one another "
            "title, or invite the app there and name it under `existing:` in config.yaml."
        )
    url = wire.channel_url(desk.known.base, str(found["id"]))
    archived = " (it is archived: take it out first)" if found.get("is_archived") else ""
    return (
        f"Slack has a channel #{name} already{archived}, and it is not ours. To use it, write "
        f"'{change.address}: {url}' under 'existing:' in config.yaml and /invite @smarketing in "
        "it; else give this one another title."
    )
