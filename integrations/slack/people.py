"""Who is who at Slack: ids there, mailboxes with us."""

from smarketing.web import Refused

from .account import Account, Json, code_of
from .known import Known
from .mapping import mail_of, mailbox_of


def ourselves(account: Account, known: Known) -> str:
    """Return our own id; learn it, and where the workspace is, once."""
    if not known.me:
        learn_us(known, account.read("auth.test"))
    return known.me


def learn_us(known: Known, data: Json) -> None:
    """Keep who we are."""
    known.me, known.base = str(data["user_id"]), str(data["url"])


def access_of(account: Account, known: Known, channel: str) -> dict[str, str]:
    """Return the roles of a channel's members by mailbox; our own is left out."""
    us = ourselves(account, known)
    inside = list(account.pages("conversations.members", "members", channel=channel))
    if any(each not in known.mailboxes for each in inside if each != us) and not known.everybody:
        for user in account.pages("users.list", "members"):
            learn(known, user)
        known.everybody = True
    people = {known.mailboxes.get(each, each): "member" for each in inside if each != us}
    known.access[channel] = dict(sorted(people.items()))
    return known.access[channel]


def learn(known: Known, user: Json) -> None:
    """Keep who this is."""
    profile = user.get("profile") or {}
    mail = str(profile.get("email") or "")
    name = str(profile.get("real_name") or user.get("real_name") or user.get("name") or user["id"])
    known.mailboxes[str(user["id"])] = mailbox_of(name, mail)
    if mail and not user.get("deleted"):
        known.ids[mail.lower()] = str(user["id"])


def id_of(account: Account, known: Known, mailbox: str) -> str:
    """Return who has this mailbox, "" if nobody in this Slack workspace has."""
    mail = mail_of(mailbox)
    if mail not in known.ids:
        try:
            user = account.read("users.lookupByEmail", email=mail)["user"]
        except Refused as error:
            if code_of(error) != "users_not_found":
                raise
            return ""
        known.ids[mail] = str(user["id"])
        known.mailboxes.setdefault(known.ids[mail], mailbox)
    return known.ids[mail]
