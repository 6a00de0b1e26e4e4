"""What a drive holds: files with their rights, shared drives, and what happened to them."""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from ..caller import Caller

DOC = "application/vnd.google-apps.document"
SHEET = "application/vnd.google-apps.spreadsheet"
FOLDER = "application/vnd.google-apps.folder"
SHORTCUT = "application/vnd.google-apps.shortcut"

ROLES = ("reader", "commenter", "writer", "fileOrganizer", "organizer", "owner")
"""Each may do what the ones before it may."""


@dataclass(slots=True)
class Permission:
    """A right on one file or drive. `who` is an address, a domain, or "" for everybody."""

    id: str
    type: str
    who: str
    role: str
    expires: str = ""
    discoverable: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """What a search knows of a file."""

    at: float
    name: str
    trashed: bool
    parent: str
    marks: dict[str, dict[str, str]]
    properties: dict[str, str]


@dataclass(slots=True)
class File:
    """One file, folder or shortcut.

    `content` is bytes for a blob, a document or spreadsheet of its own kind, None for a folder.
    `marks` are the app properties of each client. `apps` are the (client, person) that made or
    opened it. `drive` is the shared drive that holds it, "" where `owner` does.
    """

    id: str
    name: str
    mime: str
    parent: str
    client: str
    created: float
    drive: str = ""
    owner: str = ""
    content: Any = None
    description: str = ""
    target: str = ""
    modified: float = 0.0
    modified_by: str = ""
    version: int = 0
    trashed: bool = False
    starred: set[str] = field(default_factory=set)
    properties: dict[str, str] = field(default_factory=dict)
    marks: dict[str, dict[str, str]] = field(default_factory=dict)
    permissions: dict[str, Permission] = field(default_factory=dict)
    apps: set[tuple[str, str]] = field(default_factory=set)
    comments: dict[str, Any] = field(default_factory=dict)
    looked: list[Looked] = field(default_factory=list)
    converted: bool = False


@dataclass(slots=True)
class Drive:
    """A shared drive. Its top folder has the same id, and the rights of its members."""

    id: str
    name: str
    created: float
    request: str = ""


@dataclass(slots=True)
class Happened:
    """The latest that happened to a file.

    `lost_by` are those who do not see it any more, `clients` the apps that could see it.
    """

    number: int
    at: float
    file: str
    drive: str
    lost_by: set[str] = field(default_factory=set)
    clients: frozenset[str] = frozenset()

    def seen_in(self, caller: Caller) -> bool:
        """Say whether this app could see the file."""
        return caller.sees_all_files or caller.client in self.clients


def mail_number(mail: str) -> str:
    """Return the number by which Google knows an address."""
    return str(int(sha256(mail.lower().encode()).hexdigest()[:16], 16)).zfill(20)[:20]


def owned_by(mail: str) -> dict[str, Permission]:
    """Return the one permission of a new file in My Drive."""
    number = mail_number(mail)
    return {number: Permission(number, "user", mail, "owner")}
