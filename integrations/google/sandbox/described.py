"""The vendor's own description of its interfaces, as its client library carries it."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def schemas(api: str) -> Mapping[str, Any]:
    """Return the schemas of an API such as `drive.v3`."""
    folder = files("googleapiclient") / "discovery_cache" / "documents"
    text = (folder / f"{api}.json").read_text("utf-8")
    found: Mapping[str, Any] = json.loads(text)["schemas"]
    return found
