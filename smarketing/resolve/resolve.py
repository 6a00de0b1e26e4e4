"""From a playbook and a config to what they ask for together: every item with its fields.

Pure: the same files give the same result on any day.
"""

from datetime import date

from smarketing.config.config import Config
from smarketing.config.people import People
from smarketing.playbook.playbook import Playbook
from smarketing.playbook.references import addresses_of
from smarketing.problems import Problem, Problems
from smarketing.resolve.boards import add_boards
from smarketing.resolve.channels import add_channels
from smarketing.resolve.desired import Desired
from smarketing.resolve.digests import digests_of
from smarketing.resolve.files import add_documents, add_folders, add_tables
from smarketing.resolve.links import settle_links
from smarketing.resolve.meetings import add_meetings
from smarketing.resolve.scope import Scope
from smarketing.resolve.sync import sync_blocks
from smarketing.resolve.values import answers, chosen_names, flattened, values_of
from smarketing.template.filled import Filled
from smarketing.text.suggestion import did_you_mean
from smarketing.text.wording import joined
from smarketing.yamlfiles.parse import without_collecting


def resolve(
    playbook: Playbook,
    config: Config,
    *,
    workspace: str,
    start: date,
    filled: Filled | None = None,
) -> Desired:
    """Return all that is asked for, parents before children; raise Problems for all mistakes.

    `filled` are texts that an earlier run filled in; what this run fills in is added to it.
    """
    with without_collecting():
        return _resolved(playbook, config, workspace, start, filled)


def _resolved(
    playbook: Playbook, config: Config, workspace: str, start: date, filled: Filled | None
) -> Desired:
    people = People(config)
    answered, problems = answers(playbook, config)
    values = values_of(answered, playbook, config, people, start)
    scope = Scope(playbook, config, people, values, start, filled)
    scope.report(problems)
    _check_roles(scope)
    _check_parts(scope)
    scope.title(playbook.title, ("title",))
    for add in (add_folders, add_documents, add_boards, add_tables, add_meetings, add_channels):
        add(scope)
    settle_links(scope)
    _check_former(scope)
    existing = _existing(scope)
    sync, digests = sync_blocks(scope), digests_of(scope)
    if scope.problems:
        raise Problems(scope.problems)
    return Desired(
        workspace=workspace,
        title=config.workspace,
        start=start,
        items=scope.items,
        inputs={**flattened(answered), **_team_titles(playbook, people)},
        was=scope.was,
        existing=existing,
        successors=people.successors,
        left_out=scope.left_out,
        people=people.here,
        groups=people.groups,
        names=people.names,
        playbook=playbook.playbook,
        edition=playbook.edition,
        purposes=scope.purposes,
        goals=frozenset(scope.goals),
        orders=scope.orders,
        is_template=config.template,
        splits=scope.splits,
        fresh=frozenset(scope.fresh),
        asleep=scope.asleep,
        roster=people.roster,
        guests=scope.guests,
        agendas=scope.agendas,
        holidays=config.days_off,
        sync=sync,
        digests=digests,
        quiet=config.quiet,
        parts={part.name: part.start for part in config.parts}
        if config.parts is not None
        else dict.fromkeys(playbook.parts),
    )


def _team_titles(playbook: Playbook, people: People) -> dict[str, str]:
    """Return the words that came from the titles of teams: who renames one changes them."""
    titles = {f"roles.{role}.team": people.titles(role) for role in playbook.roles}
    return {name: " and ".join(each) for name, each in titles.items() if each}


def _check_roles(scope: Scope) -> None:
    """A role that somebody has to play is missed, unless config names no team at all yet."""
    config, playbook = scope.config, scope.playbook
    for role, need in playbook.roles.items():
        if need != "required" or scope.people.teams(role):
            continue
        if config.teams:
            words = f"No team plays '{role}', and the playbook '{playbook.playbook}' needs one."
            scope.report([config.problem(("teams",), words, f"Add 'plays: {role}' to a team.")])
        else:
            scope.note_absent([role])
    for team, asked in config.teams.items():
        for role in asked.plays:
            if role not in playbook.roles and not config.is_inherited("teams", team):
                words = f"The playbook '{playbook.playbook}' has no role '{role}'."
                suggestion = did_you_mean(role, playbook.roles.keys())
                scope.report([config.problem(("teams", team, "plays"), words, suggestion)])


def _check_parts(scope: Scope) -> None:
    parts = scope.playbook.parts
    chosen = chosen_names(scope.playbook, scope.config)
    for number, part in enumerate(chosen if scope.config.parts is not None else ()):
        at = ("parts", number)
        if part not in parts:
            words = f"The playbook '{scope.playbook.playbook}' has no part '{part}'."
            scope.report([scope.config.problem(at, words, did_you_mean(part, parts.keys()))])
        if part in chosen[:number]:
            words = f"The part '{part}' is chosen twice."
            scope.report([scope.config.problem(at, words, "Delete one of the two.")])
    waiting = [part for part, within in parts.items() if any(map(scope.is_excluded, within))]
    if not_chosen := [part for part in waiting if part not in chosen]:
        wait, one = (
            ("The part {} waits", "it") if len(not_chosen) == 1 else ("The parts {} wait", "one")
        )
        scope.leave_out(
            f"{wait.format(joined(not_chosen))} until you want {one}: "
            "add its name to the line 'parts:' in config.yaml, and run this again."
        )


def _check_former(scope: Scope) -> None:
    for old, address in scope.was.items():
        if old in scope.items:
            file, _, line = scope.items[address].source.rpartition(":")
            words = f"'{old}' is still here, so '{address}' can't have been it."
            scope.report([Problem(file, int(line), 1, words, "Delete one of the two.")])


def _existing(scope: Scope) -> dict[str, str]:
    """Return what is there already; an address that nothing has is a mistake."""
    known = frozenset(addresses_of(scope.playbook)) if scope.config.existing else frozenset()
    found: dict[str, str] = {}
    for address, where in scope.config.existing.items():
        if address in scope.items:
            found[address] = where
        elif address in known:
            scope.leave_out(f"{address} under 'existing:' does not appear, so it is not bound.")
        else:
            words = f"The playbook has nothing with the address '{address}'."
            suggestion = did_you_mean(address, list(scope.items))
            scope.report([scope.config.key_problem(("existing", address), words, suggestion)])
    return found
