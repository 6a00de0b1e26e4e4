"""What all commands share: exit codes, which workspace is meant, how things are told."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import IntEnum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from smarketing.workspace.opening import Opened

Command = Callable[..., Any]


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


def guarded(command: Command) -> Command:
    """Turn what went wrong into one clear message and an exit code."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        from smarketing.problems import Problems, UserError

        try:
            return command(*args, **kwargs)
        except (Problems, UserError, OSError, RecursionError, MemoryError) as error:
            sys.exit(told(error))

    return run


@contextmanager
def asking() -> Iterator[None]:
    """Say truly what it means when somebody ends a command at its question."""
    try:
        yield
    except click.Abort:
        click.echo("Stopped. Nothing was changed.", err=True)
        sys.exit(Exit.ERROR)


def aloud(line: str) -> None:
    """Say a line beside the results."""
    click.echo(plain(line), err=True)


def told(error: BaseException, say: Callable[[str], None] = aloud) -> Exit:
    """Say what went wrong, and return how to end."""
    from smarketing.problems import Held, Problems
    from smarketing.state.pausing import Paused

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
        say(line)
    if isinstance(error, Paused):
        return Exit.PERSON_NEEDED
    return Exit.HELD if isinstance(error, Held) else Exit.ERROR


def outlived(work: Callable[[], Exit], say: Callable[[str], None] = aloud) -> Exit:
    """Do some work and return how it ended; what stops it is told, and stops nothing else."""
    from smarketing.problems import Problems, UserError

    try:
        return work()
    except click.UsageError as error:
        say(error.format_message())
        return Exit.USAGE
    except (Problems, UserError, OSError, RecursionError, MemoryError) as error:
        return told(error, say)


def each(configs: tuple[Path, ...], work: Callable[[Path], list[Exit]]) -> None:
    """Do the work for each workspace, and end as it went."""
    if code := all_of(configs, work):
        sys.exit(code)


def all_of(configs: tuple[Path, ...], work: Callable[[Path], list[Exit]]) -> Exit:
    """Do the work for each workspace, and say how it went; what stops one stops no other."""
    return in_turn(configs_of(configs), work)


def in_turn(
    paths: Iterable[Path],
    work: Callable[[Path], list[Exit]],
    say: Callable[[str], None] = aloud,
) -> Exit:
    """Do the work for the workspace of each config, and say how it went."""
    from smarketing.problems import Problems, UserError

    codes: list[Exit] = []
    for path in paths:
        try:
            codes += work(path)
        except (Problems, UserError, OSError, RecursionError, MemoryError) as error:
            codes.append(told(error, say))
    return next((code for code in PRECEDENCE if code in codes), Exit.DONE)


def plain(text: str) -> str:
    return "".join(c for c in text if c.isprintable() or c in "\n\t")


def chosen(command: Command) -> Command:
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


def writing(approving: str) -> Callable[[Command], Command]:
    """Add the options of a command that shows a plan and performs it."""

    def added(command: Command) -> Command:
        for option in (
            click.option("--approve", default="", metavar="DIGEST", help=approving),
            click.option("--json", "as_json", is_flag=True, help="Print plan and result as JSON."),
            click.option("-v", "--verbose", is_flag=True, help="List each change."),
            click.option("-y", "--yes", is_flag=True, help="Do it without asking."),
        ):
            command = option(command)
        return command

    return added


def edition(command: Command) -> Command:
    """Add the option that asks for another edition of the playbook than config names."""
    return click.option(
        "--edition",
        type=click.IntRange(min=1),
        metavar="N",
        help="As if config named this edition of the shipped playbook; apply writes it there.",
    )(command)


def configs_of(given: tuple[Path, ...]) -> list[Path]:
    import glob

    paths: list[Path] = []
    for path in given or (Path("config.yaml"),):
        found = [Path(name) for name in sorted(glob.glob(str(path)))]
        paths += found or [path]
    missing = [str(path) for path in paths if given and not path.exists()]
    if missing:
        raise click.UsageError(f"There is no file {', '.join(missing)}.")
    return paths


def name_of_several(configs: tuple[Path, ...], opened: "Opened", *, err: bool = False) -> None:
    """Say above what follows which workspace it is about, where there are several."""
    if len(configs_of(configs)) > 1:
        click.echo(plain(f"{opened.desired.title}:"), err=err)


def said_values(pairs: tuple[str, ...]) -> dict[str, str]:
    said: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise click.UsageError(f"--set {pair!r}: write it as NAME=VALUE, as company=Acme.")
        said[name.strip()] = value
    return said


def print_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def colour(err: bool = False) -> bool:
    stream = sys.stderr if err else sys.stdout
    return stream.isatty() and not os.environ.get("NO_COLOR")


def typed(name: str, *words: str, config: Path, said: Mapping[str, str]) -> str:
    """Return what a person types to run this again."""
    import shlex

    given = ["--config", str(config)] if config != Path("config.yaml") else []
    sets = [word for key, value in said.items() for word in ("--set", f"{key}={value}")]
    return shlex.join(["smarketing", name, *words, *given, *sets])


def clock() -> Any:
    from smarketing.state.pace import SystemClock

    return SystemClock()


def check_addresses(
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


def narrowing(
    restore: tuple[str, ...], only: tuple[str, ...], hold: bool, edition: int | None = None
) -> list[str]:
    """Return the options of a run as a person types them again."""
    words = [word for address in restore for word in ("--restore", address)]
    words += [word for address in only for word in ("--only", address)]
    words += ["--edition", str(edition)] if edition else []
    return [*words, "--hold-invitations"] if hold else words


def tell_of_newer(opened: "Opened") -> None:
    """Say in one line that a newer edition of the playbook is there, if one is."""
    from smarketing.edition.editions import announcement

    pin, config = opened.pin, opened.path
    if pin.copy:
        look = typed("playbook", "merge", pin.copy, config=config, said={})
    else:
        look = typed("plan", "--edition", str(pin.newer), config=config, said={})
    if words := announcement(pin, look):
        click.echo(f"\n{plain(words)}")


def newer_json(opened: "Opened") -> dict[str, Any]:
    """Return what `--json` says of a newer edition."""
    from smarketing.edition.editions import newer_as_json

    return {"newer_edition": newer_as_json(opened.pin)}


def save(opened: "Opened") -> None:
    """Write into the config what this run added to it."""
    from smarketing.config.writing import set_values, write_new

    if opened.is_new:
        write_new(opened.path, {"workspace": opened.config.workspace, **opened.new})
    elif opened.new:
        set_values(opened.path, opened.new)
