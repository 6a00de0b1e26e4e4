"""Whether the tools that config names can hold what the playbook asks for."""

from collections.abc import Iterator

from smarketing.account.registry import Loaded
from smarketing.config.config import Config
from smarketing.kinds import KINDS
from smarketing.problems import Problem, Problems, UserError
from smarketing.resolve.desired import Desired

_ANYWHERE = ("folders", "messages")
"""Sections of which a tool that has none leaves out nothing that people would miss."""


def check_tools(config: Config, desired: Desired) -> None:
    """Raise Problems where `use:` gives a section to a tool that holds nothing of the kind, or
    that the settings under `integrations:` are wrong for."""
    items = desired.items.values()
    problems = list(_wrong_settings(config, desired))
    if problems:
        raise Problems(problems)
    for section, tool in config.use.items():
        kind = next((kind for kind in KINDS.values() if kind.section == section), None)
        if kind is None or section in _ANYWHERE or tool == "local":
            continue
        if not any(item.kind == kind.name and item.place == tool for item in items):
            continue
        manifest = Loaded(config.integrations, config.folder, (tool,))[tool].manifest
        if kind.name not in manifest.kinds:
            words = f"{manifest.title} holds no {section}."
            instead = "Name a tool that does; without this line they lie in a plain folder."
            problems.append(config.problem(("use", section), words, instead))
    if problems:
        raise Problems(problems)


def _wrong_settings(config: Config, desired: Desired) -> Iterator[Problem]:
    """Yield a problem for each tool in use that can't be set up as config says."""
    used = {item.place for item in desired.items.values()}
    used |= {config.use["messages"]} if "messages" in config.use else set()
    for tool in sorted(used - {"local"}):
        try:
            Loaded(config.integrations, config.folder, (tool,))
        except UserError as error:
            section = next((name for name, each in config.use.items() if each == tool), "")
            at = ("integrations", tool) if tool in config.integrations else ("use", section)
            yield from (config.problem(at, line) for line in str(error).splitlines())
