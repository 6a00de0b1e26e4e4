"""The few calls of signing in, that the vendor's client library does not make."""

from collections.abc import Sequence
from urllib.parse import urlsplit

import requests

from smarketing.contract import Secrets, Setup
from smarketing.problems import UserError
from smarketing.web import Authorise, NoReply, Refused, Web, unreachable

from ..manifest import MANIFEST
from .credentials import TOKEN_URL, SignIn

LIBRARY_PAGE = "https://console.cloud.google.com/apis/library"
REVOKE_URL = "https://oauth2.googleapis.com/revoke"
_NOT_ENABLED = ("accessNotConfigured", "SERVICE_DISABLED")


def kept_for(setup: Setup) -> Secrets:
    """Return the secrets of the account that is meant."""
    return setup.account(MANIFEST.hosts[0])


def url_of(setup: Setup, url: str) -> str:
    """Return where a url of the vendor's lives for this account."""
    endpoint = _endpoint(setup)
    return endpoint + urlsplit(url).path if endpoint else url


def bearing(setup: Setup, access: str, *secrets: str) -> Web:
    """Return a session with this access token, "" for none; the secrets are kept from messages."""

    def authorise(request: requests.PreparedRequest) -> None:
        if access:
            request.headers["Authorization"] = f"Bearer {access}"

    web = _web(setup, authorise)
    web.hide(access, *secrets)
    return web


def as_service_account(setup: Setup, scopes: Sequence[str]) -> Web:
    """Return a session that signs its own requests for a token."""
    subject = str(setup.settings.get("subject") or "")
    token_url = url_of(setup, TOKEN_URL)
    signin = SignIn(kept_for(setup), tuple(scopes), subject, token_url)
    web = _web(setup, signin.authorise)
    signin.use(web)
    return web


def told(error: Refused | NoReply) -> Exception:
    """Return what to raise when a call ended in this error."""
    if isinstance(error, Refused) and any(sign in error.text for sign in _NOT_ENABLED):
        return UserError(
            "One of the four APIs is not enabled in your project at Google: Drive, Docs, Sheets, "
            f"Calendar. Enable it, wait a minute, run this again: {LIBRARY_PAGE}"
        )
    return unreachable(error, "Google", lambda refused: refused.status == 429)


def _web(setup: Setup, authorise: Authorise) -> Web:
    # With an endpoint of its own, nothing goes to the vendor.
    endpoint = _endpoint(setup)
    hosts = (urlsplit(endpoint).netloc or MANIFEST.hosts[0],) if endpoint else MANIFEST.hosts
    return Web(hosts, authorise, transport=setup.transport)


def _endpoint(setup: Setup) -> str:
    return setup.endpoint.rstrip("/")
