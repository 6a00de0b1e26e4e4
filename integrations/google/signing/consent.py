"""Google's consent page: a person says yes in the browser, and we get a token that lasts."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import requests
from requests.adapters import BaseAdapter, HTTPAdapter

from smarketing.contract import Setup, Unreachable
from smarketing.problems import UserError
from smarketing.signin import Asking
from smarketing.web import CONNECT

from .credentials import TOKEN_URL
from .grants import ACCOUNT_PAGE, short
from .wire import url_of

AUTHORISE_PAGE = "https://accounts.google.com/o/oauth2/v2/auth"
_PATIENCE = 600
"""Seconds for a person to answer."""
_LOUD = ("requests_oauthlib", "oauthlib", "google_auth_oauthlib")
_DONE = "You are signed in. Close this page and go back to the terminal."


@dataclass(frozen=True, slots=True)
class Granted:
    """What a yes gives: two tokens, and what they are good for."""

    refresh: str = field(repr=False)
    access: str = field(repr=False)
    scopes: tuple[str, ...]


def consent(
    setup: Setup, asking: Asking, client: Mapping[str, str], scopes: Sequence[str]
) -> Granted:
    """Open Google's page, wait for the answer at a port of this computer, fetch the tokens."""
    from google_auth_oauthlib.flow import WSGITimeoutError
    from oauthlib.oauth2 import OAuth2Error  # type: ignore[import-untyped]

    try:
        given = _flow(setup, asking, client, scopes).run_local_server(
            host="127.0.0.1",
            port=0,
            open_browser=False,
            authorization_prompt_message="",
            success_message=_DONE,
            timeout_seconds=_PATIENCE,
            prompt="consent",
        )
    except WSGITimeoutError:
        raise UserError("Nobody answered on Google's page in 10 minutes. Run it again.") from None
    except OAuth2Error as error:
        raise UserError(_declined(str(error.error)[:60])) from None
    except Warning as error:
        # The library raises this where other scopes were granted than asked for.
        raise UserError(_unticked(scopes, getattr(error, "new_scope", ()))) from None
    except requests.RequestException:
        raise Unreachable("Google can't be reached: the connection broke. Run again.") from None
    if not given.refresh_token:
        words = "Google gave no lasting token. Remove the app there, then sign in again: "
        raise UserError(words + ACCOUNT_PAGE)
    return Granted(given.refresh_token, given.token, tuple(given.granted_scopes or scopes))


def _flow(setup: Setup, asking: Asking, client: Mapping[str, str], scopes: Sequence[str]) -> Any:
    """Return the library's flow: offline access, PKCE and a state are its own doing."""
    from google_auth_oauthlib.flow import InstalledAppFlow

    class Flow(InstalledAppFlow):  # type: ignore[misc] # the library has no types
        def authorization_url(self, **asked: Any) -> tuple[str, str]:
            url, state = super().authorization_url(**asked)
            asking.open(url.replace(AUTHORISE_PAGE, url_of(setup, AUTHORISE_PAGE), 1))
            return url, state

        def fetch_token(self, **asked: Any) -> Any:
            # As Google's guide has it: the client in the body, not in a header.
            return super().fetch_token(include_client_id=True, **asked)

    for name in _LOUD:
        # At their most talkative they log tokens.
        logging.getLogger(name).setLevel(logging.WARNING)
    # The client's file names addresses too; tokens go to the vendor's own all the same.
    addresses = {"auth_uri": AUTHORISE_PAGE, "token_uri": TOKEN_URL}
    flow = Flow.from_client_config({"installed": {**client, **addresses}}, list(scopes))
    flow.oauth2session.mount("https://", _Through(setup))
    return flow


def _declined(code: str) -> str:
    if code == "access_denied":
        return "Google was told no, or your administrator does not allow it. Nothing was stored."
    return f"Google did not let us in ({code}). Run it again; docs/google.md lists the causes."


def _unticked(asked: Sequence[str], granted: Sequence[str]) -> str:
    missing = ", ".join(short(scope) for scope in asked if scope not in granted)
    return f"On Google's page, tick every box: {missing or 'one'} was left out. Run it again."


class _Through(BaseAdapter):
    """Sends the library's calls where this account lives, with a time limit."""

    def __init__(self, setup: Setup) -> None:
        super().__init__()
        self._setup = setup
        self._inner: BaseAdapter = setup.transport or HTTPAdapter()

    def send(  # type: ignore[override]
        self, request: requests.PreparedRequest, **kwargs: Any
    ) -> requests.Response:
        request.url = url_of(self._setup, str(request.url))
        return self._inner.send(request, **{**kwargs, "timeout": (CONNECT, CONNECT)})

    def close(self) -> None:
        self._inner.close()
