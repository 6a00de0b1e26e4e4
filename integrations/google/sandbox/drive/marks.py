"""Properties of files: those of one app, and those that every app sees."""

from collections.abc import Mapping
from typing import Any

from ..call import Call, pairs
from ..errors import Said, invalid
from .model import File

LONGEST, MOST, MOST_OF_ALL = 124, 30, 100
"""Bytes of one key with its value; properties of one app and kind on a file; all of a file."""


def mark(call: Call, file: File, said: Mapping[str, Any]) -> None:
    """Merge the properties of a body into the file; null takes one away."""
    client = call.caller.client
    marks, properties = file.marks.get(client, {}), file.properties
    if "appProperties" in said:
        new = pairs(said["appProperties"], "appProperties")
        marks = _merged(marks, new, "appProperties")
    if "properties" in said:
        new = pairs(said["properties"], "properties")
        properties = _merged(properties, new, "properties")
    others = sum(len(held) for name, held in file.marks.items() if name != client)
    if len(marks) + len(properties) + others > MOST_OF_ALL:
        raise _too_many("properties")
    file.marks[client], file.properties = marks, properties


def _merged(old: Mapping[str, str], new: Mapping[str, str | None], name: str) -> dict[str, str]:
    found = dict(old)
    for key, value in new.items():
        if value is None:
            found.pop(key, None)
            continue
        if len((key + value).encode()) > LONGEST:
            words = f"Properties and app properties are limited to {LONGEST} bytes."
            raise invalid(words, name, "propertyTooLong")
        found[key] = value
    if len(found) > MOST:
        raise _too_many(name)
    return found


def _too_many(name: str) -> Said:
    return Said(403, "numberOfPropertiesExceeded", "Too many properties.", location=name)
