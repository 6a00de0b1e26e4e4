"""Holds each request and reply against Trello's published description."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from smarketing.standin import Answer, Asked, query_of

from .defect import mended
from .shapes import Shapes
from .trello_defects import DEFECTS, PATHS_TOO

FILE = Path(__file__).parents[3] / "shared" / "specs" / "trello" / "swagger.v3.json"
BASE = "/1"

_EVERYWHERE = frozenset(("key", "token"))
_ERRORS = frozenset((400, 401, 403, 404, 409, 412, 414, 429, 449, 500, 502, 503, 504))
_FIELDS_OF = {
    "action": "Action", "attachment": "Attachment", "board": "Board", "card": "Card",
    "checkItem": "CheckItem", "checklist": "Checklist", "label": "Label", "list": "TrelloList",
    "member": "Member", "memberCreator": "Member", "membersInvited": "Member",
    "organization": "Organization",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path: its parameters by name, and the shape of its answer."""

    method: str
    path: str
    parameters: Mapping[str, Any]
    reply: Any


@cache
def raw() -> Any:
    """Return the description as it is, with parameters by name instead of in a list."""
    described = json.loads(FILE.read_text("utf-8"))
    for path in described["paths"].values():
        shared = path.pop("parameters", [])
        for operation in path.values():
            listed = [*shared, *operation.get("parameters", []), *_of_body(operation)]
            operation["parameters"] = {one["name"]: one for one in listed}
            _take_reply(operation)
    return described


def _of_body(operation: Any) -> Iterator[Any]:
    """Yield what the file lists as a JSON body: it may stand in the query as well."""
    content = operation.get("requestBody", {}).get("content", {})
    shape = content.get("application/json", {}).get("schema", {})
    for name, one in shape.get("properties", {}).items():
        yield {"name": name, "in": "body", "schema": one}


def _take_reply(operation: Any) -> None:
    content = operation["responses"].get("200", {}).get("content", {})
    shape = content.get("application/json", {}).get("schema")
    if shape is not None:
        operation["reply"] = shape


