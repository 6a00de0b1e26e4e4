"""Bodies of several parts: uploads with their metadata, and batches of calls."""

from dataclasses import dataclass
from email.message import Message

from ..errors import invalid


@dataclass(frozen=True, slots=True)
class Part:
    """One part. Header names are in lower case."""

    headers: dict[str, str]
    body: bytes


def parts(content_type: str, body: bytes) -> list[Part]:
    """Return the parts of a body; lines may end as they like, as the vendor's clients do."""
    boundary = parameter(content_type, "boundary")
    if not boundary:
        raise invalid("Missing boundary in the multipart body.", "Content-Type", "badContent")
    pieces = (b"\n" + body).split(b"\n--" + boundary.encode("latin-1"))
    if len(pieces) < 3:
        raise invalid("Malformed multipart body.", "", "badContent")
    return [_part(piece) for piece in pieces[1:-1]]


def parameter(content_type: str, name: str) -> str:
    """Return a parameter of a content type, "" if it has none."""
    message = Message()
    message["Content-Type"] = content_type
    found = message.get_param(name)
    return found if isinstance(found, str) else ""


def headed(text: bytes) -> tuple[dict[str, str], bytes]:
    """Return the headers at the beginning of a text, and what follows the empty line."""
    headers: dict[str, str] = {}
    while text:
        line, _, text = text.partition(b"\n")
        stripped = line.strip(b"\r").decode("latin-1")
        if not stripped.strip():
            break
        name, _, value = stripped.partition(":")
        headers[name.strip().lower()] = value.strip()
    return headers, text


def _part(piece: bytes) -> Part:
    after_boundary = piece.partition(b"\n")[2]
    headers, body = headed(after_boundary)
    return Part(headers, body[:-1] if body.endswith(b"\r") else body)
