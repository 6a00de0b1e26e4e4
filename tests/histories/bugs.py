"""Bugs planted on purpose: each breaks one rule that the histories must be able to see."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from smarketing.fold import outcomes
from smarketing.fold import playbookside as fold_playbook
from smarketing.fold.fold import fold
from smarketing.merging.merge import Merged
from smarketing.planning import preparing
from smarketing.recognising import match
from smarketing.state.record import PLAYBOOK, Seen
from smarketing.testing import memory
from tests.planting import replaced


def skip_the_merge() -> Iterator[None]:
    """The playbook's new text replaces whatever members made of the old one."""

    def overwrite(kind: Any, base: Any, hub: Any, now: Any, **_: Any) -> Merged:
        return Merged(now)

    return replaced(fold_playbook, "merge", overwrite)


def one_base_for_all_places() -> Iterator[None]:
    """What the hub holds counts as what every place agreed to."""

    def folded(*args: Any, **kwargs: Any) -> Any:
        result = fold(*args, **kwargs)
        records = {
            address: replace(
                record,
                seen={
                    place: {
                        name: Seen(seen.value, record.hub.get(name, seen.hub))
                        for name, seen in fields.items()
                    }
                    if place != PLAYBOOK
                    else fields
                    for place, fields in record.seen.items()
                },
            )
            for address, record in result.records.items()
        }
        return replace(result, records=records)

    return replaced(preparing, "fold", folded)


def ignore_the_version() -> Iterator[None]:
    """A write goes through whatever the object has become since the plan."""
    return replaced(memory, "is_stale", lambda *args: False)


def repeat_a_lost_create() -> Iterator[None]:
    """A create whose reply was lost is made again without looking for it."""
    return replaced(match, "_by_marker", lambda search, item: None)


def follow_a_copied_marker() -> Iterator[None]:
    """The youngest bearer of a marker counts as ours, whatever the binding says."""

    real = match._by_binding

    def claim(search: Any, record: Any) -> None:
        bearers = search.bearers.get(record.address, ())
        if bearers and record.binding:
            search.claim(record.address, max(bearers, key=lambda r: (r.born, r.id)))
        else:
            real(search, record)

    return replaced(match, "_by_binding", claim)


def trust_no_lost_reply() -> Iterator[None]:
    """An interrupted write counts as never made."""
    return replaced(outcomes, "_arrived", lambda *args: False)


BUGS = (
    skip_the_merge,
    one_base_for_all_places,
    ignore_the_version,
    repeat_a_lost_create,
    follow_a_copied_marker,
)
