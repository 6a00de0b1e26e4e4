"""Forget a person: config, state and history, and the list of what still names them."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smarketing.commands import shell

if TYPE_CHECKING:
    from smarketing.config.config import Config
    from smarketing.config.parting import Edited
    from smarketing.forget.forgetting import Mention
    from smarketing.forget.telling import Case
    from smarketing.planning.given import Workspace
    from smarketing.playbook.playbook import Playbook
    from smarketing.text.mentions import Who
    from smarketing.workspace.opening import Opened


@dataclass(frozen=True, slots=True)
class _Held:
    """A workspace whose config and state stay ours until all is done."""

    opened: "Opened"
    after: "Config"
    workspace: "Workspace | None"


@click.command()
@shell.chosen
@click.argument("person")
@click.option("-y", "--yes", is_flag=True, help="Do it without asking.")
@click.option("--json", "as_json", is_flag=True, help="Print what it does and leaves as JSON.")
@shell.guarded
def forget(
    configs: tuple[Path, ...], said: tuple[str, ...], person: str, yes: bool, as_json: bool
) -> None:
    """Take PERSON (key, name or mail) who left out of config, state and history."""
    import shlex

    from smarketing.forget.telling import forget_json, forget_text
    from smarketing.workspace.opening import open_config, state_file

    clock, given = shell.clock(), shell.said_values(said)
    opened = [open_config(path, given, clock) for path in shell.configs_of(configs)]
    if _is_forgotten(opened, person):
        _say_forgotten(person, as_json)
        return
    who, keys = _meant(opened, person)
    with ExitStack() as stack:
        edits, held = _hold(opened, keys, who, stack)
        files = {state_file(each) for each in opened}
        cases = [_case(each, who, files) for each in held]
        named = [word for path in configs for word in ("--config", str(path))]
        again = shlex.join(["smarketing", "forget", who.mailbox, *named])
        todo = bool(edits) or not all(case.is_empty for case in cases)
        asks = todo and not yes
        if asks or not as_json:
            click.echo(shell.plain(forget_text(who, edits, cases, again)), err=as_json)
        if asks:
            with shell.asking():
                todo = click.confirm("Do this?", err=True)
            if not todo:
                click.echo("Nothing was done.", err=True)
        if todo:
            _do(held, cases, edits)
    if as_json:
        shell.print_json(forget_json(who, edits, cases, todo))
    elif todo:
        click.echo("Done.")


def _is_forgotten(opened: "list[Opened]", person: str) -> bool:
    """Say whether this is the key of somebody who is out of every config and state already."""
    from contextlib import closing

    from smarketing.config.handover import ROSTER, former_roster
    from smarketing.state.sqlite import SqliteState
    from smarketing.text.mentions import FORGOTTEN
    from smarketing.workspace.opening import state_file

    if any(person in each.config.people for each in opened):
        return False
    names: set[str] = set()
    for path in filter(Path.exists, map(state_file, opened)):
        with closing(SqliteState(path)) as state:
            roster = former_roster(state.load().facts.get(ROSTER, ""))
            names |= {roster.left[person]} if person in roster.left else set()
    return names == {FORGOTTEN}


def _say_forgotten(key: str, as_json: bool) -> None:
    from smarketing.forget.telling import forget_json
    from smarketing.text.mentions import Who

    if as_json:
        shell.print_json(forget_json(Who(), (), (), done=False))
    else:
        words = "config, state and history hold no more of them than your tools do"
        click.echo(f"Nothing is left to forget of '{key}': {words}.")


def _meant(opened: "list[Opened]", person: str) -> "tuple[Who, list[str | None]]":
    """Return who is meant, and their key in each config; raise Problems if they are still here."""
    from smarketing.config.person import key_in, who_else, who_of
    from smarketing.problems import Problems

    keys = [key_in(each.config, person) for each in opened]
    found = [(o.config, key) for o, key in zip(opened, keys, strict=True) if key is not None]
    here = [
        config.problem(
            ("people", key),
            f"{config.people[key].name} is still here.",
            "Write `left:` with the day at this person, run `smarketing apply`, then this again.",
        )
        for config, key in found
        if config.people[key].left is None
    ]
    if here:
        raise Problems(here)
    who = who_of(*found[0]) if found else who_else(opened[0].config, person)
    return who, keys


def _hold(
    opened: "list[Opened]", keys: "list[str | None]", who: "Who", stack: ExitStack
) -> "tuple[list[Edited], list[_Held]]":
    """Return the edits of all configs, each file once, and the workspaces, each with its lock."""
    from smarketing.config.parting import without_person
    from smarketing.workspace.opening import state_file
    from smarketing.workspace.workspace import opened_workspace

    edits: dict[Path, Edited] = {}
    held = []
    for each, key in zip(opened, keys, strict=True):
        after = each.config
        if key is not None:
            edited, after = without_person(each.config, key)
            edits |= {Path(one.before.file).resolve(): one for one in edited}
        workspace = None
        if state_file(each).exists():
            enter = opened_workspace(each, shell.clock(), for_writing=True)
            workspace = stack.enter_context(enter)
            _refuse_before_its_time(each, workspace, who)
        held.append(_Held(each, after, workspace))
    return list(edits.values()), held


def _refuse_before_its_time(opened: "Opened", workspace: "Workspace", who: "Who") -> None:
    from smarketing.fold.access import names_of
    from smarketing.forget.forgetting import what_first
    from smarketing.problems import UserError

    snapshot = workspace.state.load()
    kinds = {(r.place, r.kind) for r in snapshot.records.values() if r.granted}
    rights = {
        name
        for place, kind in kinds
        if who.mail and place in workspace.integrations
        for name in names_of(kind, who.mailbox, workspace.integrations[place])
    }
    asked = {address: item.fields for address, item in opened.desired.items.items()}
    if first := what_first(snapshot, asked, rights, who):
        raise UserError(
            f"{opened.desired.title}: {' '.join(first)} First run `smarketing apply`, with "
            "`work-to:` at the person if nobody has their work yet; then this again. "
            "Nothing was changed."
        )


def _case(held: _Held, who: "Who", files: set[Path]) -> "Case":
    from smarketing.datafolder import filled_file
    from smarketing.forget.forgetting import Forgetting, forgetting
    from smarketing.forget.telling import Case
    from smarketing.state.sqlite import SqliteState
    from smarketing.template.filled import Filled

    title, config = held.opened.desired.title, held.after
    written = tuple(_written(config, held.opened.playbook, who))
    notes = tuple(_notes(held, who, files))
    kept = Filled.load(filled_file(held.opened.workspace_id))
    cache = any(map(who.times, kept.texts))
    if held.workspace is None:
        return Case(title, Forgetting(), written, notes, cache)
    state = held.workspace.state
    runs = state.runs()
    writes = [write for run in runs for write in state.writes(run.number)]
    found = forgetting(state.load(), runs, writes, who, held.opened.desired.inputs, state.actions())
    mentions = tuple(_placed(each, held.workspace) for each in found.mentions) + written
    named = isinstance(state, SqliteState) and bool(who.times(state.text()))
    traces = named and found.is_empty and not mentions
    return Case(title, found, mentions, notes, cache, traces)


def _written(config: "Config", playbook: "Playbook", who: "Who") -> "Iterator[Mention]":
    """Yield the lines of config and playbook that hold the name."""
    from smarketing.forget.forgetting import Mention

    texts = {source.file: source.text for source in (*config.files, playbook.source)}
    texts |= {str(playbook.folder / name): text for name, text in playbook.texts.items()}
    for file, text in texts.items():
        for number, line in enumerate(text.splitlines(), start=1):
            if times := who.times(line):
                yield Mention(Path(file).name, f"{file}:{number}", times)


def _placed(mention: "Mention", workspace: "Workspace") -> "Mention":
    """Return where it is as one opens it: a path where the tool is a folder."""
    from dataclasses import replace

    folder = workspace.folders.get(mention.place)
    return replace(mention, where=str(Path(folder) / mention.where)) if folder else mention


def _notes(held: _Held, who: "Who", files: set[Path]) -> Iterator[str]:
    """Yield what else there is to look after; `files` are the states that are forgotten in."""
    from smarketing.account.registry import signed_in
    from smarketing.datafolder import data_folder
    from smarketing.state.sqlite import title_in

    config = held.opened.config
    for place in sorted({item.place for item in held.opened.desired.items.values()}):
        if who.times(signed_in(place, dict(config.integrations.get(place, {})), config.folder)):
            yield f"Their account is the one signed in to {place}: smarketing logout {place}"
    if len(config.files) > 1:
        yield (
            f"Other workspaces that extend {config.files[-1].file} name people from there, too: "
            "run `smarketing apply` for them first, and forget with their --config as well."
        )
    for path in sorted({*(data_folder() / "workspaces").glob("*.sqlite3")} - files):
        if who.times(path.read_bytes().decode("utf-8", "replace")):
            title = title_in(path)
            name = f"“{title}” (id: {path.stem})" if title else path.stem
            yield f"The workspace {name} here names them, too: forget with its --config."
    if changed := _changed(held):
        yield f"`smarketing plan` will show changes of {', '.join(changed)}: config said their name."


def _changed(held: _Held) -> list[str]:
    """Return the addresses of what is asked for otherwise once the person is out of config."""
    from smarketing.resolve.resolve import resolve

    before = held.opened.desired
    if held.after is held.opened.config:
        return []
    names = ("people", "teams", "owners", "guests")
    config = held.opened.config.model_copy(update={n: getattr(held.after, n) for n in names})
    now = resolve(held.opened.playbook, config, workspace=before.workspace, start=before.start)
    return [a for a, item in now.items.items() if before.items.get(a) != item]


def _do(held: list[_Held], cases: "Iterable[Case]", edits: "Iterable[Edited]") -> None:
    """State first: as long as config names the person, the same command finishes the work."""
    from smarketing.config.writing import rewrite
    from smarketing.datafolder import filled_file
    from smarketing.state.state import Instead

    for each, case in zip(held, cases, strict=True):
        found = case.forgetting
        if case.cache:
            filled_file(each.opened.workspace_id).unlink(missing_ok=True)
        if each.workspace is not None:
            each.workspace.state.rewrite(
                Instead(found.records, found.facts, found.runs, found.writes, found.actions)
            )
    for edit in edits:
        rewrite(Path(edit.before.file), _unless_changed(edit))


def _unless_changed(edit: "Edited") -> "Callable[[str], str]":
    from smarketing.problems import UserError

    def changed(text: str) -> str:
        if text != edit.before.text:
            raise UserError(f"{edit.before.file} was changed in the meantime. Run this again.")
        return edit.after.text

    return changed
