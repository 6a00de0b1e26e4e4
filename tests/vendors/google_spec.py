"""Holds each request and reply against Google's discovery documents, as its client library has them."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from smarketing.standin import Answer, Asked, query_of

from . import masks
from .defect import mended
from .google_defects import DEFECTS
from .google_parts import batched, metadata
from .heard import PERHAPS_ON_PURPOSE
from .shapes import Shapes

TOKEN = "/token"
MOST_IN_BATCH = {"/batch/calendar/v3": 50}

SIGN_IN = frozenset(("/o/oauth2/v2/auth", "/o/oauth2/auth", "/revoke"))

_BY_DEFAULT = frozenset(("kind", "id", "name", "mimeType", "resourceKey", "driveId", "teamDriveId"))


@cache
def raw(api: str) -> Any:
    """Return a discovery document as it is."""
    folder = files("googleapiclient") / "discovery_cache" / "documents"
    return json.loads((folder / f"{api}.json").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Method:
    """One method of an API, with the path it is asked by."""

    api: "Api"
    about: Mapping[str, Any]
    path: re.Pattern[str]
    uploads: bool

    @property
    def name(self) -> str:
        return str(self.about["id"])


class Api:
    """One API: its methods, and its schemas for requests and for replies."""

    def __init__(self, name: str) -> None:
        about = mended(raw(name), DEFECTS[name])
        self.schemas: Mapping[str, Any] = about["schemas"]
        self.everywhere: Mapping[str, Any] = about["parameters"]
        self.replies = Shapes({n: _open(s) for n, s in self.schemas.items()}, "schemas")
        self.requests = Shapes({n: _written(s) for n, s in self.schemas.items()}, "schemas")
        self.batch = f"/{about['batchPath']}"
        self.methods = list(self._methods(about, f"/{about['servicePath']}"))

    def _methods(self, holder: Any, base: str) -> Iterator[Method]:
        for about in holder.get("methods", {}).values():
            yield Method(self, about, _pattern(base + about["path"]), False)
            for protocol in about.get("mediaUpload", {}).get("protocols", {}).values():
                yield Method(self, about, _pattern(protocol["path"]), True)
        for inner in holder.get("resources", {}).values():
            yield from self._methods(inner, base)


class GoogleSpec:
    """The discovery documents of Drive, Docs, Sheets and Calendar, known defects mended."""

    def __init__(self) -> None:
        self._apis = [Api(name) for name in DEFECTS]
        self._batches = {api.batch for api in self._apis}
        self._methods: defaultdict[str, list[Method]] = defaultdict(list)
        for method in (method for api in self._apis for method in api.methods):
            self._methods[method.about["httpMethod"]].append(method)

    def misfits(self, asked: Asked, answer: Answer, request: bool = True) -> Iterator[str]:
        """Yield what does not fit in a reply and, where it is meant seriously, its request."""
        asked = _overridden(asked)
        if asked.path == TOKEN:
            yield from _token_misfits(asked, answer, request)
        elif asked.path in SIGN_IN:
            return
        elif asked.path in self._batches and answer.status == 200:
            yield from self._batch_misfits(asked, answer, request)
        elif asked.path in self._batches:  # refused as a whole
            yield from _error_misfits(answer)
        else:
            yield from self._one_misfits(asked, answer, request)

    def method(self, asked: Asked) -> tuple[Method | None, Mapping[str, str]]:
        """Return the method that a request is for, and what the names in its path stand for."""
        fitting = [
            (len(found.groupdict()), method, found.groupdict())
            for method in self._methods[asked.method]
            if (found := method.path.fullmatch(asked.path))
        ]
        if not fitting:
            return None, {}
        _, method, named = min(fitting, key=lambda one: one[0])
        return method, named

    def _batch_misfits(self, asked: Asked, answer: Answer, request: bool) -> Iterator[str]:
        try:
            pairs = list(batched(asked, answer))
        except ValueError as error:
            yield str(error)
            return
        most = MOST_IN_BATCH.get(asked.path, 100)
        if len(pairs) > most:
            yield f"{len(pairs)} requests in a batch of at most {most}"
        for inner, reply in pairs:
            if any(inner.path.startswith(start) for start in ("/upload/", "/batch")):
                yield f"{inner.path} can't be in a batch"
            meant = request and reply.status not in PERHAPS_ON_PURPOSE
            for misfit in self._one_misfits(inner, reply, meant):
                yield f"in a batch: {inner.method} {inner.path}: {misfit}"

    def _one_misfits(self, asked: Asked, answer: Answer, request: bool) -> Iterator[str]:
        method, named = self.method(asked)
        if request and method is None:
            yield "no such method"
        elif request and method is not None:
            yield from _request_misfits(method, named, asked)
        if answer.status >= 400:
            yield from _error_misfits(answer)
        elif method is not None:
            yield from _reply_misfits(method, asked, answer)


def _request_misfits(method: Method, named: Mapping[str, str], asked: Asked) -> Iterator[str]:
    known = {**method.api.everywhere, **method.about.get("parameters", {})}
    if method.uploads:
        known["uploadType"] = {"type": "string", "enum": ["media", "multipart", "resumable"]}
    given = {**asked.query, **{name: (text,) for name, text in named.items()}}
    for name, texts in given.items():
        if name not in known:
            yield f"{method.name} has no parameter {name}"
            continue
        if len(texts) > 1 and not known[name].get("repeated"):
            yield f"{name} is given {len(texts)} times"
        for text in texts:
            yield from _text_misfits(name, known[name], text)
    for name, about in known.items():
        if about.get("required") and name not in given:
            yield f"{method.name} needs {name}"
    yield from _mask_misfits(method, asked)
    yield from _body_misfits(method, asked)


def _overridden(asked: Asked) -> Asked:
    """Return a GET that was too long for a url, and so came as a form, as the GET that it is."""
    if asked.headers.get("x-http-method-override", "").upper() != "GET":
        return asked
    return Asked("GET", asked.path, query_of(asked.body.decode()), asked.headers)


def _text_misfits(name: str, about: Mapping[str, Any], text: str) -> Iterator[str]:
    kind = about.get("type")
    if kind == "boolean" and text not in ("true", "false"):
        yield f"{name}: {text!r} is no truth"
    if kind == "integer":
        if not re.fullmatch(r"-?\d+", text):
            yield f"{name}: {text!r} is no whole number"
        elif not int(about.get("minimum", text)) <= int(text) <= int(about.get("maximum", text)):
            yield f"{name}: {text} is not from {about.get('minimum')} to {about.get('maximum')}"
    if "enum" in about and text not in about["enum"]:
        yield f"{name}: {text!r} is none of {about['enum']}"
    if "pattern" in about and not re.fullmatch(about["pattern"], text):
        yield f"{name}: {text!r} is not like {about['pattern']}"


def _mask_misfits(method: Method, asked: Asked) -> Iterator[str]:
    mask = asked.one("fields")
    if not mask or "response" not in method.about:
        return
    try:
        for name in masks.unknown(masks.parsed(mask), method.about["response"], method.api.schemas):
            yield f"fields: {method.about['response']['$ref']} has no {name}"
    except ValueError as error:
        yield f"fields: {error}"


def _body_misfits(method: Method, asked: Asked) -> Iterator[str]:
    shape = method.about.get("request")
    upload = asked.one("uploadType") if method.uploads else ""
    try:
        data = metadata(asked) if upload == "multipart" else _json(asked, upload)
    except ValueError as error:
        yield f"body: {error}"
        return
    if shape is None:
        if data:
            yield f"{method.name} has no body"
        return
    data = data or {}
    required = _required(method.api.schemas[shape["$ref"]], method.name)
    for name in sorted(required - data.keys()):
        yield f"{method.name} needs {name} in its body"
    if asked.method == "PATCH":
        data = _without_nulls(data)
    yield from method.api.requests.misfits({"$ref": f"#/schemas/{shape['$ref']}"}, data)


def _json(asked: Asked, upload: str) -> Any:
    return {} if upload == "media" else asked.json()


def _required(shape: Mapping[str, Any], method: str) -> set[str]:
    return {
        name
        for name, about in shape.get("properties", {}).items()
        if method in about.get("annotations", {}).get("required", ())
    }


def _without_nulls(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: _without_nulls(one) for name, one in data.items() if one is not None}
    return data


def _reply_misfits(method: Method, asked: Asked, answer: Answer) -> Iterator[str]:
    shape = method.about.get("response")
    if shape is None or asked.one("alt") == "media":
        if shape is None and not method.about.get("supportsMediaDownload") and answer.body:
            yield f"{method.name} answers nothing, and here is a body"
        return
    if answer.status != 200:
        yield f"status {answer.status}"
    if method.uploads and asked.one("uploadType") == "resumable" and not answer.body:
        return
    try:
        data = json.loads(answer.body)
    except ValueError:
        yield "the reply is no JSON"
        return
    yield from method.api.replies.misfits({"$ref": f"#/schemas/{shape['$ref']}"}, data)
    yield from _unasked(method, asked, data)


def _unasked(method: Method, asked: Asked, data: Any) -> Iterator[str]:
    """Yield what a reply holds although the mask did not ask for it."""
    try:
        if mask := asked.one("fields"):
            found = list(masks.outside(masks.parsed(mask), data))
        elif method.about.get("response", {}).get("$ref") == "File":
            found = sorted(data.keys() - _BY_DEFAULT)
        else:
            return
    except ValueError:
        return
    if found:
        yield f"the reply holds {found[:5]}, which `fields` did not ask for"


def _error_misfits(answer: Answer) -> Iterator[str]:
    try:
        error = json.loads(answer.body)["error"]
        fits = error["code"] == answer.status and isinstance(error["message"], str)
    except (ValueError, LookupError, TypeError):
        fits = answer.status in (500, 502, 503, 504)  # a gateway answers a page of its own
    if not fits:
        yield f"an error of {answer.status} is not {{error: {{code, message}}}}"


def _token_misfits(asked: Asked, answer: Answer, request: bool) -> Iterator[str]:
    """Yield what in an exchange of tokens is not as RFC 6749 says."""
    if request and asked.method != "POST":
        yield "a token is asked for by POST"
    kind = asked.headers.get("content-type", "")
    if request and not kind.startswith("application/x-www-form-urlencoded"):
        yield "a token is asked for by a form"
    if answer.status >= 500 or answer.status == 429:
        return
    data = json.loads(answer.body)
    if answer.status == 200 and not {"access_token", "token_type", "expires_in"} <= data.keys():
        yield f"a token comes with {sorted(data)}"
    if answer.status >= 400 and not isinstance(data.get("error"), str):
        yield "a refused token has an error"


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(?:\\\+)?(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(path)))


def _open(shape: Any) -> Any:
    """Return a schema of a discovery document with references and types as JSON Schema has them."""
    if isinstance(shape, list):
        return [_open(one) for one in shape]
    if not isinstance(shape, dict):
        return shape
    if isinstance(shape.get("$ref"), str):
        return {"$ref": f"#/schemas/{shape['$ref']}"}
    made = {name: shape[name] for name in ("type", "format", "enum", "pattern") if name in shape}
    if made.get("type") == "any":
        return {}
    if "items" in shape:
        made["items"] = _open(shape["items"])
    if "properties" in shape:
        made["properties"] = {name: _open(one) for name, one in shape["properties"].items()}
    if "additionalProperties" in shape:
        made["additionalProperties"] = _open(shape["additionalProperties"])
    return made


def _written(shape: Any) -> Any:
    """Return the schema without the fields that can only be read."""
    made = _open(shape)
    for name, one in shape.get("properties", {}).items():
        if one.get("readOnly"):
            del made["properties"][name]
    return made
