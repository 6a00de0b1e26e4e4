"""Runs every check: lint, types, quick tests on the newest interpreter, all tests on this one.

It goes on after a failure, says at the end what failed, and closes with pytest's own last line.
"""

import argparse
import glob
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements" / "dev.txt"
ENVIRONMENTS = ROOT / "build" / "check"
MINORS = (11, 12, 13, 14)
WORKERS = "2"
HERE_ONLY = (
    "accounts", "benchmark", "google", "overhttp", "sandbox", "slack", "trello", "vendor_lives",
)  # fmt: skip
"""Folders of tests of which other interpreters run the conformance suite alone."""

LIVED_HERE = (
    "adoption", "calls", "digest", "editions", "forgetting", "halfyear", "histories", "instep",
    "lives", "meetings", "moving", "polling", "rehearsal", "reorganisations", "rights", "smtp",
    "syncing", "teamlives", "undoing",
)  # fmt: skip
"""Folders that try the same code in longer stories: only `--everywhere` runs them elsewhere."""

AT_VENDORS = (
    *("tests/overhttp", "tests/calls", "tests/vendor_lives"),
    *("tests/google/test_conformance.py", "tests/trello/test_conformance.py"),
    *("tests/trello/test_whole_runs.py", "tests/slack/test_lives.py"),
)
"""Tests of whole runs, whatever of a vendor's behaviour is not documented."""

VENDORS = "google slack trello"
"""Of each of them all tests together must hold something to its own description."""

Command = Sequence[str]


def main() -> int:
    """Run the checks; return 1 if any failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--here", action="store_true", help="only on this interpreter")
    parser.add_argument("--everywhere", action="store_true", help="on every interpreter there is")
    options = parser.parse_args()
    failed = [name for name, command in lint() if run(name, command)]
    if not options.here:
        failed += quick_tests_elsewhere(options.everywhere)
    failed += tests_turned_round()
    status, closing = all_tests()
    if status:
        failed.append("tests")
    if failed:
        print(f"\nFailed: {', '.join(failed)}", flush=True)
    print(closing, flush=True)
    return 1 if failed else 0


def lint() -> Iterator[tuple[str, Command]]:
    """Yield the checks that read the code without running it."""
    python = sys.executable
    yield "ruff check", (python, "-m", "ruff", "check", ".")
    yield "ruff format", (python, "-m", "ruff", "format", "--check", ".")
    yield "mypy", (python, "-m", "mypy")


def run(name: str, command: Command, **environment: str) -> int:
    """Run a command in the project's folder, its name above it; return its exit status."""
    print(f"== {name}", flush=True)
    settings = {**os.environ, **environment}
    return subprocess.run(command, cwd=ROOT, env=settings, check=False).returncode


def tests_turned_round() -> list[str]:
    """Run what meets the vendors with every unsure behaviour turned round."""
    name = "tests with every unsure behaviour turned round"
    command = (sys.executable, "-m", "pytest", "-q", "-n", WORKERS, "-m", "not slow", *AT_VENDORS)
    return [name] if run(name, command, SMARKETING_TEST_SWITCHES="all") else []


def all_tests() -> tuple[int, str]:
    """Run all tests here; return pytest's exit status and closing line."""
    print("== tests", flush=True)
    command = (
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        WORKERS,
        "--dist",
        "worksteal",
        "--durations",
        "40",
    )
    closing = ""
    environment = {**os.environ, "SMARKETING_TEST_VENDORS": VENDORS}
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            closing = line.strip() or closing
    return process.returncode, closing


def quick_tests_elsewhere(all_of_them: bool) -> list[str]:
    """Run the quick tests on the newest other interpreter, or on all; return those that failed.

    What runs on the oldest and on the newest runs between the two, as good as always.
    """
    others = list(other_interpreters())
    return [
        name
        for name, python in (others if all_of_them else others[-1:])
        if prepared_with(name, python) is None or quick_tests(name, all_of_them)
    ]


def quick_tests(name: str, all_of_them: bool) -> int:
    """Run the quick tests in a prepared environment, or those alone that tell interpreters apart."""
    python = str(python_in(environment_of(name)))
    folders = [path for path in sorted((ROOT / "tests").iterdir()) if path.is_dir()]
    left_out = {*HERE_ONLY, "__pycache__", *(() if all_of_them else LIVED_HERE)}
    chosen = [str(path) for path in folders if path.name not in left_out]
    chosen += [str(path) for path in sorted((ROOT / "tests").glob("*/test_conformance.py"))]
    command = (python, "-m", "pytest", "-q", "-n", WORKERS, "-m", "not slow", *chosen)
    return run(f"quick tests on {name}", (*command, "-p", "no:cacheprovider"))


def other_interpreters() -> Iterator[tuple[str, Command]]:
    """Yield name and command of each interpreter that starts, but for the present one."""
    for minor in MINORS:
        if minor == sys.version_info.minor:
            continue
        python = next((command for command in candidates(minor) if starts(command, minor)), None)
        if python:
            yield f"Python 3.{minor}", python
        else:
            print(f"== Python 3.{minor} is not installed here", flush=True)


def candidates(minor: int) -> Iterator[Command]:
    """Yield the commands by which this version of Python may be called."""
    yield (f"python3.{minor}",)
    for path in sorted(glob.glob(str(Path.home() / f".pyenv/versions/3.{minor}.*/bin/python"))):
        yield (path,)
    yield ("py", f"-3.{minor}")


def starts(command: Command, minor: int) -> bool:
    """Say whether the command starts this version: a shim may stand for one that is not there."""
    if shutil.which(command[0]) is None:
        return False
    answer = subprocess.run((*command, "--version"), capture_output=True, text=True, check=False)
    return answer.returncode == 0 and f"Python 3.{minor}." in answer.stdout


def environment_of(name: str) -> Path:
    """Return the folder of an interpreter's environment, another one for each lock."""
    lock = hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]
    return ENVIRONMENTS / f"{name.replace(' ', '-').lower()}-{lock}"


def prepared_with(name: str, python: Command) -> Path | None:
    """Return an environment with everything of the lock, or None if it can't be made."""
    environment = environment_of(name)
    ready = environment / "ready"
    if ready.exists():
        return environment
    inside = str(python_in(environment))
    pip = (inside, "-m", "pip", "install", "-q")
    steps = (
        (*python, "-m", "venv", "--clear", str(environment)),
        (*pip, "--require-hashes", "-r", str(LOCK)),
        (*pip, "--no-deps", "-e", str(ROOT)),
    )
    if any(run(f"set up {name}", step) for step in steps):
        return None
    ready.touch()
    return environment


def python_in(environment: Path) -> Path:
    """Return the interpreter of an environment, on any system."""
    windows = environment / "Scripts" / "python.exe"
    return windows if sys.platform == "win32" else environment / "bin" / "python"


if __name__ == "__main__":
    sys.exit(main())
