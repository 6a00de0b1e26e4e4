"""The operations of a file system as points: before and after each, a process can die."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

POINTS = ("link", "replace", "rename", "unlink", "mkdir", "utime")


class Crash(BaseException):
    """The process dies here."""


@contextlib.contextmanager
def watched(
    root: Path, at: Callable[[str], None], locked: Callable[[str], bool] = lambda path: False
) -> Iterator[None]:
    """Call `at` before and after each operation below `root`; refuse those on locked files.

    Nothing is made durable: these processes die, their machine does not.
    """
    inside = os.fspath(root)

    def pointed(name: str) -> Any:
        real = getattr(os, name)

        def operation(*args: Any, **kwargs: Any) -> Any:
            paths = [os.fspath(arg) for arg in args[:2] if isinstance(arg, str | os.PathLike)]
            if not any(path.startswith(inside) for path in paths):
                return real(*args, **kwargs)
            at(name)
            if any(locked(path) for path in paths):
                raise PermissionError(13, "Permission denied", paths[-1])
            result = real(*args, **kwargs)
            at(name)
            return result

        return operation

    def fsync(number: int) -> None:
        try:
            at("fsync")
        except Crash:
            os.ftruncate(number, os.fstat(number).st_size // 2)
            raise

    with contextlib.ExitStack() as stack:
        for name in POINTS:
            stack.enter_context(patch.object(os, name, pointed(name)))
        stack.enter_context(patch.object(os, "fsync", fsync))
        yield
