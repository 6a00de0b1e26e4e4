"""Trials and editors: the sandbox, the schema, completion."""

from pathlib import Path

import click

from smarketing.commands import shell


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Where; 0: a free one.")
@click.option(
    "--write-config",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write a config.yaml there that leads to the sandbox.",
)
@click.option("--use", default="", metavar="VENDORS", help="Only these, as trello,google.")
@click.option("--latency", type=click.FloatRange(0), default=0.0, metavar="MS", help="Of a reply.")
@click.option("--switch", "switches", multiple=True, metavar="NAME", help="An unsure behaviour.")
@shell.guarded
def sandbox(
    port: int, folder: Path | None, use: str, latency: float, switches: tuple[str, ...]
) -> None:
    """Serve stand-ins of the vendors on this computer, for trials."""
    from smarketing.sandbox.command import Wanted, serve

    vendors = tuple(name.strip() for name in use.split(",") if name.strip())
    serve(Wanted(port, folder, vendors, latency / 1000, switches), click.echo)


@click.command()
@click.argument("what", type=click.Choice(["playbook", "config"]))
def schema(what: str) -> None:
    """Print the JSON Schema of playbook.yaml or config.yaml, for editors."""
    from smarketing.config.schema import config_schema, playbook_schema

    shell.print_json(playbook_schema() if what == "playbook" else config_schema())


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the lines that make your shell complete our commands."""
    from click.shell_completion import get_completion_class

    root = click.get_current_context().find_root().command
    maker = get_completion_class(shell)
    assert maker is not None
    click.echo(maker(root, {}, "smarketing", "_SMARKETING_COMPLETE").source())
