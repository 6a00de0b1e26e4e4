"""Reading one workspace: in full by markers, or only what changed since the last time."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

from smarketing.contract import Listing, Remote, Scope, Unreachable
from smarketing.web import Refused

from . import events, files, occurrences, sheet
from .calendars import Calendars
from .client import Client
from .doc import markdown_of
from .drive import Drive, is_folder
from .events import Event
from .files import File
from .memory import Memory

_AT_ONCE = 6
_MEETING = "meeting"
_IN_CALENDARS = (_MEETING, "occurrence")
_PARTS = ("column", "row")


@dataclass(slots=True)
class _Found:
    """What a read has seen so far. `still` are ids whose objects nothing has happened to."""

    files: dict[str, File] = field(default_factory=dict)
    events: list[tuple[str, Event]] = field(default_factory=list)
    still: set[str] = field(default_factory=set)
    feeds: dict[str, str] = field(default_factory=dict)
    token: str = ""


class Reader:
    """One read of one workspace."""

    def __init__(self, client: Client, drive: Drive, memory: Memory, scope: Scope) -> None:
        self._client, self._drive, self._memory, self._scope = client, drive, memory, scope
        self._calendars = Calendars(client)
        self._existing = {files.in_url(there): at for at, there in scope.existing.items()}
        self._bound = dict(scope.bound) | dict.fromkeys(scope.roots, "root")

    def read(self) -> Listing:
        """Return everything of the workspace; raise Refused or NoReply where that fails."""
        found = self._since(self._scope.cursor) if self._scope.cursor else None
        found = found or self._whole()
        listing = self._listing(found)
        self._memory.bodies.clear()
        self._memory.note(listing.remotes)
        return listing

    # What there is

    def _whole(self) -> _Found:
        found = _Found(token=self._drive.start_token())
        self._take(found, self._drive.marked(self._scope.workspace))
        # A search may lag behind what was written, for marks longer than for places. What we
        # know by its id, we ask for.
        missing = {each for each in self._wanted_files() if each not in found.files}
        self._take(found, self._drive.fetched(missing).values())
        folders = [each for each, file in found.files.items() if is_folder(file)]
        self._take(found, self._drive.inside(sorted(folders)))
        self._memory.calendars = self._calendars.ours()
        self._refuse_unseen_calendars(self._memory.calendars)
        for calendar in self._memory.calendars:
            listed, found.feeds[calendar] = self._calendars.events(calendar)
            found.events += [(calendar, event) for event in listed]
        self._take_other_meetings(found)
        return found

    def _refuse_unseen_calendars(self, ours: Collection[str]) -> None:
        """Take no meeting for deleted whose calendar another account keeps.

        A shared drive shows its files to other accounts, too; elsewhere the root tells them apart.
        """
        if not self._drive.shared:
            return
        state = _state(self._scope.cursor)
        known = state["calendars"].keys() if state else set()
        bound = {events.parts_of(i)[0] for i, kind in self._bound.items() if kind == _MEETING}
        if (bound & known) - set(ours):
            raise Unreachable(
                "The calendar of the meetings is not to be seen in Google any more. Sign in with the "
                "account that made it, or put it back; to build anew what is gone, run "
                "`smarketing apply --restore root:google`."
            )

    def _wanted_files(self) -> set[str]:
        bound = {each for each, kind in self._bound.items() if kind in files.MIME}
        made = {
            file
            for (workspace, _), file in self._memory.made.items()
            if workspace == self._scope.workspace
        }
        return bound | made | self._existing.keys()

    def _take(self, found: _Found, told: Iterable[File]) -> None:
        mine = [file for file in told if str(file["id"]) not in found.files]
        full = self._drive.with_rights(mine)
        self._memory.note_files(full)
        found.files |= {str(file["id"]): file for file in full}

    def _take_other_meetings(self, found: _Found) -> None:
        """Fetch the meetings that are bound in calendars which are not ours."""
        ours = found.feeds.keys()
        others = {
            each
            for each, kind in self._bound.items()
            if kind in _IN_CALENDARS and events.parts_of(each)[0] not in ours
        }
        found.events += self._calendars.fetched(others)

    # What has changed

    def _since(self, cursor: str) -> _Found | None:
        """Return what happened since, or None where the feeds have forgotten that time."""
        state = _state(cursor)
        if state is None:
            return None
        found = _Found()
        try:
            changed, found.token = self._drive.changes(state["drive"])
        except Refused as refused:
            if refused.status in (400, 404, 410):
                return None
            raise
        if state["archive"]:
            self._memory.shelves.setdefault(self._scope.workspace, state["archive"])
        touched = {each for each in changed if self._is_ours(each, changed[each])}
        self._take(found, [file for each in touched if (file := changed[each]) is not None])
        unread = self._unread() - touched
        self._take(found, self._drive.fetched(unread).values())
        self._still(found, touched | unread)
        try:
            self._since_in_calendars(found, state["calendars"])
        except Refused as refused:
            if refused.status == 404:  # the calendar itself is gone
                return None
            raise
        return found

    def _is_ours(self, each: str, file: File | None) -> bool:
        if each in self._bound or each in self._scope.known or each in self._existing:
            return True
        if file is None:
            return False
        inside = any(parent in self._bound for parent in file.get("parents", ()))
        return files.workspace_of(file) == self._scope.workspace or inside

    def _unread(self) -> set[str]:
        """Return the files of which we don't know the state, or the state of a part."""
        known = self._scope.known
        unread = {sheet.table_of(each) for each in self._bound if each not in known}
        bound = {each for each in unread if self._bound.get(each) in files.MIME}
        return bound | (self._existing.keys() - self._bound.keys())

    def _still(self, found: _Found, touched: set[str]) -> None:
        found.still |= {
            each
            for each in self._scope.known
            if sheet.table_of(each) not in touched and self._bound.get(each) not in _IN_CALENDARS
        }

    def _since_in_calendars(self, found: _Found, feeds: Mapping[str, str]) -> None:
        ours = tuple(sorted(feeds)) or self._calendars.ours()
        self._memory.calendars = ours
        for calendar in ours:
            self._since_in(found, calendar, feeds.get(calendar, ""))
        self._take_other_meetings(found)

    def _since_in(self, found: _Found, calendar: str, feed: str) -> None:
        try:
            listed, now = self._calendars.events(calendar, feed)
        except Refused as refused:
            if refused.status != 410 or not feed:
                raise
            feed = ""
            listed, now = self._calendars.events(calendar)
        found.feeds[calendar] = now
        found.events += [(calendar, event) for event in listed]
        if not feed:
            return
        told = {events.remote_id(calendar, str(event["id"])) for event in listed}
        bound = [each for each, kind in self._bound.items() if kind in _IN_CALENDARS]
        here = {each for each in bound if events.parts_of(each)[0] == calendar} - told
        # A series with another time loses its exceptions, and no feed tells of them.
        doubtful = {each for each in here if occurrences.series_in(each) in told}
        unknown = here - self._scope.known.keys()
        found.still |= here - unknown - doubtful
        found.events += self._calendars.fetched(unknown | doubtful)

    # What it is

    def _listing(self, found: _Found) -> Listing:
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
        cursor = {
            "drive": found.token,
            "calendars": found.feeds,
            "archive": self._memory.shelves.get(self._scope.workspace, ""),
        }
        return Listing(tuple(remotes), frozenset(quiet), json.dumps(cursor, sort_keys=True))

    def _fill_in_rights(self, found: _Found) -> None:
        """Fetch folders that we have not seen, where only they tell which rights are inherited."""
        unclear = {
            str(parent)
            for file in found.files.values()
            for parent in file.get("parents", ())
            if parent in self._bound and parent not in self._memory.rights
            if any("permissionDetails" not in each for each in file.get("permissions", ()))
        }
        self._memory.note_files(self._drive.fetched(unclear).values())

    def _of_files(self, found: _Found, quiet: set[str]) -> list[Remote]:
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
                body = markdown_of(texts[remote.id])
                remote = replace(remote, fields={**remote.fields, "body": body})
            remotes.append(remote)
            if remote.kind == "table":
                if remote.id in texts:
                    remotes += sheet.remotes_of(sheet.grid_of(texts[remote.id]), remote)
                else:
                    quiet |= self._parts(remote.id)
        return remotes

    def _named(self, remote: Remote) -> Remote:
        address = self._existing.get(remote.id)
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
        bound = {each for each in self._bound if each.startswith(f"{remote.id}#")}
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

    def _of_events(self, found: _Found, quiet: set[str]) -> list[Remote]:
        root = self._root(found)
        told = [
            events.remote_of(event, calendar, root)
            for calendar, event in found.events
            if events.is_meeting(event)
        ]
        meetings = [
            remote
            for remote in told
            if remote.workspace == self._scope.workspace or remote.id in self._bound
        ]
        remotes: list[Remote] = []
        for remote in (*meetings, *self._of_occurrences(found, meetings)):
            if remote.version and self._scope.known.get(remote.id) == remote.version:
                quiet.add(remote.id)
            else:
                remotes.append(remote)
        return remotes

    def _of_occurrences(self, found: _Found, meetings: Sequence[Remote]) -> list[Remote]:
        """Return the altered occurrences of our meetings, told anew or known before."""
        zones = {remote.id: str(remote.fields.get("timezone") or "") for remote in meetings}
        return [
            occurrences.remote_of(event, calendar, zones.get(series, ""))
            for calendar, event in found.events
            if occurrences.is_occurrence(event)
            and (
                (series := occurrences.series_of(event, calendar)) in zones or series in self._bound
            )
        ]

    def _root(self, found: _Found) -> str:
        """Return the id of the workspace's root, below which all its meetings are."""
        roots = [
            str(file["id"])
            for file in found.files.values()
            if files.kind_of_file(file) == "root"
            and files.workspace_of(file) == self._scope.workspace
        ]
        return next(iter((*self._scope.roots, *roots)), "")


