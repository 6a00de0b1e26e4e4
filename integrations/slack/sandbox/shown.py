"""What the stand-in holds as Slack's JSON."""

from typing import Any

from .store import Bookmark, Channel, Message, Said, User

TEAM, TEAM_NAME, TEAM_URL = "T00000001", "Acme", "https://acme.slack.com/"
APP, BOT = "A00000001", "B00000001"


def user_json(user: User) -> dict[str, Any]:
    """Return a user; the app has no address."""
    profile = {"real_name": user.person.name, "display_name": user.person.key, "team": TEAM}
    if not user.is_app:
        profile["email"] = user.person.mail
    return {
        "id": user.id,
        "team_id": TEAM,
        "name": user.person.key,
        "deleted": user.deleted,
        "real_name": user.person.name,
        "profile": profile,
        "is_bot": user.is_app,
        "is_app_user": False,
        "updated": 0,
    }


def channel_json(
    channel: Channel, caller: User, *, counted: bool = False, of_caller: bool = False
) -> dict[str, Any]:
    """Return a channel as this caller sees it; one in a list of theirs does not say that."""
    data: dict[str, Any] = {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": True,
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": False,
        "is_general": False,
        "is_shared": False,
        "is_org_shared": False,
        "is_ext_shared": False,
        "is_archived": channel.archived,
        "created": channel.created,
        "creator": channel.creator.id,
        "unlinked": 0,
        "topic": _said(channel.topic),
        "purpose": _said(channel.purpose),
        "previous_names": list(channel.former),
        "updated": int(channel.updated * 1000),
    }
    if not of_caller:
        data["is_member"] = caller.id in channel.members
    if counted:
        data["num_members"] = len(channel.members)
    return data


def _said(said: Said) -> dict[str, Any]:
    return {"value": said.value, "creator": said.creator, "last_set": said.last_set}


def bookmark_json(bookmark: Bookmark, channel: Channel) -> dict[str, Any]:
    """Return a bookmark."""
    return {
        "id": bookmark.id,
        "channel_id": channel.id,
        "title": bookmark.title,
        "link": bookmark.link,
        "type": "link",
        "date_created": bookmark.created,
        "date_updated": bookmark.updated,
    }


def message_json(message: Message, *, all_metadata: bool = True) -> dict[str, Any]:
    """Return a message; its metadata only where it was asked for."""
    data: dict[str, Any] = {
        "type": "message",
        "user": message.user.id,
        "text": message.text,
        "ts": message.ts,
        "team": TEAM,
    }
    if message.subtype:
        data["subtype"] = message.subtype
    if message.user.is_app and not message.subtype:
        data |= {"bot_id": BOT, "app_id": APP}
    if message.edited:
        data["edited"] = {"user": message.user.id, "ts": message.edited}
    if blocks := message.data.get("blocks"):
        data["blocks"] = blocks
    if all_metadata and (metadata := message.data.get("metadata")):
        data["metadata"] = metadata
    return data
