"""The folder on disk: paths that stay inside it, versions, and writes that replace nothing unseen."""

import contextlib
import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from .filenames import fold, free_name

OURS = ".smarketing"
"""The folder for our own marker and for files on their way in."""

_RACY = 50_000_000


class Refused(Exception):  # noqa: N818 - reads as what it is
    """The file system said no, or must not be asked. The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Bytes:
    """A file's content and the version that it had then."""

    data: bytes
    version: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing met on the walk, by its path relative to the root."""

    path: str
    is_folder: bool
    is_link: bool
    stat: os.stat_result


@dataclass(frozen=True, slots=True)
class Folder:
    """The root folder. All paths are posix paths relative to it; "." is the folder itself."""

    root: Path

    def at(self, path: str) -> Path:
        """Return where this is on disk; refuse what could lie outside the folder."""
        if path == ".":
            return self.root
        pure = PurePosixPath(path)
        unsafe = pure.is_absolute() or PureWindowsPath(path).drive or "\\" in path or "\0" in path
        if unsafe or not pure.parts or any(part in ("", ".", "..") for part in path.split("/")):
            raise Refused(f"“{path}” is not a path inside the folder.")
        place = self.root
        for part in pure.parts:
            place = place / part
            if is_link(place):
                raise Refused(
                    f"{path} is reached through a link to another place: put the file or folder "
                    "itself there."
                )
        return place

    def exists(self, path: str) -> bool:
        """Say whether there is anything at this path."""
        return os.path.lexists(self.at(path))

    def names(self, path: str) -> list[str]:
        """Return the names in a folder, none if there is no such folder."""
        place = self.at(path)
        return os.listdir(place) if place.is_dir() else []

    def read(self, path: str) -> Bytes | None:
        """Return a file's content, None if there is no such file."""
        place = self.at(path)
        with _saying(path):
            try:
                before = place.lstat()
                data = place.read_bytes()
                after = place.lstat()
            except FileNotFoundError:
                return None
        same = (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
        return Bytes(data, version_of(after) if same else "?")

    def _make_root(self) -> None:
        try:
            self.root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Refused(cannot_be_made(self.root, f" ({error.strerror})")) from error

    def create(self, path: str, data: bytes) -> Bytes | None:
        """Write a new file; return None if another one took the name meanwhile."""
        place = self.at(path)
        self._make_root()
        with _saying(path):
            place.parent.mkdir(parents=True, exist_ok=True)
            new = self._new(path, data)
            try:
                os.link(new, place)
            except FileExistsError:
                new.unlink()
                return None
            except OSError:
                # No hard links here, as on FAT.
                if os.path.lexists(place):
                    new.unlink()
                    return None
                new.rename(place)
            else:
                new.unlink()
            return Bytes(data, version_of(place.lstat()))

    def replace(self, path: str, data: bytes, planned: bytes) -> tuple[str, bytes | None]:
        """Put this content in place of `planned`; return the version and what else was replaced.

        What was replaced unseen stays in our own folder, so that a crash here loses no word.
        """
        place = self.at(path)
        with _saying(path):
            new = self._new(path, data)
            old = new.with_name(f"{new.name.replace('new', 'old')}-{_digest(planned)}")
            shutil.copymode(place, new)
            try:
                os.link(place, old)
            except OSError:
                shutil.copy2(place, old)
            os.replace(new, place)
            version = version_of(place.lstat())
            held = old.read_bytes()
            if held == planned:
                old.unlink()
                return version, None
            self._keep(old)
            return version, held

    def rename(self, path: str, target: str) -> None:
        """Move a file or a folder; the target must be free."""
        source, place = self.at(path), self.at(target)
        with _saying(path):
            place.parent.mkdir(parents=True, exist_ok=True)
            if os.path.lexists(place) and not source.samefile(place):
                raise Refused(f"{target} is there already: run again.")
            source.rename(place)

    def make(self, path: str) -> None:
        """Make a folder."""
        self._make_root()
        with _saying(path):
            self.at(path).mkdir(parents=True, exist_ok=True)

    def free(self, parent: str, stem: str, extension: str, but: str = "") -> str:
        """Return a path in the folder `parent` that nothing has; the name `but` counts as free."""
        taken = [name for name in self.names(parent) if name != but]
        return join(parent, free_name(stem, extension, taken))

    def walk(self) -> Iterator[Entry]:
        """Return everything below the root, links not followed, hidden things left out."""
        waiting = ["."]
        while waiting:
            parent = waiting.pop()
            with os.scandir(self.at(parent)) as found:
                entries = sorted(found, key=lambda entry: entry.name)
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                seen = _entry(parent, entry)
                if seen is None:
                    continue
                if seen.is_folder and not seen.is_link:
                    waiting.append(seen.path)
                yield seen

    def _own(self, path: str, what: str) -> Path:
        folder = self.root / OURS
        if is_link(folder):
            raise Refused(f"{OURS} is a link to another place: put a folder there.")
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{what}-{_digest(path.encode())}"

    def _new(self, path: str, data: bytes) -> Path:
        new = self._own(path, "new")
        new.unlink(missing_ok=True)
        with new.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # The system's clock for files ticks slowly: a time between two ticks is only ours, so
        # that no later edit can have it.
        now = time.time_ns()
        os.utime(new, ns=(now, now))
        return new

    def tidy(self) -> None:
        """Clear away what a run that was cut off left in our own folder; a member's words stay."""
        folder = self.root / OURS
        if not folder.is_dir() or is_link(folder):
            return
        for left in folder.iterdir():
            if left.name.startswith("new-"):
                left.unlink()
            elif left.name.startswith("old-"):
                planned = left.name.rpartition("-")[2]
                if _digest(left.read_bytes()) == planned:
                    left.unlink()
                else:
                    self._keep(left)

    def _keep(self, old: Path) -> None:
        kept = self.root / OURS / "replaced"
        kept.mkdir(exist_ok=True)
        old.replace(kept / _digest(old.read_bytes()))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def join(parent: str, name: str) -> str:
    """Return the path of a name in a folder."""
    return name if parent in (".", "") else f"{parent}/{name}"


def parent_of(path: str) -> str:
    """Return the path of the folder that holds this."""
    return path.rpartition("/")[0] or "."


def name_of(path: str) -> str:
    """Return the last part of a path."""
    return path.rpartition("/")[2]


def cannot_be_made(root: Path, why: str = "") -> str:
    """Return what to say where the root folder can't be made."""
    return (
        f"The folder {root} can't be made{why}: name another under `integrations.local.folder` in "
        "config.yaml, or ask for the right to write there."
    )


def same_name(one: str, other: str) -> bool:
    """Say whether some file system takes these names for one."""
    return fold(one) == fold(other)


def version_of(stat: os.stat_result) -> str:
    """Return the version of a file; one that a quick edit might not change is never equal."""
    parts = (stat.st_ino, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size)
    racy = stat.st_mtime_ns == stat.st_ctime_ns and time.time_ns() - stat.st_mtime_ns < _RACY
    return ".".join(str(part) for part in parts) + ("?" if racy else "")


def is_link(path: Path) -> bool:
    """Say whether this is a link, or a junction of Windows."""
    junction = getattr(path, "is_junction", None)
    return path.is_symlink() or bool(junction and junction())


def _entry(parent: str, entry: "os.DirEntry[str]") -> Entry | None:
    try:
        junction = getattr(entry, "is_junction", None)
        link = entry.is_symlink() or bool(junction and junction())
        # Windows gives no inode with the listing.
        stat = os.lstat(entry.path) if os.name == "nt" else entry.stat(follow_symlinks=False)
        return Entry(join(parent, entry.name), entry.is_dir(follow_symlinks=False), link, stat)
    except FileNotFoundError:
        return None


@contextlib.contextmanager
def _saying(path: str) -> Iterator[None]:
    """Turn what the system says into a sentence that names the file."""
    try:
        yield
    except PermissionError as error:
        raise Refused(
            f"{path} is open in another program, or yours to read only: close it, or ask for the "
            "right to edit, and run again."
        ) from error
    except FileNotFoundError as error:
        raise Refused(f"{path} was moved or deleted meanwhile: run again.") from error
    except OSError as error:
        raise Refused(f"{path} can't be written ({error.strerror}): run again.") from error
