"""The `trello` integration: boards, lists, labels, cards and checklists in Trello."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smarketing.contract import Integration, Setup


def integration(setup: "Setup") -> "Integration":
    """Return the integration for one account.

    `endpoint` replaces Trello's own address, `workspace` names the Trello workspace for new
    boards, `timezone` is that of the days on which work is due.
    """
    from .trello import Trello

    return Trello(setup)
