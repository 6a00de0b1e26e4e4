"""Show what the coming weeks would look like, in a folder."""

from pathlib import Path

import click

from smarketing.commands import shell

_MOST_WEEKS = 52
_NOTE = "This is a rehearsal.txt"


@click.command()
@shell.chosen
@click.option(
    "--weeks",
    type=click.IntRange(1, _MOST_WEEKS),
    default=8,
    show_default=True,
    help="How many weeks.",
)
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="A new or empty folder; else one named after the workspace.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the weeks as JSON.")
@shell.guarded
def rehearse(
    configs: tuple[Path, ...], said: tuple[str, ...], weeks: int, to: Path | None, as_json: bool
) -> None:
    """Show the coming weeks of your playbook in a folder; no tool is touched."""
    from smarketing.rehearsal.living import rehearse as lived
    from smarketing.rehearsal.shown import rehearsed_json, rehearsed_text

    given = shell.said_values(said)

    def do(path: Path) -> list[shell.Exit]:
        shown = lived(path, given, shell.clock(), weeks, to)
        text = shell.plain(rehearsed_text(shown))
        note = Path(shown.folder) / _NOTE
        note.write_text(f"{text}\n", encoding="utf-8", newline="\n")
        if as_json:
            shell.print_json(rehearsed_json(shown))
        else:
            click.echo(text)
        return []

    shell.each(configs, do)
