"""What a text without quotes stands for in YAML."""

import re
from typing import Any

_INT = re.compile(r"0|-?[1-9][0-9]{0,14}")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]{0,9})\.[0-9]{1,6}")
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


def plain_value(text: str) -> Any:
    """Return what a text without quotes stands for.

    As in YAML 1.2, with one more guard: a number becomes one only where it can be turned back
    into the same text, so that `007`, `1.10` and `0x1F` stay as they were written.
    """
    if text in _NULLS:
        return None
    if text in _BOOLS:
        return _BOOLS[text]
    if text[0] in "-0123456789":
        if _INT.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text) and str(float(text)) == text:
            return float(text)
    return text
