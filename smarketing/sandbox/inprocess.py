"""A transport for requests that asks stand-ins in this process instead of the network."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlsplit

import requests
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse

from smarketing.standin import Answer, Asked, query_of


class InProcess(BaseAdapter):
    """Give it to a `Web` as its transport. `answer` may raise what a network would raise."""

    def __init__(self, answer: Callable[[Asked], Answer]) -> None:
        super().__init__()
        self._answer = answer

    def send(self, request: requests.PreparedRequest, **_: Any) -> requests.Response:  # type: ignore[override]
        """Ask the stand-in and return its answer as requests knows it."""
        answer = self._answer(asked(request))
        raw = HTTPResponse(
            BytesIO(answer.body),
            headers=dict(answer.headers),
            status=answer.status,
            preload_content=False,
        )
        reply = requests.Response()
        reply.status_code = answer.status
        reply.headers.update(answer.headers)
        reply.raw = raw
        reply.url = str(request.url)
        reply.request = request
        reply.encoding = "utf-8"
        reply._content = answer.body
        return reply

    def close(self) -> None:
        """There is nothing to close."""


def asked(request: requests.PreparedRequest) -> Asked:
    """Return a prepared request as a stand-in gets it."""
    url = urlsplit(str(request.url))
    body = request.body or b""
    return Asked(
        request.method or "GET",
        unquote(url.path),
        query_of(url.query),
        {name.lower(): _text(value) for name, value in request.headers.items()},
        body.encode() if isinstance(body, str) else bytes(body),
    )


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value
