"""Whether the tools that config names can hold what the playbook asks for."""

from smarketing.config import Config
from smarketing.desired import Desired
from smarketing.kinds import KINDS
from smarketing.problems import Problems
from smarketing.registry import Loaded
from smarketing.registry import names as tools

_ANYWHERE = ("folders", "messages")
"""Sections of which a tool that has none leaves out nothing that people would miss."""


def check_tools(config: Config, desired: Desired) -> None:
    """Raise Problems where `use:` gives a section to a tool that holds nothing of the kind."""
    items = desired.items.values()
    problems = []
    for section, tool in config.use.items():
        kind = next((kind for kind in KINDS.values() if kind.section == section), None)
        if kind is None or section in _ANYWHERE or tool == "local" or tool not in tools():
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
