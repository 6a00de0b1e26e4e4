"""What of Google a sign-in touches: the consent page, tokens, revoking, and whose account it is."""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.utils import formatdate
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import ProxyHandler, build_opener

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from smarketing.standin import Answer, Asked, json_answer, query_of
from tests.clocks import Clock

CLIENT = {"client_id": "123.apps.googleusercontent.com", "client_secret": "GOCSPX-canary-client"}
REFRESH = "1//canary-refresh-token"
ACCESS = "ya29.canary-access-token"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ROBOT = "robot@project.iam.gserviceaccount.com"


@dataclass(slots=True)
class Google:
    """Google for one person with one OAuth client, and for one service account."""

    clock: Clock
    granted: Sequence[str] | None = None
    answer_with: str = "code"
    lasting: bool = True
    alive: bool = True
    delegated: bool = True
    state: str = ""
    folders: list[dict[str, Any]] = field(default_factory=list)
    used: dict[str, Any] = field(default_factory=dict)
    asked_for: dict[str, str] = field(default_factory=dict)
    ahead: float = 0.0

    def browser(self, url: str) -> None:
        """Be the browser of a person who says yes on the consent page, or no."""
        page = urlsplit(url)
        self.asked_for = {name: values[0] for name, values in parse_qs(page.query).items()}
        said = {"state": self.state or self.asked_for["state"]}
        if self.answer_with == "code":
            said |= {"code": "4/canary-code", "scope": " ".join(self._scopes())}
        else:
            said |= {"error": self.answer_with}
        back = f"{self.asked_for['redirect_uri']}?{urlencode(said)}"
        Thread(target=build_opener(ProxyHandler({})).open, args=(back,), daemon=True).start()

    def __call__(self, asked: Asked) -> Answer:
        answer = self._served(asked)
        date = formatdate(self.clock.now() + self.ahead, usegmt=True)
        return Answer(answer.status, {**answer.headers, "Date": date}, answer.body)

    def _served(self, asked: Asked) -> Answer:
        form = {name: values[0] for name, values in query_of(asked.body.decode()).items()}
        if (asked.method, asked.path) == ("POST", "/token"):
            return self._token(form)
        if (asked.method, asked.path) == ("POST", "/revoke"):
            return self._revoke(form)
        if asked.headers.get("authorization") != f"Bearer {ACCESS}":
            return json_answer({"error": {"code": 401, "message": "Invalid Credentials"}}, 401)
        if asked.path == "/drive/v3/about":
            user = {"displayName": "Ana Silva", "emailAddress": "ana@acme.example"}
            quota = {"limit": "100", "usage": "95"}
            return json_answer({"user": user, "storageQuota": quota})
        if asked.path == "/drive/v3/files":
            return json_answer({"files": self.folders})
        return json_answer({"error": {"code": 404}}, 404)

    def _token(self, form: dict[str, str]) -> Answer:
        self.used = form
        grant = form.get("grant_type")
        if grant == "authorization_code":
            good = form["code"] == "4/canary-code" and self._proven(form)
            return self._given(REFRESH if self.lasting else None) if good else _denied()
        if grant == "refresh_token":
            good = self.alive and form["refresh_token"] == REFRESH
            return self._given(None) if good else _denied()
        if grant == "urn:ietf:params:oauth:grant-type:jwt-bearer":
            return self._given(None) if self.delegated and _signed(form["assertion"]) else _denied()
        return _denied("unsupported_grant_type")

    def _proven(self, form: dict[str, str]) -> bool:
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        return (
            challenge == self.asked_for["code_challenge"]
            and form["redirect_uri"] == self.asked_for["redirect_uri"]
            and CLIENT.items() <= form.items()
        )

    def _given(self, refresh: str | None) -> Answer:
        token = {"access_token": ACCESS, "expires_in": 3599, "token_type": "Bearer"}
        scopes = {"scope": " ".join(self._scopes())}
        return json_answer(token | scopes | ({"refresh_token": refresh} if refresh else {}))

    def _scopes(self) -> Sequence[str]:
        return self.asked_for.get("scope", "").split() if self.granted is None else self.granted

    def _revoke(self, form: dict[str, str]) -> Answer:
        if not self.alive or form.get("token") != REFRESH:
            return _denied("invalid_token")
        self.alive = False
        return json_answer({})


def service_account(**other: str) -> str:
    """Return the key file of the robot."""
    private = KEY.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    info = {
        "type": "service_account",
        "client_email": ROBOT,
        "private_key_id": "canary-key-id",
        "private_key": private.decode(),
        "token_uri": "https://evil.example/token",
        "client_id": "1",
    }
    return json.dumps(info | other)


def claims(assertion: str) -> dict[str, Any]:
    """Return what a signed request for a token says."""
    found: dict[str, Any] = json.loads(_unpacked(assertion.split(".")[1]))
    return found


def _signed(assertion: str) -> bool:
    head, body, signature = assertion.split(".")
    KEY.public_key().verify(
        _unpacked(signature), f"{head}.{body}".encode(), padding.PKCS1v15(), hashes.SHA256()
    )
    return True


def _unpacked(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _denied(error: str = "invalid_grant") -> Answer:
    words = "Token has been expired or revoked."
    return json_answer({"error": error, "error_description": words}, 400)
