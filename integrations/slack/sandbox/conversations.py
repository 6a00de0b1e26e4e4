"""The methods of channels: making, describing, archiving, and who is in them."""

import re
from collections.abc import Mapping
from typing import Any

from .call import Call, Handler
from .refusals import No
from .shown import channel_json
from .store import Channel, Said, User
from .switches import BOTS_UNARCHIVE, INVITES_THE_REST, KEEPS_MEMBERS, UNESCAPED

LONGEST, LONGEST_NAME = 250, 80
_STRAY = re.compile(r"&(?!amp;|lt;|gt;)|<(?![@#!h]|mailto:)")


def create(call: Call) -> dict[str, Any]:
    name = _name(call, call.text("name"))
    store, now = call.store, call.store.now()
    channel = Channel(store.new_id("C"), name, call.user, int(now), updated=now)
    store.channels[channel.id] = channel
    _join(call, channel, call.user)
    return {"channel": channel_json(channel, call.user)}


def _name(call: Call, name: str) -> str:
    if not name:
        raise No("invalid_name_required")
    if len(name) > LONGEST_NAME:
        raise No("invalid_name_maxlength")
    if name != name.lower() or not all(c.isalnum() or c in "-_" or ord(c) > 127 for c in name):
        raise No("invalid_name_specials")
    if not any(c.isalnum() for c in name):
        raise No("invalid_name_punctuation")
    if call.store.named(name):
        raise No("name_taken")
    return name


def listed(call: Call) -> dict[str, Any]:
    return _page(call, list(call.store.in_order()), of_caller=False)


def mine(call: Call) -> dict[str, Any]:
    there = [one for one in call.store.in_order() if call.user.id in one.members]
    return _page(call, there, of_caller=True)


def _page(call: Call, channels: list[Channel], *, of_caller: bool) -> dict[str, Any]:
    if "public_channel" not in call.text("types", "public_channel").split(","):
        channels = []
    if call.truth("exclude_archived"):
        channels = [one for one in channels if not one.archived]
    shown, metadata = call.page(channels)
    return {
        "channels": [
            channel_json(one, call.user, counted=not of_caller, of_caller=of_caller)
            for one in shown
        ],
        "response_metadata": metadata,
    }


def info(call: Call) -> dict[str, Any]:
    counted = call.truth("include_num_members")
    return {"channel": channel_json(call.channel(), call.user, counted=counted)}


def members(call: Call) -> dict[str, Any]:
    shown, metadata = call.page(list(call.channel().members))
    return {"members": list(shown), "response_metadata": metadata}


def invite(call: Call) -> dict[str, Any]:
    channel = call.inside()
    wanted = [each for each in call.text("users").split(",") if each]
    if not wanted:
        raise No("no_user")
    errors = {each: why for each in wanted if (why := _why_not(call, channel, each))}
    welcome = [each for each in wanted if each not in errors]
    if not errors or call.store.switched(INVITES_THE_REST):
        for each in welcome:
            user = call.store.users[each]
            _join(call, channel, user)
            call.store.tell(user, f"You were added to #{channel.name}")
    if errors:
        told = [{"ok": False, "error": why, "user": each} for each, why in errors.items()]
        raise No(next(iter(errors.values())), errors=told)
    return {"channel": channel_json(channel, call.user)}


def _why_not(call: Call, channel: Channel, identity: str) -> str:
    if identity not in call.store.users:
        return "user_not_found"
    if identity == call.user.id:
        return "cant_invite_self"
    return "already_in_channel" if identity in channel.members else ""


def _join(call: Call, channel: Channel, user: User) -> None:
    channel.members[user.id] = user
    call.store.post(channel, user, f"<@{user.id}> has joined the channel", "channel_join")


def join(call: Call) -> dict[str, Any]:
    channel = call.channel()
    if channel.archived:
        raise No("is_archived")
    if call.user.id not in channel.members:
        _join(call, channel, call.user)
    return {"channel": channel_json(channel, call.user)}


def leave(call: Call) -> dict[str, Any]:
    call.channel().members.pop(call.user.id, None)
    return {}


def kick(call: Call) -> dict[str, Any]:
    channel, who = call.inside(), call.text("user")
    if who not in call.store.users:
        raise No("user_not_found")
    if who == call.user.id:
        raise No("cant_kick_self")
    if who not in channel.members:
        raise No("not_in_channel")
    del channel.members[who]
    return {}


def archive(call: Call) -> dict[str, Any]:
    channel = call.channel()
    if channel.archived:
        raise No("already_archived")
    if call.user.id not in channel.members:
        raise No("not_in_channel")
    channel.archived, channel.updated = True, call.store.now()
    if not call.store.switched(KEEPS_MEMBERS):
        channel.members.clear()
    return {}


def unarchive(call: Call) -> dict[str, Any]:
    channel = call.channel()
    if not channel.archived:
        raise No("not_archived")
    if call.user.is_app and not call.store.switched(BOTS_UNARCHIVE):
        raise No("not_in_channel")
    channel.archived, channel.updated = False, call.store.now()
    _join(call, channel, call.user)
    return {}


def rename(call: Call) -> dict[str, Any]:
    channel, wanted = call.inside(), call.text("name")
    if wanted != channel.name:
        name = _name(call, wanted)
        channel.former.insert(0, channel.name)
        channel.name, channel.updated = name, call.store.now()
        call.store.post(channel, call.user, f"has renamed the channel to {name}", "channel_name")
    return {"channel": channel_json(channel, call.user)}


def set_purpose(call: Call) -> dict[str, Any]:
    channel = call.inside()
    channel.purpose = _said(call, "purpose")
    return _described(call, channel, "channel_purpose", channel.purpose)


def set_topic(call: Call) -> dict[str, Any]:
    channel = call.inside()
    channel.topic = _said(call, "topic")
    return _described(call, channel, "channel_topic", channel.topic)


def _described(call: Call, channel: Channel, subtype: str, said: Said) -> dict[str, Any]:
    channel.updated = call.store.now()
    call.store.post(channel, call.user, f"set it to: {said.value}", subtype)
    return {"channel": channel_json(channel, call.user)}


def _said(call: Call, name: str) -> Said:
    value = call.text(name)
    plain = value.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    if len(plain) > LONGEST:
        raise No("too_long")
    if call.store.switched(UNESCAPED):
        value = plain
    else:
        value = _STRAY.sub(lambda found: "&amp;" if found[0] == "&" else "&lt;", value)
    return Said(value, call.user.id, int(call.store.now()))


METHODS: Mapping[str, Handler] = {
    "conversations.archive": archive,
    "conversations.create": create,
    "conversations.info": info,
    "conversations.invite": invite,
    "conversations.join": join,
    "conversations.kick": kick,
    "conversations.leave": leave,
    "conversations.list": listed,
    "conversations.members": members,
    "conversations.rename": rename,
    "conversations.setPurpose": set_purpose,
    "conversations.setTopic": set_topic,
    "conversations.unarchive": unarchive,
    "users.conversations": mine,
}
