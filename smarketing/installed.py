"""The entry points of all integrations that are installed, by name."""

from collections.abc import Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points

GROUP = "smarketing.integrations"


@cache
def installed() -> Mapping[str, EntryPoint]:
    """Return where each integration begins."""
    # Read once: what is installed is told by a file for each package, and asked many times a run.
    return {point.name: point for point in entry_points(group=GROUP)}
