"""Signing in to Slack with an app's token, and what is worth knowing about the account."""

import re
from collections.abc import Iterator, Sequence

import requests

from smarketing.contract import Setup
from smarketing.problems import UserError
from smarketing.signin import (
    SIGNED_IN,
    Asking,
    Finding,
    SignedIn,
    Wishes,
    clock_finding,
    remember,
)
from smarketing.web import NoReply, Refused, Web, parsed

from .account import Json, asked, not_read
from .manifest import BASE, HOST, SCOPES

HOSTS = (HOST,)
APPS_PAGE = "https://api.slack.com/apps"

_WORD = re.compile(r"xox[a-z]-[A-Za-z0-9-]{8,400}|[A-Za-z0-9_-]{8,400}", re.ASCII)
_LOGIN = "Run: smarketing login slack"


def sign_in(setup: Setup, asking: Asking, wishes: Wishes, now: float) -> SignedIn:
    """Ask for the token of the app, try it in one call, and return it."""
    if not setup.endpoint:
        asking.tell(
            f"Make the app at {APPS_PAGE} from the manifest in docs/slack.md, install it in your "
            "workspace, and copy the 'Bot User OAuth Token', which begins with xoxb-."
        )
        asking.open(APPS_PAGE)
    token = _word(asking.secret("Bot User OAuth Token"))
    try:
        me, scopes, _ = _me(_web(setup, token))
    except Refused as error:
        if error.status == 401:
            raise UserError(
                "Slack does not know this token. Copy it again, whole; after each change of the "
                "app's rights it has to be installed again."
            ) from None
        raise not_read(error) from None
    except NoReply as error:
        raise not_read(error) from None
    who = _who(me)
    missing = [scope for scope in SCOPES if scopes and scope not in scopes]
    words = [_lacks(missing)] if missing else []
    return SignedIn(who, {"token": token, SIGNED_IN: remember(token, now, who=who)}, words)


def sign_out(setup: Setup) -> str:
    """Revoke the token at Slack, and say so."""
    token = setup.account(HOST).get("token")
    if not token:
        return "There was no token to revoke."
    try:
        asked(_web(setup, token), "POST", "auth.revoke", {})
    except (Refused, NoReply):
        return (
            f"At Slack the token may still work. Revoke it yourself: {APPS_PAGE}, your app, "
            "'OAuth & Permissions', 'Revoke All OAuth Tokens'."
        )
    return "The token is revoked at Slack."


def examine(setup: Setup, now: float) -> Sequence[Finding]:
    """Return who we are, what we may, and what is missing."""
    token = setup.account(HOST).get("token")
    if not _WORD.fullmatch(token):
        what = "the token is missing" if not token else "the token can't be right"
        return (Finding("who", "person", f"Nobody is signed in: {what}. {_LOGIN}"),)
    try:
        me, scopes, date = _me(_web(setup, token))
    except Refused as error:
        if error.status == 401:
            words = f"Slack does not know this token any more. {_LOGIN}"
            return (Finding("who", "person", words),)
        raise not_read(error) from None
    except NoReply as error:
        raise not_read(error) from None
    return (
        Finding("who", "fine", f"Signed in as {_who(me)}."),
        *_scopes(scopes),
        Finding("token", "fine", "It lasts until it is revoked."),
        *clock_finding(date, now),
        Finding("limits", "fine", "Slack does not say how many calls are left; we stay below."),
    )


def lasting(setup: Setup, now: float) -> Sequence[Finding]:
    """Return how long the token lasts."""
    token = setup.account(HOST).get("token")
    return (Finding("token", "fine", "It lasts until it is revoked."),) if token else ()


def _scopes(scopes: frozenset[str]) -> Iterator[Finding]:
    missing = [scope for scope in SCOPES if scope not in scopes]
    if not scopes:
        yield Finding("scope", "note", "Slack does not say what the app may do.")
    elif missing:
        yield Finding("scope", "person", _lacks(missing))
    for scope, why in SCOPES.items():
        if scope in scopes:
            yield Finding("scope", "fine", f"{scope}: {why}.")


def _lacks(missing: Sequence[str]) -> str:
    return (
        f"The app lacks {', '.join(missing)}: add it at {APPS_PAGE}, 'OAuth & Permissions', and "
        "install the app again."
    )


def _me(web: Web) -> tuple[Json, frozenset[str], str | None]:
    """Return who we are, the scopes that Slack names in the headers of every reply, and its time."""
    reply = web.get(f"{BASE}api/auth.test")
    data = parsed(reply)
    if not isinstance(data, dict) or not data.get("ok"):
        from .account import refused

        said = data if isinstance(data, dict) else {}
        raise refused(str(said.get("error") or "unknown_error"), said)
    named = str(reply.headers.get("X-OAuth-Scopes") or "").split(",")
    scopes = frozenset(filter(None, (each.strip() for each in named)))
    return data, scopes, reply.headers.get("Date")


def _who(me: Json) -> str:
    return f"{me.get('user') or 'somebody'} in {me.get('team') or '?'}"


def _word(text: str) -> str:
    """Return a token without space around; what is no word never gets into a header."""
    word = text.strip()
    if not _WORD.fullmatch(word):
        raise UserError(
            "This is no token: one begins with xoxb- and has letters, digits and - alone. Copy it "
            "again."
        )
    return word


def _web(setup: Setup, token: str) -> Web:
    def authorise(request: requests.PreparedRequest) -> None:
        request.headers["Authorization"] = f"Bearer {token}"

    web = Web(HOSTS, authorise, instead_of=BASE, endpoint=setup.endpoint, transport=setup.transport)
    web.hide(token)
    return web
