"""A document as it was read, kept so that an edit of that revision needs no further look. Pure.

Google takes a revision for an edit as long as it is the latest, and vouches for its id for a day.
"""

import json
import zlib
from base64 import b64decode, b64encode
from typing import Any

DAY = 24 * 60 * 60.0
HOUR = 60 * 60.0

_QUICK = 1
"""The level of zlib: every document is packed whenever it was read, and unpacked seldom."""

_LARGEST = 1_000_000
"""Characters of one that is kept: state holds them all."""


def kept(document: dict[str, Any], now: float) -> str:
    """Return the document, as `documents.get` gives it with its tabs, in few characters.

    "" for one that cannot be edited or is too large. `now` is in seconds since 1970.
    """
    if not document.get("revisionId"):
        return ""
    whole = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    packed = f"{now:.0f} {b64encode(zlib.compress(whole.encode(), _QUICK)).decode()}"
    return packed if len(packed) <= _LARGEST else ""


def is_lasting(inside: str, now: float) -> bool:
    """Say whether there is a document that will be `as_kept` for the next hour."""
    return _until(inside) - HOUR > now


def as_kept(inside: str, now: float) -> dict[str, Any] | None:
    """Return the document that was kept, None where there is none or its day is over."""
    if _until(inside) <= now:
        return None
    document: dict[str, Any] = json.loads(zlib.decompress(b64decode(inside.partition(" ")[2])))
    return document


def _until(inside: str) -> float:
    return float(inside.partition(" ")[0]) + DAY if inside else 0.0
