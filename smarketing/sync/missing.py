"""What is absent at a place since state was lost: removed there, or never made. A person decides. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from smarketing.state.action import Action
from smarketing.sync.block import Block


@dataclass(frozen=True, slots=True)
class Missing:
    """An action item (by key) that is absent at `places`, nobody knows why; `still_at` show it."""

    key: str
    title: str
    places: tuple[str, ...]
    still_at: tuple[str, ...]


def missing_in(actions: Iterable[Action], block: Block) -> tuple[Missing, ...]:
    """Return what is absent without a reason, and still shown elsewhere."""
    found = []
    for action in actions:
        still = tuple(place for place in block.places if action.is_open(place))
        absent = tuple(place for place in block.places if place in action.unexplained)
        if absent and still:
            found.append(Missing(action.key, action.title, absent, still))
    return tuple(found)
