"""Which integrations there are: those that packages offer by an entry point."""

import difflib
from collections.abc import Iterable, Mapping
from importlib.metadata import entry_points
from pathlib import Path

from smarketing.contract import Integration
from smarketing.problems import UserError

GROUP = "smarketing.integrations"


def names() -> tuple[str, ...]:
    """Return the names of all integrations that are installed."""
    return tuple(sorted({point.name for point in entry_points(group=GROUP)}))


def load(
    wanted: Iterable[str], settings: Mapping[str, Mapping[str, str]], base: Path
) -> dict[str, Integration]:
    """Return the wanted integrations, set up; `base` is the folder of the config file.

    The entry point names a function `(settings, base) -> Integration`.
    """
    points = {point.name: point for point in entry_points(group=GROUP)}
    loaded: dict[str, Integration] = {}
    for name in wanted:
        if name not in points:
            close = difflib.get_close_matches(name, points, 1)
            hint = f" Did you mean {close[0]}?" if close else f" There is: {', '.join(names())}."
            raise UserError(f"There is no integration called {name}.{hint}")
        make = points[name].load()
        loaded[name] = make(settings.get(name, {}), base)
    return loaded
