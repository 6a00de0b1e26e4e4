"""The tools that a test runs on."""

from tests.overhttp.conftest import names

__all__ = ["names"]
