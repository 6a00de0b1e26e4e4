"""Reading one workspace: what was found of it, told as remotes."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from smarketing.contract import Listing, Remote, Scope

from .. import events, files, occurrences
from ..client import Client
from ..doc import markdown_of
from ..doc.kept import kept
from ..memory import Memory
from ..sheet import sheet
from .cursor import cursor_of
from .drive import Drive
from .finding import Finder, Found
from .insides import document_request, table_request

_AT_ONCE = 6


class Reader:
    """One read of one workspace."""

    def __init__(
        self,
        client: Client,
        drive: Drive,
        memory: Memory,
        scope: Scope,
        now: Callable[[], float],
    ) -> None:
        self._now = now
        self._client, self._drive, self._memory, self._scope = client, drive, memory, scope
        self._finder = Finder(client, drive, memory, scope)

    def read(self) -> Listing:
        """Return everything of the workspace; raise Refused or NoReply where that fails."""
        listing = self._listing(self._finder.found())
        self._memory.bodies.clear()
        self._memory.note(listing.remotes)
        return listing

    def _listing(self, found: Found) -> Listing:
        remotes: list[Remote] = []
        quiet = set(found.still)
        self._fill_in_rights(found)
        for remote in self._of_files(found, quiet):
            known = bool(remote.version) and self._scope.known.get(remote.id) == remote.version
            if known:
                quiet.add(remote.id)
            else:
                remotes.append(remote)
        remotes += self._of_events(found, quiet)
        shelf = self._memory.shelves.get(self._scope.workspace, "")
        cursor = cursor_of(found.token, found.feeds, shelf)
        return Listing(tuple(remotes), frozenset(quiet), cursor)

    def _fill_in_rights(self, found: Found) -> None:
        """Fetch folders that we have not seen, where only they tell which rights are inherited."""
        unclear = {
            str(parent)
            for file in found.files.values()
            for parent in file.get("parents", ())
            if parent in self._finder.bound and parent not in self._memory.rights
            if any("permissionDetails" not in each for each in file.get("permissions", ()))
        }
        self._memory.note_files(self._drive.fetched(unclear).values())

    def _of_files(self, found: Found, quiet: set[str]) -> list[Remote]:
        bare = [
            self._named(files.remote_of(file, self._memory.rights))
            for file in found.files.values()
            if files.kind_of_file(file) and not files.is_shelf(file)
        ]
        texts = self._texts([each for each in bare if self._needs_text(each)])
        remotes: list[Remote] = []
        for remote in bare:
            self._memory.note((remote,))
            if remote.id in texts and remote.kind == "document":
                text = texts[remote.id]
                fields = {**remote.fields, "body": markdown_of(text)}
                remote = replace(remote, fields=fields, inside=kept(text, self._now()))
            remotes.append(remote)
            if remote.kind == "table":
                if remote.id in texts:
                    remotes += sheet.remotes_of(sheet.grid_of(texts[remote.id]), remote)
                else:
                    quiet |= self._parts(remote.id)
        return remotes

    def _named(self, remote: Remote) -> Remote:
        address = self._finder.existing.get(remote.id)
        return replace(remote, marker=address) if address else remote

    def _parts(self, table: str) -> set[str]:
        return {each for each in self._scope.known if each.startswith(f"{table}#")}

    def _needs_text(self, remote: Remote) -> bool:
        """Say whether the inside of a file has to be read."""
        known = self._scope.known
        if remote.kind not in ("document", "table"):
            return False
        if known.get(remote.id) != remote.version:
            return True
        bound = {each for each in self._finder.bound if each.startswith(f"{remote.id}#")}
        parts = bound | self._parts(remote.id)
        return any(known.get(part) != remote.version for part in parts)

    def _texts(self, wanted: Sequence[Remote]) -> dict[str, Any]:
        """Return the insides of files, several read at once."""
        if len(wanted) < 2:
            return {each.id: self._text(each) for each in wanted}
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            return dict(
                zip((each.id for each in wanted), pool.map(self._text, wanted), strict=True)
            )

    def _text(self, remote: Remote) -> Any:
        key = (remote.id, remote.version)
        if key not in self._memory.bodies:
            request = (
                document_request(self._client, remote.id)
                if remote.kind == "document"
                else table_request(self._client, remote.id)
            )
            self._memory.bodies[key] = self._client.call(request)
        return self._memory.bodies[key]

    def _of_events(self, found: Found, quiet: set[str]) -> list[Remote]:
        root = self._root(found)
        told = [
            events.remote_of(event, calendar, root)
            for calendar, event in found.events
            if events.is_meeting(event)
        ]
        meetings = [
            remote
            for remote in told
            if remote.workspace == self._scope.workspace or remote.id in self._finder.bound
        ]
        remotes: list[Remote] = []
        for remote in (*meetings, *self._of_occurrences(found, meetings)):
            if remote.version and self._scope.known.get(remote.id) == remote.version:
                quiet.add(remote.id)
            else:
                remotes.append(remote)
        return remotes

    def _of_occurrences(self, found: Found, meetings: Sequence[Remote]) -> list[Remote]:
        """Return the altered occurrences of our meetings, told anew or known before."""
        zones = {remote.id: str(remote.fields.get("timezone") or "") for remote in meetings}
        return [
            occurrences.remote_of(event, calendar, zones.get(series, ""))
            for calendar, event in found.events
            if occurrences.is_occurrence(event)
            and (
                (series := occurrences.series_of(event, calendar)) in zones
                or series in self._finder.bound
            )
        ]

    def _root(self, found: Found) -> str:
        """Return the id of the workspace's root, below which all its meetings are."""
        roots = [
            str(file["id"])
            for file in found.files.values()
            if files.kind_of_file(file) == "root"
            and files.workspace_of(file) == self._scope.workspace
        ]
        return next(iter((*self._scope.roots, *roots)), "")
