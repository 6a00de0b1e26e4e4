"""Playbooks: an editable copy of a shipped one, and later editions merged into it."""

import os
from pathlib import Path

import click

from smarketing.commands import shell

_config_file = click.option(
    "--config",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The config whose playbook is meant, else config.yaml here.",
)


_REFUSED = "Nothing was changed."


@click.group()
def playbook() -> None:
    """Copy a shipped playbook to change it, and merge later editions into the copy."""


@playbook.command()
@click.argument("name", default="")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@_config_file
@click.option("-y", "--yes", is_flag=True, help="Let the config use the copy without asking.")
@shell.guarded
def copy(name: str, folder: Path | None, config: Path | None, yes: bool) -> None:
    """Copy the shipped playbook NAME (else the config's) into FOLDER, to change it.

    Without FOLDER it is the folder `playbook` beside the config.
    """
    from smarketing.config.writing import rewrite
    from smarketing.edition.copying import copy_playbook, using_copy
    from smarketing.playbook.shipped import shipped_editions, shipped_playbooks
    from smarketing.problems import UserError
    from smarketing.text.suggestion import did_you_mean
    from smarketing.workspace.opening import open_config

    path = config or Path("config.yaml")
    folder = folder or path.parent / "playbook"
    opened = open_config(path, {}, shell.clock()) if path.exists() else None
    used = opened.config.playbook if opened else "smarketing"
    if not name and opened and opened.pin.newest is None:
        raise UserError(f"{path} has a playbook of its own already: {used}. Change it there.")
    if not name and opened and opened.pin.copy:
        raise UserError(f"{path} uses a copy already: {used}. Change it there.")
    editions = shipped_editions(name or used)
    if editions is None:
        known = did_you_mean(name, sorted(shipped_playbooks()))
        raise UserError(f"No playbook of the name {name!r} comes with smarketing. {known}")
    is_used = opened is not None and used == editions.name
    pinned = opened.pin.now if opened and is_used else None
    edition = pinned or editions.newest
    copy_playbook(editions, edition, folder)
    click.echo(f"Copied edition {edition} of the playbook {editions.name} into {folder}.")
    words = _from(path, folder)
    if not is_used:
        use = shell.typed("plan", config=path, said={"playbook": words})
        click.echo(f"To see what it makes: {use}")
    elif yes or _agreed(f"Let {path} use it (playbook: {words})?"):
        rewrite(path, lambda text: using_copy(text, words, str(path)))
        look = shell.typed("plan", config=path, said={})
        click.echo(f"{path} uses it now. Change what you like, then look with: {look}")
    else:
        click.echo(f"To use it, write `playbook: {words}` into {path}.")


def _agreed(question: str) -> bool:
    """Ask; whoever ends the command at the question says no: the copy is there all the same."""
    try:
        return click.confirm(question, err=True)
    except click.Abort:
        click.echo(err=True)
        return False


def _from(config: Path, folder: Path) -> str:
    """Return a folder as a config names it: by the way to it from there."""
    try:
        way = Path(os.path.relpath(folder.resolve(), config.resolve().parent)).as_posix()
    except ValueError:  # on another drive
        return folder.resolve().as_posix()
    return way if way.startswith("..") else f"./{way}"


@playbook.command()
@click.argument("folder", default="")
@_config_file
@shell.edition
@click.option("-y", "--yes", is_flag=True, help="Do it without asking.")
@click.option("-v", "--verbose", is_flag=True, help="Show every line that changes.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON; written only with --yes.")
@shell.guarded
def merge(
    folder: str, config: Path | None, edition: int | None, yes: bool, verbose: bool, as_json: bool
) -> None:
    """Merge a later edition into the copy in FOLDER (else the config's). What you wrote stays."""
    import sys

    from smarketing.config.loading import load_config
    from smarketing.edition.allornone import write_together
    from smarketing.edition.mergetext import merge_json, merge_text
    from smarketing.edition.merging import merge_edition, unchanged
    from smarketing.playbook.shipped import shipped_playbooks
    from smarketing.problems import UserError

    start = Path.cwd()
    if not folder:
        path = config or Path("config.yaml")
        if not path.exists():
            raise UserError("Say which folder holds the copy: smarketing playbook merge FOLDER")
        used = load_config(path)
        folder, start = used.playbook, used.folder
        if folder in shipped_playbooks():
            raise UserError(
                f"{path} uses the shipped playbook {folder} itself, and no copy: "
                "smarketing plan --edition N shows a later edition."
            )
    copied, merged = merge_edition(folder, start, edition)
    if not merged.files:
        words = f"{folder} is of edition {merged.edition} already: there is nothing to merge."
        shell.print_json(merge_json(merged, False)) if as_json else click.echo(words)
        return
    if not as_json:
        click.echo(shell.plain(merge_text(merged, folder.rstrip("/"), verbose)), err=yes)
    with shell.asking():
        agreed = yes or (not as_json and click.confirm(f"Write this into {folder}?", err=True))
    if agreed:
        unchanged(copied, merged)
        write_together(copied, merged.files, merged.before)
    if as_json:
        shell.print_json(merge_json(merged, agreed))
    else:
        click.echo(_done(folder, merged.edition) if agreed else _REFUSED, err=not agreed)
    if agreed and merged.open:
        sys.exit(shell.Exit.PERSON_NEEDED)


def _done(folder: str, edition: int) -> str:
    return f"Merged: {folder} is of edition {edition} now. Look with: smarketing plan"
