"""The `smtp` integration: messages, sent as plain mail through any provider's SMTP server."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smarketing.contract import Integration, Setup


def integration(setup: "Setup") -> "Integration":
    """Return the integration for one account.

    `endpoint` names the server, as `smtps://mail.acme.example` or `smtp://mail.acme.example:587`,
    and `from` is whose name the mail bears, as `Smarketing <smarketing@acme.example>`.
    """
    from .smtp import Smtp

    return Smtp(setup)
