"""Places in nested mappings and lists: what stands there, and how to leave it out."""

from collections.abc import Iterable
from typing import Any

Path_ = tuple[str | int, ...]


def path_in(data: Any, loc: Iterable[str | int]) -> Path_:
    """Return the part of pydantic's location that is in the data: it names alternatives too."""
    path: Path_ = ()
    for part in loc:
        if holds(data, part):
            data = data[part]
            path = (*path, part)
    return path


def holds(data: Any, part: Any) -> bool:
    """Say whether there is such a part: a key of a mapping, a number in a list."""
    if isinstance(data, dict):
        return part in data
    return isinstance(data, list) and isinstance(part, int) and part < len(data)


def value_at(data: Any, path: Path_) -> Any:
    """Return the value at a path, or None."""
    for part in path:
        if not holds(data, part):
            return None
        data = data[part]
    return data


def deep_copy(data: Any) -> Any:
    """Return mappings and lists of their own all the way down."""
    if isinstance(data, dict):
        return {key: deep_copy(value) for key, value in data.items()}
    return [deep_copy(value) for value in data] if isinstance(data, list) else data


def leave_out(data: Any, wrong: Iterable[tuple[Path_, Any]]) -> bool:
    """Take wrong values out of the data; False if all of it is wrong."""
    paths = {path for path, _ in wrong}
    for path in sorted(paths, key=lambda path: [str(part).zfill(9) for part in path], reverse=True):
        if not path:
            return False
        holder = value_at(data, path[:-1])
        if isinstance(holder, dict):
            holder.pop(path[-1], None)
        elif isinstance(holder, list) and isinstance(path[-1], int) and path[-1] < len(holder):
            del holder[path[-1]]
    return True
