"""The vendor's own client library over our session: services, single calls and batches."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from threading import Lock
from typing import Any, Literal

from smarketing.contract import Calls, Setup
from smarketing.web import NoReply, Refused, Web

from .manifest import MANIFEST, NARROW, WIDER
from .signing.credentials import TOKEN_URL, SignIn

Api = Literal["drive", "docs", "sheets", "calendar"]
Reply = dict[str, Any]
Answer = Reply | Refused | NoReply

_VERSIONS: Mapping[Api, str] = {"drive": "v3", "docs": "v1", "sheets": "v4", "calendar": "v3"}
_TOKEN_HOST = "https://oauth2.googleapis.com/"


class Client:
    """One account's services. Safe to use from several threads, as our session is."""

    def __init__(self, setup: Setup) -> None:
        settings = setup.settings
        self._endpoint = setup.endpoint.rstrip("/")
        self.is_wider = settings.get("scope") == "wider"
        token_url = f"{self._endpoint}/token" if self._endpoint else TOKEN_URL
        scopes = NARROW + WIDER if self.is_wider else NARROW
        subject = str(settings.get("subject") or "")
        self._signin = SignIn(setup.account(MANIFEST.hosts[0]), scopes, subject, token_url)
        self._web = Web(
            # With an endpoint of its own, nothing goes to the vendor.
            () if self._endpoint else MANIFEST.hosts,
            self._signin.authorise,
            instead_of=_TOKEN_HOST,
            endpoint=self._endpoint,
            transport=setup.transport,
        )
        self._signin.use(self._web)
        self._wire = _Wire(self._web)
        self.drive, self.docs = _Api("drive", self._endpoint), _Api("docs", self._endpoint)
        self.sheets = _Api("sheets", self._endpoint)
        self.calendar = _Api("calendar", self._endpoint)
        self._lock = Lock()
        self._batched_reads = self._checks = 0

    def __repr__(self) -> str:
        return f"Client({self._endpoint or 'Google'})"

    def spent(self) -> Calls:
        """Return the calls made, without those for tokens and for `check`."""
        spent = self._web.spent
        batched = self._batched_reads
        return Calls(
            spent.read - self._checks + batched, spent.write - self._signin.asked - batched
        )

    def check(self, request: Any) -> Reply:
        """Make a call that does not count."""
        self._checks += 1
        return self.call(request)

    def call(self, request: Any) -> Reply:
        """Return the reply to a request of the library; raise Refused or NoReply."""
        try:
            reply = request.execute(http=self._wire, num_retries=0)
        except Refused as refused:
            if refused.status != 401:
                raise
            # A token may end before its time. Nothing was done, so we may ask anew.
            self._signin.forget()
            reply = request.execute(http=self._wire, num_retries=0)
        return _whole(reply, request.method)

    def batch(self, api: Api, requests: Sequence[Any], *, reads: bool = False) -> list[Answer]:
        """Return an answer to each request, all sent in one call; raise where that call failed."""
        if not requests:
            return []
        if len(requests) == 1:
            return [self._alone(requests[0])]
        if reads:
            with self._lock:
                self._batched_reads += 1
        return self._together(api, requests)

    def _alone(self, request: Any) -> Answer:
        try:
            return self.call(request)
        except Refused as refused:
            return refused

    def _together(self, api: Api, requests: Sequence[Any]) -> list[Answer]:
        from googleapiclient.errors import BatchError

        answers: dict[str, Answer] = {}

        def take(number: str, reply: Any, error: Any) -> None:
            answers[number] = _answer(reply, error, requests[int(number)].method)

        batch = _service(api, self._endpoint).new_batch_http_request(callback=take)
        for number, request in enumerate(requests):
            batch.add(request, request_id=str(number))
        try:
            batch.execute(http=self._wire)
        except (BatchError, KeyError, ValueError, IndexError, TypeError):
            # So the library fails on a reply of which the end is missing.
            raise NoReply("the reply was cut short", may_have_arrived=True) from None
        return [answers[str(number)] for number in range(len(requests))]


