"""A playbook in a folder, and the advice on it."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from smarketing.lints.playbooklints import advice_on
from smarketing.playbook.loading import load_playbook

Advise = Callable[..., list[str]]

TOP = "playbook: ours\ntitle: Ours\nroles: {sales: required, marketing: required}\n"


@pytest.fixture
def advise(tmp_path: Path) -> Advise:
    """Return the advice on a playbook, as lines without their file's folder."""

    def look(
        text: str, files: Mapping[str, str] | None = None, values: Mapping[str, str] | None = None
    ) -> list[str]:
        folder = tmp_path / "ours"
        for name, words in {"playbook.yaml": TOP + text, **(files or {})}.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(words, encoding="utf-8")
        playbook = load_playbook("ours", tmp_path)
        return [str(one).removeprefix("ours/") for one in advice_on(playbook, values or {})]

    return look
