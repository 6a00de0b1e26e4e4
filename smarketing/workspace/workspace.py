"""A workspace that the engine can run, with its state and its lock."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from smarketing.account.registry import Loaded, signed_in
from smarketing.config.config import Config
from smarketing.datafolder import filled_file
from smarketing.planning.given import Workspace
from smarketing.planning.messengers import messages_in
from smarketing.playbook.playbook import Playbook
from smarketing.resolve.desired import Desired
from smarketing.startpage.derived import derived_pages
from smarketing.state.history import About
from smarketing.state.lock import only_writer, ourselves
from smarketing.state.pace import Clock, Pace
from smarketing.state.pausing import refuse_while_paused
from smarketing.state.sqlite import SqliteState
from smarketing.state.state import MemoryState, State
from smarketing.workspace.opening import Opened, pause_file, state_file


@contextmanager
def opened_workspace(
    opened: Opened,
    clock: Clock,
    *,
    for_writing: bool,
    paces: dict[str, Pace] | None = None,
    command: str = "",
    is_brief: bool = False,
) -> Iterator[Workspace]:
    """Give the workspace with its state; hold its lock while it is written to.

    `paces` are shared by all workspaces of one process: the limits belong to the account.
    `command` is what was typed, for the history; a run that `is_brief` asks nobody anything.
    """
    config, desired = opened.config, opened.desired
    places = sorted({item.place for item in desired.items.values()} | _messenger(config))
    settings = {name: dict(given) for name, given in config.integrations.items()}
    if folder := opened.new.get("integrations.local.folder"):
        settings.setdefault("local", {})["folder"] = str(folder)
    integrations = Loaded(settings, config.folder, places, clock.now)
    now = datetime.fromtimestamp(clock.now(), UTC)
    path = state_file(opened)
    today = datetime.fromtimestamp(clock.now(), ZoneInfo(config.timezone)).date()
    about = _about(opened, settings, command, now)

    def made(state: State) -> Workspace:
        return Workspace(
            desired=desired,
            integrations=integrations,
            state=state,
            clock=clock,
            today=today,
            derive=lambda values: derived_pages(desired, values, opened.filled),
            messages_in=messages_in(config),
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
    with only_writer(path.with_suffix(".lock"), now.astimezone(), is_brief=is_brief):
        yield from _with_sqlite(path, made)
        opened.filled.save(filled_file(opened.workspace_id))


def _messenger(config: Config) -> set[str]:
    """Return the tool that messages go through, where config names one."""
    return {config.use["messages"]} if "messages" in config.use else set()


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
