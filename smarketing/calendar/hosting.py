"""From where a meeting has its guest: `one of marketing`. Pure."""

import re
from dataclasses import dataclass

from smarketing.calendar.rotation import Rota

_GUEST = re.compile(r"one of (?P<role>[a-z0-9][a-z0-9-]{0,39})")
EXAMPLE = "Write the role that the guest comes from: guest: one of marketing."


@dataclass(frozen=True, slots=True)
class Hosting:
    """Who takes turns as the guest of a meeting, by mailbox, and what their team is called."""

    rota: Rota
    team: str


def role_of_guest(sentence: str) -> str:
    """Return the role that the guest is of; raise ValueError with what to write instead."""
    found = _GUEST.fullmatch(" ".join(sentence.lower().split()))
    if found is None:
        raise ValueError(f"'{sentence[:60]}' does not say who the guest is. {EXAMPLE}")
    return found["role"]
