"""The `--set` values of a run, and the config that counts with them."""

import re
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from smarketing.config.config import Config
from smarketing.config.loading import load_config
from smarketing.problems import Problem, Problems
from smarketing.text.unseen import unseen
from smarketing.yamlfiles.fieldtypes import day

CONFIG_KEYS = ("workspace", "playbook", "start", "timezone")
_MOST_SAID = 500


def placed(said: Mapping[str, str]) -> dict[str, str]:
    """Return `--set` values by where they stand in a config: what is no key of it is an input."""
    return {
        name if name in CONFIG_KEYS or name.startswith("inputs.") else f"inputs.{name}": value
        for name, value in said.items()
    }


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
