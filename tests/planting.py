"""Bugs planted on purpose: one for the length of a `with`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Bug = Callable[[], Iterator[None]]
"""Breaks a rule until it is gone on with; its docstring says which."""


def replaced(owner: Any, name: str, instead: Any) -> Iterator[None]:
    """Let the owner have something else by this name for a while."""
    real = getattr(owner, name)
    setattr(owner, name, instead)
    try:
        yield
    finally:
        setattr(owner, name, real)


@contextmanager
def planted(bug: Bug) -> Iterator[None]:
    """Plant the bug for the length of the `with`."""
    yield from bug()
