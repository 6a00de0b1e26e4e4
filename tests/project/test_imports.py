"""The direction of imports: core, then integrations, then the command line; and no circles."""

from tests.project.imports import (
    circles,
    imported_by,
    modules,
    modules_imported_by,
    our_imports,
    starts_with,
)

CLI = "smarketing.cli"
COMMANDS = "smarketing.commands"
INTEGRATIONS = "smarketing.integrations"

OPEN_TO_INTEGRATIONS = (
    "smarketing.contract",
    "smarketing.kinds",
    "smarketing.address",
    "smarketing.problems",
    "smarketing.text.markdown",
    "smarketing.text.sentences",
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
    reached = [name for name in sorted(imports) if starts_with(name, *OPEN_TO_INTEGRATIONS)]
    assert len(reached) >= len(OPEN_TO_INTEGRATIONS)
    for name in reached:
        ours = {other for other in imports[name] if other in imports and other != "smarketing"}
        assert all(starts_with(other, *OPEN_TO_INTEGRATIONS) for other in ours), name


def test_the_rule_sees_an_import_in_every_form() -> None:
    source = (
        "import smarketing.run.engine\n"
        "def later():\n"
        "    from smarketing import plan\n"
        "    from ..trello import mapping\n"
        "    from . import files\n"
    )
    name = "smarketing.integrations.local.boards"
    assert {other for other in imported_by(name, source) if wrong(name, other)} == {
        "smarketing.run.engine",
        "smarketing.plan",
        "smarketing.integrations.trello",
        "smarketing.integrations.trello.mapping",
    }
    assert wrong("smarketing.run.engine", "smarketing.integrations.local")
    assert wrong("smarketing.run.engine", CLI)
    assert wrong("smarketing.run.engine", "integrations.local")
    assert wrong("smarketing.run.engine", "smarketing.commands.plan")
    assert not wrong(CLI, "smarketing.run.engine")
    assert not wrong(CLI, "smarketing.commands.plan")


def test_no_modules_import_each_other_in_a_circle() -> None:
    imports = {
        name: modules_imported_by(name, path.read_text("utf-8"), path.name == "__init__.py")
        for name, path in modules().items()
    }
    assert circles(imports) == []


def test_a_circle_is_seen_through_imports_in_functions_and_for_types_alone() -> None:
    config = "def later():\n    from smarketing.config.roster import successor\n"
    roster = "if TYPE_CHECKING:\n    from smarketing.config import people\n"
    people = "import smarketing.config.config\nfrom smarketing.problems import Problem\n"
    imports = {
        "smarketing.problems": frozenset[str](),
        "smarketing.config.config": modules_imported_by("smarketing.config.config", config),
        "smarketing.config.roster": modules_imported_by("smarketing.config.roster", roster),
        "smarketing.config.people": modules_imported_by("smarketing.config.people", people),
    }
    assert circles(imports) == [
        ["smarketing.config.config", "smarketing.config.people", "smarketing.config.roster"]
    ]


def test_no_packages_of_the_core_import_each_other_in_a_circle() -> None:
    packages: dict[str, set[str]] = {}
    for name, path in modules().items():
        mine = package_of(name)
        imports = modules_imported_by(name, path.read_text("utf-8"), path.name == "__init__.py")
        packages.setdefault(mine, set()).update(map(package_of, imports))
        packages[mine].discard(mine)
    assert circles(packages) == []


def package_of(name: str) -> str:
    """Return the name up to the package, or module, that stands right below `smarketing`."""
    return ".".join(name.split(".")[:2])


def test_what_only_leads_to_a_circle_is_not_in_it() -> None:
    assert circles({"one": {"two"}, "two": {"three"}, "three": set()}) == []
    assert circles({"one": {"two"}, "two": {"one"}, "three": {"one"}}) == [["one", "two"]]
