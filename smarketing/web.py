"""The HTTP calls of one account: one session for every library, counted, bounded in time.

It never sleeps and repeats only reads whose connection broke. What the vendor refuses is
raised as `Refused`, a reply that did not come as `NoReply`.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter, HTTPAdapter

from smarketing.contract import Busy, Calls, Failed, Later, Lost, Outcome, Unreachable

CONNECT, ANSWER = 10.0, 60.0
"""Seconds to wait for a connection, and for each part of a reply."""

WITHOUT_WORD = 10.0
"""Seconds to wait where the vendor asks us to and does not say how long."""

_READS = frozenset(("GET", "HEAD"))
_UNCERTAIN = frozenset((408, 500, 502, 504))
"""Statuses after which a write may have arrived all the same."""

_AT_ONCE = 16

Authorise = Callable[[requests.PreparedRequest], None]
"""Puts the account's token into the headers of a request."""

IsPacing = Callable[["Refused"], bool]
"""Says whether a refusal only asks us to wait."""


class Refused(Exception):  # noqa: N818 - reads as what it is
    """The vendor answered with an error. `after` are the seconds it asks us to wait, if it says."""

    def __init__(self, status: int, text: str, after: float | None, data: Any) -> None:
        super().__init__(f"{status} {text}".strip())
        self.status, self.text, self.after, self.data = status, text, after, data

    @property
    def words(self) -> str:
        """What the vendor says in words, where its answer has some."""
        inner = self.data.get("error", self.data) if isinstance(self.data, dict) else None
        for held in (inner, self.data):
            said = held.get("message") if isinstance(held, dict) else None
            if isinstance(said, str) and said.strip():
                return said.strip()[:300]
        return self.text


class NoReply(Exception):  # noqa: N818 - reads as what it is
    """No whole reply came. `may_have_arrived` says whether the request can have been served."""

    def __init__(self, words: str, may_have_arrived: bool) -> None:
        super().__init__(words)
        self.may_have_arrived = may_have_arrived


