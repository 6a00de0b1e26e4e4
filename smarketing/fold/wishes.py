"""What a person asked for in this run beside the playbook: to restore, to archive. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from smarketing.address import container_of
from smarketing.kinds import ARCHIVED, THERE
from smarketing.state.record import PLAYBOOK, Record


@dataclass(frozen=True, slots=True)
class Wishes:
    """The addresses that a person named: `restore` also means all that the named thing held."""

    restore: frozenset[str] = frozenset()
    archive: frozenset[str] = frozenset()

    def asks_back(self, address: str, place: str, gone: bool = True) -> bool:
        """Say whether a person asked for it, or for what held it, or for all that is gone."""
        if address in self.restore:
            return True
        if gone and f"root:{place}" in self.restore:
            return True
        above = container_of(address)
        return bool(above) and self.asks_back(above, place, gone)


def with_wishes(record: Record, wishes: Wishes, records: Mapping[str, Record]) -> Record:
    """Return the record as a person wants it: put away, back again, or as it was.

    `records` are all: what comes back stands where members had put it, if that stands, too.
    """
    if record.address in wishes.archive and record.existence == THERE:
        return replace(record, hub={**record.hub, "existence": ARCHIVED})
    asked = wishes.asks_back(record.address, record.place, record.gone)
    if record.existence == THERE or not asked:
        return record
    hub = {**record.hub, "existence": THERE}
    if not record.gone:
        return replace(record, hub=hub)
    # What the playbook never spoke of, as the copy of a card, it does not release either.
    seen = {PLAYBOOK: record.seen[PLAYBOOK]} if PLAYBOOK in record.seen else {}
    asked_for = seen.get(PLAYBOOK, {}).get("parent")
    if asked_for and not _will_stand(str(hub.get("parent")), wishes, records):
        hub["parent"] = asked_for.value
    return replace(record, hub=hub, seen=seen, binding=None, notes=(), links={}, granted={})


def _will_stand(address: str, wishes: Wishes, records: Mapping[str, Record]) -> bool:
    record = records.get(address)
    if record is None:
        return False
    return record.existence == THERE or wishes.asks_back(address, record.place, record.gone)
