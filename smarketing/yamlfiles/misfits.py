"""Says in a sentence what is wrong with a value, and what to write instead."""

import re
from collections.abc import Mapping
from typing import Any

from smarketing.text.suggestion import did_you_mean
from smarketing.yamlfiles.datapath import Path_
from smarketing.yamlfiles.fieldtypes import NOT_WRITTEN_SO
from smarketing.yamlfiles.shape import Shape

NO_MAPPING = ("dict_type", "model_type", "model_attributes_type")


def of_a_whole_file(shape: type[Shape], data: Any) -> tuple[str, str]:
    """Say what is wrong with a whole file that holds no names, and how to begin it."""
    first = next(name for name, field in shape.model_fields.items() if field.is_required())
    instead = f"Begin with a line '{first}: ...'."
    if data is None:
        return "This file is empty.", instead
    return f"This file has to hold lines of 'name: value', not {_type(data)}.", instead


def sentence(kind: str, ctx: Mapping[str, Any], path: Path_, value: Any) -> tuple[str, str]:
    """Say what is wrong with one value and what to write instead, "" where that is plain."""
    name = f"'{short(path[-1])}'" if path and isinstance(path[-1], str) else "This"
    too_short = kind in ("string_too_short", "too_short")
    if isinstance(value, str) and (value.isspace() or (too_short and not value)):
        return f"{name} is empty.", "Write a word or two."
    if value is None and kind != "value_error":
        quotes = "Write a value after the ':'; a text that begins with '#' needs quotes."
        return f"{name} is empty.", quotes
    if kind == "string_pattern_mismatch":
        words, instead = NOT_WRITTEN_SO.get(
            str(ctx.get("pattern")), ("is not written as it should be", "")
        )
        return f"{name} {words}.", instead
    if kind == "value_error":
        return f"{name} can't be used.", str(ctx.get("error", ""))
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'", str(ctx.get("expected", "")))
        # Where a list holds it, the value alone says which one is meant.
        told = (
            f"{name} can't have this value." if name != "This" else f"'{short(value)}' is unknown."
        )
        return told, did_you_mean(str(value), choices)
    if kind in _TYPES:
        return f"{name} has to be {_TYPES[kind]}, not {_type(value)}.", ""
    if kind == "string_too_long":
        return f"{name} is longer than {ctx.get('max_length')} characters.", "Shorten it."
    if kind == "greater_than_equal":
        return f"{name} has to be at least {ctx.get('ge')}.", ""
    if kind == "too_short":
        least = ctx.get("min_length")
        return f"{name} needs at least {least} {'entry' if least == 1 else 'entries'}.", "Add one."
    return f"{name} can't be used here.", ""


_TYPES = {
    "string_type": "a text",
    "dict_type": "a mapping (lines of 'name: value')",
    "model_type": "a mapping (lines of 'name: value')",
    "model_attributes_type": "a mapping (lines of 'name: value')",
    "list_type": "a list (lines of '- value')",
    "tuple_type": "a list (lines of '- value')",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
}


def _type(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list) else "a text"


def short(part: Any) -> str:
    """Return a name as a message shows it: 60 characters at most."""
    text = str(part)
    return text if len(text) <= 60 else f"{text[:57]}..."
