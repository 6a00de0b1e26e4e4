"""A look at every account in use: who, where its secrets are, how long, what hangs on one person."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from smarketing.account.accounts import Account, Tool
from smarketing.account.login import Settings, settings_in
from smarketing.account.registry import names, setup_of, signing, tool
from smarketing.contract import Unreachable
from smarketing.problems import UserError
from smarketing.signin import Finding, Grade, Signing

_SIGNS: dict[Grade, str] = {"fine": "ok", "note": "note", "person": "DO", "error": "ERROR"}


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found out about one account."""

    vendor: str
    host: str
    findings: tuple[Finding, ...]

    def has(self, grade: Grade) -> bool:
        """Say whether something was found of this grade."""
        return any(finding.grade == grade for finding in self.findings)


def checkups(vendor: str, config: Path | None, now: float) -> Iterator[Checkup]:
    """Examine the accounts of one vendor, or all that config uses or that are stored here."""
    settings, base = settings_in(config)
    if vendor and signing(vendor) is None:
        raise UserError(f"{vendor} needs no account, so there is nothing to examine.")
    for name in (vendor,) if vendor else _in_use(config, settings, base):
        signs = signing(name)
        assert signs is not None
        account = _account(name, settings, base)
        found = tuple(_examined(signs, account, name, settings, base, now))
        yield Checkup(name, account.host, found)


def endings(config: Path, now: float) -> Iterator[str]:
    """Yield which sign-ins of a config end soon, as far as is known here without a call."""
    settings, base = settings_in(config if config.exists() else None)
    for name in _in_use(config, settings, base):
        signs = signing(name)
        assert signs is not None
        try:
            found = signs.lasting(setup_of(name, settings.get(name, {}), base), now)
        except (Unreachable, UserError):
            continue  # nobody is signed in: whoever looks there says so
        yield from (f"{name}: {each.words}" for each in found if each.grade == "person")


def _in_use(config: Path | None, settings: Settings, base: Path) -> Sequence[str]:
    from smarketing.config.loading import load_config

    path = config or Path("config.yaml")
    used = set(load_config(path).use.values()) if path.exists() else set()
    able = [name for name in names() if signing(name)]
    used |= {name for name in able if name in settings or _stored(name, settings, base)}
    return [name for name in able if name in used]


def _stored(name: str, settings: Settings, base: Path) -> bool:
    account = _account(name, settings, base)
    try:
        return bool(account.variables() or account.places())
    except UserError:
        return True  # it is there, and can't be read: that is told below


def _account(name: str, settings: Settings, base: Path) -> Account:
    said: Tool = tool(name, settings.get(name, {}), base)
    return Account(said, said.host)


def _examined(
    signs: Signing, account: Account, name: str, settings: Settings, base: Path, now: float
) -> Iterator[Finding]:
    try:
        for place, secrets in account.places().items():
            yield Finding("secrets", "fine", f"{', '.join(secrets)}: in {place}.")
        yield from signs.examine(setup_of(name, settings.get(name, {}), base), now)
    except Unreachable as error:
        yield Finding("vendor", "error", str(error))
    except UserError as error:
        yield Finding("account", "person", str(error))


def as_json(found: Sequence[Checkup]) -> dict[str, Any]:
    """Return the checkups as data."""
    return {"accounts": [asdict(checkup) for checkup in found]}


def as_text(found: Sequence[Checkup]) -> str:
    """Return the checkups for people."""
    if not found:
        return "No account is in use: a plain folder needs none."
    return "\n\n".join("\n".join(_lines(checkup)) for checkup in found)


def _lines(checkup: Checkup) -> Iterator[str]:
    yield f"{checkup.vendor} at {checkup.host}" if checkup.host else checkup.vendor
    for finding in checkup.findings:
        yield f"  {_SIGNS[finding.grade]:<5}  {finding.about}: {finding.words}"
