"""Meetings, channels and digests of a playbook, and what it keeps in step."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from smarketing.yamlfiles.fieldtypes import (
    Address,
    Key,
    RoleOrChannel,
    Text,
    Title,
    Was,
    one_or_more,
)
from smarketing.yamlfiles.shape import Shape


class Notes(Shape):
    """The running notes of a meeting: defines the document with this key.

    `agenda` is filled in for each occurrence; `ready` says when: `the same day at 8:00`.
    """

    document: Key
    title: Title | None = None
    in_: Key | None = None
    agenda: Text = ""
    ready: Title | None = None
    was: Was = ()


class Meeting(Shape):
    """A meeting; `when` is a sentence, `invite` names roles.

    `guest` says of which role one person comes, by turns: `one of marketing`.
    """

    title: Title
    purpose: Text = ""
    when: Title
    invite: tuple[Key, ...] = ()
    guest: Title | None = None
    description: Text = ""
    notes: Notes | None = None
    was: Was = ()


class Channel(Shape):
    """A channel of a chat; `invite` names roles, `bookmarks` what is kept at hand there."""

    title: Title
    purpose: Text = ""
    topic: Text = ""
    invite: tuple[Key, ...] = ()
    bookmarks: tuple[Address, ...] = ()
    was: Was = ()


SyncField = Literal["title", "status", "owner", "due", "labels", "checklist", "link"]


class Sync(Shape):
    """Which fields are kept in step between which places, and where new things appear.

    `columns` says for a table which column holds a field, where it is called otherwise.
    """

    between: tuple[Address, ...] = Field(min_length=2)
    fields_: tuple[SyncField, ...] = ()
    new: Title = "nowhere"
    prefer: Address | None = None
    columns: dict[Address, dict[SyncField, Key]] = Field(default_factory=dict)
    was: Was = ()


CHANNEL = "channel:"
"""How the address of a channel begins."""


class DigestAsked(Shape):
    """A message that tells once a week how things stand.

    `when` is a sentence, `to` names roles and the addresses of channels.
    """

    title: Title
    when: Title
    to: Annotated[
        tuple[RoleOrChannel, ...],
        Field(min_length=1),
        BeforeValidator(
            one_or_more,
            json_schema_input_type=RoleOrChannel
            | Annotated[list[RoleOrChannel], Field(min_length=1)],
        ),
    ]
