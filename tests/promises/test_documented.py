"""docs/commands.md names every command, option and exit code that there is."""

from collections.abc import Iterator

import click

from smarketing.cli import commands
from smarketing.commands.shell import Exit

from .desk import ROOT


def _all(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _all(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def test_every_command_option_and_code_is_documented() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for name, command in _all(commands):
        assert f"`smarketing {name}" in text
        for option in (p for p in command.params if isinstance(p, click.Option)):
            assert all(f"`{word}" in text for word in option.opts), option.opts
    for code in Exit:
        assert f"\n| {code.value} | " in text
