"""Adopt: bind what is there already."""

from pathlib import Path

import click

from smarketing.commands import shell


@click.command()
@shell.chosen
@click.option("-y", "--yes", is_flag=True, help="Bind what is sure without asking.")
@click.option("--json", "as_json", is_flag=True, help="Only print the proposals, as JSON.")
@shell.guarded
def adopt(configs: tuple[Path, ...], said: tuple[str, ...], yes: bool, as_json: bool) -> None:
    """Look for what is there already, and bind it instead of making it anew."""
    from smarketing.config.writing import set_values
    from smarketing.workspace.adoption import (
        certain,
        in_all_places,
        inside,
        proposals_json,
        proposals_text,
    )
    from smarketing.workspace.opening import open_config
    from smarketing.workspace.workspace import opened_workspace

    given = shell.said_values(said)

    def look(path: Path) -> list[shell.Exit]:
        clock = shell.clock()
        opened = open_config(path, given, clock)
        with opened_workspace(opened, clock, for_writing=False) as workspace:
            records = workspace.state.load().records
            found, unseen = in_all_places(opened.desired, records, workspace.integrations)
            found += inside(workspace, found)
        for why in unseen:
            click.echo(shell.plain(why), err=True)
        if as_json:
            shell.print_json(proposals_json(found))
            return []
        click.echo(shell.plain(proposals_text(found)))
        sure = certain(found)
        with shell.asking():
            question = f"Write {len(sure)} of these into {path}?"
            agreed = bool(sure) and (yes or click.confirm(question, err=True))
        if agreed:
            shell.save(opened)
            lines: dict[tuple[str, ...], str] = {("existing", p.address): p.url for p in sure}
            set_values(path, lines)
            again = shell.typed("plan", config=path, said=given)
            click.echo(f"Written. Nothing in the tools was changed. Look with: {again}")
        open_ = unseen or any(each.rivals for each in found)
        return [shell.Exit.PERSON_NEEDED if open_ else shell.Exit.DONE]

    shell.each(configs, look)