class TrelloSpec:
    """Trello's description with its known defects mended."""

    def __init__(self) -> None:
        described = mended(raw(), DEFECTS)
        self._schemas = described["components"]["schemas"]
        self._shapes = Shapes(self._schemas, "components/schemas")
        self._operations = [
            Operation(method.upper(), path, one["parameters"], one.get("reply"))
            for path, methods in described["paths"].items()
            for method, one in methods.items()
        ]
        for (method, path), (other, _) in PATHS_TOO.items():
            same = next(
                (o for o in self._operations if (o.method, o.path) == (method, other)), None
            )
            value = {"value": {"in": "query", "required": True, "schema": {}}}
            known = same.parameters if same else value
            self._operations.append(Operation(method, path, known, same.reply if same else None))

    def misfits(self, asked: Asked, answer: Answer, request: bool = True) -> Iterator[str]:
        """Yield what does not fit in a reply and, where it is meant seriously, its request."""
        operation, named = self.operation(asked.method, asked.path)
        if request:
            yield from self.request_misfits(asked, operation, named)
        yield from self.reply_misfits(operation, asked, answer, request)

    def operation(self, method: str, path: str) -> tuple[Operation | None, Mapping[str, str]]:
        """Return the operation of a path and what its names stand for; fewest names first."""
        inner = path.removeprefix(BASE)
        fitting = [
            (len(found.groupdict()), operation, found.groupdict())
            for operation in self._operations
            if operation.method == method and (found := _pattern(operation.path).fullmatch(inner))
        ]
        if not fitting or not path.startswith(BASE + "/"):
            return None, {}
        _, best, named = min(fitting, key=lambda one: one[0])
        return best, named

    def request_misfits(
        self, asked: Asked, operation: Operation | None, named: Mapping[str, str]
    ) -> Iterator[str]:
        """Yield what in a request the description does not know."""
        if operation is None:
            yield f"no such operation: {asked.method} {asked.path}"
            return
        for name, text in named.items():
            parameter = operation.parameters.get(name)
            if parameter:
                yield from self._value_misfits(name, parameter["schema"], text)
        yield from self._given_misfits(operation, self._given(asked))

    def reply_misfits(
        self, operation: Operation | None, asked: Asked, answer: Answer, request: bool
    ) -> Iterator[str]:
        """Yield what in a reply the description does not know."""
        if answer.status >= 400:
            yield from _error_misfits(answer)
            return
        if answer.status != 200:
            yield f"status {answer.status}"
        try:
            data = json.loads(answer.body)
        except ValueError:
            yield "the reply is no JSON"
            return
        if operation is not None and operation.path == "/batch":
            yield from self._batch_misfits(asked, data, request)
        elif operation is not None and operation.reply is not None:
            yield from self._shapes.misfits(operation.reply, data)

    def _given(self, asked: Asked) -> dict[str, Any]:
        """Return all parameters: from the query as texts, from a body as they are."""
        given: dict[str, Any] = dict(asked.query)
        kind = asked.headers.get("content-type", "")
        if asked.body and kind.startswith("application/json"):
            given |= {
                name: one
                for name, one in asked.json().items()
                if one is not None or name == "value"
            }
        elif asked.body and kind.startswith("application/x-www-form-urlencoded"):
            given |= query_of(asked.body.decode())
        return {name: value for name, value in given.items() if name not in _EVERYWHERE}

    def _given_misfits(self, operation: Operation, given: Mapping[str, Any]) -> Iterator[str]:
        for name, value in given.items():
            parameter = operation.parameters.get(name)
            if parameter is None or parameter["in"] == "path":
                yield f"{operation.method} {operation.path} has no parameter {name}"
            elif isinstance(value, tuple):
                if len(value) > 1:
                    yield f"{name} is given twice"
                yield from self._value_misfits(name, self._shape(operation, name), value[-1])
            elif isinstance(value, str):
                yield from self._value_misfits(name, self._shape(operation, name), value)
            else:
                yield from self._typed_misfits(name, self._shape(operation, name), [value])
        for name, parameter in operation.parameters.items():
            if parameter.get("required") and parameter["in"] == "query" and name not in given:
                yield f"{operation.method} {operation.path} needs {name}"

    def _shape(self, operation: Operation, name: str) -> Any:
        """Return the shape of a parameter; of a mask of fields, that of the object it is for."""
        shape = operation.parameters[name]["schema"]
        if name == "fields":
            return {"fields": self._object(operation.reply)}
        start = name.removesuffix("_fields").rpartition("_")[2]
        if name.endswith("_fields") and start in _FIELDS_OF:
            return {"fields": _FIELDS_OF[start]}
        return shape

    def _object(self, reply: Any) -> str:
        for shape in (reply, *_inner(reply)):
            if isinstance(shape, dict) and "$ref" in shape:
                return str(shape["$ref"]).rpartition("/")[2]
        return ""

    def _value_misfits(self, name: str, shape: Any, text: str) -> Iterator[str]:
        """Yield a misfit if no reading of a text from a query fits."""
        if "fields" in shape:
            known = self._schemas.get(shape["fields"], {}).get("properties", {})
            wanted = set(filter(None, text.split(","))) - {"all"}
            if known and not wanted <= known.keys():
                yield f"{name}: {shape['fields']} has no {sorted(wanted - known.keys())}"
            return
        resolved = self._resolved(shape)
        if "," in text and ("enum" in resolved or resolved.get("type") == "array"):
            of = resolved.get("items", resolved)
            for part in text.split(","):
                yield from self._typed_misfits(name, of, list(_readings(part)))
        else:
            yield from self._typed_misfits(name, shape, list(_readings(text)))

    def _typed_misfits(self, name: str, shape: Any, readings: list[Any]) -> Iterator[str]:
        resolved = self._resolved(shape)
        if resolved.get("type") == "array" and not isinstance(readings[0], list):
            shape = resolved["items"]
            if "" in readings:
                return
        found = [list(self._shapes.misfits(shape, one)) for one in readings]
        if all(found):
            yield f"{name}: {found[0][0]}"

    def _resolved(self, shape: Any) -> Any:
        while "$ref" in shape:
            shape = self._schemas[str(shape["$ref"]).rpartition("/")[2]]
        return shape

    def _batch_misfits(self, asked: Asked, data: Any, request: bool) -> Iterator[str]:
        """Yield what does not fit in the requests and replies inside a batch."""
        urls = asked.one("urls").split(",")
        if len(urls) > 10 or not isinstance(data, list) or len(data) != len(urls):
            yield f"a batch of {len(urls)} has another number of answers, or is too big"
            return
        for url, part in zip(urls, data, strict=True):
            path, _, query = url.partition("?")
            inner = Asked("GET", BASE + path, query_of(query), {})
            if "200" in part:
                reply = Answer(200, {}, json.dumps(part["200"]).encode())
                yield from self.misfits(inner, reply, request)
            elif part.keys() != {"name", "message", "statusCode"}:
                yield f"no answer of a batch: {str(part)[:100]}"


def _inner(reply: Any) -> Iterator[Any]:
    if isinstance(reply, dict):
        if "items" in reply:
            yield reply["items"]
        yield from reply.get("oneOf", ())


@cache
def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(path)))


def _readings(text: str) -> Iterator[Any]:
    """Yield what a text in a query may mean."""
    yield text
    if text in ("true", "false"):
        yield text == "true"
    if text in ("null", ""):
        yield None
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        yield float(text)


def _error_misfits(answer: Answer) -> Iterator[str]:
    if answer.status not in _ERRORS:
        yield f"status {answer.status} is none that Trello answers"
    if answer.headers.get("Content-Type", "").startswith("application/json"):
        data = json.loads(answer.body)
        if not isinstance(data, dict) or not all(isinstance(one, str) for one in data.values()):
            yield f"an error is an object of texts, not {str(data)[:100]}"
