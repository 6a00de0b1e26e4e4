"""The folder with a config that leads to a sandbox, and with the accounts it needs."""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from smarketing.account import secretfile
from smarketing.config.chosenparts import next_monday
from smarketing.config.writing import new_config
from smarketing.kinds import KINDS
from smarketing.playbook.loading import load_playbook
from smarketing.problems import UserError
from smarketing.sandbox.cast import DOMAIN, ROBOT, TEAMS, named
from smarketing.sandbox.sandbox import Sandbox
from smarketing.standin import Person
from smarketing.workspace.opening import new_id

CONFIG, ACCOUNTS, CONTROL = "config.yaml", "accounts.json", "sandbox.json"
_LOCK = "accounts.lock"

_WRITTEN = "# Written by `smarketing sandbox`, which takes it away when it ends: "


@dataclass(frozen=True, slots=True)
class ConfigFolder:
    """What one sandbox has written into a folder; `vendors` have accounts there at `host`."""

    folder: Path
    text: str = field(repr=False, default="")
    vendors: tuple[str, ...] = ()
    host: str = ""

    def clear(self) -> None:
        """Take away what a sandbox wrote; raise UserError where a config is somebody's own.

        A sandbox that was killed leaves its files behind. They lead nowhere.
        """
        if (self.folder / CONFIG).is_file() and not self._is_as_written():
            raise UserError(
                f"{self.folder / CONFIG} is there, and not as a sandbox wrote it. "
                "Name another folder, or move that file away."
            )
        for name in (CONFIG, ACCOUNTS, _LOCK, CONTROL):
            (self.folder / name).unlink(missing_ok=True)

    def remove(self) -> None:
        """Take away what leads to a sandbox that ends; a config that was edited stays without
        the tokens, and so do accounts that somebody added."""
        if self._is_as_written():
            self.clear()
            return
        (self.folder / CONTROL).unlink(missing_ok=True)
        for vendor in self.vendors:
            secretfile.keep(self.folder / ACCOUNTS, vendor, self.host, {})
        if not (self.folder / ACCOUNTS).exists():
            (self.folder / _LOCK).unlink(missing_ok=True)

    def _is_as_written(self) -> bool:
        try:
            first, _, rest = (self.folder / CONFIG).read_text("utf-8").partition("\n")
        except (OSError, UnicodeDecodeError):
            return False
        return first == _WRITTEN + _digest(rest)


def write(
    folder: Path, sandbox: Sandbox, url: str, token: str, use: Mapping[str, str]
) -> ConfigFolder:
    """Write the accounts, the way to the control, and last the config, each as a whole."""
    folder.mkdir(parents=True, exist_ok=True)
    host = url.partition("//")[2]
    people = sandbox.world.people
    for stand_in in sandbox.stand_ins:
        secrets = stand_in.account(named(people, ROBOT))
        secretfile.keep(folder / ACCOUNTS, stand_in.name, host, secrets)
    _write(folder / CONTROL, json.dumps(_control(sandbox, url, token), indent=1) + "\n")
    values = config_values(people, [i.name for i in sandbox.stand_ins], url, use)
    rest = new_config(values).partition("\n")[2]  # no schema lies beside this one
    text = f"{_WRITTEN}{_digest(rest)}\n{rest}"
    _write(folder / CONFIG, text)
    return ConfigFolder(folder, text, tuple(i.name for i in sandbox.stand_ins), host)


def config_values(
    people: Sequence[Person], vendors: Sequence[str], url: str, use: Mapping[str, str]
) -> dict[str, Any]:
    """Return the values of a config for a new workspace that lives in these vendors."""
    playbook = load_playbook("smarketing", Path())
    return {
        "id": new_id(),
        "workspace": "Acme",
        "playbook": "smarketing",
        # What the first run would write into the config stands there already: it stays as written,
        # and goes with the sandbox.
        "edition": playbook.edition,
        "parts": playbook.begin_with,
        "start": next_monday(date.today()).isoformat(),
        "timezone": "Europe/London",
        "domains": [DOMAIN],
        "people": {p.key: f"{p.name} <{p.mail}>" for p in people if p.key != ROBOT},
        "teams": TEAMS,
        "use": dict(use),
        "integrations": {
            **{name: {"endpoint": url, "secrets": f"./{ACCOUNTS}"} for name in vendors},
            "local": {"folder": "./acme"},
        },
    }


def uses(kinds: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return which vendor holds which section: of those that can, the first.

    `kinds` names the vendors and the kinds that each can hold.
    """
    sections = dict.fromkeys(kind.section for kind in KINDS.values() if kind.section)
    found: dict[str, str] = {}
    for section in sections:
        main = section.removesuffix("s")
        can = [vendor for vendor, held in kinds.items() if main in held]
        # Folders go where the documents go, and messages to people where the meetings go.
        if can and section not in ("folders", "messages"):
            found[section] = can[0]
    return found


def _control(sandbox: Sandbox, url: str, token: str) -> dict[str, Any]:
    doors = {
        person.key: {
            "name": person.name,
            "mail": person.mail,
            **{i.name: dict(i.account(person)) for i in sandbox.stand_ins},
        }
        for person in sandbox.world.people
    }
    return {"url": url, "token": token, "people": doors}


def _write(path: Path, text: str) -> None:
    """Write a file that only its owner can read, as a whole."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as opened:
            opened.write(text)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
