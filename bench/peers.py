"""The tools to compare with, in an environment of their own under `build/bench`."""

import hashlib
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "build" / "bench"


def wanted() -> list[str]:
    """Return what pyproject.toml lists in its dependency group `bench`."""
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    return [str(requirement) for requirement in groups["bench"]]


def installed() -> Path:
    """Return the folder of the peers' scripts; install them first if they are not there."""
    digest = hashlib.sha256("\n".join((sys.version, *wanted())).encode()).hexdigest()[:12]
    folder = FOLDER / f"peers-{digest}"
    scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
    if not (folder / "ready").exists():
        print(f"Installing {', '.join(wanted())} into {folder}", file=sys.stderr, flush=True)
        venv.create(folder, clear=True, with_pip=True)
        subprocess.run(
            [scripts / "python", "-m", "pip", "install", "-q", *wanted()], check=True, cwd=ROOT
        )
        (folder / "ready").touch()
    return scripts


def versions(scripts: Path) -> str:
    """Return names and versions of the peers, as the table quotes them."""
    code = (
        "from importlib.metadata import version as v;"
        "print(f\"ansible-core {v('ansible-core')}, Copier {v('copier')}, octoDNS {v('octodns')}\")"
    )
    answer = subprocess.run(
        [scripts / "python", "-c", code], capture_output=True, check=True, encoding="utf-8"
    )
    return answer.stdout.strip()
