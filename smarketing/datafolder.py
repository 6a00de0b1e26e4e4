"""Where the program keeps what is its own: state, caches, and secrets where there is no keyring."""

import os
from pathlib import Path

DATA_VARIABLE = "SMARKETING_DATA"


def data_folder() -> Path:
    """Return the folder of the user's data: `SMARKETING_DATA`, else where the system keeps it."""
    if given := os.environ.get(DATA_VARIABLE):
        return Path(given)
    import platformdirs

    return platformdirs.user_data_path("smarketing", appauthor=False)


def state_path(workspace: str) -> Path:
    """Return where the state of a workspace is kept."""
    return data_folder() / "workspaces" / f"{workspace}.sqlite3"


def filled_file(workspace: str) -> Path:
    """Return where the texts of a workspace are kept so that its next run is quicker."""
    return data_folder() / "filled" / f"{workspace}.json"
