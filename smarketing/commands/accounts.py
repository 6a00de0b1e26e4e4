"""Accounts: sign in, sign out, examine."""

import sys
from pathlib import Path

import click

from smarketing.commands import shell

A_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


_config_file = click.option(
    "--config",
    type=A_FILE,
    help="The config whose settings count, else config.yaml here.",
)


class _Person:
    """The person at the keyboard, or what was piped in."""

    def __init__(self, browser: bool) -> None:
        self._browser = browser

    def tell(self, words: str) -> None:
        click.echo(shell.plain(words), err=True)

    def secret(self, words: str) -> str:
        if sys.stdin.isatty():
            with shell.asking():
                return str(click.prompt(f"{words} (not shown)", hide_input=True, err=True))
        return sys.stdin.readline()

    def open(self, url: str) -> None:
        self.tell(f"Open this page: {url}")
        if self._browser:
            click.launch(url)


@click.command()
@click.argument("vendor")
@_config_file
@click.option("--client", type=A_FILE, help="google: the JSON of your desktop client.")
@click.option("--service-account", type=A_FILE, help="google: a service account's JSON key.")
@click.option("--wider", is_flag=True, help="google: also bind files that are there already.")
@click.option(
    "--expires",
    type=click.Choice(["never", "30days"]),
    default="never",
    show_default=True,
    help="trello: how long the token shall last.",
)
@click.option("--no-browser", is_flag=True, help="Only print the page to open.")
@shell.guarded
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
    from smarketing.account.login import log_in
    from smarketing.signin import Wishes

    wishes = Wishes(client, service_account, wider, expires)
    person = _Person(browser=not no_browser)
    for line in log_in(vendor, config, person, wishes, shell.clock().now()):
        click.echo(shell.plain(line))


@click.command()
@click.argument("vendor")
@_config_file
@shell.guarded
def logout(vendor: str, config: Path | None) -> None:
    """Sign out of a tool: end the token there, forget it here."""
    from smarketing.account.login import log_out

    for line in log_out(vendor, config):
        click.echo(shell.plain(line))


@click.command()
@click.argument("vendor", default="")
@_config_file
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@shell.guarded
def doctor(vendor: str, config: Path | None, as_json: bool) -> None:
    """Examine the accounts: who, what for, how long, and what hangs on one person."""
    from smarketing.account import doctor as examination

    found = list(examination.checkups(vendor, config, shell.clock().now()))
    if as_json:
        shell.print_json(examination.as_json(found))
    else:
        click.echo(shell.plain(examination.as_text(found)))
    if any(checkup.has("error") for checkup in found):
        sys.exit(shell.Exit.ERROR)
    if any(checkup.has("person") for checkup in found):
        sys.exit(shell.Exit.PERSON_NEEDED)
