"""The README keeps the promises of its Quick start."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def quick_start() -> str:
    """Return the section "Quick start" of the README."""
    found = re.search(r"^## Quick start\n(.*?)(?=^## )", README, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def shell_blocks(text: str) -> list[str]:
    """Return the contents of the fenced shell blocks."""
    return re.findall(r"^```(?:sh|shell|bash|console)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_quick_start_has_two_fenced_blocks_one_to_run_and_one_to_check() -> None:
    main_job, checks = shell_blocks(quick_start())
    assert quick_start().count("```") == 4
    assert "smarketing apply --yes" in main_job
    assert "tests/check.py" in checks
    assert "tests/check.py" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_each_block_starts_from_a_fresh_clone_and_installs_by_hash() -> None:
    for block in shell_blocks(quick_start()):
        first, second = block.splitlines()[:2]
        assert first == "python3 -m venv .venv"
        assert "--require-hashes -r requirements/" in second


def test_windows_and_macos_have_a_line_each_above_the_blocks() -> None:
    above = quick_start().split("```")[0]
    for line in ("**Windows**", "**macOS**"):
        assert len(re.findall(rf"^{re.escape(line)}", above, re.MULTILINE)) == 1


def test_every_file_that_the_readme_links_to_is_there() -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_readme_names_the_interpreters_that_are_tested() -> None:
    assert "3.11 and 3.13 with every change, on 3.12 by `tests/check.py --everywhere`" in README
