"""A pause: until it ends nothing writes to the workspace from this computer.

It is a file beside the state, so that it can be begun while a run is under way.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from smarketing.problems import UserError
from smarketing.state.lock import ourselves


class Paused(UserError):  # noqa: N818 - the workspace is paused
    """Somebody paused the workspace."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Who paused the workspace, since when (as people read it), and why."""

    who: str
    since: str
    why: str = ""

    @property
    def said(self) -> str:
        """The pause in a sentence without its full stop."""
        reason = f": {self.why}" if self.why else ""
        return f"Paused by {self.who}, since {self.since}{reason}"


def pause_of(path: Path) -> Pause | None:
    """Return the pause that this file says, None for no pause; one that can't be read holds."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return Pause(str(said["who"]), str(said["since"]), str(said["why"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        return Pause("somebody", "a time that can't be read")


def begin_pause(path: Path, why: str, now: datetime) -> Pause:
    """Begin a pause, or leave the one that there is."""
    if present := pause_of(path):
        return present
    us = ourselves(now)
    pause = Pause(f"{us['user']} on {us['host']}", us["since"], why)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_text(json.dumps(asdict(pause)), encoding="utf-8")
    return pause


def end_pause(path: Path) -> Pause | None:
    """End the pause; return what it was, None for none."""
    pause = pause_of(path)
    path.unlink(missing_ok=True)
    return pause


def refuse_while_paused(path: Path) -> None:
    """Raise Paused if somebody paused the workspace."""
    if pause := pause_of(path):
        raise Paused(f"{pause.said}. Nothing was changed. To go on: smarketing resume")
