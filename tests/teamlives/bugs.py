"""Bugs planted on purpose: each breaks one promise that the lives must be able to see."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from smarketing.digest import composing
from smarketing.meetings import inviting, running
from smarketing.sync import agendas, instep
from tests.planting import replaced


def write_into_past_minutes() -> Iterator[None]:
    """What could not be written before a meeting ended is written later."""
    return replaced(running.Held, "is_over", lambda self, day: False)


def forget_which_agendas_were_written() -> Iterator[None]:
    """An agenda that a member took away is written again."""

    def forgetful(real: Any) -> Any:
        def composed(*args: Any) -> Any:
            written = real(*args)
            return replace(written, remembered=replace(written.remembered, filled=None))

        return composed

    return replaced(agendas, "composed_for", forgetful(agendas.composed_for))


def tell_guests_again_after_a_lost_state() -> Iterator[None]:
    """Who stands in the calendar already counts as somebody who was never told."""
    return replaced(inviting, "TOLD", "guests:nobody")


def forget_who_has_left() -> Iterator[None]:
    """What is given to somebody who has left stays with them."""
    return replaced(instep, "Heirs", lambda names, done: instep_heirs({}, done))


def stumble_over_an_unknown_list() -> Iterator[None]:
    """A card whose list nobody knows ends the run."""
    from smarketing.address import key_of

    return replaced(composing, "_status", lambda desired, values, lane: (key_of(lane), False))


instep_heirs = instep.Heirs
BUGS = (
    write_into_past_minutes,
    forget_which_agendas_were_written,
    tell_guests_again_after_a_lost_state,
    forget_who_has_left,
)
