"""Keep boards and tables in step: once, or again and again until somebody stops it."""

import json
import re
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from smarketing.commands import shell

if TYPE_CHECKING:
    from smarketing.plan import Recap
    from smarketing.planning.given import Workspace
    from smarketing.rounds.rounds import Round, Turn
    from smarketing.state.pace import Clock, Pace
    from smarketing.state.record import Record
    from smarketing.workspace.opening import Opened

_EVERY = re.compile(r"(\d+)\s*([smhd]?)")
_SECONDS = {"": 60, "s": 1, "m": 60, "h": 3600, "d": 86_400}
_LONGEST = 7 * 86_400
_UNKNOWN = "{}: nothing is known here yet. First run: smarketing apply"


class Every(click.ParamType[int]):
    """A time such as 30s, 5m or 2h, in seconds; a bare number counts minutes."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, int):
            return value
        found = _EVERY.fullmatch(str(value).strip())
        seconds = int(found[1]) * _SECONDS[found[2]] if found else 0
        if not 1 <= seconds <= _LONGEST:
            self.fail(f"{value!r} is no time: write 30s, 5m or 2h, a week at most.", param, ctx)
        return seconds


@click.command()
@shell.chosen
@click.option("--watch", is_flag=True, help="Do it again and again, until you press Ctrl+C.")
@click.option(
    "--every", type=Every(), default="5m", show_default=True, help="How long --watch rests."
)
@click.option("--hold-invitations", is_flag=True, help="Tell nobody: no guest, no digest.")
@click.option(
    "--full-every",
    type=Every(),
    default="1d",
    show_default=True,
    help="How often everything is listed in full, whatever the tools say has changed.",
)
@click.option("-v", "--verbose", is_flag=True, help="List each change.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@shell.guarded
def sync(
    configs: tuple[Path, ...],
    said: tuple[str, ...],
    watch: bool,
    every: int,
    hold_invitations: bool,
    full_every: int,
    verbose: bool,
    as_json: bool,
) -> None:
    """Keep boards and tables in step, as the playbook's `sync:` says."""
    telling = _Telling(verbose, as_json, quiet=watch, hold=hold_invitations)
    given = shell.said_values(said)
    paces: dict[str, Pace] = {}
    if not watch:
        if code := _round(configs, given, full_every, telling, paces):
            raise SystemExit(code)
        return
    with _stopping() as stop:
        click.echo("Keeping in step. To stop: Ctrl+C.", err=True)
        code = shell.Exit.DONE
        complaints = _Complaints()
        shell.configs_of(configs)  # a name that is wrong from the beginning ends it at once
        while not stop.is_set():
            # A config that is just being saved is no reason to end.
            code = shell.outlived(
                lambda: _round(configs, given, full_every, telling, paces, complaints.say),
                complaints.say,
            )
            complaints.end_of_round()
            stop.wait(every)
    click.echo("Stopped.", err=True)
    raise SystemExit(code)


@dataclass(frozen=True, slots=True)
class _Telling:
    """How it is told what was done; `quiet` leaves out a round without news, `hold` tells members nothing."""

    verbose: bool
    as_json: bool
    quiet: bool
    hold: bool


@dataclass(slots=True)
class _Complaints:
    """Says what stops a round, and not again while it goes on stopping each."""

    before: frozenset[str] = frozenset()
    now: list[str] = field(default_factory=list)

    def say(self, line: str) -> None:
        if line not in self.before:
            shell.aloud(line)
        self.now.append(line)

    def end_of_round(self) -> None:
        self.before, self.now = frozenset(self.now), []


def _round(
    configs: tuple[Path, ...],
    said: dict[str, str],
    full_every: float,
    telling: _Telling,
    paces: "dict[str, Pace]",
    say: Callable[[str], None] = shell.aloud,
) -> shell.Exit:
    """Ask each account once, and sync the workspaces that something happened in."""
    from smarketing.problems import UserError
    from smarketing.rounds.rounds import Round, Turn

    paths = shell.configs_of(configs)
    with Round(paths, shell.clock(), full_every) as going:
        try:
            turns = {turn.path: turn for turn in going.turns()}
        except UserError as error:
            return shell.told(error, say)

        def once(path: Path) -> list[shell.Exit]:
            turn = Turn(path) if said else turns[path]
            if turn.is_due:
                return _once(turn, going, said, telling, paces)
            if telling.as_json and not telling.quiet:
                shell.print_json({"config": str(path), "nothing_happened": True})
            return []

        codes = [shell.in_turn(paths, once, say)]
        for words in dict.fromkeys(going.untold):
            say(words)
            codes.append(shell.Exit.ERROR)
    quiet = 0 if said else sum(not turn.is_due for turn in turns.values())
    if quiet and not telling.as_json and not telling.quiet:
        click.echo(_idle(quiet, len(paths)))
    return next((code for code in shell.PRECEDENCE if code in codes), shell.Exit.DONE)


