"""Signing in to Google and out again, as a person or as a service account."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from smarketing.contract import Setup, Unreachable
from smarketing.problems import UserError
from smarketing.signin import SIGNED_IN, Asking, Finding, SignedIn, Wishes, remember
from smarketing.web import NoReply, Refused, retelling

from .manifest import MANIFEST
from .signing.consent import consent
from .signing.examination import about, age_of, findings, who
from .signing.grants import AUDIENCE_PAGE, WHY, scopes_of, short
from .signing.wire import REVOKE_URL, as_service_account, bearing, kept_for, told, url_of

HOSTS = MANIFEST.hosts


def sign_in(setup: Setup, asking: Asking, wishes: Wishes, now: float) -> SignedIn:
    """Lead a person through Google's consent page, or take a service account's key."""
    scopes = scopes_of(setup, wishes.wider)
    if wishes.service_account:
        return _service_account(setup, wishes.service_account, scopes, now)
    client = _client(setup, wishes.client)
    for scope in scopes:
        asking.tell(f"Asks for {short(scope)}: {WHY[short(scope)]}.")
    given = consent(setup, asking, client, scopes)
    with retelling(told):
        user = about(setup, bearing(setup, given.access, given.refresh)).user
    secrets = {
        **client,
        "refresh_token": given.refresh,
        SIGNED_IN: remember(given.refresh, now, scopes=list(given.scopes), who=who(user)),
    }
    return SignedIn(who(user), secrets, tuple(_hints(setup, wishes)))


def sign_out(setup: Setup) -> str:
    """Revoke the refresh token; say what a person has to do for a service account."""
    held = kept_for(setup)
    if held.get("service_account"):
        return "The key still works at Google: delete it in the console, under Service accounts."
    refresh = held.get("refresh_token")
    if not refresh:
        return "There was no token to revoke at Google."
    try:
        bearing(setup, "", refresh).post(url_of(setup, REVOKE_URL), data={"token": refresh})
    except Refused as error:
        if error.status != 400:
            raise told(error) from None
        return "Google had ended this token already."
    except NoReply as error:
        raise told(error) from None
    return "The token is revoked at Google, for every computer that used it."


def examine(setup: Setup, now: float) -> Sequence[Finding]:
    """Return who we are, what we may and why, how long, and what hangs on one person."""
    return findings(setup, now)


def lasting(setup: Setup, now: float) -> Sequence[Finding]:
    """Return how long the sign-in lasts, by what was kept when it was given."""
    return age_of(setup, now)


def _hints(setup: Setup, wishes: Wishes) -> Iterator[str]:
    yield (
        "If your app at Google is external and in testing, this ends in 7 days: publish it, or "
        f"make it internal: {AUDIENCE_PAGE}"
    )
    if wishes.wider and setup.settings.get("scope") != "wider":
        yield "Write `scope: wider` under `integrations: google:` in config.yaml to make use of it."


def _client(setup: Setup, path: Path | None) -> dict[str, str]:
    """Return id and secret of the OAuth client, from its file or from an earlier sign-in."""
    if path:
        return _client_of(_json(path), path)
    held = kept_for(setup)
    client = {name: held.get(name) for name in ("client_id", "client_secret")}
    if not all(client.values()):
        raise UserError(
            "Google wants to know which app asks. Make a desktop client once, download its JSON, "
            "then run: smarketing login google --client FILE. docs/google.md shows each click."
        )
    return client


def _client_of(data: Any, path: Path) -> dict[str, str]:
    given = data.get("installed") if isinstance(data, dict) else None
    if isinstance(given, dict):
        client = {name: given.get(name) for name in ("client_id", "client_secret")}
        if all(isinstance(word, str) and word for word in client.values()):
            return {name: str(word) for name, word in client.items()}
    if isinstance(data, dict) and data.get("type") == "service_account":
        raise UserError(f"{path} is a service account's key: give it with --service-account.")
    if isinstance(data, dict) and "web" in data:
        raise UserError(f"{path} is of a web client. Make one of the type 'Desktop app'.")
    raise UserError(f"{path} is no OAuth client. Download the JSON of a desktop client.")


def _service_account(setup: Setup, path: Path, scopes: Sequence[str], now: float) -> SignedIn:
    info = _json(path)
    if not isinstance(info, dict) or info.get("type") != "service_account":
        raise UserError(f"{path} is no key of a service account: its `type` says otherwise.")
    missing = [n for n in ("client_email", "private_key", "private_key_id") if not info.get(n)]
    if missing:
        raise UserError(f"{path} lacks {', '.join(missing)}. Download the key again, as JSON.")
    whole = json.dumps(info)
    mail = str(info["client_email"])
    secrets = {
        "service_account": whole,
        SIGNED_IN: remember(whole, now, scopes=list(scopes), who=mail),
    }
    trying = replace(setup, secrets=lambda host: _Given(secrets))
    try:
        user = about(setup, as_service_account(trying, scopes)).user
    except Unreachable:
        raise UserError(_not_taken(setup, mail)) from None
    except (Refused, NoReply) as error:
        raise told(error) from None
    return SignedIn(who(user), secrets, (f"{path} was copied: delete it, or lock it away.",))


def _not_taken(setup: Setup, robot: str) -> str:
    subject = setup.settings.get("subject")
    if not subject:
        return f"Google did not take the key of {robot}. Was it deleted? Download a new one."
    return (
        f"Google does not let {robot} act as {subject}. The administrator has to delegate just the "
        "scopes that docs/google.md lists to its client id; this can take some minutes to work."
    )


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        # Not shown: the file holds secrets.
        raise UserError(f"{path} is no JSON. Download it again.") from None


class _Given:
    """Secrets that are tried before they are stored."""

    def __init__(self, secrets: Mapping[str, str]) -> None:
        self._secrets = secrets

    def get(self, name: str) -> str:
        return self._secrets.get(name, "")

    def put(self, name: str, secret: str) -> None:
        raise LookupError("nothing is stored before it was tried")
