"""What is worth knowing about the Google account that somebody is signed in with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from smarketing.contract import Secrets, Setup, Unreachable
from smarketing.signin import SIGNED_IN, Finding, clock_finding, recall
from smarketing.web import NoReply, Refused, Web, parsed

from ..files import FOLDER, WORKSPACE
from .credentials import TOKEN_URL
from .grants import AUDIENCE_PAGE, WHY, scopes_of, short
from .wire import as_service_account, bearing, kept_for, told, url_of

ABOUT_URL = "https://www.googleapis.com/drive/v3/about"
FILES_URL = "https://www.googleapis.com/drive/v3/files"

_DAY = 86400.0
_TRAP, _WARNED = 7, 5
"""Days after which Google ends the sign-in to an app in testing, and after which we say so."""
_FULL = 0.9
_NAMED = 5
_LOGIN = "Run: smarketing login google"
_KEY_LASTS = Finding("token", "fine", "A service account's key lasts until somebody deletes it.")


@dataclass(frozen=True, slots=True)
class About:
    """Whose account it is, what room it has, and the vendor's time."""

    user: Mapping[str, Any]
    quota: Mapping[str, Any]
    date: str | None


def findings(setup: Setup, now: float) -> Sequence[Finding]:
    """Return who we are, what we may and why, how long, and what hangs on one person."""
    held = kept_for(setup)
    whole, refresh = held.get("service_account"), held.get("refresh_token")
    if not whole and not refresh:
        return (Finding("who", "person", f"Nobody is signed in. {_LOGIN} --client FILE"),)
    signed_in = recall(held.get(SIGNED_IN), whole or refresh)
    granted: Sequence[str]
    wanted = scopes_of(setup)
    try:
        if whole:
            web, granted = as_service_account(setup, wanted), wanted
        else:
            web, granted = _refreshed(setup, held, signed_in)
        account, folders = about(setup, web), _folders(setup, web)
    except Unreachable as error:
        return (Finding("who", "person", str(error)),)
    except Refused as error:
        if error.status in (400, 401):
            return (Finding("who", "person", _ended(signed_in, now)),)
        raise told(error) from None
    except NoReply as error:
        raise told(error) from None
    return (
        Finding("who", "fine", f"Signed in as {who(account.user)}."),
        *_scopes(granted, wanted),
        *age_of(setup, now),
        *clock_finding(account.date, now),
        *_room(account.quota),
        *_owned(folders, by_robot=bool(whole) and not setup.settings.get("subject")),
    )


def age_of(setup: Setup, now: float) -> Sequence[Finding]:
    """Return how long the sign-in lasts, by what was kept when it was given."""
    held = kept_for(setup)
    if held.get("service_account"):
        return (_KEY_LASTS,)
    refresh = held.get("refresh_token")
    return (_age(recall(held.get(SIGNED_IN), refresh), now),) if refresh else ()


def _refreshed(
    setup: Setup, held: Secrets, signed_in: Mapping[str, Any]
) -> tuple[Web, Sequence[str]]:
    """Return a session with a new access token, and the scopes it has."""
    names = ("client_id", "client_secret", "refresh_token")
    asked = {name: held.get(name) for name in names} | {"grant_type": "refresh_token"}
    token = bearing(setup, "", asked["refresh_token"], asked["client_secret"])
    data = parsed(token.post(url_of(setup, TOKEN_URL), data=asked))
    access = data.get("access_token") if isinstance(data, dict) else None
    if not isinstance(access, str):
        raise NoReply("it gave no token", may_have_arrived=False)
    said = str(data.get("scope") or "").split() or signed_in.get("scopes") or ()
    return bearing(setup, access, *asked.values()), [str(scope) for scope in said]


def _ended(signed_in: Mapping[str, Any], now: float) -> str:
    words = "Google does not accept the sign-in any more."
    if signed_in and (now - signed_in["at"]) / _DAY >= _TRAP - 1:
        words += (
            " It is a week old or more: was your app in testing? Then publish it first, "
            f"or make it internal: {AUDIENCE_PAGE}"
        )
    return f"{words} {_LOGIN}"


