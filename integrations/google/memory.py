"""What one account's integration keeps in mind between a read and the writes after it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from smarketing.contract import Remote

from .files import File, is_shelf, owner_of, rights_in, workspace_of


@dataclass(slots=True)
class Memory:
    """Nothing here has to outlive the process: a read finds it again.

    `calendars` are ours, None before anybody looked; `shelves` the folders for what is archived,
    by workspace; `made` the ids that we gave to folders, `pool` those not given yet; `seen` the objects as last read or
    written; `rights` and `owners` what files told of them; `bodies` the insides that an interrupted read had already fetched, by id and version.
    """

    calendars: tuple[str, ...] | None = None
    shelves: dict[str, str] = field(default_factory=dict)
    made: dict[tuple[str, str], str] = field(default_factory=dict)
    seen: dict[str, Remote] = field(default_factory=dict)
    rights: dict[str, frozenset[tuple[str, str]]] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    pool: list[str] = field(default_factory=list)
    bodies: dict[tuple[str, str], Any] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock, repr=False)

    def note_files(self, files: Iterable[File]) -> None:
        """Keep in mind who may do what, and which folders are for the archive."""
        for file in files:
            self.rights[str(file["id"])] = rights_in(file)
            self.owners[str(file["id"])] = owner_of(file)
            if is_shelf(file) and not file.get("trashed"):
                self.shelves[workspace_of(file)] = str(file["id"])

    def note(self, remotes: Iterable[Remote]) -> None:
        """Keep these objects in mind."""
        for remote in remotes:
            self.seen[remote.id] = remote
