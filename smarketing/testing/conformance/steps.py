"""Steps serve each change once, and thinking of them does nothing."""

from pathlib import Path

from smarketing.testing.conformance.part import Part
from smarketing.testing.site import Site, in_order


class Steps(Part):
    """Steps serve each change once, and thinking of them does nothing."""

    def test_steps_cover_each_change_once(self, tmp_path: Path) -> None:
        site = Site(self.world(tmp_path))
        changes = [site.creation(each) for each in site.samples()]
        steps = site.tool.steps(changes, site.workspace)
        covered = [change for step in steps for change in step.changes]
        assert sorted(covered, key=repr) == sorted(changes, key=repr)
        keys = [step.key for step in steps]
        assert len(set(keys)) == len(keys)
        assert in_order(steps)
        limits = {limit.name for limit in site.tool.manifest.limits}
        for step in steps:
            assert step.needs <= set(keys) - {step.key}
            assert step.integration == site.tool.manifest.name
            assert set(step.draws) <= limits

    def test_steps_are_pure(self, tmp_path: Path) -> None:
        site = Site(self.world(tmp_path))
        changes = [site.creation(each) for each in site.samples()]
        picture = site.world.picture()
        steps = list(site.tool.steps(changes, site.workspace))
        assert list(site.tool.steps(changes, site.workspace)) == steps
        by_another = site.world.reopen().steps(changes, site.workspace)
        assert [step.key for step in by_another] == [step.key for step in steps]
        assert site.world.picture() == picture
