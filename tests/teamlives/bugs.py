"""Bugs planted on purpose: each breaks one promise that the lives must be able to see."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from smarketing import preparing
from smarketing.meetings import composing, running
from smarketing.sync import agendas, heirs, instep
from tests.planting import planted, replaced


def write_into_past_minutes() -> Iterator[None]:
    """The lines of a meeting that has ended follow their cards as before."""

    def thawed(real: Any) -> Any:
        def page(*args: Any) -> Any:
            found = real(*args)
            return found and replace(found, is_over=False)

        return page

    return replaced(running.Held, "page", thawed(running.Held.page))


def forget_which_agendas_were_written() -> Iterator[None]:
    """An agenda that a member took away is written again."""

    def forgetful(real: Any) -> Any:
        def composed(*args: Any) -> Any:
            written = real(*args)
            return replace(written, remembered=replace(written.remembered, filled=None))

        return composed

    with planted(lambda: replaced(running.Held, "begun", lambda self: None)):
        yield from replaced(agendas, "composed_for", forgetful(composing.composed_for))


def tell_guests_again_after_a_lost_state() -> Iterator[None]:
    """Who stands in the calendar already counts as somebody who was never told."""
    return replaced(preparing, "told_earlier", lambda desired, records: {})


def forget_who_has_left() -> Iterator[None]:
    """What is given to somebody who has left stays with them."""
    real = heirs.Heirs
    return replaced(instep, "Heirs", lambda names, done: real({}, done))


BUGS = (
    write_into_past_minutes,
    forget_which_agendas_were_written,
    tell_guests_again_after_a_lost_state,
    forget_who_has_left,
)
