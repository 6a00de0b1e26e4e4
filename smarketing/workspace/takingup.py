"""Which parts a run takes up, and on which day they begin: from config, and from state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from smarketing.config.chosenparts import FACT, NOTHING, Remembered, remembered, told, with_days
from smarketing.config.config import Config
from smarketing.playbook.playbook import Playbook
from smarketing.state.sqlite import SqliteState


@dataclass(frozen=True, slots=True)
class TakenUp:
    """The config with the day of each part; `new` is what a run has to write into its file, by
    where it stands there, `told` what it says of that."""

    config: Config
    new: Mapping[str, str]
    told: tuple[str, ...]


def taken_up(config: Config, playbook: Playbook, start: date, today: date, state: Path) -> TakenUp:
    """Return the config in which each part has its day; `state` is the file of the workspace."""
    before = config.parts or ()
    known = _remembered(config, playbook, state)
    after = with_days(before, start, today, known)
    new = {
        f"parts.{number}": now.words
        for number, (was, now) in enumerate(zip(before, after, strict=True))
        if was != now
    }
    if new:
        config = config.model_copy(update={"parts": after})
    return TakenUp(config, new, tuple(told(before, after, known)))


def _remembered(config: Config, playbook: Playbook, path: Path) -> Remembered:
    undated = any(part.start is None for part in config.parts or ())
    if not config.id or not undated or not path.exists():
        return NOTHING
    state = SqliteState(path)
    try:
        fact = state.facts().get(FACT, "")
        addresses = () if fact else tuple(state.load().records)
    finally:
        state.close()
    return remembered(fact, addresses, playbook.parts)
