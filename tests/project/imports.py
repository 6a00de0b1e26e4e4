"""Which of our modules imports which, read from the source without running it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]


def modules() -> dict[str, Path]:
    """Return every module of the product by the name it is imported by."""
    found = {"smarketing.cli": ROOT / "cli.py"}
    for folder, package in (("smarketing", ()), ("integrations", ("smarketing",))):
        for path in sorted((ROOT / folder).rglob("*.py")):
            parts = (*package, *path.relative_to(ROOT).with_suffix("").parts)
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported_by(name: str, source: str, package: bool = False) -> Iterator[str]:
    """Yield what a module imports, as full names, wherever in it the import stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(name, node, package)
            # `from smarketing import engine` imports a module, `from smarketing.plan import Plan`
            # a name: both readings are given, for no rule forbids what does not exist.
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _absolute(name: str, node: ast.ImportFrom, package: bool) -> str:
    if not node.level:
        return node.module or ""
    parts = name.split(".")
    up = node.level - 1 if package else node.level
    return ".".join((*parts[: len(parts) - up], *filter(None, [node.module])))


def our_imports() -> dict[str, frozenset[str]]:
    """Return, for each of our modules, the names it imports from smarketing or a top level."""
    ours = ("smarketing", "integrations", "cli", "playbooks", "tests", "bench")
    return {
        name: frozenset(
            other
            for other in imported_by(name, path.read_text("utf-8"), path.name == "__init__.py")
            if other.split(".")[0] in ours
        )
        for name, path in modules().items()
    }


def starts_with(name: str, *prefixes: str) -> bool:
    """Say whether the module is one of these or lies inside one."""
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)
