"""Several calls in one HTTP request. They are served, and answered, in no order."""

from collections.abc import Callable
from http import HTTPStatus
from random import Random
from urllib.parse import unquote

from smarketing.standin import Answer, Asked, World, query_of

from .drive.multipart import Part, headed, parts
from .errors import Said, invalid

DOCS, CALENDAR_100 = "google-batch-docs", "google-calendar-batch-100"
_BOUNDARY = "batch_of_the_stand_in"
_LONGEST_URL = 8000


def is_batch(path: str) -> bool:
    """Say whether a path is one of those for batches."""
    return path == "/batch" or path.startswith("/batch/")


def answer(world: World, asked: Asked, serve: Callable[[Asked], Answer], seed: int) -> Answer:
    """Serve every part of a batch; a part that fails does not touch the others."""
    beginnings, most = _serving(world, asked.path)
    found = parts(asked.headers.get("content-type", ""), asked.body)
    if len(found) > most:
        words = f"The batch request could not be processed: there are more than {most} calls."
        raise invalid(words, "", "badRequest")
    calls = [(part, _inner(asked, part, beginnings)) for part in found]
    Random(seed).shuffle(calls)
    told = [_told(part, _one(call, serve)) for part, call in calls]
    body = b"".join(b"--%s\r\n%s\r\n" % (_BOUNDARY.encode(), one) for one in told)
    kind = {"Content-Type": f"multipart/mixed; boundary={_BOUNDARY}"}
    return Answer(200, kind, body + f"--{_BOUNDARY}--\r\n".encode())


def _serving(world: World, path: str) -> tuple[tuple[str, ...], int]:
    """Return which calls a batch may hold, and how many."""
    if path == "/batch/drive/v3":
        return ("/drive/v3/",), 100
    if path == "/batch/calendar/v3":
        return ("/calendar/v3/",), 100 if CALENDAR_100 in world.switches else 50
    if path == "/batch" and DOCS in world.switches:
        return ("/v1/documents", "/v4/spreadsheets"), 100
    raise Said(404, "notFound", "Batches are not served here.")


def _one(call: Asked | Said, serve: Callable[[Asked], Answer]) -> Answer:
    return call.answer() if isinstance(call, Said) else serve(call)


def _inner(outer: Asked, part: Part, beginnings: tuple[str, ...]) -> Asked | Said:
    """Return the call of a part, or why it is none."""
    first, _, rest = part.body.lstrip().partition(b"\n")
    words = first.decode("latin-1").split()
    if len(words) != 3:
        return invalid("Failed to parse the request of a batch.", "", "badRequest")
    path, _, query = words[1].partition("?")
    path = unquote("/" + path.partition("://")[2].partition("/")[2] if "://" in path else path)
    if not path.startswith(beginnings) or len(words[1]) > _LONGEST_URL:
        return invalid("This call can't be made in this batch.", "", "badRequest")
    headers, body = headed(rest)
    if "authorization" in outer.headers:
        headers.setdefault("authorization", outer.headers["authorization"])
    if "content-length" in headers and headers["content-length"].isdigit():
        body = body[: int(headers["content-length"])]
    return Asked(words[0], path, query_of(query), headers, body)


def _told(part: Part, told: Answer) -> bytes:
    name = part.headers.get("content-id", "").strip("<>")
    lines = ["Content-Type: application/http", f"Content-ID: <response-{name}>", ""]
    lines.append(f"HTTP/1.1 {told.status} {_reason(told.status)}")
    lines += [f"{name}: {value}" for name, value in told.headers.items()]
    lines += [f"Content-Length: {len(told.body)}", "", ""]
    return "\r\n".join(lines).encode() + told.body


def _reason(status: int) -> str:
    return HTTPStatus(status).phrase
