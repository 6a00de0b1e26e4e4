"""The change feed of the tool in memory: whole, or as bad as feeds are."""

from collections.abc import Callable
from dataclasses import dataclass, field

from smarketing.contract import Changes


def _whole() -> str:
    return ""


@dataclass(slots=True)
class MemoryFeed:
    """What is told of each change, in the order in which it is told.

    `awry` is asked at each change: "drop" (nobody is told of it), "double" (it is told once more
    after the next one), "late" (it is told only after the next one), "" for none of these. What
    came before `oldest` is forgotten.
    """

    awry: Callable[[], str] = _whole
    oldest: int = 0
    _told: list[str] = field(default_factory=list)
    _held_back: list[str] = field(default_factory=list)

    def tell(self, which: str) -> None:
        """Put a change into the feed."""
        how = self.awry()
        waiting, self._held_back = self._held_back, [which] if how in ("double", "late") else []
        if how in ("", "double"):
            self._told.append(which)
        self._told += waiting

    def forget(self) -> None:
        """Know nothing any more of what was told until now."""
        self._told.append("")
        self.oldest = len(self._told)

    def since(self, cursor: str) -> Changes:
        """Return what was told since."""
        now = len(self._told)
        if not cursor.isdigit() or not self.oldest <= int(cursor) <= now:
            return Changes(str(now))
        return Changes(str(now), frozenset(self._told[int(cursor) :]))
