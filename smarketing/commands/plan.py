"""Look: what would be done, what is open, where a value comes from."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from smarketing.commands import shell

if TYPE_CHECKING:
    from smarketing.lints.advice import Advice
    from smarketing.plan import Plan
    from smarketing.workspace.opening import Opened


@click.command()
@shell.chosen
@click.option("-v", "--verbose", is_flag=True, help="List each change.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
@click.option("--exit-code", is_flag=True, help="Exit with 6 if there is something to do.")
@click.option("--restore", multiple=True, metavar="ADDRESS", help="Bring back what was deleted.")
@click.option("--hold-invitations", is_flag=True, help="Build, but tell nobody yet.")
@click.option("--only", multiple=True, metavar="ADDRESS", help="Only this, and what is in it.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Keep the plan.")
@shell.edition
@shell.guarded
def plan(
    configs: tuple[Path, ...],
    said: tuple[str, ...],
    verbose: bool,
    as_json: bool,
    exit_code: bool,
    restore: tuple[str, ...],
    hold_invitations: bool,
    only: tuple[str, ...],
    out: Path | None,
    edition: int | None,
) -> None:
    """Show what apply would do. Nothing is written."""
    from smarketing.plan import as_json as plan_json
    from smarketing.plan import is_empty
    from smarketing.planning.given import Request
    from smarketing.report.report import plan_text
    from smarketing.run.engine import make_plan
    from smarketing.workspace.opening import open_config
    from smarketing.workspace.workspace import opened_workspace

    request = Request(
        restore=frozenset(restore), hold_invitations=hold_invitations, only=frozenset(only)
    )
    if out and len(shell.configs_of(configs)) > 1:
        raise click.UsageError("--out keeps the plan of one workspace: give one --config.")
    given = shell.said_values(said)

    def look(path: Path) -> list[shell.Exit]:
        clock = shell.clock()
        opened = open_config(path, given, clock, edition)
        with opened_workspace(opened, clock, for_writing=False) as workspace:
            known = frozenset(workspace.state.load().records)
            shell.check_addresses(opened, (*restore, *only), known)
            made = make_plan(workspace, request)
        words = shell.narrowing(restore, only, hold_invitations, edition)
        again = shell.typed("apply", *words, config=path, said=given)
        if out:
            _keep(made, out, again)
        if as_json:
            shell.print_json({**plan_json(made), **shell.newer_json(opened)})
        else:
            listed = shell.typed("plan", *words, "-v", config=path, said=given)
            shell.name_of_several(configs, opened)
            text = plan_text(made, verbose, shell.colour(), again, listed)
            click.echo(_with_edition(text, opened, edition, again), color=shell.colour())
            shell.tell_of_newer(opened)
        pending = exit_code and not is_empty(made)
        return [
            shell.Exit.ERROR if made.unreachable else shell.Exit.DONE,
            shell.Exit.CHANGES_PENDING if pending else shell.Exit.DONE,
        ]

    shell.each(configs, look)


def _keep(made: "Plan", out: Path, again: str) -> None:
    """Write the plan into a file, and say how to do exactly what it says."""
    from smarketing.plan import as_json as plan_json
    from smarketing.planning.approval import name_of

    data = {"approve": name_of(made), **plan_json(made)}
    out.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    exactly = f"{again} --approve {name_of(made)}"
    click.echo(f"Kept in {out}. To do exactly this: {exactly}", err=True)


def _with_edition(text: str, opened: "Opened", edition: int | None, again: str) -> str:
    """Return the text of a plan with what is new in the edition that was asked for."""
    from smarketing.edition.editions import whats_new

    if not edition:
        return text
    text = f"{shell.plain(whats_new(opened.pin))}\n\n{text}"
    return text if edition == opened.pin.had else f"{text}\n\nTo take edition {edition}: {again}"


@click.command()
@shell.chosen
@click.option("--json", "as_json", is_flag=True, help="Print the status as JSON.")
@shell.guarded
def status(configs: tuple[Path, ...], said: tuple[str, ...], as_json: bool) -> None:
    """Show what is still to agree, what changed, and whether a person is needed."""
    from dataclasses import replace
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from smarketing.account.doctor import endings
    from smarketing.instep.standing import standing_of
    from smarketing.planning.given import NOTHING_ASKED
    from smarketing.planning.preparing import prepare
    from smarketing.report.status import days_idle, status_json, status_of, status_text
    from smarketing.state.pausing import pause_of
    from smarketing.workspace.opening import open_config, pause_file
    from smarketing.workspace.workspace import opened_workspace

    given = shell.said_values(said)

    def look(path: Path) -> list[shell.Exit]:
        clock = shell.clock()
        opened = open_config(path, given, clock)
        with opened_workspace(opened, clock, for_writing=False) as workspace:
            seen = prepare(workspace, NOTHING_ASKED)
            now = datetime.fromtimestamp(clock.now(), ZoneInfo(opened.config.timezone))
            state = status_of(opened.desired, seen.plan, seen.before, seen.records, now)
        paused = pause_of(pause_file(opened))
        facts, now = seen.before.facts, clock.now()
        kept = standing_of(seen.records, seen.going, facts, now) if seen.going else None
        state = replace(
            state,
            paused=paused.said if paused else "",
            ending=tuple(endings(path, clock.now())),
            idle=days_idle(seen.before, clock.now()),
            sync=kept,
        )
        if as_json:
            shell.print_json({**status_json(state), **shell.newer_json(opened)})
        else:
            click.echo(shell.plain(status_text(state)))
            shell.tell_of_newer(opened)
        return [
            shell.Exit.ERROR if state.unreachable else shell.Exit.DONE,
            shell.Exit.PERSON_NEEDED if state.needs_a_person else shell.Exit.DONE,
        ]

    shell.each(configs, look)


@click.command()
@shell.chosen
@click.option("--strict", is_flag=True, help="End with 1 if there is advice.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@shell.guarded
def validate(configs: tuple[Path, ...], said: tuple[str, ...], strict: bool, as_json: bool) -> None:
    """Check config and playbook, tell all problems at once, and give advice."""
    from dataclasses import asdict

    from smarketing.instep.promised import promised_of
    from smarketing.lints.playbooklints import advice_on
    from smarketing.problems import Problems
    from smarketing.workspace.opening import open_config

    problems: list[dict[str, Any]] = []
    told: dict[Advice, None] = {}  # workspaces that share a playbook get its advice once
    given = shell.said_values(said)

    def check(path: Path) -> list[shell.Exit]:
        try:
            opened = open_config(path, given, shell.clock())
        except Problems as error:
            if not as_json:
                raise
            problems.extend(asdict(problem) for problem in error.problems)
            return [shell.Exit.ERROR]
        found = advice_on(opened.playbook, opened.desired.inputs)
        fresh = [advice for advice in found if advice not in told]
        told.update(dict.fromkeys(fresh))
        if not as_json:
            things = f"{len(opened.desired.items)} things"
            click.echo(shell.plain(f"{opened.desired.title}: {things}, no problems."))
            if note := _unsent(opened):
                click.echo(shell.plain(note))
            promised = promised_of(opened.desired)
            for line in (*promised, *fresh, *_about_advice(len(fresh))):
                click.echo(shell.plain(str(line)))
        return [shell.Exit.ERROR] if strict and found else []

    try:
        shell.each(configs, check)
    finally:
        if as_json:
            advice = [asdict(one) for one in told]
            shell.print_json({"problems": problems, "advice": advice})


def _unsent(opened: "Opened") -> str:
    """Return what nobody is sent through the tool that messages go through."""
    from smarketing.account.registry import Loaded
    from smarketing.planning.messengers import messages_in, unsent

    config = opened.config
    name = messages_in(config)
    tool = Loaded(config.integrations, config.folder, ())
    return "" if name == "local" else unsent(opened.desired, tool[name].manifest)


def _about_advice(count: int) -> list[str]:
    if not count:
        return []
    pieces = "1 piece" if count == 1 else f"{count} pieces"
    return [f"{pieces} of advice. Nothing has to change; 'ignore:' in the playbook silences one."]


@click.command()
@shell.chosen
@click.argument("address")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@shell.guarded
def explain(configs: tuple[Path, ...], said: tuple[str, ...], address: str, as_json: bool) -> None:
    """Tell all that is known about one item, and where each value comes from."""
    from smarketing.instep.promised import promised_in
    from smarketing.report.explain import explain_item, explanation_text
    from smarketing.workspace.opening import open_config
    from smarketing.workspace.workspace import opened_workspace

    given = shell.said_values(said)

    def look(path: Path) -> list[shell.Exit]:
        clock = shell.clock()
        opened = open_config(path, given, clock)
        with opened_workspace(opened, clock, for_writing=False) as workspace:
            records = workspace.state.load().records
        shell.check_addresses(opened, (address,), frozenset(records))
        desired = opened.desired
        told = explain_item(address, desired.items.get(address), records.get(address))
        told["promised"] = promised_in(desired, address)
        if as_json:
            shell.print_json(told)
        else:
            click.echo(shell.plain(explanation_text(told)))
        return []

    shell.each(configs, look)
