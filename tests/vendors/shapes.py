"""JSON Schemas made from a vendor's description, and what does not fit them, in words."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError, best_match
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?")
_ROOT = "urn:description"

FORMATS = FormatChecker(formats=())
"""What a `format` means here: no more than what is sure."""


def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or _MOMENT.fullmatch(value) is not None


def _is_mail(value: object) -> bool:
    return not isinstance(value, str) or "@" in value


for _name, _holds in (("date", _is_moment), ("date-time", _is_moment), ("email", _is_mail)):
    FORMATS.checks(_name)(_holds)


class Shapes:
    """The schemas of one description. `read` is what checks answers: unknown fields are told."""

    def __init__(self, schemas: Mapping[str, Any], where: str) -> None:
        document: dict[str, Any] = {}
        holder = document
        *outer, last = where.split("/")
        for name in outer:
            holder = holder.setdefault(name, {})
        holder[last] = {name: strict(shape) for name, shape in schemas.items()}
        resource = Resource.from_contents(document, default_specification=DRAFT202012)
        self._registry: Registry[Any] = Registry().with_resource(_ROOT, resource)
        self._validators: dict[str, Draft202012Validator] = {}
        self._clean: set[tuple[str, str]] = set()

    def misfits(self, shape: Any, value: Any) -> Iterator[str]:
        """Yield what in a value does not fit a shape of the description."""
        key = json.dumps(shape, sort_keys=True)
        if isinstance(value, list) and isinstance(shape, dict) and "items" in shape:
            for one in value:
                yield from self.misfits(shape["items"], one)
            return
        known = (key, json.dumps(value, sort_keys=True))
        if known in self._clean:
            return
        found = [told(error) for error in self._validator(key, shape).iter_errors(value)]
        if not found:
            self._clean.add(known)
        yield from found

    def _validator(self, key: str, shape: Any) -> Draft202012Validator:
        if key not in self._validators:
            self._validators[key] = Draft202012Validator(
                strict(shape), registry=self._registry, format_checker=FORMATS
            )
        return self._validators[key]


def told(error: ValidationError) -> str:
    """Return where a value does not fit, and why."""
    inner = best_match(error.context) if error.context else None
    worst = inner or error
    return f"{worst.json_path}: {worst.message[:300]}"


def strict(shape: Any) -> Any:
    """Return an OpenAPI 3.0 schema as a JSON Schema that knows no other fields than its own."""
    if not isinstance(shape, dict):
        return shape
    made = _made(shape)
    return {"anyOf": [made, {"type": "null"}]} if shape.get("nullable") else made


def _made(shape: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in shape:
        return {"$ref": _ROOT + shape["$ref"]}
    made = {name: shape[name] for name in _KEPT & shape.keys()}
    if "items" in shape:
        made["items"] = strict(shape["items"])
    for name in ("oneOf", "anyOf", "allOf"):
        if name in shape:
            # A number may fit two of them, as integer and as number: that is no misfit.
            kept = "anyOf" if name == "oneOf" else name
            made[kept] = [strict(one) for one in shape[name]]
    if shape.get("properties"):
        made["properties"] = {name: strict(one) for name, one in shape["properties"].items()}
        made["additionalProperties"] = shape.get("additionalProperties") is True
    elif isinstance(shape.get("additionalProperties"), dict):
        made["additionalProperties"] = strict(shape["additionalProperties"])
    return made


_KEPT = {
    "type", "enum", "pattern", "format", "required", "minimum", "maximum", "minLength", "maxLength",
}  # fmt: skip
