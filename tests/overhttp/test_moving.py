"""From a folder to Trello and Google by changing `use:`, with all that members did meanwhile."""

from pathlib import Path

from smarketing.plan import counted

from .miniature import BOTH, use
from .office import Office, office


def in_a_folder(folder: Path) -> Office:
    """Return an office whose workspace stands in a folder, with both tools signed in."""
    made = office(folder, BOTH)
    tools = made.config_data()["integrations"]
    made.change_config(use={}, integrations={**tools, "local": {"folder": "./acme"}})
    assert made.apply().failed == ()
    return made


def test_a_move_takes_the_calls_that_its_plan_counts(tmp_path: Path) -> None:
    made = in_a_folder(tmp_path)
    made.change_config(use=use(BOTH))
    recap = made.apply()
    assert recap.failed == ()
    assert recap.spent == counted(recap.plan), recap.more
    made.settled()
