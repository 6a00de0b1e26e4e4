"""Signing in to Trello with a key and a token, and what is worth knowing about the account."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

import requests

from smarketing.contract import Secrets, Setup
from smarketing.problems import UserError
from smarketing.signin import (
    SIGNED_IN,
    Asking,
    Finding,
    SignedIn,
    Wishes,
    clock_finding,
    recall,
    remember,
)
from smarketing.web import NoReply, Refused, Web, parsed, unreachable

from .manifest import BASE, HOST, TITLE
from .marker import board_text

HOSTS = (HOST,)
KEY_PAGE = "https://trello.com/power-ups/admin"
AUTHORISE_PAGE = "https://trello.com/1/authorize"
ACCOUNT_PAGE = "https://trello.com/my/account"

EXPIRES = ("never", "30days")
SCOPES = {
    "read": "to read the boards of the workspace",
    "write": "to make boards and cards, and to invite the team",
}
_DAYS = {"30days": 30, "never": 0}
_DAY = 86400.0
_SOON = 5
_NAMED = 5
_WORD = re.compile(r"[\w.-]{8,400}", re.ASCII)

_LOGIN = "Run: smarketing login trello"


def sign_in(setup: Setup, asking: Asking, wishes: Wishes, now: float) -> SignedIn:
    """Ask for key and token, try them in one call, and return them."""
    ours = not setup.endpoint
    if ours:
        asking.tell(
            f"1. The key: open {KEY_PAGE}, make or choose your Power-Up, then under 'API key' "
            "generate one. docs/trello.md shows each click."
        )
    key = _word(asking.secret("API key"), "key")
    if ours:
        asking.tell("2. The token: allow smarketing on this page, and copy what it shows then.")
        asking.tell(_about_expiry(wishes.expires))
        asking.open(authorise_page(key, wishes.expires))
    token = _word(asking.secret("Token"), "token")
    try:
        me = _me(_web(setup, key, token))[0]
    except Refused as error:
        if error.status == 401:
            raise UserError(
                "Trello does not know this token with this key. Copy both again, whole, and from "
                "the same Power-Up."
            ) from None
        raise _told(error) from None
    except NoReply as error:
        raise _told(error) from None
    who = _who(me)
    record = remember(token, now, expires=wishes.expires, who=who)
    return SignedIn(who, {"key": key, "token": token, SIGNED_IN: record})


def authorise_page(key: str, expires: str) -> str:
    """Return the page where a person gives a token to the key.

    The key stands in it by Trello's design: it names the app, and opens nothing without a token.
    """
    asked = {
        "expiration": expires,
        "name": "smarketing",
        "scope": ",".join(SCOPES),
        "response_type": "token",
        "key": key,
    }
    return f"{AUTHORISE_PAGE}?{urlencode(asked, quote_via=quote, safe=',')}"


def sign_out(setup: Setup) -> str:
    """Say where the token is revoked: Trello's own call would carry it in its url."""
    return (
        f"At Trello the token still works. Revoke it yourself: {ACCOUNT_PAGE}, 'Applications', "
        "'Revoke' beside smarketing. (Trello's call for this has the token in its address, where "
        "proxies and logs keep it, so it is not made.)"
    )


def examine(setup: Setup, now: float) -> Sequence[Finding]:
    """Return who we are, what we may, how long, and what hangs on one person."""
    secrets = setup.account(HOST)
    key, token = secrets.get("key"), secrets.get("token")
    if not (_WORD.fullmatch(key) and _WORD.fullmatch(token)):
        what = "key or token is missing" if not key or not token else "key or token can't be right"
        return (Finding("who", "person", f"Nobody is signed in: {what}. {_LOGIN}"),)
    web = _web(setup, key, token)
    try:
        me, date = _me(web, organizations="all", organization_fields="displayName,limits")
        boards = _boards(web)
    except Refused as error:
        if error.status == 401:
            words = f"Trello does not know this token any more. {_LOGIN}"
            return (Finding("who", "person", words),)
        raise _told(error) from None
    except NoReply as error:
        raise _told(error) from None
    return (
        Finding("who", "fine", f"Signed in as {_who(me)}."),
        *(Finding("scope", "fine", f"{name}: {why}.") for name, why in SCOPES.items()),
        _age(secrets, token, now),
        *clock_finding(date, now),
        Finding("limits", "fine", "Trello does not say how many calls are left; we stay below."),
        *_tight("workspace", me.get("organizations") or (), "displayName"),
        *_tight("board", boards, "name"),
        *_one_admin(boards),
    )


def lasting(setup: Setup, now: float) -> Sequence[Finding]:
    """Return how long the token lasts, by what was kept when it was given."""
    secrets = setup.account(HOST)
    token = secrets.get("token")
    return (_age(secrets, token, now),) if token else ()