class Web(requests.Session):
    """A session for one account. Hand it to a vendor's library, or call it directly.

    `hosts` are those that get the token, and the only ones that are called at all. `endpoint`
    replaces the beginning `instead_of` of every url. `transport` replaces the network.
    """

    def __init__(
        self,
        hosts: Iterable[str],
        authorise: Authorise,
        *,
        instead_of: str = "",
        endpoint: str = "",
        transport: BaseAdapter | None = None,
    ) -> None:
        super().__init__()
        self.hosts = frozenset(hosts) | ({urlsplit(endpoint).netloc} if endpoint else frozenset())
        self.spent = Calls()
        self._authorise = authorise
        self._instead_of, self._endpoint = instead_of, endpoint
        self._hidden: set[str] = set()
        self._surroundings: dict[Any, Any] = {}
        self._lock = Lock()
        # With an auth of its own, requests does not look for one in ~/.netrc.
        self.auth = self._with_token
        adapter = transport or HTTPAdapter(pool_connections=_AT_ONCE, pool_maxsize=_AT_ONCE)
        self.mount("https://", adapter)
        self.mount("http://", adapter)

    def __repr__(self) -> str:
        return f"Web({sorted(self.hosts)})"

    def hide(self, *secrets: str) -> None:
        """Keep these out of every message."""
        self._hidden |= {secret for secret in secrets if secret}

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        """Send a request and return a reply of success; raise Refused or NoReply."""
        kwargs["timeout"] = (CONNECT, ANSWER)
        kwargs["allow_redirects"] = False
        kwargs["stream"] = False
        self._count(request)
        try:
            reply = super().send(request, **kwargs)
        except requests.RequestException as error:
            if request.method not in _READS:
                raise self._no_reply(error) from None
            reply = self._read_again(request, kwargs)
        if reply.status_code >= 400 or 300 < reply.status_code < 304:
            raise self._refused(reply)
        return reply

    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        """Prepare a request for the endpoint of this account; raise ValueError for another host."""
        url = str(request.url)
        if self._endpoint and url.startswith(self._instead_of):
            request.url = self._endpoint.rstrip("/") + "/" + url[len(self._instead_of) :]
        host = urlsplit(str(request.url)).netloc
        if host not in self.hosts:
            raise ValueError(f"{host} is not a host of this account")
        return super().prepare_request(request)

    def merge_environment_settings(self, url: Any, proxies: Any, *settings: Any) -> Any:
        """Look once for each host, not at each call, at what the environment says of proxies."""
        key = (urlsplit(str(url))[:2], settings)
        if proxies:
            return super().merge_environment_settings(url, proxies, *settings)
        if key not in self._surroundings:
            found = super().merge_environment_settings(url, proxies, *settings)
            self._surroundings[key] = found
        return dict(self._surroundings[key])

    def _with_token(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        self._authorise(request)
        return request

    def _count(self, request: requests.PreparedRequest) -> None:
        with self._lock:
            self.spent += Calls(1, 0) if request.method in _READS else Calls(0, 1)

    def _read_again(
        self, request: requests.PreparedRequest, kwargs: dict[str, Any]
    ) -> requests.Response:
        self._count(request)
        try:
            return super().send(request, **kwargs)
        except requests.RequestException as error:
            raise self._no_reply(error) from None

    def _no_reply(self, error: requests.RequestException) -> NoReply:
        # Its text holds the url, and may hold more.
        timed_out = isinstance(error, requests.Timeout)
        never_left = isinstance(error, requests.ConnectTimeout) or "NewConnectionError" in str(
            error
        )
        words = "it did not answer in time" if timed_out else "the connection broke"
        if never_left:
            words = "no connection could be made"
        return NoReply(words, may_have_arrived=not never_left)

    def _refused(self, reply: requests.Response) -> Refused:
        told = self.without_secrets(reply.text.strip())
        text = told[:300]
        try:
            data = json.loads(told)
        except ValueError:
            data = None
        return Refused(reply.status_code, text, _seconds(reply.headers.get("Retry-After")), data)

    def without_secrets(self, text: str) -> str:
        """Return the text with every secret blotted out."""
        for secret in self._hidden:
            text = text.replace(secret, "***")
        return text


def parsed(reply: requests.Response) -> Any:
    """Return the JSON of a reply; raise NoReply where it was cut short.

    Whatever was asked has been served, so it is looked for as after any lost reply.
    """
    try:
        return json.loads(reply.content)
    except ValueError:
        raise NoReply("the reply was cut short", may_have_arrived=True) from None


def outcome(error: Refused | NoReply, tool: str, is_pacing: IsPacing) -> Outcome:
    """Return what a write that ended in this error comes to; `tool` is its name for messages."""
    if isinstance(error, NoReply):
        return Lost() if error.may_have_arrived else Failed(f"{tool}: {error}. Run again later.")
    if is_pacing(error):
        return Later(WITHOUT_WORD if error.after is None else error.after)
    if error.status in _UNCERTAIN:
        return Lost()
    return Failed(_told(error, tool))


def unreachable(error: Refused | NoReply, tool: str, is_pacing: IsPacing) -> Unreachable:
    """Return what to raise when a read ended in this error."""
    if isinstance(error, NoReply):
        return Unreachable(f"{tool} can't be reached: {error}. Run again later.")
    if is_pacing(error):
        after = WITHOUT_WORD if error.after is None else error.after
        return Busy(f"{tool} asks us to wait {after:.0f} seconds.", after)
    if error.status >= 500:
        return Unreachable(f"{tool} is in trouble ({error.status}). Run again later.")
    return Unreachable(_told(error, tool))


@contextmanager
def retelling(told: Callable[[Refused | NoReply], Exception]) -> Iterator[None]:
    """Raise what `told` makes of a call that did not succeed inside."""
    try:
        yield
    except (Refused, NoReply) as error:
        raise told(error) from None


def _told(error: Refused, tool: str) -> str:
    if error.status == 401:
        vendor = tool.split()[0].lower()
        return f"{tool} does not know us any more: sign in with `smarketing login {vendor}`."
    return f"{tool} refused it: {error.words} ({error.status})"


def _seconds(header: str | None) -> float | None:
    """Return the seconds of a Retry-After header; the form with a date counts as not said."""
    try:
        return max(0.0, float(header)) if header else None
    except ValueError:
        return None