def _scopes(granted: Sequence[str], wanted: Sequence[str]) -> Iterator[Finding]:
    if not granted:
        yield Finding("scope", "note", "Google did not say which scopes this sign-in has.")
        return
    for name in map(short, granted):
        if name in WHY:
            yield Finding("scope", "fine", f"{name}: {WHY[name]}.")
        else:
            yield Finding("scope", "note", f"{name}: not needed by smarketing.")
    for name in (short(scope) for scope in wanted if scope not in granted):
        yield Finding("scope", "person", f"{name} is missing, {WHY[name]}. {_LOGIN}")


def _age(signed_in: Mapping[str, Any], now: float) -> Finding:
    """Tell how old the token is. That it outlived a week shows that the app is not in testing."""
    trap = "external and in testing, Google ends the sign-in"
    if not signed_in:
        words = f"Its age is not known here. If your app is {trap} after 7 days."
        return Finding("token", "note", words)
    age = (now - signed_in["at"]) / _DAY
    if age >= _TRAP:
        return Finding("token", "fine", f"It is {int(age)} days old: the app is not in testing.")
    words = f"It is {age:.1f} days old. If your app is {trap} in {_TRAP - age:.1f} days: "
    words += f"publish it or make it internal, {AUDIENCE_PAGE}, then sign in anew."
    return Finding("token", "person" if age >= _WARNED else "note", words)


def _room(quota: Mapping[str, Any]) -> Iterator[Finding]:
    limit, used = _number(quota.get("limit")), _number(quota.get("usage"))
    if not limit:
        return
    share = used / limit
    words = f"{share:.0%} of the account's storage is used."
    yield Finding("limits", "note" if share > _FULL else "fine", words)


def _number(text: Any) -> float:
    try:
        return float(text)
    except (TypeError, ValueError):
        return 0.0


def _owned(folders: Sequence[Mapping[str, Any]], by_robot: bool) -> Iterator[Finding]:
    """Tell whose the topmost folders are, where they are not a shared drive's."""
    ids = {folder.get("id") for folder in folders}
    by_owner: dict[str, list[str]] = {}
    for folder in folders:
        if folder.get("driveId") or ids.intersection(folder.get("parents") or ()):
            continue
        for one in folder.get("permissions") or ():
            if one.get("role") == "owner":
                owner = str(one.get("emailAddress") or "somebody")
                by_owner.setdefault(owner, []).append(str(folder.get("name")))
    for owner, names in sorted(by_owner.items()):
        shown = ", ".join(names[:_NAMED]) + (", ..." if len(names) > _NAMED else "")
        words = (
            f"{shown}: owned by {owner} alone. When that account goes, they go with it. Better a "
            "shared drive, which the company owns (docs/google.md)."
        )
        yield Finding("one person", "person" if by_robot else "note", words)


def about(setup: Setup, web: Web) -> About:
    """Return whose account this is; raise Refused or NoReply."""
    fields = "user(displayName,emailAddress),storageQuota(limit,usage)"
    reply = web.get(url_of(setup, ABOUT_URL), params={"fields": fields})
    data = parsed(reply)
    if not isinstance(data, dict):
        raise NoReply("its reply makes no sense", may_have_arrived=False)
    user, quota = data.get("user") or {}, data.get("storageQuota") or {}
    return About(user, quota, reply.headers.get("Date"))


def _folders(setup: Setup, web: Web) -> Sequence[Mapping[str, Any]]:
    """Return the folders of ours that this account sees, the first thousand."""
    fields = "id,name,parents,driveId,appProperties,permissions(role,emailAddress)"
    params = {
        "q": f"mimeType='{FOLDER}' and trashed=false",
        "fields": f"files({fields})",
        "pageSize": "1000",
        "supportsAllDrives": "true",
        "includeItemsFromAllDrives": "true",
    }
    data = parsed(web.get(url_of(setup, FILES_URL), params=params))
    files = data.get("files") if isinstance(data, dict) else None
    return [
        file
        for file in files or ()
        if isinstance(file, dict) and WORKSPACE in (file.get("appProperties") or {})
    ]


def who(user: Mapping[str, Any]) -> str:
    """Return the name and address of an account."""
    return f"{user.get('displayName') or 'somebody'} <{user.get('emailAddress') or '?'}>"
