"""From a config file to what is wanted: the config, its playbook and the items they lead to."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from smarketing.config.chosenparts import ChosenPart, next_monday
from smarketing.config.config import Config
from smarketing.datafolder import filled_file, state_path
from smarketing.edition.editions import FACT, Pin, pinned, with_copy
from smarketing.kinds import Value
from smarketing.playbook.loading import load_playbook
from smarketing.playbook.playbook import Playbook
from smarketing.resolve.desired import Desired, Item
from smarketing.resolve.resolve import resolve
from smarketing.startpage.derived import START_PAGES
from smarketing.state.pace import Clock
from smarketing.state.sqlite import SqliteState
from smarketing.template.filled import Filled
from smarketing.workspace.holding import check_tools
from smarketing.workspace.saidvalues import config_at, placed
from smarketing.workspace.takingup import taken_up

_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"
Saved = str | int | tuple[str, ...]
"""A value that a run writes into the config file."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A config with what it leads to. `new` is what `apply` has to write into the config file,
    `pin` the edition of the playbook that counts."""

    config: Config
    playbook: Playbook
    desired: Desired
    path: Path
    new: Mapping[str, Saved]
    filled: Filled
    pin: Pin

    @property
    def workspace_id(self) -> str:
        return self.desired.workspace

    @property
    def is_new(self) -> bool:
        return self.config.path is None


def open_config(
    path: Path, said: Mapping[str, str], clock: Clock, edition: int | None = None
) -> Opened:
    """Load config and playbook and resolve them.

    `said` are the `--set` values of this run, `edition` the one of the playbook that it asks for.
    """
    return opened_from(config_at(path, said), path, said, clock, edition)


def opened_from(
    config: Config, path: Path, said: Mapping[str, str], clock: Clock, edition: int | None = None
) -> Opened:
    """Load the playbook of a config and resolve them."""
    pin = pinned(config, edition, lambda: _last_edition(config.id))
    playbook = load_playbook(config.playbook, config.folder, pin.now)
    pin = with_copy(pin, config, playbook)
    zone = ZoneInfo(config.timezone)
    new: dict[str, Saved] = dict(placed(said))
    if config.path is None:
        new.setdefault("playbook", config.playbook)
        if playbook.begin_with:
            new["parts"] = playbook.begin_with
            chosen = tuple(ChosenPart(name=name) for name in playbook.begin_with)
            config = config.model_copy(update={"parts": chosen})
    if pin.now is not None and not pin.copy and pin.now != config.edition:
        new["edition"] = pin.now
    workspace = config.id or new_id()
    if config.id is None:
        new["id"] = workspace
    today = datetime.fromtimestamp(clock.now(), zone).date()
    start = config.start if isinstance(config.start, date) else None
    if start is None:
        start = next_monday(today)
        new["start"] = start.isoformat()
        if not config.is_inherited("timezone"):
            new.setdefault("timezone", config.timezone)
    filled = Filled.load(filled_file(workspace))
    parts = taken_up(config, playbook, start, today, state_path(workspace))
    config = parts.config
    new |= parts.new
    desired = resolve(playbook, config, workspace=workspace, start=start, filled=filled)
    check_tools(config, desired)
    desired = replace(_with_start_page(desired, config), begins=parts.told)
    uses_local = any(item.place == "local" for item in desired.items.values())
    if uses_local and "folder" not in config.integrations.get("local", {}):
        # Written down at once: a workspace that is renamed later stays where it is.
        new["integrations.local.folder"] = f"./{slug(desired.title)}"
    return Opened(config, playbook, desired, path, new, filled, pin)


def _last_edition(workspace: str | None) -> str:
    """Return what state remembers of the edition last applied, "" if nothing."""
    path = state_path(workspace or "")
    if not workspace or not path.exists():
        return ""
    state = SqliteState(path)
    try:
        return state.facts().get(FACT, "")
    finally:
        state.close()


def new_id() -> str:
    """Return a new identity for a workspace, as `k3v9-7q2m-x4dt`."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


def _with_start_page(desired: Desired, config: Config) -> Desired:
    place = config.use.get("documents", "local")
    shared: dict[str, dict[str, Value]] = {"document:start-here": {"access": everybody(desired)}}
    pages = {
        address: Item(
            address, address.split(":", 1)[0], place, f"root:{place}", shared.get(address, {})
        )
        for address in START_PAGES
        if address not in desired.items
    }
    return replace(desired, items={**desired.items, **pages})


def everybody(desired: Desired) -> dict[str, str]:
    """Return who may enter anything, with the right to read: they all start on the same page."""
    found: dict[str, str] = {}
    for item in desired.items.values():
        access = item.fields.get("access")
        if isinstance(access, Mapping):
            found |= dict.fromkeys(access, "view")
    return found


def state_file(opened: Opened) -> Path:
    """Return where the state of a workspace is kept."""
    return state_path(opened.workspace_id)


def pause_file(opened: Opened) -> Path:
    """Return the file that says whether the workspace is paused."""
    return state_file(opened).with_suffix(".paused")


def slug(text: str) -> str:
    """Return the text as a folder name: `acme-and-sons`."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    return "-".join(words)[:60].strip("-") or "workspace"
