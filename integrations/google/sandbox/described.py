"""The vendor's own description of its interfaces, as its client library carries it."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

APIS = ("drive.v3", "calendar.v3", "docs.v1", "sheets.v4")


@dataclass(frozen=True, slots=True)
class Method:
    """One method of an API, such as `files.list` of drive.v3."""

    api: str
    name: str
    http: str
    path: re.Pattern[str]
    schema: str
    scopes: frozenset[str]


@cache
def _described(api: str) -> Any:
    folder = files("googleapiclient") / "discovery_cache" / "documents"
    return json.loads((folder / f"{api}.json").read_text("utf-8"))


def schemas(api: str) -> Mapping[str, Any]:
    """Return the schemas of an API such as `drive.v3`."""
    found: Mapping[str, Any] = _described(api)["schemas"]
    return found


def method_for(http: str, path: str) -> tuple[Method, tuple[str, ...]] | None:
    """Return the method that serves a path, and the variable parts of the path."""
    for method in _methods(http):
        found = method.path.fullmatch(path)
        if found:
            return method, found.groups()
    return None


@cache
def _methods(http: str) -> tuple[Method, ...]:
    """Return all methods, those with the most fixed words in their paths first."""
    found = [one for api in APIS for one in _walked(api, _described(api), "") if one.http == http]
    return tuple(sorted(found, key=lambda one: -len(re.sub(r"\(.*?\)", "", one.path.pattern))))


def _walked(api: str, described: Any, before: str) -> Iterator[Method]:
    for name, inner in described.get("resources", {}).items():
        yield from _walked(api, inner, f"{before}{name}.")
    for name, method in described.get("methods", {}).items():
        yield Method(
            api,
            before + name,
            method["httpMethod"],
            _pattern(api, method),
            method.get("response", {}).get("$ref", ""),
            frozenset(method.get("scopes", ())),
        )


def _pattern(api: str, method: Any) -> re.Pattern[str]:
    service = str(_described(api)["servicePath"])
    pieces = re.split(r"\{\+?\w+\}", method["path"])
    path = "([^/]+?)".join(re.escape(piece) for piece in pieces)
    upload = "(?:/upload)?" if "mediaUpload" in method else ""
    return re.compile(f"{upload}/{re.escape(service)}{path}")
