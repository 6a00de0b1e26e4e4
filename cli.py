"""The command line: all commands under one name, and the end of the process."""

import sys

import click

from smarketing.commands.accounts import doctor, login, logout
from smarketing.commands.adopt import adopt
from smarketing.commands.apply import apply, archive
from smarketing.commands.forget import forget
from smarketing.commands.history import history, undo
from smarketing.commands.init import init
from smarketing.commands.pause import pause, resume
from smarketing.commands.plan import explain, plan, status, validate
from smarketing.commands.playbook import playbook
from smarketing.commands.rehearse import rehearse
from smarketing.commands.shell import Exit
from smarketing.commands.sync import sync
from smarketing.commands.trial import completion, sandbox, schema


class _InThisOrder(click.Group):
    """Help shows the commands in the order they are added: first what a team lead needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_InThisOrder, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="smarketing", prog_name="smarketing")
def commands() -> None:
    """Set up the shared workspace of sales and marketing, and keep it.

    Look with `plan`, do with `apply`. What people write is never lost: run it again
    whenever the teams or the playbook change.
    """


for each in (
    *(init, plan, apply, sync, status),
    *(validate, login, logout, doctor, adopt, explain, archive),
    *(history, undo, pause, resume, forget),
    *(playbook, rehearse, sandbox, schema, completion),
):
    commands.add_command(each)


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
