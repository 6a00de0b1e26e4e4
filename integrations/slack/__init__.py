"""The `slack` integration: channels, their bookmarks and members, and messages in them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smarketing.contract import Integration, Setup


def integration(setup: "Setup") -> "Integration":
    """Return the integration for one workspace at Slack; `endpoint` replaces Slack's own address."""
    from .slack import Slack

    return Slack(setup)
