"""Our check of a shape says the same as a general validator of JSON Schema."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from tests.vendors.shapes import MOMENT, Shapes

CARD = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string", "pattern": "^[0-9a-f]{4}$"},
        "name": {"type": "string", "minLength": 1, "maxLength": 3},
        "pos": {"oneOf": [{"type": "number", "minimum": 0}, {"type": "string", "enum": ["top"]}]},
        "due": {"type": "string", "format": "date", "nullable": True},
        "labels": {"type": "array", "items": {"$ref": "#/schemas/Card"}},
        "more": {"type": "object", "additionalProperties": {"type": "integer", "maximum": 9}},
        "done": {"type": "boolean"},
        "any": {},
        "open": {"type": "object"},
    },
}
ATOMS = (
    None, True, False, 0, 1, -1, 2.0, 2.5, 10, "", "a", "abcd", "12ab", "top", "2026-12-07",
    "2026-12-07T10:00:00.000Z", "tomorrow",
)  # fmt: skip
VALUES = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from([*CARD["properties"], "nmae"]), inner, max_size=5),
    ),
    max_leaves=12,
)


def as_json_schema(shape: Any) -> Any:
    """Return a shape in the words of JSON Schema."""
    if "$ref" in shape:
        return {"$ref": shape["$ref"].replace("#/schemas", "#/$defs")}
    made = {name: one for name, one in shape.items() if name not in ("nullable", "oneOf")}
    if "oneOf" in shape:
        made["anyOf"] = [as_json_schema(one) for one in shape["oneOf"]]
    if "items" in shape:
        made["items"] = as_json_schema(shape["items"])
    if "properties" in shape:
        made["properties"] = {n: as_json_schema(one) for n, one in shape["properties"].items()}
        made["additionalProperties"] = False
    return {"anyOf": [made, {"type": "null"}]} if shape.get("nullable") else made


FORMATS = FormatChecker(formats=())
FORMATS.checks("date")(lambda text: not isinstance(text, str) or bool(MOMENT.fullmatch(text)))
SCHEMA = {"$ref": "#/$defs/Card", "$defs": {"Card": as_json_schema(CARD)}}
GENERAL = Draft202012Validator(SCHEMA, format_checker=FORMATS)
OURS = Shapes({"Card": CARD}, "schemas")


def agrees(value: Any) -> bool:
    """Say whether both judge a value alike, and return their common judgement."""
    fits = not OURS.misfits({"$ref": "#/schemas/Card"}, value)
    assert fits == GENERAL.is_valid(value), (value, OURS.misfits(CARD, value))
    return fits


@given(VALUES)
def test_both_judge_any_value_alike(value: Any) -> None:
    agrees(value)


def fields(chance: random.Random, depth: int = 2) -> dict[str, Any]:
    """Return a card that fits, or nearly."""
    card: dict[str, Any] = {"id": "12ab"}
    for name, good in {
        "name": "abc", "pos": 2.5, "due": None, "done": True, "any": [], "more": {"a": 3}, "open": {}
    }.items():  # fmt: skip
        if chance.random() < 0.7:
            card[name] = good if chance.random() < 0.93 else chance.choice(ATOMS)
    if depth and chance.random() < 0.5:
        card["labels"] = [fields(chance, depth - 1)]
    return card


def nearly_right() -> Iterator[dict[str, Any]]:
    chance = random.Random(7)
    return (fields(chance) for _ in range(400))


def test_both_judge_nearly_right_values_alike() -> None:
    judged = [agrees(value) for value in nearly_right()]
    assert 100 < sum(judged) < 350


def test_a_schema_that_says_what_nobody_checks_is_refused() -> None:
    with pytest.raises(ValueError, match="patternProperties"):
        Shapes({}, "schemas").misfits({"patternProperties": {}}, {})
