"""The calls of one Trello account: py-trello's client over our one session.

Key and token go into a header. In an address they would end up in logs.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import requests

from smarketing.contract import Calls, Outcome, Setup, Unreachable
from smarketing.web import NoReply, Refused, Web, outcome, unreachable

from .manifest import BASE, HOST, TITLE

LONGEST_QUERY = 6000
"""Characters that may go into an address; long texts go into the body, where there is room."""

Query = Mapping[str, object]


class Account:
    """Asks Trello. Every method raises Refused or NoReply where Trello does not do it."""

    def __init__(self, setup: Setup) -> None:
        self._secrets = setup.account(HOST)
        self.web = Web(
            (HOST,),
            self._authorise,
            instead_of=BASE,
            endpoint=setup.endpoint,
            transport=setup.transport,
        )
        self._client: Any = None
        self._checking = Calls()

    def __repr__(self) -> str:
        return f"Account({self.web!r})"

    def _authorise(self, request: requests.PreparedRequest) -> None:
        key, token = self._secrets.get("key"), self._secrets.get("token")
        if not key or not token:
            raise Unreachable("Nobody is signed in to Trello: run `smarketing login trello` first.")
        self.web.hide(key, token)
        request.headers["Authorization"] = (
            f'OAuth oauth_consumer_key="{key}", oauth_token="{token}"'
        )

    @property
    def client(self) -> Any:
        """py-trello's client. It knows neither key nor token."""
        if self._client is None:
            from trello import TrelloClient

            self._client = TrelloClient(api_key="", http_service=self.web)
            # Without this it would put what it has for a key and a token into the address.
            self._client.oauth = self.web.auth
        return self._client

    def get(self, path: str, **query: object) -> Any:
        return self._call("GET", path, query)

    def post(self, path: str, **query: object) -> Any:
        return self._call("POST", path, query)

    def put(self, path: str, query: Query, body: Query | None = None) -> Any:
        return self._call("PUT", path, query, body)

    def delete(self, path: str) -> Any:
        return self._call("DELETE", path, {})

    def check(self) -> tuple[str, str, str]:
        """Return our id, full name and user name. This call is left out of `spent`."""
        before = self.web.spent
        try:
            me = self.get("members/me", fields="fullName,username")
        finally:
            self._checking += Calls(self.web.spent.read - before.read)
        return str(me["id"]), str(me["fullName"]), str(me["username"])

    def spent(self) -> Calls:
        """Return the calls made, without those of `check`."""
        now, left_out = self.web.spent, self._checking
        return Calls(now.read - left_out.read, now.write - left_out.write)

    def _call(self, method: str, path: str, query: Query, body: Query | None = None) -> Any:
        said = {name: text_of(value) for name, value in query.items() if value is not None}
        inside: dict[str, object] = dict(body or {})
        if len(urlencode(said)) > LONGEST_QUERY and "desc" in said:
            inside["desc"] = said.pop("desc")
        try:
            return self.client.fetch_json(
                path, http_method=method, query_params=said, post_args=inside or None
            )
        except ValueError:
            # Trello only ever answers in JSON, so this reply was cut short.
            raise NoReply("the reply was cut short", may_have_arrived=method != "GET") from None


def is_pacing(error: Refused) -> bool:
    """Say whether Trello only asks us to wait."""
    code = error.data.get("error") if isinstance(error.data, dict) else ""
    too_much = code == "API_TOO_MANY_CARDS_REQUESTED"  # however long we wait
    return (error.status == 429 and not too_much) or error.status == 503


def came_to(error: Refused | NoReply) -> Outcome:
    """Return what a write that ended in this error comes to."""
    return outcome(error, TITLE, is_pacing)


def not_read(error: Refused | NoReply) -> Unreachable:
    """Return what to raise when a read ended in this error."""
    if isinstance(error, Refused) and error.status == 401 and "permission" in error.text:
        return Unreachable("Trello does not let this account see a board any more: ask for access.")
    return unreachable(error, TITLE, is_pacing)


def is_gone(error: Refused) -> bool:
    """Say whether the object is not there any more."""
    return error.status == 404


def text_of(value: object) -> str:
    """Return a value as it is written into an address."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
