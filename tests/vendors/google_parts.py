"""The parts of Google's multipart bodies: uploads with their metadata, and HTTP batches."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email import message_from_bytes
from typing import Any
from urllib.parse import unquote, urlsplit

from smarketing.standin import Answer, Asked, query_of


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its headers, names in lower case, and its body."""

    headers: Mapping[str, str]
    body: bytes


def parts(kind: str, body: bytes) -> list[Part]:
    """Return the parts of a multipart body; raise ValueError where it is none."""
    whole: Any = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    if not whole.is_multipart():
        raise ValueError("the body is not multipart")
    return [
        Part({name.lower(): text for name, text in one.items()}, _payload(one))
        for one in whole.get_payload()
    ]


def _payload(part: Any) -> bytes:
    payload = part.get_payload(decode=True)
    # A part of type message/... counts as a message of its own.
    return bytes(part.get_payload(0).as_bytes() if payload is None else payload)


def metadata(asked: Asked) -> Any:
    """Return the metadata of a multipart upload."""
    found = parts(asked.headers.get("content-type", ""), asked.body)
    if len(found) != 2 or not found[0].headers.get("content-type", "").startswith(
        "application/json"
    ):
        raise ValueError("an upload has two parts, the first of JSON")
    return json.loads(found[0].body)


def batched(asked: Asked, answer: Answer) -> Iterator[tuple[Asked, Answer]]:
    """Yield each request of a batch with its reply; raise ValueError where one has none."""
    replies = {
        part.headers.get("content-id", "").strip("<>"): part
        for part in parts(_header(answer, "content-type"), answer.body)
    }
    for part in parts(asked.headers.get("content-type", ""), asked.body):
        identity = part.headers.get("content-id", "").strip("<>")
        reply = replies.pop(f"response-{identity}", None)
        if reply is None:
            raise ValueError(f"part {identity} of a batch has no reply")
        yield _asked(part.body), _answer(reply.body)
    if replies:
        raise ValueError("a batch has more replies than requests")


def _asked(text: bytes) -> Asked:
    line, headers, body = _http(text)
    method, target = line.split(" ")[:2]
    url = urlsplit(target)
    return Asked(method, unquote(url.path), query_of(url.query), headers, body)


def _answer(text: bytes) -> Answer:
    line, headers, body = _http(text)
    return Answer(int(line.split(" ")[1]), headers, body)


def _http(text: bytes) -> tuple[str, dict[str, str], bytes]:
    head, _, body = text.replace(b"\r\n", b"\n").lstrip(b"\n").partition(b"\n\n")
    line, *rest = head.decode().split("\n")
    named = (one.partition(":") for one in rest)
    return line, {name.strip().lower(): text.strip() for name, _, text in named}, body.strip()


def _header(answer: Answer, wanted: str) -> str:
    return next((text for name, text in answer.headers.items() if name.lower() == wanted), "")
