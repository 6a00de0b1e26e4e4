"""Which of our modules imports which, read from the source without running it."""

import ast
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@cache
def modules() -> dict[str, Path]:
    """Return every module of the product by the name it is imported by."""
    found = {"smarketing.cli": ROOT / "cli.py"}
    for folder, package in (("smarketing", ()), ("integrations", ("smarketing",))):
        for path in sorted((ROOT / folder).rglob("*.py")):
            parts = (*package, *path.relative_to(ROOT).with_suffix("").parts)
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def _nodes(source: str) -> tuple[ast.AST, ...]:
    return tuple(
        n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Import | ast.ImportFrom)
    )


def imported_by(name: str, source: str, package: bool = False) -> Iterator[str]:
    """Yield what a module imports, as full names, wherever in it the import stands."""
    for node in _nodes(source):
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


def modules_imported_by(name: str, source: str, package: bool = False) -> frozenset[str]:
    """Return which of our modules this one names in an import, wherever in it that stands.

    Imports inside functions count, and those for type checkers alone. `from package import module`
    names the module and not the package, whose own file only says what it shows.
    """
    known = modules()
    found: set[str] = set()
    for node in _nodes(source):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(name, node, package)
            each = (f"{base}.{alias.name}" for alias in node.names)
            found |= {full if full in known else base for full in each}
    return frozenset(found & known.keys() - {name})


def circles(imports: Mapping[str, Collection[str]]) -> list[list[str]]:
    """Return the groups of modules of which each leads to all the others, and back to itself."""
    reached = {name: _reached(name, imports) for name in imports}
    groups = {
        tuple(sorted(other for other in others if name in reached[other]))
        for name, others in reached.items()
        if name in others
    }
    return [list(group) for group in sorted(groups)]


def _reached(name: str, imports: Mapping[str, Collection[str]]) -> set[str]:
    found: set[str] = set()
    ahead = list(imports[name])
    while ahead:
        if (other := ahead.pop()) not in found:
            found.add(other)
            ahead += imports[other]
    return found


def starts_with(name: str, *prefixes: str) -> bool:
    """Say whether the module is one of these or lies inside one."""
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)
