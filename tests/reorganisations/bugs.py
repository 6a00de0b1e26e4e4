"""Bugs planted on purpose: each breaks one rule that the reorganisations must be able to see."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from smarketing import asking, changes, fold_playbook, present


def forget_members_own_things() -> Iterator[None]:
    """A list or folder that is merged goes to the archive with what members put into it."""
    return _patched(changes, "move_in", lambda real: lambda work, joined: None)


def leave_the_work_to_who_left() -> Iterator[None]:
    """Nobody takes over from whoever leaves."""

    def without(real: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args: replace(real(*args), successors={}, unseated={})

    return _patched(asking, "with_heirs", without)


def leave_rights_on_what_was_released() -> Iterator[None]:
    """Who leaves keeps the right to what is no longer in the playbook."""
    return _patched(changes, "_take_from_who_left", lambda real: lambda *args: None)


def move_sections_without_their_words() -> Iterator[None]:
    """A section arrives as the playbook has it, and leaves with what members made of it."""

    return _patched(fold_playbook, "with_arrivals", lambda real: lambda value, *args: (value, ()))


def make_what_has_only_another_key() -> Iterator[None]:
    """A vanished key and a new one are never the same thing."""
    return _patched(present, "proposals", lambda real: lambda *args: ())


BUGS = (
    forget_members_own_things,
    leave_the_work_to_who_left,
    leave_rights_on_what_was_released,
    move_sections_without_their_words,
    make_what_has_only_another_key,
)


def _patched(owner: Any, name: str, change: Callable[[Any], Any]) -> Iterator[None]:
    real = getattr(owner, name)
    setattr(owner, name, change(real))
    try:
        yield
    finally:
        setattr(owner, name, real)


@contextmanager
def planted(bug: Callable[[], Iterator[None]]) -> Iterator[None]:
    """Plant the bug for the length of the `with`."""
    yield from bug()
