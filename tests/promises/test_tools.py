"""A tool that can't hold what `use:` gives it is refused before anything is looked at."""

import pytest

from .desk import Desk


@pytest.mark.parametrize("command", [("validate",), ("plan",), ("apply", "--yes"), ("status",)])
def test_a_section_in_a_tool_that_holds_nothing_of_the_kind(acme: Desk, command: str) -> None:
    acme.write("config.yaml", acme.read("config.yaml") + "use: {boards: google}\n")
    before = acme.files()
    told = acme.run(*command, code=1)
    line = acme.read("config.yaml").count("\n")
    assert f"config.yaml:{line}:" in told.said
    assert "Google Drive holds no boards." in told.said
    assert acme.files() == before


def test_a_folder_that_cannot_be_made_is_said_so_and_where_to_change_it(acme: Desk) -> None:
    acme.write("taken", "a file")
    acme.edit("config.yaml", "folder: ./acme", "folder: ./taken/acme")
    acme.edit("config.yaml", "id: k3v9", "id: k3v8")
    for command in (("plan",), ("apply", "--yes")):
        told = acme.run(*command, code=1)
        assert "taken/acme can't be made" in told.said
        assert "integrations.local.folder" in told.said
        assert "Our own notes" not in told.said
