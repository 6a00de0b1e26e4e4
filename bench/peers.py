"""The tools to compare with, each group in an environment of its own under `build/bench`."""

import hashlib
import subprocess
import sys
import tomllib
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "build" / "bench"


def wanted() -> list[str]:
    """Return what pyproject.toml lists in its dependency group `bench`."""
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    return [str(requirement) for requirement in groups["bench"]]


def installed() -> Path:
    """Return the folder of the scripts of ansible-core, Copier and octoDNS."""
    return scripts_of("peers", wanted())


def scripts_of(name: str, wanted: Sequence[str]) -> Path:
    """Return where the scripts of these distributions are; install them if they are not there.

    Raises CalledProcessError if that can't be done.
    """
    digest = hashlib.sha256("\n".join((sys.version, *wanted)).encode()).hexdigest()[:12]
    folder = FOLDER / f"{name}-{digest}"
    scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
    if not (folder / "ready").exists():
        print(f"Installing {', '.join(wanted)} into {folder}", file=sys.stderr, flush=True)
        venv.create(folder, clear=True, with_pip=True)
        install = (str(scripts / "python"), "-m", "pip", "install", "-q", *wanted)
        subprocess.run(install, check=True, cwd=ROOT)
        (folder / "ready").touch()
    return scripts


def versions(python: Path, names: Sequence[str]) -> str:
    """Return these distributions with their versions in the environment of an interpreter."""
    code = (
        "import sys; from importlib.metadata import version;"
        "print(', '.join(f'{name} {version(name)}' for name in sys.argv[1:]))"
    )
    words = (str(python), "-c", code, *names)
    answer = subprocess.run(words, capture_output=True, check=True, encoding="utf-8")
    return answer.stdout.strip()
