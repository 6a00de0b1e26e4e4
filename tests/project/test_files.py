"""The files of the project: what is there, what it is called, and what is not in it."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

TOP_LEVEL = {
    ".ci", ".gitattributes", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE",
    "README.md", "bench", "cli.py", "config.example.yaml", "docs", "integrations", "playbooks",
    "pyproject.toml", "requirements", "smarketing", "tests",
}  # fmt: skip

VAGUE = re.compile(r"(?:^|_)(?:utils?|helpers?|manager|common|misc|base|lib|stuff)\.py$")

REGISTRY = re.compile(
    r"files\.pythonhosted|pypi\.org/simple|/simple/|--(?:extra-)?index-url|--find-links"
    r"|registry\.npmjs|\bindex-url\s*="
)


def tracked() -> list[Path]:
    """Return the files of the project: git's list, or all in an unpacked archive."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone")
    answer = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, encoding="utf-8"
    )
    listed = (ROOT / name for name in answer.stdout.split("\0") if name)
    return [path for path in listed if path.is_file()]


def project() -> dict[str, object]:
    """Return the table `project` of pyproject.toml."""
    table: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))[
        "project"
    ]
    return table


def test_the_top_level_holds_what_the_contributors_guide_says_and_no_more() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} == TOP_LEVEL


def test_no_tracked_file_names_a_registry() -> None:
    naming = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path != Path(__file__) and REGISTRY.search(path.read_bytes().decode("utf-8", "replace"))
    ]
    assert naming == []


def test_no_module_has_a_vague_name() -> None:
    assert [path.name for path in tracked() if VAGUE.search(path.name)] == []


def test_every_module_says_in_its_first_line_what_it_holds() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix == ".py"
        and path.stat().st_size
        and not path.read_text("utf-8").startswith(('"""', 'r"""'))
    ]
    assert silent == []


def test_the_changelog_names_the_present_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    versions = re.findall(r"^## \[([^\]]+)\] - \d{4}-\d\d-\d\d$", text, re.MULTILINE)
    assert versions[0] == project()["version"]


def test_the_example_of_a_config_is_there() -> None:
    assert (ROOT / "config.example.yaml").read_text("utf-8").strip()


def test_both_locks_name_every_dependency_once_with_hashes_and_no_address() -> None:
    for lock, wanted in (("run", run_time()), ("dev", run_time() | development())):
        text = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8")
        entries = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n?", "", text).strip())
        names = {re.split(r"[=\s;]", entry)[0].lower() for entry in entries}
        assert wanted <= names
        assert all(re.search(r"==\S+", entry) for entry in entries)
        assert all("--hash=sha256:" in entry for entry in entries)
        assert "://" not in text


def run_time() -> set[str]:
    """Return the names of what the program needs."""
    return names_of(project()["dependencies"])


def development() -> set[str]:
    """Return the names of what the checks need."""
    extras = project()["optional-dependencies"]
    assert isinstance(extras, dict)
    return names_of(extras["dev"])


def names_of(requirements: object) -> set[str]:
    """Return the names in a list of requirements."""
    assert isinstance(requirements, list)
    return {re.split(r"[^A-Za-z0-9._-]", text)[0].lower() for text in requirements}


def test_peers_of_the_benchmark_are_no_dependency_of_ours() -> None:
    text = (ROOT / "requirements" / "dev.txt").read_text("utf-8")
    assert "octodns" not in text
    assert "ansible" not in text
