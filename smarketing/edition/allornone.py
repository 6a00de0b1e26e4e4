"""Writes several files of a folder so that either all are new or all are as they were."""

import contextlib
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path


def write_together(
    folder: Path, files: Mapping[str, bytes | None], before: Mapping[str, bytes | None]
) -> None:
    """Write files by their path in the folder, in this order; None takes one away.

    `before` is what they hold now, None where there is none. Each is written in full beside its
    place first, so that a full disk changes nothing; if one can't be put in its place, those
    that were are put back, and the error is raised. Where the program is killed in between, the
    files up to there are new.
    """
    staged: dict[str, Path] = {}
    placed: list[str] = []
    try:
        for name, content in files.items():
            if content is not None:
                staged[name] = _staged(folder / name, content)
        for name in files:
            _place(folder / name, staged.get(name))
            placed.append(name)
    except BaseException:
        _put_back(folder, placed, before)
        raise
    finally:
        for path in staged.values():
            path.unlink(missing_ok=True)


def _staged(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".merge-", suffix=".tmp")
    with os.fdopen(handle, "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
    return Path(name)


def _place(path: Path, staged: Path | None) -> None:
    if staged is None:
        path.unlink(missing_ok=True)
    else:
        os.replace(staged, path)


def _put_back(folder: Path, placed: Sequence[str], before: Mapping[str, bytes | None]) -> None:
    for name in reversed(placed):
        with contextlib.suppress(OSError):
            was = before.get(name)
            _place(folder / name, None if was is None else _staged(folder / name, was))