def _idle(count: int, of: int) -> str:
    if count == of:
        return f"Nothing happened in {of} workspaces."
    return f"Nothing happened in {count} of {of} workspaces."


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """Give what is set once somebody asks to stop: the round under way ends well first."""
    stop = threading.Event()

    def ask(number: int, frame: Any) -> None:
        stop.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)  # who asks twice means at once

    known = {each: signal.signal(each, ask) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for each, handler in known.items():
            signal.signal(each, handler)


def _once(
    turn: "Turn",
    going: "Round",
    said: dict[str, str],
    telling: _Telling,
    paces: "dict[str, Pace]",
) -> list[shell.Exit]:
    """Sync one workspace and say what was done; [] where the playbook asks for nothing."""
    from smarketing.workspace.workspace import opened_workspace

    clock = shell.clock()
    opened = _opened(turn.path, said, clock)
    if opened is None:
        return []
    words = ("--hold-invitations",) if telling.hold else ()
    again = shell.typed("sync", *words, config=turn.path, said=said)
    with opened_workspace(
        opened, clock, for_writing=True, paces=paces, command=again, is_brief=True
    ) as workspace:
        recap = _synced(workspace, opened, turn, going, telling.hold)
        records = workspace.state.load().records
    _tell(recap, records, telling)
    return [_outcome(recap)]


def _opened(path: Path, said: dict[str, str], clock: "Clock") -> "Opened | None":
    """Return the workspace of a config file, None if there is nothing to keep in step."""
    from smarketing.problems import UserError
    from smarketing.workspace.opening import open_config, state_file

    if not path.exists():
        raise UserError(f"There is no file {path} here. A workspace begins with: smarketing apply")
    opened = open_config(path, said, clock)
    desired = opened.desired
    if not (desired.sync or desired.guests or desired.agendas or desired.digests):
        words = f"{desired.title}: the playbook has no `sync:`, so nothing is kept in step."
        click.echo(shell.plain(words))
        return None
    if not state_file(opened).exists():
        raise UserError(_UNKNOWN.format(desired.title))
    return opened


def _synced(
    workspace: "Workspace", opened: "Opened", turn: "Turn", going: "Round", hold: bool
) -> "Recap":
    """Sync an open workspace; where all went well, the feeds are gone by from here on."""
    from smarketing.planning.given import Request
    from smarketing.problems import UserError
    from smarketing.run import engine

    known = workspace.state.load()
    if not known.records:
        raise UserError(_UNKNOWN.format(opened.desired.title))
    tools = workspace.integrations
    looking = going.begin(opened.config, opened.workspace_id, tools, known.facts, anew=turn.anew)
    recap = engine.apply(workspace, Request(sync=True, anew=turn.anew, hold_invitations=hold))
    if _went_well(recap):
        looking.end(workspace.state, tools, workspace.clock.now(), anew=turn.anew)
    return recap


def _tell(recap: "Recap", records: Mapping[str, "Record"], telling: _Telling) -> None:
    from smarketing.digest.telling import told
    from smarketing.instep.going import titles_in
    from smarketing.instep.telling import sync_json, sync_text
    from smarketing.meetings.telling import invited

    if telling.as_json:
        data = sync_json(recap)
        line = json.dumps(data, ensure_ascii=False)
        click.echo(line) if telling.quiet else shell.print_json(data)
    elif not telling.quiet or _has_news(recap):
        guests = invited(recap.done, records)
        text = sync_text(recap, titles_in(records), telling.verbose, guests, list(told(recap)))
        click.echo(shell.plain(text))


def _went_well(recap: "Recap") -> bool:
    """Say whether everything was looked at and done, so that the feeds may be gone by."""
    plan = recap.plan
    # What is away comes back with an event of its own: nothing is missed by going on.
    stopped = any(agreed.stopped.keys() - agreed.away for agreed in plan.synced.values())
    return not (recap.failed or plan.unreachable or plan.needs_approval or stopped)


def _has_news(recap: "Recap") -> bool:
    from smarketing.changes.sending import FIELD

    news = any(
        a.conflicts or a.doubts or a.newly_away or a.stopped.keys() - a.away
        for a in recap.plan.synced.values()
    )
    unknown = any(keep.field == FIELD for keep in recap.plan.keeps)
    told = bool(recap.plan.notices) or unknown
    return bool(recap.done or recap.failed or recap.plan.unreachable or news or told)


def _outcome(recap: "Recap") -> shell.Exit:
    plan = recap.plan
    if recap.failed or (plan.unreachable and plan.reads):
        return shell.Exit.PARTLY
    if plan.unreachable:
        return shell.Exit.ERROR
    if plan.conflicts or any(a.conflicts or a.newly_away for a in plan.synced.values()):
        return shell.Exit.PERSON_NEEDED
    return shell.Exit.DONE
