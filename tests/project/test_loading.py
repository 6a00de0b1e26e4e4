"""What starting the program loads, and under which names."""

import json
import subprocess
import sys
from pathlib import Path

from tests.project.imports import ROOT, modules

HEAVY = (
    "pydantic",
    "pydantic_core",
    "liquid",
    "icalendar",
    "rich",
    "sqlite3",
    "markdown_it",
    "dateutil",
    "keyring",
    "requests",
    "asyncio",
)
"""Libraries that only the command that needs them may load."""


def loaded_after(code: str, folder: Path) -> set[str]:
    """Return the names of all modules that a fresh process holds after this code."""
    script = f"{code}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    answer = subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return set(json.loads(answer.stdout.splitlines()[-1]))


def test_the_command_line_starts_without_any_heavy_library(tmp_path: Path) -> None:
    loaded = loaded_after("import smarketing.cli", tmp_path)
    assert "click" in loaded
    assert sorted(loaded.intersection(HEAVY)) == []


def test_help_loads_no_heavy_library(tmp_path: Path) -> None:
    code = (
        "import contextlib, io\nfrom smarketing.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        "    import sys; sys.argv = ['smarketing', '--help']; main()"
    )
    assert sorted(loaded_after(code, tmp_path).intersection(HEAVY)) == []


def test_no_module_is_loaded_by_a_second_name() -> None:
    names = sorted(name for name in modules() if not name.endswith("__main__"))
    loaded = loaded_after(
        f"from importlib import import_module\nfor name in {names!r}: import_module(name)", ROOT
    )
    assert set(names) <= loaded
    assert not loaded & {"cli", "integrations", "playbooks"}