class _Api:
    """The collections of one API, as `drive.files()`."""

    def __init__(self, api: Api, endpoint: str) -> None:
        self._api, self._endpoint = api, endpoint

    def __getattr__(self, name: str) -> Callable[[], Any]:
        return partial(_collection, self._api, self._endpoint, name)


# The library takes a while to make these, and they are the same for all accounts. Of several threads
# that want the same one at once, each would make its own.
_MAKING = Lock()


def _collection(api: Api, endpoint: str, name: str) -> Any:
    with _MAKING:
        return _collection_made(api, endpoint, name)


@lru_cache(maxsize=256)
def _collection_made(api: Api, endpoint: str, name: str) -> Any:
    return getattr(_service_made(api, endpoint), name)()


def _service(api: Api, endpoint: str) -> Any:
    with _MAKING:
        return _service_made(api, endpoint)


@lru_cache(maxsize=32)
def _service_made(api: Api, endpoint: str) -> Any:
    from googleapiclient.discovery import build_from_document

    document = dict(_described(api))
    if endpoint:
        document["rootUrl"] = f"{endpoint}/"
    # Each call brings the wire of its own account.
    return build_from_document(document, http=_NoWire())


@lru_cache(maxsize=len(_VERSIONS))
def _described(api: Api) -> Mapping[str, Any]:
    """Return the description that ships with the library: no call is needed to know the API."""
    from googleapiclient.discovery_cache import get_static_doc

    document: dict[str, Any] = json.loads(get_static_doc(api, _VERSIONS[api]))
    document.pop("mtlsRootUrl", None)
    document["schemas"] = {key: _bare(each) for key, each in document["schemas"].items()}
    return document


def _bare(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a schema with the names of its properties alone.

    Of the rest the library makes nothing but help texts, the whole tree below each method anew:
    seconds, and a hundred megabytes.
    """
    names = {key: {"type": "any"} for key in schema.get("properties", {})}
    return {"id": schema.get("id", ""), "type": "object", "properties": names}


class _NoWire:
    """Stands where the library wants an httplib2.Http and none is used."""

    def request(self, *_: Any, **__: Any) -> None:
        """Refuse: a call that does not bring its wire has no account."""
        raise TypeError("a call needs the wire of its account")

    def close(self) -> None:
        """There is nothing to close."""


class _Wire:
    """What the library takes for an httplib2.Http."""

    def __init__(self, web: Web) -> None:
        self._web = web

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: str | bytes | None = None,
        headers: Mapping[str, str] | None = None,
        redirections: int = 0,
        connection_type: object = None,
    ) -> tuple[Any, bytes]:
        import httplib2

        # The session measures the body itself.
        sent = {k: v for k, v in (headers or {}).items() if k.lower() != "content-length"}
        data = body.encode() if isinstance(body, str) else body
        reply = self._web.request(method, uri, data=data, headers=sent)
        told = {name.lower(): value for name, value in reply.headers.items()}
        return httplib2.Response(told | {"status": str(reply.status_code)}), reply.content

    def close(self) -> None:
        """The session is closed with the account."""


def _answer(reply: Any, error: Any, method: str) -> Answer:
    if error is None:
        try:
            return _whole(reply, method)
        except NoReply as none:
            return none
    text = error.content.decode("utf-8", "replace")
    try:
        data = json.loads(text)
    except ValueError:
        data = None
    return Refused(int(error.resp["status"]), text.strip()[:300], None, data)


def _whole(reply: Any, method: str) -> Reply:
    """Return a reply; the library hands one that was cut short on as text."""
    if isinstance(reply, dict):
        return reply
    if not reply:  # a reply that has no content
        return {}
    raise NoReply("the reply was cut short", may_have_arrived=method != "GET")
