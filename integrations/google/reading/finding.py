"""Finding what there is of a workspace: in full by markers, or only what changed since."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from smarketing.contract import Remote, Scope, Unreachable
from smarketing.web import Refused

from .. import events, files, occurrences
from ..client import Client
from ..events import Event
from ..files import File
from ..memory import Memory
from ..sheet import sheet
from .calendars import Calendars
from .cursor import state_of
from .drive import Drive, is_folder

_MEETING = "meeting"
_IN_CALENDARS = (_MEETING, "occurrence")


@dataclass(slots=True)
class Found:
    """What a read has seen so far. `still` are ids whose objects nothing has happened to."""

    files: dict[str, File] = field(default_factory=dict)
    events: list[tuple[str, Event]] = field(default_factory=list)
    still: set[str] = field(default_factory=set)
    feeds: dict[str, str] = field(default_factory=dict)
    token: str = ""


class Finder:
    """One search for one workspace. `bound` maps ids to kinds, `existing` ids to addresses."""

    def __init__(self, client: Client, drive: Drive, memory: Memory, scope: Scope) -> None:
        self._drive, self._memory, self._scope = drive, memory, scope
        self._calendars = Calendars(client)
        self.existing = {files.in_url(there): at for at, there in scope.existing.items()}
        self.bound = dict(scope.bound) | dict.fromkeys(scope.roots, "root")

    def found(self) -> Found:
        """Return what there is; raise Refused or NoReply where that can't be told."""
        found = self._since(self._scope.cursor) if self._scope.cursor else None
        return found or self._whole()

    def _whole(self) -> Found:
        found = Found(token=self._drive.start_token())
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
        state = state_of(self._scope.cursor)
        known = state["calendars"].keys() if state else set()
        bound = {events.parts_of(i)[0] for i, kind in self.bound.items() if kind == _MEETING}
        if (bound & known) - set(ours):
            raise Unreachable(
                "The calendar of the meetings is not to be seen in Google any more. Sign in with the "
                "account that made it, or put it back; to build anew what is gone, run "
                "`smarketing apply --restore root:google`."
            )

    def _wanted_files(self) -> set[str]:
        bound = {each for each, kind in self.bound.items() if kind in files.MIME}
        made = {
            file
            for (workspace, _), file in self._memory.made.items()
            if workspace == self._scope.workspace
        }
        return bound | made | self.existing.keys()

    def _take(self, found: Found, told: Iterable[File]) -> None:
        mine = [file for file in told if str(file["id"]) not in found.files]
        full = self._drive.with_rights(mine)
        self._memory.note_files(full)
        found.files |= {str(file["id"]): file for file in full}

    def _take_other_meetings(self, found: Found) -> None:
        """Fetch the meetings that are bound in calendars which are not ours."""
        ours = found.feeds.keys()
        others = {
            each
            for each, kind in self.bound.items()
            if kind in _IN_CALENDARS and events.parts_of(each)[0] not in ours
        }
        found.events += self._calendars.fetched(others)

    def _since(self, cursor: str) -> Found | None:
        """Return what happened since, or None where the feeds have forgotten that time."""
        state = state_of(cursor)
        if state is None:
            return None
        found = Found()
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
        if each in self.bound or each in self._scope.known or each in self.existing:
            return True
        if file is None:
            return False
        inside = any(parent in self.bound for parent in file.get("parents", ()))
        return files.workspace_of(file) == self._scope.workspace or inside

    def _unread(self) -> set[str]:
        """Return the files of which we don't know the state, or the state of a part."""
        known = self._scope.known
        unread = {sheet.table_of(each) for each in self.bound if each not in known}
        bound = {each for each in unread if self.bound.get(each) in files.MIME}
        return bound | (self.existing.keys() - self.bound.keys())

    def _still(self, found: Found, touched: set[str]) -> None:
        found.still |= {
            each
            for each in self._scope.known
            if sheet.table_of(each) not in touched and self.bound.get(each) not in _IN_CALENDARS
        }

    def _since_in_calendars(self, found: Found, feeds: Mapping[str, str]) -> None:
        ours = tuple(sorted(feeds)) or self._calendars.ours()
        self._memory.calendars = ours
        for calendar in ours:
            self._since_in(found, calendar, feeds.get(calendar, ""))
        self._take_other_meetings(found)

    def _since_in(self, found: Found, calendar: str, feed: str) -> None:
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
        bound = [each for each, kind in self.bound.items() if kind in _IN_CALENDARS]
        here = {each for each in bound if events.parts_of(each)[0] == calendar} - told
        # A series with another time loses its exceptions, and no feed tells of them.
        doubtful = {each for each in here if occurrences.series_in(each) in told}
        unknown = here - self._scope.known.keys()
        found.still |= here - unknown - doubtful
        found.events += self._calendars.fetched(unknown | doubtful)


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
