"""The commands: parse, one engine call, print. Nothing else."""

import json
import os
import sys
from collections.abc import Callable, Mapping
from enum import IntEnum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from smarketing.given import Request
    from smarketing.pace import Pace
    from smarketing.plan import Plan, Recap
    from smarketing.workspace import Opened


class Exit(IntEnum):
    """What an exit code means; documented in docs/commands.md."""

    DONE = 0
    ERROR = 1
    USAGE = 2
    PARTLY = 3
    PERSON_NEEDED = 4
    HELD = 5
    CHANGES_PENDING = 6


PRECEDENCE = (Exit.HELD, Exit.ERROR, Exit.PARTLY, Exit.CHANGES_PENDING, Exit.PERSON_NEEDED)

Command = Callable[..., Any]


class _InThisOrder(click.Group):
    """Help shows the commands as they are defined: first what a team lead needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_InThisOrder, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="smarketing", prog_name="smarketing")
def commands() -> None:
    """Set up the shared workspace of sales and marketing, and keep it.

    Look with `plan`, do with `apply`. What people write is never lost: run it again
    whenever the teams or the playbook change.
    """


def _guarded(command: Command) -> Command:
    """Turn what went wrong into one clear message and an exit code."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        from smarketing.problems import Problems, UserError

        try:
            return command(*args, **kwargs)
        except (Problems, UserError, OSError, RecursionError, MemoryError) as error:
            sys.exit(_told(error))

    return run


def _told(error: BaseException) -> Exit:
    """Say what went wrong, and return how to end."""
    from smarketing.problems import Held, Problems

    if isinstance(error, Problems):
        lines = [str(problem) for problem in error.problems]
        count = len(lines)
        lines.append(f"{count} problem{'s' if count != 1 else ''}. Nothing was changed.")
    elif isinstance(error, OSError):
        where = f" {error.filename}" if error.filename else ""
        lines = [f"The file{where} can't be used: {error.strerror or error}."]
    elif isinstance(error, RecursionError | MemoryError):
        lines = ["This is too big or too deep to be read. Make the playbook or config smaller."]
    else:
        lines = [str(error)]
    for line in lines:
        click.echo(_plain(line), err=True)
    return Exit.HELD if isinstance(error, Held) else Exit.ERROR


def _each(configs: tuple[Path, ...], work: Callable[[Path], list[Exit]]) -> None:
    """Do the work for each workspace; what stops one does not stop the others."""
    from smarketing.problems import Problems, UserError

    codes: list[Exit] = []
    for path in _configs(configs):
        try:
            codes += work(path)
        except (Problems, UserError, OSError, RecursionError, MemoryError) as error:
            codes.append(_told(error))
    for code in PRECEDENCE:
        if code in codes:
            sys.exit(code)


def _plain(text: str) -> str:
    return "".join(c for c in text if c.isprintable() or c in "\n\t")


def _chosen(command: Command) -> Command:
    """Add the options that say which workspace is meant."""
    for option in (
        click.option(
            "--set",
            "said",
            multiple=True,
            metavar="NAME=VALUE",
            help="Set an input of the playbook, or workspace, playbook, start, timezone.",
        ),
        click.option(
            "--config",
            "configs",
            multiple=True,
            type=click.Path(path_type=Path),
            help="The config file; several or a pattern like 'teams/*.yaml' for several workspaces.",
        ),
    ):
        command = option(command)
    return command


def _configs(given: tuple[Path, ...]) -> list[Path]:
    import glob

    paths: list[Path] = []
    for path in given or (Path("config.yaml"),):
        found = [Path(name) for name in sorted(glob.glob(str(path)))]
        paths += found or [path]
    missing = [str(path) for path in paths if given and not path.exists()]
    if missing:
        raise click.UsageError(f"There is no file {', '.join(missing)}.")
    return paths


def _said(pairs: tuple[str, ...]) -> dict[str, str]:
    said: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise click.UsageError(f"--set {pair!r}: write it as NAME=VALUE, as company=Acme.")
        said[name.strip()] = value
    return said


def _print_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def _colour(err: bool = False) -> bool:
    stream = sys.stderr if err else sys.stdout
    return stream.isatty() and not os.environ.get("NO_COLOR")


def _command(name: str, *words: str, config: Path, said: Mapping[str, str]) -> str:
    """Return what a person types to run this again."""
    import shlex

    given = ["--config", str(config)] if config != Path("config.yaml") else []
    sets = [word for key, value in said.items() for word in ("--set", f"{key}={value}")]
    return shlex.join(["smarketing", name, *words, *given, *sets])


