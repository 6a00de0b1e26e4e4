"""The calls of one Slack account: plain requests to the Web API over our one session.

Slack says no in a reply of success, with `ok: false`: that is raised as a refusal as well.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import requests

from smarketing.contract import Calls, Failed, Later, Lost, Outcome, Setup, Unreachable
from smarketing.web import NoReply, Refused, Web, outcome, parsed, unreachable

from .manifest import BASE, HOST, TITLE

Json = Mapping[str, Any]

PAGE = 200
"""How many things Slack recommends to ask for at once."""

_NOT_SIGNED_IN = frozenset((
    "not_authed", "invalid_auth", "token_revoked", "token_expired", "account_inactive",
))  # fmt: skip
_UNCERTAIN = frozenset(("fatal_error", "internal_error", "service_unavailable", "request_timeout"))
"""Errors after which some of it may have been done."""

GONE = frozenset(("channel_not_found", "message_not_found", "bookmark_not_found"))

_WORDS = {
    "missing_scope": "the app lacks a right: add it in the app's settings (docs/slack.md lists "
    "them all), install the app again, and sign in with the new token",
    "restricted_action": "the rules of your Slack workspace do not let apps do this: ask its "
    "administrator",
    "not_in_channel": "the app is not in that channel: write /invite @smarketing there",
    "is_archived": "the channel is archived: take it out of its archive first",
    "user_is_restricted": "a guest can't be invited by an app: invite them in Slack",
    "user_is_ultra_restricted": "a guest can't be invited by an app: invite them in Slack",
    "cant_invite_self": "that is the app itself",
    "msg_too_long": "the message is too long",
}


class Account:
    """Asks Slack. Every method raises Refused or NoReply where Slack does not do it."""

    def __init__(self, setup: Setup) -> None:
        self._secrets = setup.account(HOST)
        self.web = Web(
            (HOST,),
            self._authorise,
            instead_of=BASE,
            endpoint=setup.endpoint,
            transport=setup.transport,
        )
        self._checking = Calls()

    def __repr__(self) -> str:
        return f"Account({self.web!r})"

    def _authorise(self, request: requests.PreparedRequest) -> None:
        token = self._secrets.get("token")
        if not token:
            raise Unreachable("Nobody is signed in to Slack: run `smarketing login slack` first.")
        self.web.hide(token)
        request.headers["Authorization"] = f"Bearer {token}"

    def read(self, method: str, **query: object) -> Json:
        """Return what a method answers that changes nothing."""
        return asked(self.web, "GET", method, query)

    def write(self, method: str, **fields: object) -> Json:
        """Return what a method answers that may change something."""
        return asked(self.web, "POST", method, fields)

    def pages(self, method: str, name: str, **query: object) -> Iterator[Any]:
        """Yield what a method lists under a name, page after page."""
        cursor = ""
        while True:
            page = self.read(method, limit=PAGE, cursor=cursor or None, **query)
            yield from page.get(name) or ()
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return

    def check(self) -> Json:
        """Return who we are. This call is left out of `spent`."""
        before = self.web.spent
        try:
            return self.read("auth.test")
        finally:
            self._checking += self.web.spent - before

    def spent(self) -> Calls:
        """Return the calls made, without those of `check`."""
        return self.web.spent - self._checking


def asked(web: Web, verb: str, method: str, fields: Mapping[str, object]) -> Json:
    """Return the reply of a method; raise Refused where it says that it is not ok."""
    said = {name: _text(value) for name, value in fields.items() if value is not None}
    url = f"{BASE}api/{method}"
    reply = web.get(url, params=said) if verb == "GET" else web.post(url, data=said)
    data = parsed(reply)
    if not isinstance(data, dict):
        raise NoReply("the reply made no sense", may_have_arrived=verb != "GET")
    if not data.get("ok"):
        raise refused(str(data.get("error") or "unknown_error"), data)
    return data


def refused(error: str, data: Json) -> Refused:
    """Return the refusal that an error of Slack's stands for."""
    status = (
        401 if error in _NOT_SIGNED_IN else 429 if error in ("ratelimited", "rate_limited") else 200
    )
    return Refused(status, error, None, data)


def code_of(error: Refused) -> str:
    """Return Slack's own word for an error, "" where it has none."""
    return str(error.data.get("error") or "") if isinstance(error.data, dict) else ""


def is_pacing(error: Refused) -> bool:
    """Say whether Slack only asks us to wait."""
    return error.status in (429, 503)


def came_to(error: Refused | NoReply) -> Outcome:
    """Return what a write that ended in this error comes to."""
    if isinstance(error, Refused) and error.status == 200:
        code = code_of(error)
        if code in _UNCERTAIN:
            return Lost()
        return Failed(f"Slack refused it: {_WORDS.get(code, code)}.")
    return outcome(error, TITLE, is_pacing)


def not_read(error: Refused | NoReply) -> Unreachable:
    """Return what to raise when a read ended in this error."""
    if isinstance(error, Refused) and error.status == 200:
        code = code_of(error)
        if code in _UNCERTAIN:
            return Unreachable(f"Slack is in trouble ({code}). Run again later.")
        return Unreachable(f"Slack refused it: {_WORDS.get(code, code)}.")
    return unreachable(error, TITLE, is_pacing)


def waits(error: Refused | NoReply) -> bool:
    """Say whether the same write may be asked for again later."""
    return isinstance(came_to(error), Later)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
