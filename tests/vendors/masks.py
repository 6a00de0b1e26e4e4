"""The `fields` masks of Google's APIs: what they name, and what of a reply they choose."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

Mask = Mapping[str, "Mask"]
"""Names and what is chosen below each; nothing below is everything."""

_TOKEN = re.compile(r"[\w*.:-]+|[(),/]")


def parsed(text: str) -> Mask:
    """Return the mask `a,b(c,d/e)` as `{a, b: {c, d: {e}}}`; raise ValueError where it is none."""
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != text.replace(" ", "") or not tokens:
        raise ValueError(f"{text!r} is no mask of fields")
    mask, rest = _list(tokens)
    if rest:
        raise ValueError(f"{text!r} is no mask of fields")
    return mask


def _list(tokens: list[str]) -> tuple[Mask, list[str]]:
    mask: dict[str, Mask] = {}
    while True:
        name, below, tokens = _one(tokens)
        mask[name] = {**mask.get(name, {}), **below}
        if not tokens or tokens[0] != ",":
            return mask, tokens
        tokens = tokens[1:]


def _one(tokens: list[str]) -> tuple[str, Mask, list[str]]:
    if not tokens or tokens[0] in ("(", ")", ",", "/"):
        raise ValueError("a mask of fields has a hole")
    name, rest = tokens[0], tokens[1:]
    if rest[:1] == ["/"]:
        inner, below, rest = _one(rest[1:])
        return name, {inner: below}, rest
    if rest[:1] == ["("]:
        mask, rest = _list(rest[1:])
        if rest[:1] != [")"]:
            raise ValueError("a mask of fields is not closed")
        return name, mask, rest[1:]
    return name, {}, rest


def unknown(mask: Mask, shape: Any, schemas: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of a mask that the shape of the reply does not have."""
    while "$ref" in shape or "items" in shape:
        shape = schemas[shape["$ref"]] if "$ref" in shape else shape["items"]
    known = shape.get("properties")
    if known is None:
        return
    for name, below in mask.items():
        if name == "*":
            continue
        if name not in known:
            yield name
        else:
            yield from (f"{name}/{inner}" for inner in unknown(below, known[name], schemas))


def outside(mask: Mask, value: Any) -> Iterator[str]:
    """Yield what a value holds and the mask does not choose."""
    if not mask or "*" in mask:
        return
    if isinstance(value, list):
        for one in value:
            yield from outside(mask, one)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in mask:
                yield name
            else:
                yield from (f"{name}/{found}" for found in outside(mask[name], inner))
