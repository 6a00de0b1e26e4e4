"""Slack's published description: what a request may hold and what a reply has to look like.

Three files of Slack's own: the OpenAPI description of 2020 says the parameters, what a reply must
have and which errors there are; the shapes of 2026 say every field that a reply was seen to have;
and the tiers say how often a method may be called. `slack_defects` lists what they get wrong.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from smarketing.integrations.slack.sandbox.call import given
from smarketing.integrations.slack.sandbox.refusals import No
from smarketing.standin import Answer, Asked

from .slack_defects import ANYTHING, ERRORS, FIELDS, METHODS, PARAMETERS

FOLDER = Path(__file__).parents[3] / "shared" / "specs" / "slack"
FILE = FOLDER / "slack_web_openapi_v2.pruned.json"
_KINDS: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool, str),
    "integer": (int, str),
    "number": (int, float, str),
}


class SlackSpec:
    """The description, with its known defects mended."""

    def __init__(self) -> None:
        self._paths = json.loads(FILE.read_text("utf-8"))["paths"]
        self._shapes = json.loads((FOLDER / "response-shapes.json").read_text("utf-8"))["paths"]

    def tiers(self) -> Mapping[str, str]:
        """Return the tier of each method."""
        data: Mapping[str, str] = json.loads((FOLDER / "rate_limit_tiers.json").read_text("utf-8"))
        return data

    def misfits(self, asked: Asked, answer: Answer, meant: bool) -> Iterator[str]:
        """Tell what does not fit in a reply, and in its request if that was meant seriously."""
        method = asked.path.removeprefix("/api/")
        if answer.status != 200:
            yield from _refusal_misfits(answer)
            return
        try:
            reply = json.loads(answer.body)
        except ValueError:
            yield "the reply is no JSON"
            return
        if reply.get("ok") is False:
            yield from self._error_misfits(method, reply)
        elif method not in self._shapes:
            yield f"there is no method {method}"
        else:
            yield from self._reply_misfits(method, reply)
        if meant and reply.get("ok"):
            yield from self.request_misfits(method, asked)

    def request_misfits(self, method: str, asked: Asked) -> Iterator[str]:
        """Tell what is wrong with a request."""
        described = self._paths.get(f"/{method}") or METHODS.get(method)
        if described is None:
            yield f"there is no method {method}"
            return
        verb = "get" if asked.method == "GET" else "post"
        # A method that only reads may be asked by POST as well, says the guide of the Web API.
        operation = described.get(verb) or described.get("get")
        if operation is None:
            yield f"{method} is not called by {asked.method}"
            return
        known = {each["name"]: each for each in operation["parameters"]}
        known |= PARAMETERS.get(method, {})
        try:
            said = given(asked)
        except No as no:
            yield f"the request can't be read: {no}"
            return
        for name, value in said.items():
            kind = known.get(name, {}).get("type")
            if name not in known:
                yield f"{method} knows no {name}"
            elif kind and not _is_of(kind, value):
                yield f"{name} is no {kind}: {value!r}"
        for name, each in known.items():
            if each.get("required") and name != "token" and name not in said:
                yield f"{method} needs {name}"

    def _reply_misfits(self, method: str, reply: Mapping[str, Any]) -> Iterator[str]:
        yield from _unlike(reply, {**self._shapes[method], **FIELDS.get(method, {})}, "$")
        operations = self._paths.get(f"/{method}", {})
        for operation in operations.values():
            needed = operation["responses"]["200"].get("schema", {}).get("required", ())
            for name in needed:
                if name not in reply:
                    yield f"$: {name} is missing"

    def _error_misfits(self, method: str, reply: Mapping[str, Any]) -> Iterator[str]:
        error = reply.get("error")
        known = set(ERRORS.get("", ())) | set(ERRORS.get(method, ()))
        for operation in self._paths.get(f"/{method}", {}).values():
            schema = operation["responses"].get("default", {}).get("schema", {})
            known |= set(schema.get("properties", {}).get("error", {}).get("enum", ()))
        if error not in known:
            yield f"{method} has no error {error!r}"
        if method in self._shapes:
            yield from _unlike(reply, self._shapes[method], "$")


def _is_of(kind: str, value: Any) -> bool:
    if not isinstance(value, _KINDS[kind]):
        return False
    text = str(value)
    if kind == "boolean":
        return text.lower() in ("true", "false", "1", "0")
    if kind in ("integer", "number"):
        return text.replace(".", "", 1).lstrip("-").isdigit()
    return True


def _refusal_misfits(answer: Answer) -> Iterator[str]:
    if answer.status == 429:
        if json.loads(answer.body) != {"ok": False, "error": "ratelimited"}:
            yield "a refusal for pace says ratelimited"
    elif answer.status not in (500, 502, 503, 504):
        yield f"Slack does not answer {answer.status}"


def _unlike(value: Any, shape: Any, path: str) -> Iterator[str]:
    """Tell where a value is other than a sample of its kind."""
    if shape == ANYTHING or (isinstance(shape, str) and shape.startswith("<cut")):
        return
    if isinstance(shape, Mapping):
        if not isinstance(value, Mapping):
            yield f"{path}: {value!r} is no object"
            return
        for name, inner in value.items():
            if name in shape:
                yield from _unlike(inner, shape[name], f"{path}.{name}")
            elif shape:
                yield f"{path}.{name}: Slack was never seen to answer it"
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield f"{path}: {value!r} is no list"
            return
        for number, inner in enumerate(value if shape else ()):
            yield from _unlike(inner, shape[0], f"{path}[{number}]")
    elif isinstance(shape, bool) or isinstance(value, bool):
        if not (isinstance(shape, bool) and isinstance(value, bool)):
            yield f"{path}: {value!r} is not like {shape!r}"
    elif isinstance(shape, int | float) != isinstance(value, int | float):
        yield f"{path}: {value!r} is not like {shape!r}"
