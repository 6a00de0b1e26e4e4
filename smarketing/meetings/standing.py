"""Where the cards stand, and since when: remembered from run to run. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from smarketing.kinds import THERE
from smarketing.state.record import Record


@dataclass(frozen=True, slots=True)
class Standing:
    """Where each card stands (list, and whether it is done), and since which day, "" if that was
    so when it was first looked at. By address."""

    cards: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def now(self, records: Mapping[str, Record], today: date) -> "Standing":
        """Return where the cards stand now."""
        found: dict[str, tuple[str, str]] = {}
        for address, record in records.items():
            if record.kind != "card" or record.existence != THERE:
                continue
            where = f"{record.hub.get('parent')}{' done' if record.hub.get('done') else ''}"
            known = self.cards.get(address)
            is_born = known is None and bool(self.cards)
            since = known[1] if known and known[0] == where else ""
            if (known is not None and known[0] != where) or is_born:
                since = today.isoformat()
            found[address] = (where, since)
        return Standing(found)

    def since(self, address: str) -> date | None:
        """Return since which day a card stands where it does, None if nobody knows."""
        day = self.cards.get(address, ("", ""))[1]
        return date.fromisoformat(day) if day else None
