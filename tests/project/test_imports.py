"""The direction of imports: core, then integrations, then the command line."""

from tests.project.imports import imported_by, our_imports, starts_with

CLI = "smarketing.cli"
COMMANDS = "smarketing.commands"
INTEGRATIONS = "smarketing.integrations"

OPEN_TO_INTEGRATIONS = (
    "smarketing.contract",
    "smarketing.kinds",
    "smarketing.address",
    "smarketing.problems",
    "smarketing.markdown",
    "smarketing.sentences",
    "smarketing.web",
    "smarketing.standin",
    "smarketing.signin",
)
"""What an integration may know of the core: the contract, its words, pure text, HTTP."""


def wrong(name: str, other: str) -> bool:
    """Say whether it is against the direction that `name` imports `other`."""
    if not starts_with(other, "smarketing"):
        return True
    if starts_with(other, CLI):
        return name != "smarketing.__main__"
    if starts_with(name, CLI, COMMANDS):
        return False
    if starts_with(other, COMMANDS):
        return True
    if starts_with(name, INTEGRATIONS):
        own = ".".join(name.split(".")[:3])
        shared = (*OPEN_TO_INTEGRATIONS, own) if own != INTEGRATIONS else OPEN_TO_INTEGRATIONS
        return other != "smarketing" and not starts_with(other, *shared)
    return starts_with(other, INTEGRATIONS, "smarketing.playbooks")


def test_every_import_follows_the_direction() -> None:
    against = [
        f"{name} imports {other}"
        for name, others in our_imports().items()
        for other in sorted(others)
        if wrong(name, other)
    ]
    assert against == []


def test_what_integrations_may_import_knows_no_engine_and_no_state_itself() -> None:
    imports = our_imports()
    reached = set(OPEN_TO_INTEGRATIONS) & set(imports)
    for name in sorted(reached):
        ours = {other for other in imports[name] if other in imports and other != "smarketing"}
        assert ours <= set(OPEN_TO_INTEGRATIONS), name


def test_the_rule_sees_an_import_in_every_form() -> None:
    source = (
        "import smarketing.engine\n"
        "def later():\n"
        "    from smarketing import state\n"
        "    from ..trello import mapping\n"
        "    from . import files\n"
    )
    name = "smarketing.integrations.local.boards"
    assert {other for other in imported_by(name, source) if wrong(name, other)} == {
        "smarketing.engine",
        "smarketing.state",
        "smarketing.integrations.trello",
        "smarketing.integrations.trello.mapping",
    }
    assert wrong("smarketing.engine", "smarketing.integrations.local")
    assert wrong("smarketing.engine", CLI)
    assert wrong("smarketing.engine", "integrations.local")
    assert wrong("smarketing.engine", "smarketing.commands.plan")
    assert not wrong(CLI, "smarketing.engine")
    assert not wrong(CLI, "smarketing.commands.plan")
