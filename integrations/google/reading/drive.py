"""Drive's calls that list and fetch files; each takes all pages."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from smarketing.web import NoReply, Refused

from ..client import Client
from ..files import FIELDS, FOLDER, WORKSPACE, File
from ..refusals import is_absent

_PAGE = 1000
_FOLDERS_AT_ONCE = 30
_BATCH = 100
_PERMISSIONS = "nextPageToken,permissions(id,type,emailAddress,role,deleted,permissionDetails)"


class Drive:
    """The files of one account: those in its own drive, or those in one shared drive."""

    def __init__(self, client: Client, shared: str) -> None:
        self._client = client
        self.shared = shared

    @property
    def _files(self) -> Any:
        return self._client.drive.files()

    def start_token(self) -> str:
        """Return where the feed of changes stands now."""
        where = {"driveId": self.shared, "supportsAllDrives": True} if self.shared else {}
        request = self._client.drive.changes().getStartPageToken(**where)
        return str(self._client.call(request)["startPageToken"])

    def changes(self, token: str) -> tuple[dict[str, File | None], str]:
        """Return each changed file, None for one that is gone, and where the feed stands now."""
        told, now = self._told_since(token, f"removed,file({FIELDS})")
        found: dict[str, File | None] = {}
        for change in told:
            file = change.get("file")
            is_gone = change.get("removed") or not file or file.get("trashed")
            found[str(change.get("fileId"))] = None if is_gone else file
        return found, now

    def touched(self, token: str) -> tuple[set[str], str]:
        """Return the ids of changed files and of the folders they are in, and where we stand now."""
        told, now = self._told_since(token, "file(parents)")
        found = {str(change.get("fileId")) for change in told}
        parents = (change.get("file", {}).get("parents", ()) for change in told)
        return found | {str(each) for some in parents for each in some}, now

    def _told_since(self, token: str, fields: str) -> tuple[list[Mapping[str, Any]], str]:
        told: list[Mapping[str, Any]] = []
        more: dict[str, Any] = {"driveId": self.shared} if self.shared else {}
        while True:
            request = self._client.drive.changes().list(
                pageToken=token,
                pageSize=_PAGE,
                includeItemsFromAllDrives=True,
                supportsAllDrives=True,
                fields=f"nextPageToken,newStartPageToken,changes(fileId,{fields})",
                **more,
            )
            reply = self._client.call(request)
            told += reply.get("changes", ())
            if "newStartPageToken" in reply:
                return told, str(reply["newStartPageToken"])
            token = str(reply["nextPageToken"])

    def marked(self, workspace: str) -> list[File]:
        """Return the files that bear the mark of a workspace."""
        mark = f"appProperties has {{ key='{WORKSPACE}' and value='{_quoted(workspace)}' }}"
        return self.listed(f"{mark} and trashed=false")

    def inside(self, folders: Sequence[str]) -> list[File]:
        """Return the files that lie directly in these folders."""
        found: list[File] = []
        for start in range(0, len(folders), _FOLDERS_AT_ONCE):
            some = folders[start : start + _FOLDERS_AT_ONCE]
            inside = " or ".join(f"'{_quoted(folder)}' in parents" for folder in some)
            found += self.listed(f"({inside}) and trashed=false")
        return found

    def listed(self, query: str) -> list[File]:
        """Return the files that a query finds."""
        where: dict[str, Any] = {"corpora": "user"}
        if self.shared:
            where = {"corpora": "drive", "driveId": self.shared}
        found: list[File] = []
        token = None
        while True:
            request = self._files.list(
                q=query,
                pageSize=_PAGE,
                includeItemsFromAllDrives=True,
                supportsAllDrives=True,
                fields=f"nextPageToken,files({FIELDS})",
                **where,
                **({"pageToken": token} if token else {}),
            )
            reply = self._client.call(request)
            found += reply.get("files", ())
            token = reply.get("nextPageToken")
            if not token:
                return found

    def fetched(self, ids: Collection[str]) -> dict[str, File]:
        """Return the files with these ids; one that is gone, or in the bin, is left out."""
        found: dict[str, File] = {}
        for some in _portions(sorted(ids)):
            requests = [self.request(each) for each in some]
            answers = self._client.batch("drive", requests, reads=True)
            for each, answer in zip(some, answers, strict=True):
                if is_absent(answer):
                    continue
                if isinstance(answer, (Refused, NoReply)):
                    raise answer
                if not answer.get("trashed"):
                    found[each] = answer
        return found

    def request(self, file: str) -> Any:
        """Return the request for one file."""
        return self._files.get(fileId=file, fields=FIELDS, supportsAllDrives=True)

    def with_rights(self, files: Sequence[File]) -> list[File]:
        """Return the files with who may do what: in a shared drive it is asked for each."""
        if not self.shared:
            return list(files)
        return [{**file, "permissions": told} for file, told in self._rights(files)]

    def _rights(self, files: Sequence[File]) -> Iterator[tuple[File, Sequence[Mapping[str, Any]]]]:
        for start in range(0, len(files), _BATCH):
            some = files[start : start + _BATCH]
            requests = [
                self._client.drive.permissions().list(
                    fileId=file["id"], fields=_PERMISSIONS, pageSize=100, supportsAllDrives=True
                )
                for file in some
            ]
            answers = self._client.batch("drive", requests, reads=True)
            for file, answer in zip(some, answers, strict=True):
                if isinstance(answer, (Refused, NoReply)):
                    raise answer
                yield file, answer.get("permissions", ())

    def everything(self, mimes: Collection[str]) -> list[File]:
        """Return all files of these types that the account can see."""
        types = " or ".join(f"mimeType='{mime}'" for mime in sorted(mimes))
        return self.listed(f"({types}) and trashed=false")


def is_folder(file: File) -> bool:
    """Say whether other files can lie in it."""
    return file.get("mimeType") == FOLDER


def _portions(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")
