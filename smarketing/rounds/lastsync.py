"""What a sync that ended well leaves in state, so that the next one knows whether it is due."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from smarketing.config.config import Config
from smarketing.playbook.loading import find_playbook
from smarketing.state.pace import Clock

FACT = "synced"


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync that ended well leaves in state.

    `full` is when everything was last listed in full, `hour` the hour it was for the workspace,
    `stamp` tells the files that it went by from others, `places` are the tools in use.
    """

    full: float
    hour: str
    stamp: str
    places: tuple[str, ...]

    def as_fact(self) -> str:
        """Return it as state keeps it."""
        return json.dumps(asdict(self), sort_keys=True)


def synced(facts: Mapping[str, str]) -> Synced | None:
    """Return what the last sync that ended well left behind, None if none did."""
    with suppress(ValueError, TypeError, LookupError):
        said = json.loads(facts[FACT])
        return Synced(said["full"], said["hour"], said["stamp"], tuple(said["places"]))
    return None


def hour(config: Config, clock: Clock) -> str:
    """Return the hour that it is for a workspace.

    Agendas, the end of meetings, digests and the end of quiet hours come with the time, whatever
    happened in the tools.
    """
    now = datetime.fromtimestamp(clock.now(), ZoneInfo(config.timezone))
    return now.isoformat(timespec="hours")


def stamp(config: Config) -> str:
    """Return what tells the files of a config and of its playbook from any others."""
    folder, _ = find_playbook(config.playbook, config.folder, config.edition)
    found = sha256(repr([source.text for source in config.files]).encode("utf-8", "replace"))
    for file in sorted(each for each in folder.rglob("*") if each.is_file()):
        seen = file.stat()
        found.update(f"{file}\0{seen.st_size}\0{seen.st_mtime_ns}\0".encode("utf-8", "replace"))
    return found.hexdigest()
