"""The `google` integration: folders, documents, tables and meetings in a Google account."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smarketing.contract import Integration, Setup


def integration(setup: "Setup") -> "Integration":
    """Return the integration for the account that `setup` opens."""
    from .google import Google

    return Google(setup)
