"""What holds for every test."""

from hypothesis import HealthCheck, settings

# Machines that run the suite share their cores: how long one example takes says nothing.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

pytest_plugins = ["tests.vendors.plugin"]
