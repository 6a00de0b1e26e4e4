"""The trial that `smarketing sandbox` offers, with every request and reply held to its description."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from smarketing.cli import commands
from smarketing.sandbox.configfolder import write
from smarketing.sandbox.inprocess import InProcess
from smarketing.standin import Answer, Asked
from tests.vendors.sandboxes import sandbox

from .miniature import BOTH, use
from .office import A_REQUEST

URL = "http://127.0.0.1:8460"


@pytest.mark.slow
def test_the_config_of_a_sandbox_is_applied_and_a_second_run_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendors = sandbox(*BOTH)
    asked: list[Asked] = []

    def answer(each: Asked) -> Answer:
        asked.append(each)
        vendors.clock.move(A_REQUEST)
        return vendors.sandbox.answer(each)

    monkeypatch.setenv("SMARKETING_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("smarketing.commands.shell.clock", lambda: vendors.clock)
    monkeypatch.setattr("smarketing.registry.network", lambda *_, **__: InProcess(answer))
    write(tmp_path, vendors.sandbox, URL, "a token", use(BOTH))
    words = ["apply", "--config", str(tmp_path / "config.yaml"), "--yes"]
    first = CliRunner().invoke(commands, words, catch_exceptions=False)
    assert first.exit_code == 0, first.output
    assert "In Trello: 2 boards" in first.output
    assert len(asked) > 20
    asked.clear()
    second = CliRunner().invoke(commands, words, catch_exceptions=False)
    assert "Nothing had to be done" in second.output
    assert {each.path for each in asked if each.method != "GET"} <= {"/token"}
