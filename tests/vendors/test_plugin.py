"""A run of tests fails by a misfit, says how much was validated, and fails where nothing was."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.vendors.trello_spec import FILE

pytestmark = pytest.mark.skipif(not FILE.exists(), reason="Trello's description is not here")

BEGIN = """
from smarketing.standin import Asked, json_answer
from tests.vendors.heard import COUNTED, heard
from tests.vendors.sandboxes import sandbox

ID = "5abbe4b7ddc1b351ef961414"

def hear(reply):
    heard("trello", Asked("GET", f"/1/cards/{ID}", {}, {}), json_answer(reply))
"""


def run(folder: Path, tests: str, *words: str, expected: str = "") -> tuple[int, str]:
    """Run tests in a process of their own; return its status and what it said."""
    (folder / "test_it.py").write_text(BEGIN + tests, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    plugins = ("-p", "tests.vendors.plugin", "-p", "no:cacheprovider", *words)
    command = (sys.executable, "-m", "pytest", "-q", *plugins, str(folder))
    root = Path(__file__).parents[2]
    settings = {**os.environ, "SMARKETING_TEST_VENDORS": expected}
    ran = subprocess.run(
        command, cwd=root, env=settings, capture_output=True, text=True, check=False, timeout=60
    )
    return ran.returncode, ran.stdout + ran.stderr


@pytest.mark.slow
def test_workers_add_up_and_a_misfit_in_a_thread_fails_its_test(tmp_path: Path) -> None:
    status, said = run(
        tmp_path,
        """
from threading import Thread
import pytest

def test_right():
    hear({"id": ID})

def swallowed():
    try:
        hear({"id": 7})
    except AssertionError:
        pass

def test_wrong_in_a_thread():
    thread = Thread(target=swallowed)
    thread.start()
    thread.join()

def test_right_again():
    hear({"id": ID})
""",
        "-n2",
    )
    assert status == 1, said
    assert "1 failed, 2 passed" in said
    assert "$.id: 7 is not of type 'string'" in said
    assert "trello: 3 requests and 3 replies validated" in said


@pytest.mark.slow
@pytest.mark.parametrize("words", [(), ("-n1",)])
def test_a_run_in_which_sandboxes_were_made_and_nothing_validated_fails(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    tests = "def test_nothing():\n    for _ in range(10):\n        sandbox('trello')\n"
    status, said = run(tmp_path, tests, *words)
    assert status == 1, said
    assert "1 passed" in said
    assert "nothing was validated: this run failed" in said


def test_a_run_without_vendors_says_nothing_of_them(tmp_path: Path) -> None:
    status, said = run(tmp_path, "def test_nothing():\n    pass\n", "-n0")
    assert (status, "validated" in said) == (0, False), said


def test_a_run_that_must_validate_a_vendor_fails_without(tmp_path: Path) -> None:
    tests = "def test_little():\n    sandbox('trello')\n"
    status, said = run(tmp_path, tests, "-n0", expected="trello")
    assert status == 1, said
    assert "trello: nothing was validated: this run failed" in said