@commands.command()
@_chosen
@click.option("-y", "--yes", is_flag=True, help="Take the defaults and ask nothing.")
@_guarded
def init(configs: tuple[Path, ...], said: tuple[str, ...], yes: bool) -> None:
    """Answer a few questions and get a config.yaml to look at."""
    from smarketing.beginning import config_values, misfit, questions
    from smarketing.configfile import write_new
    from smarketing.playbook import load_playbook
    from smarketing.problems import UserError
    from smarketing.workspace import checked, new_id, placed

    if len(configs) > 1:
        raise click.UsageError("init writes one config: give --config once.")
    path = (configs or (Path("config.yaml"),))[0]
    if path.exists():
        raise UserError(f"{path} is there already. Edit it, or name another with --config.")
    answers = placed(_said(said))
    checked(answers)
    playbook = load_playbook(answers.setdefault("playbook", "smarketing"), Path.cwd())
    asks = {
        name: (asked.ask or f"What is {name}?", asked.default)
        for name, asked in playbook.inputs.items()
        if isinstance(asked.default, str)
    }
    for name in answers:
        if name.startswith("inputs.") and name.removeprefix("inputs.") not in playbook.inputs:
            known = ", ".join(playbook.inputs)
            raise UserError(f"The playbook has no input {name.removeprefix('inputs.')}: {known}.")
    for question in questions(answers, asks):
        answers[question.name] = (
            question.default
            if yes
            else _answer(question.name, question.ask, question.default, misfit)
        )
    answers.setdefault("workspace", answers.get("inputs.company", "Acme"))
    write_new(path, {"id": new_id(), **config_values(answers)})
    given = "" if path == Path("config.yaml") else f" --config {path}"
    click.echo(f"Wrote {path}. Look at it, then run: smarketing plan{given}")


def _answer(name: str, ask: str, default: str, misfit: Callable[[str, str], str]) -> str:
    """Ask until the answer will do."""
    while True:
        answer: str = click.prompt(ask, default=default, show_default=bool(default), err=True)
        if not (wrong := misfit(name, answer)):
            return answer
        click.echo(wrong, err=True)


