"""From a config file to a workspace that the engine can run: what the commands open."""

import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from smarketing.chosenparts import ChosenPart, next_monday
from smarketing.config import Config
from smarketing.configload import load_config
from smarketing.datafolder import data_folder, state_path
from smarketing.derived import START_PAGES, derived_pages
from smarketing.desired import Desired, Item
from smarketing.editions import FACT, Pin, pinned, with_copy
from smarketing.fieldtypes import day
from smarketing.filled import Filled
from smarketing.given import Workspace
from smarketing.history import About
from smarketing.holding import check_tools
from smarketing.kinds import Value
from smarketing.lock import only_writer, ourselves
from smarketing.pace import Clock, Pace
from smarketing.pausing import refuse_while_paused
from smarketing.playbook import Playbook
from smarketing.playbookload import load_playbook
from smarketing.problems import Problem, Problems
from smarketing.registry import Loaded, signed_in
from smarketing.resolve import resolve
from smarketing.sqlite import SqliteState
from smarketing.state import MemoryState, State
from smarketing.takingup import taken_up
from smarketing.yamlfile import unseen

_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"
CONFIG_KEYS = ("workspace", "playbook", "start", "timezone")
_MOST_SAID = 500
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


def filled_file(workspace: str) -> Path:
    return data_folder() / "filled" / f"{workspace}.json"


def placed(said: Mapping[str, str]) -> dict[str, str]:
    """Return `--set` values by where they stand in a config: what is no key of it is an input."""
    return {
        name if name in CONFIG_KEYS or name.startswith("inputs.") else f"inputs.{name}": value
        for name, value in said.items()
    }


def new_id() -> str:
    """Return a new identity for a workspace, as `k3v9-7q2m-x4dt`."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


def config_at(path: Path, said: Mapping[str, str]) -> Config:
    """Return the config at a path with the `--set` values of this run, a new one if none is there."""
    values = checked(said)
    inputs = {_input(name): value for name, value in said.items() if name not in CONFIG_KEYS}
    own = {name: value for name, value in values.items() if name in CONFIG_KEYS}
    if path.exists():
        config = load_config(path)
        if not values:
            return config
        if own.get("playbook", config.playbook) != config.playbook:
            own["edition"] = None  # it was one of the other playbook
        return config.model_copy(update={**own, "inputs": {**config.inputs, **inputs}})
    name = said.get("workspace") or inputs.get("company") or "Acme"
    config = Config.default(name, said.get("playbook", "smarketing"), inputs)
    return config.model_copy(update=own)


def checked(values: Mapping[str, str]) -> dict[str, object]:
    """Return `--set` values as a config holds them; raise Problems for all that is wrong."""
    wrong = {name: _misfit(_input(name), value) for name, value in values.items()}
    if any(wrong.values()):
        raise Problems(
            Problem("", 0, 0, f"--set {_input(name)}={_shown(values[name])} {words}")
            for name, words in wrong.items()
            if words
        )
    return {name: day(value) if name == "start" else value for name, value in values.items()}


def _misfit(name: str, value: str) -> str:
    """Return what is wrong with a `--set` value and what to write instead, "" if it will do."""
    if not value.strip():
        return "is empty. Write a word or two."
    if len(value) > _MOST_SAID:
        return f"has {len(value):,} characters. Write {_MOST_SAID} at most."
    if re.search("[\r\n\ud800-\udfff]", value) or any(unseen(value)):
        return "has to be one line of text without control characters. Write plain words."
    if name == "start":
        try:
            day(value)
        except ValueError as error:
            return f"can't be used. {error}"
    if name == "timezone" and not _is_timezone(value):
        return "is not known. Write it as Europe/London."
    return ""


def _shown(value: str) -> str:
    return repr(value if len(value) <= 60 else f"{value[:57]}...")


def _is_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return False
    return True


def _input(name: str) -> str:
    return name.removeprefix("inputs.")


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


@contextmanager
def opened_workspace(
    opened: Opened,
    clock: Clock,
    *,
    for_writing: bool,
    paces: dict[str, Pace] | None = None,
    command: str = "",
) -> Iterator[Workspace]:
    """Give the workspace with its state; hold its lock while it is written to.

    `paces` are shared by all workspaces of one process: the limits belong to the account.
    `command` is what was typed, for the history.
    """
    config, desired = opened.config, opened.desired
    places = sorted({item.place for item in desired.items.values()} | _messenger(config))
    settings = {name: dict(given) for name, given in config.integrations.items()}
    if folder := opened.new.get("integrations.local.folder"):
        settings.setdefault("local", {})["folder"] = str(folder)
    integrations = Loaded(settings, config.folder, places)
    now = datetime.fromtimestamp(clock.now(), UTC)
    path = state_file(opened)
    today = datetime.fromtimestamp(clock.now(), ZoneInfo(config.timezone)).date()
    messages = config.use.get("messages", config.use.get("meetings", "local"))
    about = _about(opened, settings, command, now)

    def made(state: State) -> Workspace:
        return Workspace(
            desired=desired,
            integrations=integrations,
            state=state,
            clock=clock,
            today=today,
            derive=lambda values: derived_pages(desired, values, opened.filled),
            messages_in=messages,
            folders={
                name: str(given["folder"]) for name, given in settings.items() if "folder" in given
            },
            existing=_existing_by_place(desired),
            paces={} if paces is None else paces,
            about=about,
        )

    if not for_writing and not path.exists():
        yield made(MemoryState())
        return
    if not for_writing:
        yield from _with_sqlite(path, made)
        return
    refuse_while_paused(pause_file(opened))
    with only_writer(path.with_suffix(".lock"), now.astimezone()):
        yield from _with_sqlite(path, made)
        opened.filled.save(filled_file(opened.workspace_id))


def _messenger(config: Config) -> set[str]:
    """Return the tool that messages go through, where config names one."""
    return {config.use["messages"]} if "messages" in config.use else set()


def state_file(opened: Opened) -> Path:
    """Return where the state of a workspace is kept."""
    return state_path(opened.workspace_id)


def pause_file(opened: Opened) -> Path:
    """Return the file that says whether the workspace is paused."""
    return state_file(opened).with_suffix(".paused")


def _with_sqlite(path: Path, made: Callable[[State], Workspace]) -> Iterator[Workspace]:
    state = SqliteState(path)
    try:
        yield made(state)
    finally:
        state.close()


def _about(
    opened: Opened, settings: Mapping[str, Mapping[str, Any]], command: str, now: datetime
) -> About:
    def account(place: str) -> str:
        return signed_in(place, settings.get(place, {}), opened.config.folder)

    us = ourselves(now)
    return About(command, f"{us['user']}@{us['host']}", edition(opened.playbook), account)


def edition(playbook: Playbook) -> str:
    """Return which words of which playbook these are: `smarketing, edition 3 (4f2c81d09a3b)`."""
    texts = {playbook.file: playbook.source.text, **playbook.texts}
    whole = "\0".join(f"{name}\0{texts[name]}" for name in sorted(texts))
    digest = sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    number = f", edition {playbook.edition}" if playbook.edition is not None else ""
    return f"{playbook.playbook}{number} ({digest})"


def _existing_by_place(desired: Desired) -> dict[str, dict[str, str]]:
    result: dict[str, dict[str, str]] = {}
    for address, where in desired.existing.items():
        if item := desired.items.get(address):
            result.setdefault(item.place, {})[address] = where
    return result


def slug(text: str) -> str:
    """Return the text as a folder name: `acme-and-sons`."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    return "-".join(words)[:60].strip("-") or "workspace"
