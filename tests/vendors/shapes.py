"""The schemas of a vendor's description, made into checks, and what does not fit them, in words.

A general validator takes a tenth of a second for one document, and there are many thousands:
this one knows just the words that the descriptions use, and is held against the general one.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

Path = tuple["Path | None", str]
"""The way to a value: to what holds it, and then this step. Put into words for a misfit alone."""

Check = Callable[[Any, Path, list[str]], None]
"""Adds what does not fit of a value at a path to a list."""

_WHOLE: Path = (None, "$")

WORDS = frozenset((
    "$ref", "additionalProperties", "anyOf", "enum", "format", "items", "maxLength", "maximum",
    "minLength", "minimum", "nullable", "oneOf", "pattern", "properties", "required", "type",
))  # fmt: skip
"""What a schema may say and is checked."""

SILENT = frozenset((
    "annotations", "default", "deprecated", "description", "discriminator", "enumDeprecated",
    "enumDescriptions", "example", "id", "nodeType", "readOnly", "title", "xml", "explode", "style",
))  # fmt: skip
"""What a schema may say and does not bind a value."""

MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?")

_FORMATS: Mapping[str, Callable[[str], bool]] = {
    "date": lambda text: MOMENT.fullmatch(text) is not None,
    "date-time": lambda text: MOMENT.fullmatch(text) is not None,
    "email": lambda text: "@" in text,
    "int64": lambda text: re.fullmatch(r"-?\d+", text) is not None,
}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "array": lambda value: isinstance(value, list),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: _is_number(value) and value == int(value),
    "null": lambda value: value is None,
    "number": _is_number,
    "object": lambda value: isinstance(value, dict),
    "string": lambda value: isinstance(value, str),
}


class Shapes:
    """The schemas of one description. An object has no other fields than those it lists."""

    def __init__(self, schemas: Mapping[str, Any], where: str) -> None:
        self._schemas = {f"#/{where}/{name}": shape for name, shape in schemas.items()}
        self._named: dict[str, Check] = {}
        self._made: dict[str, Check] = {}

    def misfits(self, shape: Any, value: Any) -> list[str]:
        """Return what in a value does not fit a shape of the description."""
        key = json.dumps(shape, sort_keys=True)
        if key not in self._made:
            self._made[key] = self._check(shape)
        found: list[str] = []
        self._made[key](value, _WHOLE, found)
        return found

    def _check(self, shape: Any) -> Check:
        """Return the check that a schema stands for."""
        unknown = shape.keys() - WORDS - SILENT
        if unknown:
            raise ValueError(f"a schema says {sorted(unknown)}, which nobody checks")
        check = self._named_check(shape["$ref"]) if "$ref" in shape else self._all(shape)
        if not shape.get("nullable"):
            return check

        def unless_null(value: Any, path: Path, found: list[str]) -> None:
            if value is not None:
                check(value, path, found)

        return unless_null

    def _named_check(self, name: str) -> Check:
        def later(value: Any, path: Path, found: list[str]) -> None:
            if name not in self._named:
                self._named[name] = self._check(self._schemas[name])
            self._named[name](value, path, found)

        return later

    def _all(self, shape: Mapping[str, Any]) -> Check:
        """Return the check for all that a schema says, its type first."""
        checks = [_enum(shape["enum"])] if "enum" in shape else []
        checks += [_text(shape)] if _TEXT & shape.keys() else []
        checks += [_bounds(shape)] if _BOUNDS & shape.keys() else []
        checks += [self._items(shape["items"])] if "items" in shape else []
        checks += [self._object(shape)] if _OBJECT & shape.keys() else []
        # A number may fit two of them, as integer and as number: that is no misfit.
        checks += [self._one_of(shape[name]) for name in ("oneOf", "anyOf") if name in shape]
        kind = shape.get("type")
        fits = _TYPES[kind] if kind else None

        def check(value: Any, path: Path, found: list[str]) -> None:
            if fits is not None and not fits(value):
                found.append(f"{_said(path)}: {_shown(value)} is not of type '{kind}'")
                return
            for one in checks:
                one(value, path, found)

        return check

    def _items(self, shape: Any) -> Check:
        inner = self._check(shape)

        def check(value: Any, path: Path, found: list[str]) -> None:
            if isinstance(value, list):
                for index, one in enumerate(value):
                    inner(one, (path, f"[{index}]"), found)

        return check

    def _object(self, shape: Mapping[str, Any]) -> Check:
        listed = {name: self._check(one) for name, one in shape.get("properties", {}).items()}
        more = shape.get("additionalProperties", not listed)
        others = self._check(more) if isinstance(more, dict) else None
        required = frozenset(shape.get("required", ()))

        def check(value: Any, path: Path, found: list[str]) -> None:
            if not isinstance(value, dict):
                return
            for name in sorted(required - value.keys()):
                found.append(f"{_said(path)}: {name} is missing")
            for name, one in value.items():
                if inner := listed.get(name, others):
                    inner(one, (path, name), found)
                elif not more:
                    found.append(f"{_said(path)}: there is no {name}")

        return check

    def _one_of(self, shapes: list[Any]) -> Check:
        inner = [self._check(one) for one in shapes]

        def check(value: Any, path: Path, found: list[str]) -> None:
            least: list[str] | None = None
            for one in inner:
                misfits: list[str] = []
                one(value, path, misfits)
                if not misfits:
                    return
                least = misfits if least is None or len(misfits) < len(least) else least
            found.extend(least or ())

        return check


_TEXT = {"pattern", "minLength", "maxLength", "format"}
_BOUNDS = {"minimum", "maximum"}
_OBJECT = {"properties", "additionalProperties", "required"}


def _enum(allowed: list[Any]) -> Check:
    def check(value: Any, path: Path, found: list[str]) -> None:
        if value not in allowed:
            found.append(f"{_said(path)}: {_shown(value)} is none of {allowed}")

    return check


def _text(shape: Mapping[str, Any]) -> Check:
    pattern = re.compile(shape.get("pattern", ""))
    least, most = shape.get("minLength", 0), shape.get("maxLength", float("inf"))
    name = shape.get("format", "")
    fits = _FORMATS.get(name)

    def check(value: Any, path: Path, found: list[str]) -> None:
        if not isinstance(value, str):
            return
        if not pattern.search(value):
            found.append(f"{_said(path)}: {_shown(value)} does not match '{pattern.pattern}'")
        if not least <= len(value) <= most:
            found.append(f"{_said(path)}: {_shown(value)} is too short or too long")
        if fits is not None and not fits(value):
            found.append(f"{_said(path)}: {_shown(value)} is not a '{name}'")

    return check


def _bounds(shape: Mapping[str, Any]) -> Check:
    least, most = float(shape.get("minimum", "-inf")), float(shape.get("maximum", "inf"))

    def check(value: Any, path: Path, found: list[str]) -> None:
        if _is_number(value) and not least <= value <= most:
            found.append(f"{_said(path)}: {value} is not from {least:g} to {most:g}")

    return check


def _said(path: Path) -> str:
    before, step = path
    if before is None:
        return step
    return f"{_said(before)}{'' if step[0] == '[' else '.'}{step}"


def _shown(value: Any) -> str:
    return repr(value)[:300]
