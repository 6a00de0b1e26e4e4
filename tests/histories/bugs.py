"""Bugs planted on purpose: each breaks one rule that the histories must be able to see."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from smarketing import fold, match, outcomes
from smarketing.merge import Merged
from smarketing.record import PLAYBOOK, Seen
from smarketing.testing import memory


def skip_the_merge() -> Iterator[None]:
    """The playbook's new text replaces whatever members made of the old one."""

    def overwrite(kind: Any, base: Any, hub: Any, now: Any, **_: Any) -> Merged:
        return Merged(now)

    return patched(fold, "merge", lambda real: overwrite)


def one_base_for_all_places() -> Iterator[None]:
    """What the hub holds counts as what every place agreed to."""

    def forgetful(real: Callable[..., Any]) -> Callable[..., Any]:
        def folded(*args: Any, **kwargs: Any) -> Any:
            result = real(*args, **kwargs)
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

        return folded

    from smarketing import preparing

    return patched(preparing, "fold", forgetful)


def ignore_the_version() -> Iterator[None]:
    """A write goes through whatever the object has become since the plan."""
    return patched(memory, "_is_stale", lambda real: lambda *args: False)


def repeat_a_lost_create() -> Iterator[None]:
    """A create whose reply was lost is made again without looking for it."""
    return patched(match._Search, "_by_marker", lambda real: lambda self, item: None)


def follow_a_copied_marker() -> Iterator[None]:
    """The youngest bearer of a marker counts as ours, whatever the binding says."""

    def youngest(real: Callable[..., Any]) -> Callable[..., Any]:
        def claim(self: Any, record: Any) -> None:
            bearers = self.bearers.get(record.address, ())
            if bearers and record.binding:
                self._claim(record.address, max(bearers, key=lambda r: (r.born, r.id)))
            else:
                real(self, record)

        return claim

    return patched(match._Search, "_by_binding", youngest)


def trust_no_lost_reply() -> Iterator[None]:
    """An interrupted write counts as never made."""
    return patched(outcomes, "_arrived", lambda real: lambda *args: False)


BUGS = (
    skip_the_merge,
    one_base_for_all_places,
    ignore_the_version,
    repeat_a_lost_create,
    follow_a_copied_marker,
)


def patched(owner: Any, name: str, change: Callable[[Any], Any]) -> Iterator[None]:
    """Change what a module or class has under a name until the bug is pulled out again."""
    real = getattr(owner, name)
    setattr(owner, name, change(real))
    try:
        yield
    finally:
        setattr(owner, name, real)


@contextmanager
def planted(bug: Callable[[], Iterator[None]]) -> Iterator[None]:
    """Plant the bug for the length of the `with`."""
    yield from bug()
