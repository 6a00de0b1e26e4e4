"""The upgrades on Markdown, through the merge that every tool's documents take."""

from collections.abc import Iterator, Mapping

from bench.upgrades.lived_in import edits
from bench.upgrades.measure import Figures, figures, lived_in, upgraded
from bench.upgrades.scripts import UPGRADES
from smarketing.kinds import Merge
from smarketing.merging.merge import merge

SHARES = (0.05, 0.15, 0.30, 0.50, 0.75)
"""How many of the lines that can be edited members have edited."""


Case = tuple[str, float, str, Mapping[str, str], int]
"""Name of an upgrade, degree of editing, document, what the upgrade changes in it, and a seed."""


def cases(teams: int) -> Iterator[Case]:
    """Yield each upgrade with each degree of editing, for so many teams of members."""
    for number, (name, upgrade) in enumerate(UPGRADES.items()):
        for share in SHARES:
            for place, document in enumerate(sorted(upgrade)):
                for team in range(teams):
                    seed = 100_000 * team + 1_000 * number + 10 * round(100 * share) + place
                    yield name, share, document, upgrade[document], seed


def on_markdown(bodies: Mapping[str, str], teams: int) -> Iterator[tuple[float, str, Figures]]:
    """Yield the figures of each case, by degree and upgrade."""
    for name, share, document, upgrade, seed in cases(teams):
        base = bodies[document]
        made = edits(base, share, seed)
        ours, newer = lived_in(base, made), upgraded(base, upgrade)
        merged = merge(Merge.BLOCKS, base, ours, newer, stands="hub")
        noted = "\n".join(clash.yields for clash in merged.clashes)
        yield share, name, figures(base, upgrade, made, str(merged.value), noted)
