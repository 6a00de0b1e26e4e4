"""docs/commands.md names every command, option and exit code that there is."""

import click

from smarketing.cli import commands
from smarketing.commands.shell import Exit

from .desk import ROOT


def test_every_command_option_and_code_is_documented() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for name, command in commands.commands.items():
        assert f"`smarketing {name}" in text
        for option in (p for p in command.params if isinstance(p, click.Option)):
            assert all(f"`{word}" in text for word in option.opts), option.opts
    for code in Exit:
        assert f"\n| {code.value} | " in text
