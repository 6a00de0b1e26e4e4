"""Removals that members began at one place: a person decides whether the rest goes, too. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from smarketing.state.action import Action, plain


@dataclass(frozen=True, slots=True)
class Answers:
    """What people answered: remove everywhere, leave the rest, make again. Keys of action items.

    `asked` are the titles, as they are compared, of what the card still asks about.
    """

    approved: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    restored: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()

    def is_asked_about(self, action: Action) -> bool:
        """Say whether a question about it is open, though state may have forgotten why."""
        return plain(action.title) in self.asked


NO_ANSWERS = Answers()


@dataclass(frozen=True, slots=True)
class Proposal:
    """An action item that is gone or archived at `closed` (place -> day); `still_at` show it."""

    key: str
    title: str
    closed: Mapping[str, str]
    still_at: tuple[str, ...]


def proposals(
    actions: Iterable[Action], places: Iterable[str], standing: Iterable[str]
) -> tuple[Proposal, ...]:
    """Return what is closed at one of these places, still shown at another, and unanswered.

    `standing` are those of the places that are there now: notes whose agenda somebody took out
    show nothing, and what was taken out of them before is still to be answered.
    """
    known, here = tuple(places), tuple(standing)
    found = []
    for action in actions:
        if not action.closed:
            continue
        closed = {p: action.closed[p] for p in known if p in action.closed and p not in action.kept}
        still = tuple(p for p in here if action.is_open(p))
        if closed and still:
            found.append(Proposal(action.key, action.title, closed, still))
    return tuple(found)


def kept(action: Action) -> Action:
    """Return an action item of which a person said that the rest shall stay."""
    return replace(action, kept=frozenset(action.closed))


def restored(action: Action) -> Action:
    """Return an action item that shall be made again where it is closed."""
    return replace(
        action,
        at={p: address for p, address in action.at.items() if p not in action.closed},
        seen={p: seen for p, seen in action.seen.items() if p not in action.closed},
        closed={},
        kept=frozenset(),
    )
