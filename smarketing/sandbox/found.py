"""Which stand-ins there are: those that packages offer by an entry point."""

from collections.abc import Iterable, Sequence
from importlib.metadata import entry_points

from smarketing.problems import UserError
from smarketing.standin import StandIn, World

GROUP = "smarketing.stand_ins"


def names() -> tuple[str, ...]:
    """Return the names of the vendors that a sandbox can stand in for."""
    return tuple(sorted({point.name for point in entry_points(group=GROUP)}))


def stand_ins(wanted: Iterable[str], world: World) -> Sequence[StandIn]:
    """Return the stand-ins of these vendors in one world.

    The entry point names a function `(world) -> StandIn`.
    """
    points = {point.name: point for point in entry_points(group=GROUP)}
    made: list[StandIn] = []
    for name in wanted:
        if name not in points:
            there = ", ".join(sorted(points))
            raise UserError(f"There is no stand-in for {name}. There is: {there}.")
        made.append(points[name].load()(world))
    return made


def check_switches(wanted: Iterable[str], made: Iterable[StandIn]) -> None:
    """Raise UserError for a switch that no stand-in has."""
    known = {switch: why for stand_in in made for switch, why in stand_in.switches.items()}
    for switch in wanted:
        if switch not in known:
            there = "\n".join(f"  {name}: {why}" for name, why in sorted(known.items()))
            raise UserError(f"There is no switch {switch}. There is:\n{there or '  none'}")