def document_request(client: Client, file: str, *, tabs: bool = False) -> Any:
    """Return the request for a document; edits count from the places that it tells.

    Only with its tabs does Google tell what its drop-downs have to choose from.
    """
    return client.docs.documents().get(
        documentId=file, includeTabsContent=tabs, suggestionsViewMode="SUGGESTIONS_INLINE"
    )


def table_request(client: Client, file: str) -> Any:
    """Return the request for a spreadsheet's cells and columns."""
    return client.sheets.spreadsheets().get(spreadsheetId=file, fields=sheet.FIELDS)


def refuse_unseen(scope: Scope, remotes: Iterable[Remote], unchanged: frozenset[str]) -> None:
    """Raise Unreachable where a file that `existing:` names can't be seen."""
    there = {remote.id for remote in remotes} | unchanged
    for address, named in scope.existing.items():
        if files.in_url(named) not in there:
            raise Unreachable(
                f"Google does not show us {named}, which `existing:` names for {address}. "
                "Files that this program did not make need the wider scope: "
                "set `scope: wider` for google in config, then smarketing login google --wider"
            )


def _state(cursor: str) -> dict[str, Any] | None:
    try:
        state = json.loads(cursor)
        return {
            "drive": str(state["drive"]),
            "calendars": {str(k): str(v) for k, v in state["calendars"].items()},
            "archive": str(state["archive"]),
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
