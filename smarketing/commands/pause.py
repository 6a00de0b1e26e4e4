"""Pause and go on: until then nothing writes from this computer."""

from pathlib import Path

import click

from smarketing.commands import shell


@click.command()
@shell.chosen
@click.option("--why", default="", metavar="WORDS", help="What whoever meets it shall know.")
@shell.guarded
def pause(configs: tuple[Path, ...], said: tuple[str, ...], why: str) -> None:
    """Let no run write until `resume`: for the night, or a reorganisation."""
    from datetime import UTC, datetime

    from smarketing.state.pausing import begin_pause
    from smarketing.workspace.opening import open_config, pause_file

    def begin(path: Path) -> list[shell.Exit]:
        clock = shell.clock()
        opened = open_config(path, shell.said_values(said), clock)
        now = datetime.fromtimestamp(clock.now(), UTC).astimezone()
        begun = begin_pause(pause_file(opened), why, now)
        click.echo(shell.plain(f"{opened.desired.title}: {begun.said}."))
        return []

    shell.each(configs, begin)


@click.command()
@shell.chosen
@shell.guarded
def resume(configs: tuple[Path, ...], said: tuple[str, ...]) -> None:
    """End a pause."""
    from smarketing.state.pausing import end_pause
    from smarketing.workspace.opening import open_config, pause_file

    def end(path: Path) -> list[shell.Exit]:
        opened = open_config(path, shell.said_values(said), shell.clock())
        ended = end_pause(pause_file(opened))
        words = "runs write again" if ended else "it was not paused"
        click.echo(shell.plain(f"{opened.desired.title}: {words}."))
        return []

    shell.each(configs, end)
