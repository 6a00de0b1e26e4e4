"""The stand-in for Trello: its REST API in memory, for tests and the sandbox."""

from smarketing.standin import World

from .vendor import Trello


def stand_in(world: World) -> Trello:
    """Return a Trello without boards, in which each person has a free workspace of their own."""
    return Trello(world)
