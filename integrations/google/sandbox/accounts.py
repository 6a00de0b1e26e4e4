"""Sign-in: the token endpoint, the consent page, and who an access token stands for."""

import json
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from smarketing.standin import Answer, Asked, Person, World, json_answer, query_of

from .caller import EVERYTHING, LEAST, Caller
from .errors import Said

APP, APP_SECRET = "1000-smarketing.apps.googleusercontent.com", "GOCSPX-of-the-sandbox"
"""The client of the app. That it is called a secret is the vendor's word for desktop apps."""

BY_HAND = "by-hand:"
"""Before a person's token it stands for that person at Google's own pages."""

_ITSELF = "google-by-hand"
_SERVICE = "robot@smarketing.iam.gserviceaccount.com"
_LASTS = 3600


@dataclass(slots=True)
class Grant:
    """What a person allowed an app; a refresh token stands for it."""

    caller: Caller
    revoked: bool = False


class Accounts:
    """Knows every token."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._made = 0
        self._grants: dict[str, Grant] = {}
        self._codes: dict[str, str] = {}
        self._access: dict[str, tuple[Caller, float, str]] = {}
        self.clients = {APP: APP_SECRET}
        for person in world.people:
            self._grants[person.token] = Grant(Caller(person, APP, LEAST))
        self._service = Person("service", "Acme Service", _SERVICE, "")

    def caller(self, asked: Asked) -> Caller:
        """Return who asks; raise 401 where the token is not known, or too old."""
        how, _, token = asked.headers.get("authorization", "").partition(" ")
        if how.lower() != "bearer" or not token:
            raise _unauthenticated("required", "Login Required.")
        if token.startswith(BY_HAND):
            for person in self._world.people:
                if person.token == token.removeprefix(BY_HAND):
                    return Caller(person, _ITSELF, EVERYTHING)
        found = self._access.get(token)
        if found is None or found[1] <= self._world.now() or self._is_revoked(found[2]):
            raise _unauthenticated("authError", "Invalid Credentials")
        return found[0]

    def answer(self, asked: Asked) -> Answer:
        """Serve a request about tokens."""
        if asked.path in ("/o/oauth2/auth", "/o/oauth2/v2/auth"):
            return self._consent(asked)
        if asked.path == "/tokeninfo":
            return self._token_info(asked)
        if asked.path in ("/revoke", "/o/oauth2/revoke"):
            return self._revoke(asked)
        if asked.path.endswith("/userinfo"):
            return self._user_info(asked)
        return self._token(asked)

    def signed_in(self, person: Person, scopes: frozenset[str], client: str = APP) -> str:
        """Return a refresh token for what a person allowed an app."""
        self._made += 1
        token = "1//" + sha256(f"refresh {self._made} {person.token}".encode()).hexdigest()
        self.clients.setdefault(client, APP_SECRET)
        self._grants[token] = Grant(Caller(person, client, scopes))
        return token

    def access_for(self, caller: Caller, refresh: str = "") -> str:
        """Return a new access token."""
        self._made += 1
        token = "ya29." + sha256(f"access {self._made} {caller}".encode()).hexdigest()
        self._access[token] = (caller, self._world.now() + _LASTS, refresh)
        return token

    def service_account(self, token_uri: str) -> dict[str, str]:
        """Return the key file of a service account."""
        return {
            "type": "service_account",
            "project_id": "smarketing",
            "private_key_id": "1",
            "private_key": _private_key(),
            "client_email": _SERVICE,
            "client_id": "1000",
            "token_uri": token_uri,
        }

    def _is_revoked(self, refresh: str) -> bool:
        return refresh in self._grants and self._grants[refresh].revoked

    def _token(self, asked: Asked) -> Answer:
        said = _form(asked)
        how = said.get("grant_type", "")
        if how == "urn:ietf:params:oauth:grant-type:jwt-bearer":
            return self._for_assertion(said.get("assertion", ""))
        if how not in ("refresh_token", "authorization_code"):
            return _no("unsupported_grant_type", f"Invalid grant_type: {how}")
        client = said.get("client_id", "")
        if self.clients.get(client) != said.get("client_secret"):
            return _no("invalid_client", "The OAuth client was not found.", 401)
        refresh = said.get("refresh_token", "")
        if how == "authorization_code":
            refresh = self._codes.pop(said.get("code", ""), "")
        grant = self._grants.get(refresh)
        if grant is None or grant.revoked or grant.caller.client != client:
            return _no("invalid_grant", "Token has been expired or revoked.")
        return self._given(grant, refresh, said, how == "authorization_code")

    def _given(self, grant: Grant, refresh: str, said: dict[str, str], first: bool) -> Answer:
        scopes = frozenset(said["scope"].split()) if said.get("scope") else grant.caller.scopes
        if not scopes <= grant.caller.scopes:
            return _no("invalid_scope", "Some requested scopes were not granted.")
        caller = Caller(grant.caller.person, grant.caller.client, scopes)
        reply = _bearer(self.access_for(caller, refresh), scopes)
        return json_answer(reply | ({"refresh_token": refresh} if first else {}))

    def _for_assertion(self, assertion: str) -> Answer:
        claims = _claims(assertion)
        if claims.get("iss") != _SERVICE:
            return _no("invalid_grant", "Invalid grant: account not found")
        person = self._service
        if claims.get("sub"):
            known = {one.mail: one for one in self._world.people}
            if claims["sub"] not in known:
                return _no("invalid_grant", "Invalid email or User ID")
            person = known[str(claims["sub"])]
        scopes = frozenset(str(claims.get("scope", "")).split())
        if not scopes:
            return _no("invalid_scope", "Empty scope.")
        return json_answer(_bearer(self.access_for(Caller(person, APP, scopes)), scopes))

    def _consent(self, asked: Asked) -> Answer:
        """Say yes at once, as the person of the hint, and go back to the app with a code."""
        client, back = asked.one("client_id"), asked.one("redirect_uri")
        if client not in self.clients or not back.startswith(("http://localhost", "http://127.")):
            return _no("redirect_uri_mismatch", "The app is not known, or not on this computer.")
        hint = asked.one("login_hint")
        person = next(
            (one for one in self._world.people if one.mail == hint), self._world.people[0]
        )
        refresh = self.signed_in(person, frozenset(asked.one("scope").split()), client)
        code = "4/" + sha256(refresh.encode()).hexdigest()
        self._codes[code] = refresh
        said = {"state": asked.one("state"), "code": code, "scope": asked.one("scope")}
        return Answer(302, {"Location": f"{back}?{urlencode(said)}"})

    def _revoke(self, asked: Asked) -> Answer:
        token = _form(asked).get("token") or asked.one("token")
        refresh = self._access[token][2] if token in self._access else token
        if refresh not in self._grants or self._grants[refresh].revoked:
            return _no("invalid_token", "Token expired or revoked")
        self._grants[refresh].revoked = True
        return json_answer({})

    def _token_info(self, asked: Asked) -> Answer:
        token = asked.one("access_token") or _form(asked).get("access_token", "")
        try:
            caller = self.caller(Asked("GET", "", {}, {"authorization": f"Bearer {token}"}))
        except Said:
            return _no("invalid_token", "Invalid Value")
        left = int(self._access[token][1] - self._world.now()) if token in self._access else _LASTS
        who = {"azp": caller.client, "aud": caller.client, "scope": " ".join(sorted(caller.scopes))}
        info = {"expires_in": str(left), "email": caller.person.mail, "email_verified": "true"}
        return json_answer(who | info)

    def _user_info(self, asked: Asked) -> Answer:
        try:
            caller = self.caller(asked)
        except Said as no:
            return no.answer()
        number = str(int(sha256(caller.person.mail.encode()).hexdigest()[:15], 16))
        who = {"id": number, "sub": number, "email": caller.person.mail, "name": caller.person.name}
        return json_answer(who | {"verified_email": True, "email_verified": True})


def _form(asked: Asked) -> dict[str, str]:
    return {name: values[-1] for name, values in query_of(asked.body.decode()).items()}


def _bearer(token: str, scopes: frozenset[str]) -> dict[str, Any]:
    said = {"access_token": token, "expires_in": _LASTS, "token_type": "Bearer"}
    return said | {"scope": " ".join(sorted(scopes))}


def _no(error: str, words: str, status: int = 400) -> Answer:
    return json_answer({"error": error, "error_description": words}, status)


def _unauthenticated(reason: str, words: str) -> Said:
    return Said(401, reason, words)


def _claims(assertion: str) -> dict[str, Any]:
    """Return what a signed assertion says; whoever asks here is taken at their word."""
    try:
        middle = assertion.split(".")[1]
        said = json.loads(urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
    except (IndexError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _private_key() -> str:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.PrivateFormat.PKCS8
    silent = serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, form, silent).decode()
