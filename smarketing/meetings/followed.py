"""The tables whose rows agendas tell of, those that members added among them. Pure."""

from smarketing.address import container_of, key_of
from smarketing.resolve.desired import Desired

CAMPAIGNS = ("counterpart", "ends")
"""The columns by which a table is known to be a campaign calendar."""

NUMBERS = ("now",)
"""The column by which a table is known to hold numbers."""

SCORES = ("sales-now", "marketing-now")
"""The columns by which a table is known to hold what both teams answered in an audit."""


def told_of(desired: Desired) -> frozenset[str]:
    """Return the tables that agendas tell of; none where there are no agendas."""
    columns: dict[str, set[str]] = {}
    for address, item in desired.items.items() if desired.agendas else ():
        if item.kind == "column":
            columns.setdefault(container_of(address), set()).add(key_of(address))
    told = (set(CAMPAIGNS), set(NUMBERS), set(SCORES))
    return frozenset(table for table, keys in columns.items() if any(t <= keys for t in told))
