"""Letting people into a channel, all at once, and taking somebody out of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from smarketing.contract import Change, Done, Failed, Outcome, Remote
from smarketing.web import Refused

from . import remotes as wire
from .account import code_of
from .desk import Desk
from .mapping import MEMBER, mail_of
from .people import id_of, ourselves


def invite(desk: Desk, changes: Sequence[Change]) -> list[Outcome]:
    """Invite everybody in one call; say of each who is not in Slack yet."""
    channel = desk.id_of(changes[0])
    us = ourselves(desk.account, desk.known)
    mailboxes = [_mailbox(change) for change in changes]
    ids = [id_of(desk.account, desk.known, mailbox) for mailbox in mailboxes]
    asked = [each for each in dict.fromkeys(ids) if each and each != us]
    refused = _invited(desk, channel, asked) if asked else {}
    outcomes: list[Outcome] = []
    for change, mailbox, identity in zip(changes, mailboxes, ids, strict=True):
        if not identity:
            outcomes.append(Failed(_unknown(mailbox)))
        elif identity in refused:
            outcomes.append(Failed(f"Slack does not let {mailbox} in: {refused[identity]}."))
        else:
            _rights(desk, change, channel)[mailbox] = MEMBER
            outcomes.append(Done(_channel(desk, change, channel)))
    return outcomes


def _invited(desk: Desk, channel: str, people: Sequence[str]) -> dict[str, str]:
    """Invite people; return why some could not be, by their ids."""
    try:
        desk.account.write("conversations.invite", channel=channel, users=",".join(people))
    except Refused as error:
        told = {
            str(each["user"]): str(each.get("error") or "")
            for each in error.data.get("errors") or ()
            if isinstance(each, Mapping) and each.get("user")
        }
        if error.status != 200 or not (told or code_of(error) == "already_in_channel"):
            raise
        left = [each for each in people if each not in told]
        if told and left:  # Slack invites nobody where one can't be
            told |= _invited(desk, channel, left)
        return {each: why for each, why in told.items() if why != "already_in_channel"}
    return {}


def remove(desk: Desk, change: Change) -> Outcome:
    """Take somebody out of a channel; who is not in it is out already."""
    channel, mailbox = desk.id_of(change), _mailbox(change)
    identity = id_of(desk.account, desk.known, mailbox) or _by_name(desk, mailbox)
    if identity and identity != ourselves(desk.account, desk.known):
        try:
            desk.account.write("conversations.kick", channel=channel, user=identity)
        except Refused as error:
            if code_of(error) not in ("not_in_channel", "user_not_found"):
                raise
    rights = _rights(desk, change, channel)
    for each in [each for each in rights if mail_of(each) == mail_of(mailbox)]:
        del rights[each]
    return Done(_channel(desk, change, channel))


def _by_name(desk: Desk, mailbox: str) -> str:
    """Return who left the company: nobody is found by their address any more."""
    mail = mail_of(mailbox)
    return next((who for who, one in desk.known.mailboxes.items() if mail_of(one) == mail), "")


def _unknown(mailbox: str) -> str:
    return (
        f"Nobody in Slack has the address of {mailbox}: invite them to your Slack workspace, or "
        "correct the address in config.yaml, and run again."
    )


def _mailbox(change: Change) -> str:
    access = change.fields.get("access")
    return next(iter(access), "") if isinstance(access, Mapping) else ""


def _rights(desk: Desk, change: Change, channel: str) -> dict[str, str]:
    access = change.before.fields.get("access") if change.before else None
    seen = dict(access) if isinstance(access, Mapping) else {}
    return desk.known.access.setdefault(channel, seen)


def _channel(desk: Desk, change: Change, channel: str) -> Remote:
    """Return the channel as far as rights go; the rest is as the plan saw it."""
    rights, before = dict(desk.known.access[channel]), change.before
    if before is not None and before.id:
        return replace(before, id=channel, fields={**before.fields, "access": rights})
    mark = desk.mark(change.address)
    data = {"id": channel, "created": 0}
    return wire.channel_remote(data, {"access": rights}, mark, desk.known.base)
