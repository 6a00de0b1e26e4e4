"""The same upgrades through Copier, which merges a template's files line by line."""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.upgrades.lived_in import Edit, edits
from bench.upgrades.markdown import SHARES
from bench.upgrades.measure import Figures, figures, lived_in, upgraded
from bench.upgrades.scripts import UPGRADES

_CONFLICT = re.compile(r"<{7} [^\n]*\n(.*?)={7}\n(.*?)>{7} [^\n]*\n", re.DOTALL)
_ANSWERS = "{{ _copier_answers|to_nice_yaml }}"


def on_copier(
    folder: Path, scripts: Path, bodies: Mapping[str, str]
) -> Iterator[tuple[float, str, Figures]]:
    """Yield the figures of each upgrade at each degree; what stands in a conflict is a question."""
    for number, (name, upgrade) in enumerate(UPGRADES.items()):
        template = _template(folder / f"template-{number}", bodies, upgrade)
        for share in SHARES:
            at = folder / f"team-{number}-{share}"
            seeds = {
                n: 1_000 * number + round(100 * share) + i for i, n in enumerate(sorted(upgrade))
            }
            made = {n: edits(bodies[n], share, seed) for n, seed in seeds.items()}
            yield share, name, _one_team(at, template, scripts, bodies, upgrade, made)


def _template(
    folder: Path, bodies: Mapping[str, str], upgrade: Mapping[str, Mapping[str, str]]
) -> Path:
    folder.mkdir(parents=True)
    _git(folder, "init", "-q")
    (folder / "{{ _copier_conf.answers_file }}.jinja").write_text(_ANSWERS, encoding="utf-8")
    for version in ("v1", "v2"):
        for name in upgrade:
            text = bodies[name] if version == "v1" else upgraded(bodies[name], upgrade[name])
            (folder / f"{name}.md").write_text(text, encoding="utf-8")
        _committed(folder, version)
        _git(folder, "tag", version)
    return folder


def _one_team(
    folder: Path,
    template: Path,
    scripts: Path,
    bodies: Mapping[str, str],
    upgrade: Mapping[str, Mapping[str, str]],
    made: Mapping[str, Sequence[Edit]],
) -> Figures:
    copier = str(scripts / "copier")
    _run(template, copier, "copy", "-q", "--trust", "--vcs-ref", "v1", str(template), str(folder))
    _git(folder, "init", "-q")
    for name in upgrade:
        (folder / f"{name}.md").write_text(lived_in(bodies[name], made[name]), encoding="utf-8")
    _committed(folder, "lived in")
    _run(
        folder,
        copier,
        "update",
        "-q",
        "--trust",
        "--defaults",
        "--vcs-ref",
        "v2",
        "--conflict",
        "inline",
    )
    total = Figures()
    for name in upgrade:
        text = (folder / f"{name}.md").read_text(encoding="utf-8")
        asked = "\n".join(part for found in _CONFLICT.findall(text) for part in found)
        settled = _CONFLICT.sub("", text)
        total += figures(bodies[name], upgrade[name], made[name], settled, asked)
    return total


def _committed(folder: Path, words: str) -> None:
    _git(folder, "add", "-A")
    _git(folder, "-c", "user.name=a", "-c", "user.email=a@acme.example", "commit", "-qm", words)


def _git(folder: Path, *words: str) -> None:
    _run(folder, "git", *words)


def _run(folder: Path, *words: str) -> None:
    subprocess.run(
        words,
        cwd=folder,
        check=True,
        capture_output=True,
        env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull},
    )
