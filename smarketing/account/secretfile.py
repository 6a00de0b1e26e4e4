"""A file of secrets that only its owner can read: checked before it is read, replaced whole."""

import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from smarketing.problems import UserError

_UNFINISHED = ".unfinished"
_PATIENCE = 10.0
"""Seconds to wait for another process that is just writing."""

Accounts = dict[str, dict[str, dict[str, str]]]
"""Secrets by vendor, host and name."""


def read(path: Path) -> Accounts:
    """Return the accounts in the file, {} where there is none; raise UserError for a bad one."""
    if not path.exists():
        return {}
    if open_to_others(path):
        raise UserError(
            f"Others can read the secrets in {path}. Close it with: chmod 600 {path} - and if "
            "anybody may have read it, sign in anew."
        )
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        # Neither the error nor its cause is shown: both may quote the file.
        data = None
    if not _is_accounts(data):
        raise UserError(
            f"{path} is no file of accounts. Move it away and sign in with `smarketing login`."
        )
    return dict(data)


def open_to_others(path: Path) -> bool:
    """Say whether somebody else on this machine may read the file.

    Windows keeps rights otherwise: there a file in the user's own folder is the user's.
    """
    return os.name == "posix" and bool(path.stat().st_mode & 0o077)


def keep(path: Path, vendor: str, host: str, secrets: Mapping[str, str]) -> None:
    """Replace the secrets of one account, those of all others untouched; {} removes it."""
    from filelock import FileLock, Timeout

    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with FileLock(path.with_suffix(".lock"), timeout=_PATIENCE):
            _forget_unfinished(path)
            _write(path, _with(read(path), vendor, host, secrets))
    except Timeout:
        raise UserError(f"Another program is writing {path}. Wait a moment, then repeat.") from None


def _with(accounts: Accounts, vendor: str, host: str, secrets: Mapping[str, str]) -> Accounts:
    hosts = {name: held for name, held in accounts.get(vendor, {}).items() if name != host}
    if secrets:
        hosts[host] = dict(secrets)
    others = {name: held for name, held in accounts.items() if name != vendor}
    return {**others, vendor: hosts} if hosts else others


def _write(path: Path, accounts: Accounts) -> None:
    if not accounts:
        path.unlink(missing_ok=True)
        return
    # mkstemp makes a file that is its owner's alone from the first moment.
    handle, name = tempfile.mkstemp(_UNFINISHED, f".{path.name}-", path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(accounts, file, ensure_ascii=False, indent=2)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(name)
        raise
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Make the new name durable, where a folder can be."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _forget_unfinished(path: Path) -> None:
    """Remove what a process left that died while writing."""
    for left in path.parent.glob(f".{path.name}-*{_UNFINISHED}"):
        left.unlink(missing_ok=True)


def _is_accounts(data: Any) -> bool:
    return isinstance(data, dict) and all(
        isinstance(hosts, dict)
        and all(
            isinstance(secrets, dict)
            and all(isinstance(word, str) for pair in secrets.items() for word in pair)
            for secrets in hosts.values()
        )
        for hosts in data.values()
    )
