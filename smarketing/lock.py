"""One writer per workspace: a lock that dies with its process."""

import getpass
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from smarketing.problems import Held

PATIENCE = 60.0
"""Seconds to wait for a run that asks nobody anything, as a round of `sync --watch`."""


@contextmanager
def only_writer(path: Path, now: datetime, *, is_brief: bool = False) -> Iterator[None]:
    """Hold the lock at `path`, or raise Held with who has it, where and since when.

    `is_brief` says that this run waits for nobody's answer, so that another one may wait for it.
    """
    from filelock import FileLock, Timeout

    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    owner = path.with_suffix(".owner")
    lock = FileLock(path, timeout=0)
    try:
        lock.acquire(timeout=PATIENCE if _is_brief(owner) else 0)
    except Timeout:
        raise Held(
            f"Another run holds this workspace: {_who(owner)}. Wait until it has ended, then "
            "run again. Nothing was changed."
        ) from None
    try:
        with suppress(OSError):  # a full disk: the lock holds without its note
            note = {**ourselves(now), "brief": is_brief}
            owner.write_text(json.dumps(note), encoding="utf-8")
        yield
    finally:
        owner.unlink(missing_ok=True)
        lock.release()


def ourselves(now: datetime) -> dict[str, str]:
    """Return who runs this, where, since when and as which process, as people read it."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):
        user = "somebody"
    return {
        "user": user,
        "host": socket.gethostname(),
        "since": now.strftime("%d %b %Y, %H:%M"),
        "process": str(os.getpid()),
    }


def _is_brief(owner: Path) -> bool:
    try:
        return bool(json.loads(owner.read_text(encoding="utf-8"))["brief"])
    except (OSError, ValueError, LookupError, TypeError):
        return False


def _who(owner: Path) -> str:
    try:
        held = json.loads(owner.read_text(encoding="utf-8"))
        return f"{held['user']} on {held['host']}, since {held['since']}, process {held['process']}"
    except (OSError, ValueError, KeyError):
        return "its owner is not known"
