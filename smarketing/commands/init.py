"""Begin: answer a few questions and get a config."""

from collections.abc import Callable
from pathlib import Path

import click

from smarketing.commands import shell


@click.command()
@shell.chosen
@click.option("-y", "--yes", is_flag=True, help="Take the defaults and ask nothing.")
@shell.guarded
def init(configs: tuple[Path, ...], said: tuple[str, ...], yes: bool) -> None:
    """Answer a few questions and get a config.yaml to look at."""
    from smarketing.config.beginning import config_values, misfit, questions
    from smarketing.config.writing import write_new
    from smarketing.playbook.loading import load_playbook
    from smarketing.playbook.shipped import shipped_editions
    from smarketing.problems import UserError
    from smarketing.workspace.opening import new_id
    from smarketing.workspace.saidvalues import checked, placed

    if len(configs) > 1:
        raise click.UsageError("init writes one config: give --config once.")
    path = (configs or (Path("config.yaml"),))[0]
    if path.exists():
        raise UserError(f"{path} is there already. Edit it, or name another with --config.")
    answers = placed(shell.said_values(said))
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
    values = {"id": new_id(), **config_values(answers)}
    if (editions := shipped_editions(answers["playbook"])) is not None:
        values["edition"] = editions.newest
    if playbook.begin_with:
        values["parts"] = playbook.begin_with
    write_new(path, values)
    given = "" if path == Path("config.yaml") else f" --config {path}"
    click.echo(f"Wrote {path}. Look at it, then run: smarketing plan{given}")


def _answer(name: str, ask: str, default: str, misfit: Callable[[str, str], str]) -> str:
    """Ask until the answer will do."""
    while True:
        with shell.asking():
            answer: str = click.prompt(ask, default=default, show_default=bool(default), err=True)
        if not (wrong := misfit(name, answer)):
            return answer
        click.echo(wrong, err=True)