@commands.command()
@_chosen
@click.option("-v", "--verbose", is_flag=True, help="List each change.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
@click.option("--exit-code", is_flag=True, help="Exit with 6 if there is something to do.")
@click.option("--restore", multiple=True, metavar="ADDRESS", help="Bring back what was deleted.")
@click.option("--hold-invitations", is_flag=True, help="Build, but tell nobody yet.")
@_guarded
def plan(
    configs: tuple[Path, ...],
    said: tuple[str, ...],
    verbose: bool,
    as_json: bool,
    exit_code: bool,
    restore: tuple[str, ...],
    hold_invitations: bool,
) -> None:
    """Show what apply would do. Nothing is written."""
    from smarketing.engine import make_plan
    from smarketing.given import Request
    from smarketing.plan import as_json as plan_json
    from smarketing.plan import is_empty
    from smarketing.report import plan_text
    from smarketing.workspace import open_config, opened_workspace

    request = Request(restore=frozenset(restore), hold_invitations=hold_invitations)
    given = _said(said)

    def look(path: Path) -> list[Exit]:
        clock = _clock()
        opened = open_config(path, given, clock)
        with opened_workspace(opened, clock, for_writing=False) as workspace:
            _check_addresses(opened, restore, frozenset(workspace.state.load().records))
            made = make_plan(workspace, request)
        if as_json:
            _print_json(plan_json(made))
        else:
            again = _command("apply", config=path, said=given)
            colour = _colour()
            click.echo(plan_text(made, verbose, colour, again), color=colour)
        pending = exit_code and not is_empty(made)
        return [
            Exit.ERROR if made.unreachable else Exit.DONE,
            Exit.CHANGES_PENDING if pending else Exit.DONE,
        ]

    _each(configs, look)


@commands.command()
@_chosen
@click.option("-y", "--yes", is_flag=True, help="Do it without asking.")
@click.option("-v", "--verbose", is_flag=True, help="List each change.")
@click.option("--json", "as_json", is_flag=True, help="Print plan and result as JSON.")
@click.option("--approve", default="", metavar="DIGEST", help="Approve just these removals.")
@click.option("--restore", multiple=True, metavar="ADDRESS", help="Bring back what was deleted.")
@click.option("--hold-invitations", is_flag=True, help="Build, but tell nobody yet.")
@_guarded
def apply(
    configs: tuple[Path, ...],
    said: tuple[str, ...],
    yes: bool,
    verbose: bool,
    as_json: bool,
    approve: str,
    restore: tuple[str, ...],
    hold_invitations: bool,
) -> None:
    """Make the workspace, or bring it up to date. Shows the plan and asks first."""
    from smarketing.given import Request

    request = Request(
        restore=frozenset(restore), approve=approve, hold_invitations=hold_invitations
    )
    given = _said(said)
    paces: dict[str, Pace] = {}

    def do(path: Path) -> list[Exit]:
        words = [word for address in restore for word in ("--restore", address)]
        words += ["--hold-invitations"] if hold_invitations else []
        again = _command("apply", *words, config=path, said=given)
        shown = {"yes": yes, "verbose": verbose, "as_json": as_json}
        return [_run(path, given, request, again, **shown, paces=paces)]

    _each(configs, do)


def _run(
    path: Path,
    said: Mapping[str, str],
    request: "Request",
    again: str,
    *,
    yes: bool,
    verbose: bool,
    as_json: bool,
    paces: dict[str, "Pace"],
) -> Exit:
    """Show the plan, ask, do it, tell what was done. `again` is what was typed."""
    from smarketing import engine
    from smarketing.plan import is_empty, recap_json
    from smarketing.report import plan_text, recap_text
    from smarketing.workspace import open_config, opened_workspace

    clock = _clock()
    opened = open_config(path, said, clock)
    refused = False

    def agree(plan: "Plan") -> bool:
        nonlocal refused
        asks = not yes and not (is_empty(plan) and not opened.new)
        aside = yes or as_json
        if asks or not as_json:
            colour = _colour(err=aside)
            click.echo(plan_text(plan, verbose, colour, again), color=colour, err=aside)
        if asks and not click.confirm("Do this?", err=True):
            refused = True
            return False
        _save(opened)
        return True

    with opened_workspace(opened, clock, for_writing=True, paces=paces) as workspace:
        known = frozenset(workspace.state.load().records)
        _check_addresses(opened, (*request.restore, *request.archive), known)
        recap = engine.apply(workspace, request, agree)
    if request.approve and not recap.plan.needs_approval:
        click.echo("Nothing needed approval.", err=True)
    if as_json:
        _print_json(recap_json(recap))
    elif refused:
        click.echo("Nothing was done.", err=True)
    else:
        click.echo(recap_text(recap, again), color=_colour())
    return _outcome(recap, request, refused)


def _save(opened: "Opened") -> None:
    """Write into the config what this run added to it."""
    from smarketing.configfile import set_values, write_new

    if opened.is_new:
        write_new(opened.path, {"workspace": opened.config.workspace, **opened.new})
    elif opened.new:
        set_values(opened.path, opened.new)


def _outcome(recap: "Recap", request: "Request", refused: bool) -> Exit:
    plan = recap.plan
    if refused:
        return Exit.DONE
    if recap.failed or (plan.unreachable and plan.reads):
        return Exit.PARTLY
    if plan.unreachable:
        return Exit.ERROR
    if (plan.needs_approval and plan.needs_approval != request.approve) or plan.conflicts:
        return Exit.PERSON_NEEDED
    return Exit.DONE


@commands.command()
@_chosen
@click.option("--json", "as_json", is_flag=True, help="Print the status as JSON.")
@_guarded
def status(configs: tuple[Path, ...], said: tuple[str, ...], as_json: bool) -> None:
    """Show what is still to agree, what changed, and whether a person is needed."""
    from smarketing.engine import make_plan
    from smarketing.status import status_json, status_of, status_text
    from smarketing.workspace import open_config, opened_workspace

    given = _said(said)

    def look(path: Path) -> list[Exit]:
        clock = _clock()
        opened = open_config(path, given, clock)
        with opened_workspace(opened, clock, for_writing=False) as workspace:
            state = status_of(opened.desired, make_plan(workspace), workspace.state.load())
        if as_json:
            _print_json(status_json(state))
        else:
            click.echo(_plain(status_text(state)))
        return [
            Exit.ERROR if state.unreachable else Exit.DONE,
            Exit.PERSON_NEEDED if state.needs_a_person else Exit.DONE,
        ]

    _each(configs, look)


@commands.command()
@_chosen
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@_guarded
def validate(configs: tuple[Path, ...], said: tuple[str, ...], as_json: bool) -> None:
    """Check config and playbook, and tell all problems at once."""
    from dataclasses import asdict

    from smarketing.problems import Problems
    from smarketing.workspace import open_config

    problems: list[dict[str, Any]] = []
    given = _said(said)

    def check(path: Path) -> list[Exit]:
        try:
            opened = open_config(path, given, _clock())
        except Problems as error:
            if not as_json:
                raise
            problems.extend(asdict(problem) for problem in error.problems)
            return [Exit.ERROR]
        if not as_json:
            things = f"{len(opened.desired.items)} things"
            click.echo(_plain(f"{opened.desired.title}: {things}, no problems."))
        return []

    try:
        _each(configs, check)
    finally:
        if as_json:
            _print_json({"problems": problems})


_A_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_config_file = click.option(
    "--config",
    type=_A_FILE,
    help="The config whose settings count, else config.yaml here.",
)


class _Person:
    """The person at the keyboard, or what was piped in."""

    def __init__(self, browser: bool) -> None:
        self._browser = browser

    def tell(self, words: str) -> None:
        click.echo(_plain(words), err=True)

    def secret(self, words: str) -> str:
        if sys.stdin.isatty():
            return str(click.prompt(f"{words} (not shown)", hide_input=True, err=True))
        return sys.stdin.readline()

    def open(self, url: str) -> None:
        self.tell(f"Open this page: {url}")
        if self._browser:
            click.launch(url)


@commands.command()
@click.argument("vendor")
@_config_file
@click.option("--client", type=_A_FILE, help="google: the JSON of your desktop client.")
@click.option("--service-account", type=_A_FILE, help="google: a service account's JSON key.")
@click.option("--wider", is_flag=True, help="google: also bind files that are there already.")
@click.option(
    "--expires",
    type=click.Choice(["never", "30days"]),
    default="never",
    show_default=True,
    help="trello: how long the token shall last.",
)
@click.option("--no-browser", is_flag=True, help="Only print the page to open.")
@_guarded
def login(
    vendor: str,
    config: Path | None,
    client: Path | None,
    service_account: Path | None,
    wider: bool,
    expires: str,
    no_browser: bool,
) -> None:
    """Sign in to a tool, as `smarketing login trello`."""
    from smarketing.login import log_in
    from smarketing.signin import Wishes

    wishes = Wishes(client, service_account, wider, expires)
    person = _Person(browser=not no_browser)
    for line in log_in(vendor, config, person, wishes, _clock().now()):
        click.echo(_plain(line))


@commands.command()
@click.argument("vendor")
@_config_file
@_guarded
def logout(vendor: str, config: Path | None) -> None:
    """Sign out of a tool: end the token there, forget it here."""
    from smarketing.login import log_out

    for line in log_out(vendor, config):
        click.echo(_plain(line))


@commands.command()
@click.argument("vendor", default="")
@_config_file
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@_guarded
def doctor(vendor: str, config: Path | None, as_json: bool) -> None:
    """Examine the accounts: who, what for, how long, and what hangs on one person."""
    from smarketing import doctor as examination

    found = list(examination.checkups(vendor, config, _clock().now()))
    if as_json:
        _print_json(examination.as_json(found))
    else:
        click.echo(_plain(examination.as_text(found)))
    if any(checkup.has("error") for checkup in found):
        sys.exit(Exit.ERROR)
    if any(checkup.has("person") for checkup in found):
        sys.exit(Exit.PERSON_NEEDED)


@commands.command()
@_chosen
@click.option("-y", "--yes", is_flag=True, help="Bind what is sure without asking.")
@click.option("--json", "as_json", is_flag=True, help="Only print the proposals, as JSON.")
@_guarded
def adopt(configs: tuple[Path, ...], said: tuple[str, ...], yes: bool, as_json: bool) -> None:
    """Look for what is there already, and bind it instead of making it anew."""
    from smarketing.adoption import certain, in_all_places, proposals_json, proposals_text
    from smarketing.configfile import set_values
    from smarketing.workspace import open_config, opened_workspace

    given = _said(said)

    def look(path: Path) -> list[Exit]:
        clock = _clock()
        opened = open_config(path, given, clock)
        with opened_workspace(opened, clock, for_writing=False) as workspace:
            records = workspace.state.load().records
            found, unseen = in_all_places(opened.desired, records, workspace.integrations)
        for why in unseen:
            click.echo(_plain(why), err=True)
        if as_json:
            _print_json(proposals_json(found))
            return []
        click.echo(_plain(proposals_text(found)))
        sure = certain(found)
        if sure and (yes or click.confirm(f"Write {len(sure)} of these into {path}?", err=True)):
            _save(opened)
            lines: dict[tuple[str, ...], str] = {("existing", p.address): p.url for p in sure}
            set_values(path, lines)
            again = _command("plan", config=path, said=given)
            click.echo(f"Written. Nothing in the tools was changed. Look with: {again}")
        return [Exit.PERSON_NEEDED if unseen or len(sure) < len(found) else Exit.DONE]

    _each(configs, look)


@commands.command()
@_chosen
@click.argument("address")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@_guarded
def explain(configs: tuple[Path, ...], said: tuple[str, ...], address: str, as_json: bool) -> None:
    """Tell all that is known about one item, and where each value comes from."""
    from smarketing.explain import explain_item, explanation_text
    from smarketing.workspace import open_config, opened_workspace

    given = _said(said)

    def look(path: Path) -> list[Exit]:
        clock = _clock()
        opened = open_config(path, given, clock)
        with opened_workspace(opened, clock, for_writing=False) as workspace:
            records = workspace.state.load().records
        _check_addresses(opened, (address,), frozenset(records))
        told = explain_item(address, opened.desired.items.get(address), records.get(address))
        if as_json:
            _print_json(told)
        else:
            click.echo(_plain(explanation_text(told)))
        return []

    _each(configs, look)


@commands.command()
@_chosen
@click.argument("addresses", nargs=-1, required=True)
@click.option("-y", "--yes", is_flag=True, help="Do it without asking.")
@click.option("-v", "--verbose", is_flag=True, help="List each change.")
@click.option("--json", "as_json", is_flag=True, help="Print plan and result as JSON.")
@click.option("--approve", default="", metavar="DIGEST", help="Approve just these removals.")
@_guarded
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
    from smarketing.given import Request

    request = Request(archive=frozenset(addresses), approve=approve)
    given = _said(said)
    paces: dict[str, Pace] = {}

    def do(path: Path) -> list[Exit]:
        again = _command("archive", *addresses, config=path, said=given)
        shown = {"yes": yes, "verbose": verbose, "as_json": as_json}
        return [_run(path, given, request, again, **shown, paces=paces)]

    _each(configs, do)


@commands.command()
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
@_guarded
def sandbox(
    port: int, folder: Path | None, use: str, latency: float, switches: tuple[str, ...]
) -> None:
    """Serve stand-ins of the vendors on this computer, for trials."""
    from smarketing.sandbox.command import Wanted, serve

    vendors = tuple(name.strip() for name in use.split(",") if name.strip())
    serve(Wanted(port, folder, vendors, latency / 1000, switches), click.echo)


@commands.command()
@click.argument("what", type=click.Choice(["playbook", "config"]))
def schema(what: str) -> None:
    """Print the JSON Schema of playbook.yaml or config.yaml, for editors."""
    from smarketing.schema import config_schema, playbook_schema

    _print_json(playbook_schema() if what == "playbook" else config_schema())


@commands.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the lines that make your shell complete our commands."""
    from click.shell_completion import get_completion_class

    maker = get_completion_class(shell)
    assert maker is not None
    click.echo(maker(commands, {}, "smarketing", "_SMARKETING_COMPLETE").source())


def _clock() -> Any:
    from smarketing.pace import SystemClock

    return SystemClock()


def _check_addresses(
    opened: "Opened", addresses: tuple[str, ...], known: frozenset[str] = frozenset()
) -> None:
    import difflib

    from smarketing.problems import Problem, Problems

    there = set(opened.desired.items) | known | {f"root:{i.place}" for i in _items(opened)}
    problems = []
    for address in addresses:
        if address not in there:
            close = difflib.get_close_matches(address, there, 1)
            hint = f"Did you mean {close[0]}?" if close else "`plan -v` lists the addresses."
            problems.append(Problem("", 0, 0, f"There is nothing called {address!r}.", hint))
    if problems:
        raise Problems(problems)


def _items(opened: "Opened") -> list[Any]:
    return list(opened.desired.items.values())


def main() -> None:
    """Run the command line."""
    try:
        code = commands.main(prog_name="smarketing", standalone_mode=False)
    except click.Abort:
        click.echo("Stopped. Run it again: it finishes what was begun.", err=True)
        sys.exit(Exit.ERROR)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    sys.exit(code if isinstance(code, int) else Exit.DONE)


if __name__ == "__main__":
    main()
