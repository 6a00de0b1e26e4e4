"""How far the feeds of files and calendars were told, as one cursor."""

import json
from collections.abc import Mapping
from typing import Any


def cursor_of(drive: str, calendars: Mapping[str, str], archive: str) -> str:
    """Return the cursor: where the feeds stand, and the id of the folder for what is archived."""
    state = {"drive": drive, "calendars": calendars, "archive": archive}
    return json.dumps(state, sort_keys=True)


def state_of(cursor: str) -> dict[str, Any] | None:
    """Return what the cursor says, None for one that is none of ours."""
    try:
        state = json.loads(cursor)
        return {
            "drive": str(state["drive"]),
            "calendars": {str(k): str(v) for k, v in state["calendars"].items()},
            "archive": str(state["archive"]),
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
