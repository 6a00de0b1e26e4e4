"""Signing in to a vendor and out again: what `login` and `logout` do."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from smarketing.account.accounts import ENVIRONMENT, Account
from smarketing.account.registry import names, setup_of, signing, tool
from smarketing.contract import Unreachable
from smarketing.problems import UserError
from smarketing.signin import Asking, Signing, Wishes

Settings = Mapping[str, Mapping[str, Any]]


def settings_in(path: Path | None) -> tuple[Settings, Path]:
    """Return the tools' settings in a config, none without one, and the folder they count from."""
    from smarketing.config.loading import load_config

    found = path or Path("config.yaml")
    if path is None and not found.exists():
        return {}, Path.cwd()
    config = load_config(found)
    return config.integrations, config.folder


def log_in(
    vendor: str, config: Path | None, asking: Asking, wishes: Wishes, now: float
) -> Iterator[str]:
    """Sign in, store what that gave, and yield what the person should know."""
    settings, base = settings_in(config)
    signs, account_tool = _signing(vendor), tool(vendor, settings.get(vendor, {}), base)
    account = Account(account_tool, account_tool.host)
    if account_tool.is_in_the_clear:
        raise UserError(f"Secrets would travel readably to {account.host}. Write https://.")
    try:
        signed_in = signs.sign_in(
            setup_of(vendor, settings.get(vendor, {}), base), asking, wishes, now
        )
    except Unreachable as error:
        raise UserError(f"{error} Nothing was stored.") from error
    place = account.keep(signed_in.secrets)
    yield f"Signed in to {vendor} at {account.host} as {signed_in.who}."
    yield f"The secrets are in {place}."
    yield from signed_in.words
    if variables := account.variables():
        yield f"But {', '.join(variables)} of {ENVIRONMENT} comes first: unset it to use these."
    if account_tool.settings.get("endpoint"):
        yield f"They are for {account.host} alone, as `endpoint` in your config says."


def log_out(vendor: str, config: Path | None) -> Iterator[str]:
    """Take the rights away at the vendor, then what is stored here; yield what was done."""
    settings, base = settings_in(config)
    signs, account_tool = _signing(vendor), tool(vendor, settings.get(vendor, {}), base)
    account = Account(account_tool, account_tool.host)
    try:
        yield signs.sign_out(setup_of(vendor, settings.get(vendor, {}), base))
    except Unreachable as error:
        yield f"{error} What is stored here is removed all the same."
    places = account.remove()
    if places:
        yield f"Removed from {' and '.join(places)}."
    else:
        yield f"Nothing was stored here for {vendor} at {account.host}."
    if variables := account.variables():
        yield f"{', '.join(variables)} still holds a secret: unset it yourself."


def _signing(vendor: str) -> Signing:
    signs = signing(vendor)
    if signs is None:
        able = ", ".join(name for name in names() if signing(name))
        raise UserError(f"{vendor} needs no account. With one there is: {able}.")
    return signs
