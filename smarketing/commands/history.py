"""Look back: what runs did, and how to take one back."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from smarketing.commands import shell
from smarketing.commands.apply import carry_out

if TYPE_CHECKING:
    from smarketing.planning.given import Request, Workspace
    from smarketing.state.history import Run
    from smarketing.state.pace import Pace
    from smarketing.state.state import State
    from smarketing.workspace.opening import Opened

_SHOWN = 20
_RUN = click.argument("number", metavar="[RUN]", required=False, type=click.IntRange(min=1))


@click.command()
@shell.chosen
@_RUN
@click.option("--all", "in_full", is_flag=True, help=f"List all runs, not the last {_SHOWN}.")
@click.option("--json", "as_json", is_flag=True, help="Print the history as JSON.")
@shell.guarded
def history(
    configs: tuple[Path, ...],
    said: tuple[str, ...],
    number: int | None,
    in_full: bool,
    as_json: bool,
) -> None:
    """List the runs that wrote something; with RUN, tell each thing it wrote."""
    from smarketing.report import chronicle
    from smarketing.state.history import LOOKED
    from smarketing.workspace.opening import open_config
    from smarketing.workspace.workspace import opened_workspace

    given = shell.said_values(said)

    def look(path: Path) -> list[shell.Exit]:
        clock = shell.clock()
        opened = open_config(path, given, clock)
        zone = opened.config.timezone
        with opened_workspace(opened, clock, for_writing=False) as workspace:
            state = workspace.state
            tools = {p: terms.manifest.title for p, terms in workspace.integrations.items()}
            known = state.load().facts.get(LOOKED)
            looked = float(known) if known else None
            runs = state.runs()
            run = _run(runs, number) if number else None
            writes = state.writes(run.number) if run else ()
        if as_json:
            told = chronicle.run_json(run, writes) if run else chronicle.runs_json(runs, looked)
            shell.print_json(told)
        elif run:
            click.echo(shell.plain(chronicle.run_text(run, writes, zone, tools)))
        else:
            most = 0 if in_full else _SHOWN
            click.echo(shell.plain(chronicle.runs_text(runs, looked, zone, most)))
        return []

    shell.each(configs, look)


@click.command()
@shell.chosen
@_RUN
@shell.writing("Approve just these removals.")
@shell.guarded
def undo(
    configs: tuple[Path, ...],
    said: tuple[str, ...],
    number: int | None,
    yes: bool,
    verbose: bool,
    as_json: bool,
    approve: str,
) -> None:
    """Take back the last run, or RUN. What your team wrote since stays."""
    given = shell.said_values(said)
    paces: dict[str, Pace] = {}

    def do(path: Path) -> list[shell.Exit]:
        def ask(opened: "Opened", workspace: "Workspace") -> "Request":
            return _request(workspace.state, number, approve, opened.config.timezone)

        words = [str(number)] if number else []
        again = shell.typed("undo", *words, config=path, said=given)
        shown = {"yes": yes, "verbose": verbose, "as_json": as_json}
        return [carry_out(path, given, ask, again, **shown, configs=configs, paces=paces)]

    shell.each(configs, do)


def _request(state: "State", number: int | None, approve: str, zone: str) -> "Request":
    from smarketing.planning.given import Request
    from smarketing.problems import UserError
    from smarketing.report.chronicle import words_for
    from smarketing.state.history import KEPT
    from smarketing.undo.backwards import undo_of

    runs = state.runs()
    if not runs:
        raise UserError("No run has written anything yet, so there is nothing to take back.")
    run = _run(runs, number or runs[0].number)
    if number is None and run.end is None:
        raise UserError(
            f"Run {run.number} was broken off. Run `smarketing apply` first: it finishes what was "
            f"begun. Or take back what it wrote: smarketing undo {run.number}"
        )
    undo = undo_of(run, state, words_for(run, zone))
    if not all(write.is_kept for write in undo.writes):
        is_old = run.number <= runs[0].number - KEPT
        why = "it is too long ago" if is_old else "they named somebody who was forgotten"
        raise UserError(
            f"Of run {run.number} only the list is kept, not the values: {why}. "
            f"`smarketing history {run.number}` shows what it wrote; change it in the playbook."
        )
    return Request(approve=approve, undo=undo)


def _run(runs: "tuple[Run, ...]", number: int) -> "Run":
    from smarketing.problems import UserError

    found = [run for run in runs if run.number == number]
    if not found:
        last = f"the last one is {runs[0].number}" if runs else "none has written anything yet"
        raise UserError(f"There is no run {number}: {last}. `smarketing history` lists them.")
    return found[0]
