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
