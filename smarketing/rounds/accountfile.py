"""Where it is kept what is known of an account: one file for all configs that mean the same one."""

import json
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from smarketing.account.registry import signed_in, signing
from smarketing.config.config import Config
from smarketing.datafolder import data_folder


def account_file(config: Config, place: str) -> Path:
    """Return where it is kept what is known of the account that a config means by a tool.

    A tool without accounts is one in each folder.
    """
    settings, base = config.integrations.get(place, {}), config.folder
    said = {name: _whole(value, base) for name, value in settings.items()}
    needs_one = signing(place) is not None
    who = signed_in(place, settings, base) if needs_one else str(base.resolve())
    digest = sha256(json.dumps([place, said, who], sort_keys=True).encode()).hexdigest()
    return data_folder() / "accounts" / f"{place}-{digest[:16]}.sqlite3"


def _whole(value: Any, base: Path) -> str:
    """Return a setting as text, whichever folder it was written for."""
    with suppress(OSError, ValueError):
        if isinstance(value, str) and (base / value).exists():
            return str((base / value).resolve())
    return str(value)
