"""The wheel: what is in it, and that it works alone in a fresh environment."""

import subprocess
import sys
import venv
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


def run(*command: str | Path, folder: Path = ROOT) -> str:
    """Run a command, and return what it prints; its errors are the test's."""
    answer = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        encoding="utf-8",
        errors="replace",
    )
    assert answer.returncode == 0, answer.stdout
    return answer.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel made from a source archive, as a packager would make it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", folder, ROOT)
    (made,) = folder.glob("*.whl")
    return made


def test_the_wheel_holds_one_top_level_name_and_everything_shipped(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {name.split("/")[0] for name in names} == {
        "smarketing",
        f"smarketing-{version('smarketing')}.dist-info",
    }
    shipped = {
        "smarketing/" + path.relative_to(ROOT).as_posix()
        for folder in ("playbooks", "integrations")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert "smarketing/playbooks/smarketing/playbook.yaml" in shipped
    assert shipped <= names
    assert "smarketing/cli.py" in names
    assert not [name for name in names if "test_" in name or "/bench/" in name]


def test_the_wheel_makes_a_workspace_in_a_fresh_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    scripts = tmp_path / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    pip = (scripts / "python", "-m", "pip", "install", "-q")
    run(*pip, "--require-hashes", "-r", ROOT / "requirements" / "run.txt")
    run(*pip, "--no-deps", wheel)
    empty = tmp_path / "empty"
    empty.mkdir()
    smarketing = scripts / "smarketing"
    assert version("smarketing") in run(smarketing, "--version", folder=empty)
    assert "apply" in run(smarketing, "--help", folder=empty)
    run(smarketing, "apply", "--yes", folder=empty)
    assert (empty / "config.yaml").is_file()
    assert (empty / "acme" / "Start here.md").is_file()
    run(smarketing, "plan", "--exit-code", folder=empty)
