"""One call of a method: who calls, with which parameters, and how lists are given out in pages."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any, TypeVar

from smarketing.standin import Asked, query_of

from .refusals import No
from .store import Channel, Store, User

T = TypeVar("T")

MOST = 1000
"""Things on one page at most."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a method."""

    store: Store
    user: User
    given: Mapping[str, Any]

    def text(self, name: str, default: str = "") -> str:
        """Return a parameter."""
        return str(self.given.get(name, default))

    def needed(self, name: str, error: str = "invalid_arguments") -> str:
        """Return a parameter that has to be there."""
        if name not in self.given:
            raise No(error)
        return self.text(name)

    def truth(self, name: str) -> bool:
        """Return a parameter that is true or false."""
        return self.text(name).lower() in ("true", "1")

    def channel(self, name: str = "channel") -> Channel:
        """Return the channel that is meant."""
        return self.store.channel(self.text(name))

    def inside(self, name: str = "channel") -> Channel:
        """Return the channel that is meant, of which the caller has to be a member."""
        channel = self.channel(name)
        if channel.archived:
            raise No("is_archived")
        if self.user.id not in channel.members:
            raise No("not_in_channel")
        return channel

    def parsed(self, name: str) -> Any:
        """Return a parameter that is JSON, None where it is not given."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise No("invalid_json") from None

    def page(self, things: Sequence[T], default: int = 100) -> tuple[Sequence[T], dict[str, str]]:
        """Return a page of things, and what leads to the next one."""
        limit = int(self.text("limit") or default)
        if not 0 < limit <= MOST:
            raise No("invalid_limit")
        start = _start(self.text("cursor"))
        rest = start + limit < len(things)
        cursor = b64encode(f"next:{start + limit}".encode()).decode() if rest else ""
        return things[start : start + limit], {"next_cursor": cursor}


Handler = Callable[[Call], dict[str, Any]]


def given(asked: Asked) -> dict[str, Any]:
    """Return the parameters of a request: of its query, and its form or JSON."""
    found: dict[str, Any] = {name: values[-1] for name, values in asked.query.items()}
    kind = asked.headers.get("content-type", "")
    if "json" in kind:
        try:
            data = asked.json()
        except ValueError:
            raise No("invalid_json") from None
        if not isinstance(data, dict):
            raise No("json_not_object")
        found |= {name: value for name, value in data.items() if value is not None}
    elif "multipart" in kind:
        found |= _parts(kind, asked.body)
    elif asked.body:
        form = query_of(asked.body.decode("utf-8", "replace"))
        found |= {name: values[-1] for name, values in form.items()}
    return found


def _parts(kind: str, body: bytes) -> dict[str, str]:
    """Return the fields of a form in several parts, as Slack's own client sends it."""
    whole = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    return {
        str(part.get_param("name", header="content-disposition")): bytes(
            part.get_payload(decode=True) or b""
        ).decode()
        for part in whole.iter_parts()
    }


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(b64decode(cursor, validate=True).decode().removeprefix("next:"))
    except ValueError:
        raise No("invalid_cursor") from None
