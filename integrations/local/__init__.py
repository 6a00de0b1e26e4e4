"""The `local` integration: a whole workspace as plain files in one folder."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smarketing.contract import Integration


def integration(settings: Mapping[str, str], base: Path) -> "Integration":
    """Return the integration for `settings["folder"]`, relative to the config's folder."""
    from .local import Local

    return Local(base / Path(settings.get("folder", ".")).expanduser())
