"""The account's token: made from what the sign-in left, renewed when it has run out."""

import json
from collections.abc import Mapping
from threading import Lock
from typing import Any

import requests

from smarketing.contract import Secrets, Unreachable
from smarketing.web import NoReply, Refused, Web, parsed

TOKEN_URL = "https://oauth2.googleapis.com/token"
AGAIN = "Google does not know us any more: sign in with `smarketing login google`."
_NOBODY = "Nobody is signed in to Google: run `smarketing login google` first."


class SignIn:
    """Puts a valid token into each request, save into the one that asks for a token."""

    def __init__(
        self, secrets: Secrets, scopes: tuple[str, ...], subject: str, token_url: str
    ) -> None:
        self._secrets = secrets
        self._scopes, self._subject, self._token_url = scopes, subject, token_url
        self._lock = Lock()
        self._credentials: Any = None
        self._web: Web | None = None
        self.asked = 0

    def __repr__(self) -> str:
        return "SignIn()"

    def use(self, web: Web) -> None:
        """Renew tokens through this session."""
        self._web = web
        web.hide(self._secrets.get("refresh_token"), self._secrets.get("client_secret"))

    def authorise(self, request: requests.PreparedRequest) -> None:
        """Put the token into the headers; raise Unreachable where nobody is signed in."""
        if request.url == self._token_url:
            return
        with self._lock:
            credentials = self._credentials = self._credentials or self._opened()
            if not credentials.valid:
                self._renew(credentials)
            request.headers["Authorization"] = f"Bearer {credentials.token}"

    def forget(self) -> None:
        """Take another token for the next request: this one was not accepted."""
        with self._lock:
            self._credentials = None

    def _opened(self) -> Any:
        whole = self._secrets.get("service_account")
        if whole:
            return self._service_account(whole)
        refresh = self._secrets.get("refresh_token")
        if not refresh:
            raise Unreachable(_NOBODY)
        from google.oauth2.credentials import Credentials

        make: Any = Credentials
        return make(
            token=None,
            refresh_token=refresh,
            token_uri=self._token_url,
            client_id=self._secrets.get("client_id"),
            client_secret=self._secrets.get("client_secret"),
        )

    def _service_account(self, whole: str) -> Any:
        from google.oauth2.service_account import Credentials

        try:
            info = json.loads(whole)
            # Its own token_uri could lead anywhere.
            make: Any = Credentials.from_service_account_info
            made = make(info | {"token_uri": self._token_url}, scopes=list(self._scopes))
        except (ValueError, TypeError):
            words = (
                "The key of Google's service account can't be read: run `smarketing login google`."
            )
            raise Unreachable(words) from None
        return made.with_subject(self._subject) if self._subject else made

    def _renew(self, credentials: Any) -> None:
        from google.auth.exceptions import GoogleAuthError

        try:
            credentials.refresh(self._ask)
        except GoogleAuthError:
            raise Unreachable(AGAIN) from None
        if self._web is not None:
            self._web.hide(str(credentials.token))

    def _ask(
        self,
        url: str,
        method: str = "POST",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
        **_: Any,
    ) -> "_Answer":
        """Send a request for a token, as google-auth wants it sent."""
        assert self._web is not None
        self.asked += 1
        try:
            reply = self._web.request(method, url, data=body, headers=headers)
            parsed(reply)  # google-auth falls over half a reply
        except Refused as refused:
            if refused.status in (400, 401, 403):
                return _Answer(refused.status, {}, json.dumps(refused.data).encode())
            # google-auth would sleep and ask again.
            raise NoReply("no token was given", may_have_arrived=False) from None
        except NoReply:
            raise NoReply("no token could be had", may_have_arrived=False) from None
        return _Answer(reply.status_code, reply.headers, reply.content)


class _Answer:
    """A reply as google-auth knows it."""

    def __init__(self, status: int, headers: Mapping[str, str], data: bytes) -> None:
        self.status, self.headers, self.data = status, headers, data