def _me(web: Web, **more: str) -> tuple[Mapping[str, Any], str | None]:
    reply = web.get(f"{BASE}1/members/me", params={"fields": "fullName,username", **more})
    return _mapping(reply), reply.headers.get("Date")


def _boards(web: Web) -> Sequence[Mapping[str, Any]]:
    """Return the boards of ours that this account sees."""
    fields = "name,desc,memberships,limits"
    reply = web.get(f"{BASE}1/members/me/boards", params={"filter": "open", "fields": fields})
    data = parsed(reply)
    boards = [board for board in data if isinstance(board, dict)] if isinstance(data, list) else []
    return [board for board in boards if board_text(str(board.get("desc") or "")).mark]


def _mapping(reply: requests.Response) -> Mapping[str, Any]:
    data = parsed(reply)
    return data if isinstance(data, dict) else {}


def _who(me: Mapping[str, Any]) -> str:
    return f"{me.get('fullName') or 'somebody'} (@{me.get('username') or '?'})"


def _age(secrets: Secrets, token: str, now: float) -> Finding:
    signed_in = recall(secrets.get(SIGNED_IN), token)
    if not signed_in:
        words = f"How long the token lasts is not known here; {ACCOUNT_PAGE} shows it."
        return Finding("token", "note", words)
    age = (now - signed_in["at"]) / _DAY
    lasts = _DAYS.get(str(signed_in.get("expires")), 0)
    if not lasts:
        return Finding("token", "fine", f"It is {_days(age)} old, and was asked for without end.")
    left = lasts - age
    if left <= _SOON:
        return Finding("token", "person", f"It ends in {_days(max(left, 0))}. {_LOGIN}")
    return Finding("token", "fine", f"It ends in {_days(left)}.")


def _days(days: float) -> str:
    whole = int(days)
    return f"{whole} day{'' if whole == 1 else 's'}"


def _one_admin(boards: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
    """Tell of boards that nobody could administer any more if one person left."""
    alone = [board for board in boards if _admins(board) == 1]
    if alone:
        words = (
            f"{len(alone)} of {len(boards)} boards with one administrator: {_names(alone)}. Make "
            "somebody a second one, or let a robot account own them (docs/trello.md)."
        )
        yield Finding("one person", "note", words)


def _admins(board: Mapping[str, Any]) -> int:
    memberships = board.get("memberships")
    return sum(
        one.get("memberType") == "admin"
        and not one.get("deactivated")
        and not one.get("unconfirmed")
        for one in (memberships if isinstance(memberships, list) else ())
        if isinstance(one, dict)
    )


def _tight(what: str, things: Sequence[Mapping[str, Any]], name: str) -> Iterator[Finding]:
    """Tell of boards and workspaces of which Trello says that they are nearly, or wholly, full."""
    for each in things:
        full = sorted(_full(each.get("limits"), ""))
        if full:
            words = f"The {what} {each.get(name)!s} is nearly full: {', '.join(full)}."
            yield Finding("limits", "note", words)


def _full(limits: Any, name: str) -> Iterator[str]:
    if not isinstance(limits, dict):
        return
    if limits.get("status") in ("warn", "disabled", "maxExceeded"):
        yield name
    for inner, value in limits.items():
        yield from _full(value, f"{name}.{inner}" if name else str(inner))


def _names(boards: Sequence[Mapping[str, Any]]) -> str:
    names = ", ".join(str(board.get("name")) for board in boards[:_NAMED])
    return names + (", ..." if len(boards) > _NAMED else "")


def _about_expiry(expires: str) -> str:
    if expires == "never":
        return (
            "   It will last until somebody revokes it: right for a robot account that a "
            "scheduler uses. For your own account, --expires 30days is safer."
        )
    return "   It will last 30 days; `smarketing doctor` says when it ends."


def _word(text: str, name: str) -> str:
    """Return a key or token without space around; what is no word never gets into a header."""
    word = text.strip()
    if not _WORD.fullmatch(word):
        raise UserError(f"This is no {name}: it has letters and digits alone. Copy it again.")
    return word


def _web(setup: Setup, key: str, token: str) -> Web:
    def authorise(request: requests.PreparedRequest) -> None:
        request.headers["Authorization"] = (
            f'OAuth oauth_consumer_key="{key}", oauth_token="{token}"'
        )

    web = Web(HOSTS, authorise, instead_of=BASE, endpoint=setup.endpoint, transport=setup.transport)
    web.hide(key, token)
    return web


def _told(error: Refused | NoReply) -> Exception:
    return unreachable(error, TITLE, lambda refused: refused.status == 429)
