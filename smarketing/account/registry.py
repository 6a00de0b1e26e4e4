"""Which integrations there are: those that packages offer by an entry point."""

import difflib
import time
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from smarketing.contract import Integration, Setup
from smarketing.installed import installed
from smarketing.problems import UserError

if TYPE_CHECKING:
    from smarketing.account.accounts import Tool
    from smarketing.signin import Signing


def names() -> tuple[str, ...]:
    """Return the names of all integrations that are installed."""
    return tuple(sorted(installed()))


class Loaded(dict[str, Integration]):
    """Integrations by name, set up; one that was not asked for at first is loaded when met.

    `settings` are those of every integration in config, `base` is the folder of the config
    file. The entry point names a function `(setup) -> Integration`. `now` is the time they go by.
    """

    def __init__(
        self,
        settings: Mapping[str, Mapping[str, Any]],
        base: Path,
        wanted: Iterable[str],
        now: Callable[[], float] = time.time,
    ) -> None:
        super().__init__()
        self._settings, self._base, self._now = settings, base, now
        for name in wanted:
            self[name]

    def __missing__(self, name: str) -> Integration:
        setup = setup_of(name, self._settings.get(name, {}), self._base, self._now)
        made: Integration = point(name).load()(setup)
        self[name] = made
        return made


def setup_of(
    name: str, settings: Mapping[str, Any], base: Path, now: Callable[[], float] = time.time
) -> Setup:
    """Return what this integration is made from, with the way to its secrets."""
    from smarketing.account.accounts import opener

    return Setup(settings, base, opener(tool(name, settings, base)), network(name), now)


def signed_in(name: str, settings: Mapping[str, Any], base: Path) -> str:
    """Return what is known of this integration's account without a call, "" if it needs none."""
    from smarketing.account.accounts import known_of

    return known_of(tool(name, settings, base)) if signing(name) else ""


def tool(name: str, settings: Mapping[str, Any], base: Path) -> "Tool":
    """Return what is said of this integration's account."""
    from smarketing.account.accounts import Tool

    signs = signing(name)
    return Tool(name, tuple(signs.HOSTS) if signs else (), settings, base)


def signing(name: str) -> "Signing | None":
    """Return the module `signin` beside an integration, None where it needs no account."""
    module = f"{point(name).module}.signin"
    try:
        return cast("Signing", import_module(module))
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        return None


def network(name: str) -> Any:
    """Return what replaces the network to this tool: nothing, outside tests."""
    return None


def point(name: str) -> EntryPoint:
    """Return the entry point of an integration; raise UserError if there is none."""
    points = installed()
    if name in points:
        return points[name]
    close = difflib.get_close_matches(name, points, 1)
    hint = f" Did you mean {close[0]}?" if close else f" There is: {', '.join(names())}."
    raise UserError(f"There is no integration called {name}.{hint}")
