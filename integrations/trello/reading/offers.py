"""What `adopt` can be offered."""

from smarketing.contract import Remote

from .. import remotes as wire
from ..account import Account
from .reader import LISTED


def offered_boards(account: Account) -> list[Remote]:
    """Return the boards of the account that no workspace has."""
    boards = account.get("members/me/boards", filter="open", fields=LISTED)
    return [
        Remote(
            each["id"],
            "board",
            {"title": each["name"]},
            url=each["shortUrl"],
            born=wire.born(each["id"]),
            ours=False,
        )
        for each in boards
        if wire.mark_of(each) is None
    ]
