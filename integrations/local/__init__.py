"""The `local` integration: a whole workspace as plain files in one folder."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smarketing.contract import Integration, Setup


def integration(setup: "Setup") -> "Integration":
    """Return the integration for the setting `folder`, relative to the config's folder."""
    from .local import Local

    folder = setup.base / Path(str(setup.settings.get("folder", "."))).expanduser()
    return Local(folder, setup.today)
