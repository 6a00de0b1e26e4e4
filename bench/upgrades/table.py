"""Tables of how well upgrades merge into documents that members lived in, and Copier beside."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from bench.upgrades.copier import on_copier
from bench.upgrades.googledocs import on_google_docs
from bench.upgrades.markdown import on_markdown
from bench.upgrades.measure import Figures
from bench.upgrades.scripts import UPGRADES
from smarketing.config.config import Config
from smarketing.playbook.loading import load_playbook
from smarketing.resolve.resolve import resolve

_DOCUMENTS = {
    "handoff": "document:handoff",
    "glossary": "document:glossary",
    "persona": "document:persona.operations",
}


def shipped_bodies() -> Mapping[str, str]:
    """Return the documents of the shipped playbook that the upgrades are written for."""
    playbook = load_playbook("smarketing", Path.cwd())
    start = date(2026, 12, 7)
    desired = resolve(playbook, Config.default("Acme"), workspace="k3v9-7q2m-x4dt", start=start)
    return {name: str(desired.items[at].fields["body"]) for name, at in _DOCUMENTS.items()}


def table(folder: Path, peers: Path, teams: int = 20) -> Iterator[str]:
    """Yield the lines of the tables."""
    bodies = shipped_bodies()
    yield f"### Upgrades: {len(UPGRADES)} of them, members' edits in 5 degrees"
    yield ""
    yield "| lines edited by members | both changed a line, in different sentences | merged without a question | members' sentences lost | upgrade's neither in nor shown | sentences nobody wrote | comments lost |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    yield from _rows(f"Markdown, {teams} teams", on_markdown(bodies, teams))
    yield from _rows("Google Docs", on_google_docs(folder / "google", bodies))
    yield from _rows("Copier on the Markdown", on_copier(folder / "copier", peers, bodies))


def _rows(name: str, found: Iterable[tuple[float, str, Figures]]) -> Iterator[str]:
    by_share: dict[float, Figures] = defaultdict(Figures)
    for share, _, figures in found:
        by_share[share] += figures
    for share, figures in by_share.items():
        yield _row(f"{name}: {share:.0%}", figures)
    yield _row(f"**{name}: all**", sum(by_share.values(), Figures()))


def _row(name: str, of: Figures) -> str:
    part = f"{of.merged} ({of.merged / of.both:.1%})" if of.both else "–"
    comments = f"{of.comments_lost} of {of.comments}" if of.comments else "–"
    return f"| {name} | {of.both} | {part} | {of.lost} | {of.unsaid} | {of.nobodys} | {comments} |"
