"""The one message that each person gets when a workspace is ready for them. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from smarketing.changes.changes import Drawn
from smarketing.contract import LAST, Change
from smarketing.fold.access import first_grants, known_mailboxes
from smarketing.kinds import Value
from smarketing.recognising.look import Look
from smarketing.reorganisation.moving import START
from smarketing.resolve.desired import Desired, Item

_LINK = re.compile(r"\[(?P<title>[^\]]*)\]\(link:(?P<address>[^)]*)\)")
_FOLDER = "local"
_SHOWN = ("board", "document", "table", "meeting")


def invitations(desired: Desired, place: str, already: Collection[str]) -> list[Item]:
    """Return a message for each person who meets or shares here and has had none yet.

    `already` are the addresses of messages, and the mailboxes that they went to.
    """
    mailboxes = _mailboxes(desired)
    told = {*already, *(_mail(each) for each in already)}
    return [
        Item(
            address,
            "message",
            place,
            f"root:{place}",
            _message(desired, name, mailboxes[name]),
            stage=LAST,
        )
        for key, name in desired.people.items()
        if name in mailboxes
        and (address := f"message:welcome-{key}"[:48]) not in told
        and _mail(mailboxes[name]) not in told
    ]


def _mail(mailbox: str) -> str:
    return mailbox.rpartition("<")[2].rstrip("> ").lower() if "@" in mailbox else ""


def _mailboxes(desired: Desired) -> dict[str, str]:
    found: dict[str, str] = {}
    for item in desired.items.values():
        people: list[str] = []
        if isinstance(attendees := item.fields.get("attendees"), frozenset):
            people += attendees
        if isinstance(access := item.fields.get("access"), Mapping):
            people += access
        for mailbox in people:
            if "<" in mailbox:
                found[mailbox.split("<")[0].strip()] = mailbox
    return found


def welcome(desired: Desired, grant: Change) -> str:
    """Return the words that come with somebody's first right; `link:` stands for a place."""
    access = grant.fields["access"]
    mailbox = next(iter(access)) if isinstance(access, Mapping) else ""
    name = mailbox.removeprefix("group:").split("<")[0].strip()
    return str(_message(desired, name, mailbox)["body"])


def with_welcomes(drawn: Drawn, looks: Mapping[str, Look], desired: Desired) -> tuple[Change, ...]:
    """Let the first right that somebody gets in a tool come with the words of welcome."""
    if not any(change.verb == "grant" for change in drawn.changes):
        return drawn.changes
    # What stands in a channel for all is no word of welcome.
    spoken_elsewhere = any(record.hub.get("to") for record in drawn.records.values())
    if spoken_elsewhere:
        return drawn.changes
    changes = list(drawn.changes)
    for place, look in looks.items():
        known = known_mailboxes(drawn.records.values(), place)
        mine = [n for n, c in enumerate(changes) if drawn.places[c.address] == place]
        start = drawn.records.get(START)
        if start and start.place == place and start.hub.get("access"):
            # The one message leads to the page that leads to all the rest, and goes with its right.
            mine = [n for n in mine if changes[n].address == START]
            known = frozenset()
        for number in first_grants([changes[n] for n in mine], known, look.terms):
            change = changes[mine[number]]
            changes[mine[number]] = replace(change, note=welcome(desired, change))
    return tuple(changes)


def with_urls(text: str, urls: Mapping[str, str]) -> str:
    """Return plain words with each link as title and url; what has no url keeps its title."""

    def shown(found: re.Match[str]) -> str:
        url = urls.get(found["address"], "")
        return f"{found['title']}: {url}" if url.startswith("http") else found["title"]

    return _LINK.sub(shown, text)


def _where(shown: Iterable[Item]) -> list[str]:
    """Say whom to ask for the folder: its path means nothing on the computer of somebody else."""
    if all(item.place != _FOLDER for item in shown):
        return []
    return [
        "",
        (
            "What has no web address here lies in a folder that you share. If you do not see it, ask "
            "the lead of your team, or who set it up."
        ),
    ]


def _message(desired: Desired, name: str, mailbox: str) -> dict[str, Value]:
    shown = [
        item
        for item in desired.items.values()
        if item.kind in _SHOWN and "/" not in item.address and item.fields.get("title")
    ]
    lines = [f"- [{item.fields['title']}](link:{item.address})" for item in shown]
    first = name.split()[0] if name.split() else name
    body = "\n".join(
        [
            f"Hello {first},",
            "",
            f"{desired.title} now has one shared place for sales and marketing. This is in it:",
            "",
            *lines,
            *_where(shown),
            "",
            "Change anything you like: whatever you write stays.",
        ]
    )
    return {
        "to": mailbox,
        "subject": f"{first}, your shared workspace: {desired.title}",
        "body": body,
    }
