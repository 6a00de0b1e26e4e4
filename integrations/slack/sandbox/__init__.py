"""The stand-in for Slack: its Web API in memory, for tests and the sandbox."""

from smarketing.standin import World

from .vendor import Slack


def stand_in(world: World) -> Slack:
    """Return a Slack with one workspace, in which everybody of the world has an account."""
    return Slack(world)
