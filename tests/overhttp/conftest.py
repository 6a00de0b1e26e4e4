"""The tools that a test runs on: Trello alone, and Trello with Google."""

from importlib import import_module

import pytest

from .miniature import BOTH, TRELLO


@pytest.fixture(params=[TRELLO, BOTH], ids="+".join)
def names(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """The vendors whose stand-ins a test runs on."""
    vendors: tuple[str, ...] = request.param
    for vendor in vendors:
        if not hasattr(import_module(f"smarketing.integrations.{vendor}.sandbox"), "stand_in"):
            pytest.skip(f"there is no stand-in for {vendor}")
    return vendors
