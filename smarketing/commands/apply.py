"""Do: make the workspace, bring it up to date, put things away."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smarketing.commands import shell

if TYPE_CHECKING:
    from collections.abc import Callable

    from smarketing.plan import Plan, Recap
    from smarketing.planning.given import Request, Workspace
    from smarketing.state.pace import Pace
    from smarketing.workspace.opening import Opened


@click.command()
@shell.chosen
@shell.writing("Approve these removals, or one plan.")
@click.option("--restore", multiple=True, metavar="ADDRESS", help="Bring back what was deleted.")
@click.option("--hold-invitations", is_flag=True, help="Build, but tell nobody yet.")
@click.option("--only", multiple=True, metavar="ADDRESS", help="Only this, and what is in it.")
@shell.edition
@shell.guarded
def apply(
    configs: tuple[Path, ...],
    said: tuple[str, ...],
    yes: bool,
    verbose: bool,
    as_json: bool,
    approve: str,
    restore: tuple[str, ...],
    hold_invitations: bool,
    only: tuple[str, ...],
    edition: int | None,
) -> None:
    """Make the workspace, or bring it up to date. Shows the plan and asks first."""
    from smarketing.planning.given import Request

    request = Request(
        restore=frozenset(restore),
        approve=approve,
        only=frozenset(only),
        hold_invitations=hold_invitations,
    )
    given = shell.said_values(said)
    paces: dict[str, Pace] = {}

    def do(path: Path) -> list[shell.Exit]:
        words = shell.narrowing(restore, only, hold_invitations, edition)
        again = shell.typed("apply", *words, config=path, said=given)
        shown = {"yes": yes, "verbose": verbose, "as_json": as_json}

        def ask(*_: object) -> "Request":
            return request

        return [
            carry_out(
                path, given, ask, again, **shown, configs=configs, paces=paces, edition=edition
            )
        ]

    shell.each(configs, do)


def carry_out(
    path: Path,
    said: Mapping[str, str],
    ask: "Callable[[Opened, Workspace], Request]",
    again: str,
    *,
    configs: tuple[Path, ...],
    yes: bool,
    verbose: bool,
    as_json: bool,
    paces: dict[str, "Pace"],
    edition: int | None = None,
) -> shell.Exit:
    """Show the plan, ask, do it, tell what was done.

    `ask` says what is asked for, once the workspace is open. `again` is what was typed, `configs`
    those in it.
    """
    from smarketing.planning.approval import lacks, names_a_plan
    from smarketing.run import engine
    from smarketing.workspace.opening import open_config
    from smarketing.workspace.workspace import opened_workspace

    clock = shell.clock()
    opened = open_config(path, said, clock, edition)
    words = shell.narrowing((), (), False, edition)
    look = shell.typed("plan", *words, config=path, said=said)
    with opened_workspace(opened, clock, for_writing=True, paces=paces, command=again) as workspace:
        request = ask(opened, workspace)
        known = frozenset(workspace.state.load().records)
        asked = (*request.restore, *request.archive, *request.only)
        shell.check_addresses(opened, asked, known)
        approved = names_a_plan(request.approve)
        question = _Question(opened, again, look, configs, edition, yes, approved, verbose, as_json)
        recap = engine.apply(workspace, request, question.agree)
    if approved and lacks(recap.plan, request.approve):
        click.echo(f"This is not the plan any more that was approved. Look again: {look}", err=True)
        return shell.Exit.PERSON_NEEDED
    if request.approve and not approved and not recap.plan.needs_approval:
        click.echo("Nothing needed approval.", err=True)
    question.tell(recap)
    return _outcome(recap, request, question.refused)


@dataclass
class _Question:
    """Whether a person agrees to a plan that is shown to them, and what is told afterwards.

    `again` is what was typed, `look` what shows the plan. Who said yes before, or `approved`
    just this plan, is not asked.
    """

    opened: "Opened"
    again: str
    look: str
    configs: tuple[Path, ...]
    edition: int | None
    yes: bool
    approved: bool
    verbose: bool
    as_json: bool
    refused: bool = False

    def agree(self, plan: "Plan") -> bool:
        """Show the plan, and ask where that is needed; save the config once it is agreed to."""
        from smarketing.plan import is_empty

        asks = not self.yes and not self.approved and not (is_empty(plan) and not self.opened.new)
        if asks or not self.as_json:
            self._show(plan)
        if asks:
            with shell.asking():
                self.refused = not click.confirm("Do this?", err=True)
            if self.refused:
                return False
        shell.save(self.opened)
        return True

    def _show(self, plan: "Plan") -> None:
        from smarketing.edition.editions import whats_new
        from smarketing.report.report import plan_text

        aside = self.yes or self.as_json
        colour = shell.colour(err=aside)
        shell.name_of_several(self.configs, self.opened, err=aside)
        if self.edition:
            click.echo(shell.plain(whats_new(self.opened.pin)) + "\n", err=aside)
        listing = f"{self.again if plan.undoes else self.look} -v"
        text = plan_text(plan, self.verbose, colour, self.again, listing)
        click.echo(text, color=colour, err=aside)

    def tell(self, recap: "Recap") -> None:
        """Tell what was done."""
        from smarketing.plan import recap_json
        from smarketing.report.report import recap_text

        if self.as_json:
            shell.print_json({**recap_json(recap), **shell.newer_json(self.opened)})
        elif self.refused:
            click.echo("Nothing was done.", err=True)
        else:
            if self.yes:  # else the name stands above the plan
                shell.name_of_several(self.configs, self.opened)
            click.echo(recap_text(recap, self.again), color=shell.colour())
            shell.tell_of_newer(self.opened)


def _outcome(recap: "Recap", request: "Request", refused: bool) -> shell.Exit:
    from smarketing.planning.approval import lacks

    plan = recap.plan
    if refused:
        return shell.Exit.DONE
    if recap.failed or (plan.unreachable and plan.reads):
        return shell.Exit.PARTLY
    if plan.unreachable:
        return shell.Exit.ERROR
    if lacks(plan, request.approve) or plan.conflicts or plan.proposals:
        return shell.Exit.PERSON_NEEDED
    return shell.Exit.DONE


@click.command()
@shell.chosen
@click.argument("addresses", nargs=-1, required=True)
@shell.writing("Approve just these removals.")
@shell.guarded
def archive(
    configs: tuple[Path, ...],
    said: tuple[str, ...],
    addresses: tuple[str, ...],
    yes: bool,
    verbose: bool,
    as_json: bool,
    approve: str,
) -> None:
    """Put items away. Nothing is deleted; `apply --restore` brings them back."""
    from smarketing.planning.given import Request

    _refuse_roots(addresses)
    request = Request(archive=frozenset(addresses), approve=approve)
    given = shell.said_values(said)
    paces: dict[str, Pace] = {}

    def do(path: Path) -> list[shell.Exit]:
        again = shell.typed("archive", *addresses, config=path, said=given)
        shown = {"yes": yes, "verbose": verbose, "as_json": as_json}
        return [
            carry_out(path, given, lambda *_: request, again, **shown, configs=configs, paces=paces)
        ]

    shell.each(configs, do)


def _refuse_roots(addresses: tuple[str, ...]) -> None:
    from smarketing.problems import Problem, Problems

    if roots := [address for address in addresses if address.startswith("root:")]:
        words = f"{', '.join(roots)} is a whole workspace, and that is not put away."
        raise Problems([Problem("", 0, 0, words, "Name what is in it: a board, a folder.")])
