"""Asking an account once what happened, for all its workspaces."""

from collections.abc import Callable
from dataclasses import dataclass

from smarketing.accountstate import AccountState, Told
from smarketing.contract import Changes, Integration
from smarketing.pace import Clock, patiently

DAY = 86_400.0
"""Seconds after which a feed is begun anew, so that it learns of what it did not know to ask for."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account: its integration, what is kept of it, and what belongs to its workspaces.

    `bound` returns the ids of all that state has bound of a workspace in this tool, None where
    that can't be told.
    """

    terms: Integration
    state: AccountState
    bound: Callable[[str], frozenset[str] | None]
    clock: Clock


def poll(account: Account) -> frozenset[str]:
    """Ask the account what happened, and return the workspaces that have to be looked at.

    Among them are those that earlier questions told of, and nobody has looked at since. Raise
    Unreachable where the account can't be asked: the next question then tells of this time too.
    """
    was, now = account.state.told(), account.clock.now()
    fresh = None
    if not was.cursor or not 0 <= now - was.begun < DAY:  # the clock may have gone back
        # Asked before the old feed, so that nothing falls between the two.
        fresh = _ask(account, "")
    told = _ask(account, was.cursor) if was.cursor else fresh
    assert told is not None
    begun = was.begun if fresh is None and told.touched is not None else now
    place = Told((fresh or told).cursor, begun)
    everyone = account.state.workspaces()
    if told.touched is None:
        account.state.tell(was, place, everyone, anew=True)
    else:
        account.state.tell(was, place, _touched(account, everyone, told.touched))
    return frozenset(account.state.pending())


def _ask(account: Account, cursor: str) -> Changes:
    return patiently(lambda: account.terms.changes(cursor), account.clock)


def _touched(account: Account, workspaces: frozenset[str], ids: frozenset[str]) -> frozenset[str]:
    """Return the workspaces that one of these things belongs to, or whose things are not known."""
    if not ids:
        return frozenset()
    bound = {each: account.bound(each) for each in workspaces}
    return frozenset(each for each, own in bound.items() if own is None or own & ids)
