"""Bugs planted on purpose: each breaks one rule that the reorganisations must be able to see."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from smarketing.changes import changes
from smarketing.fold import playbookside as fold_playbook
from smarketing.planning import asking
from smarketing.planning.wanted import with_heirs
from smarketing.reorganisation import present
from tests.planting import replaced


def forget_members_own_things() -> Iterator[None]:
    """A list or folder that is merged goes to the archive with what members put into it."""
    return replaced(changes, "move_in", lambda work, joined: None)


def leave_the_work_to_who_left() -> Iterator[None]:
    """Nobody takes over from whoever leaves."""

    def without_heirs(*args: Any) -> Any:
        return replace(with_heirs(*args), successors={}, unseated={})

    return replaced(asking, "with_heirs", without_heirs)


def leave_rights_on_what_was_released() -> Iterator[None]:
    """Who leaves keeps the right to what is no longer in the playbook."""
    return replaced(changes, "_take_from_who_left", lambda *args: None)


def move_sections_without_their_words() -> Iterator[None]:
    """A section arrives as the playbook has it, and leaves with what members made of it."""
    return replaced(fold_playbook, "with_arrivals", lambda value, *args: (value, ()))


def make_what_has_only_another_key() -> Iterator[None]:
    """A vanished key and a new one are never the same thing."""
    return replaced(present, "proposals", lambda *args: ())


BUGS = (
    forget_members_own_things,
    leave_the_work_to_who_left,
    leave_rights_on_what_was_released,
    move_sections_without_their_words,
    make_what_has_only_another_key,
)
