"""The memory integration keeps the contract, however awkward its tool is."""

from pathlib import Path

from smarketing.testing.awkward import WORST, Awkward
from smarketing.testing.conformance import Conformance
from smarketing.testing.memory_world import memory_world
from smarketing.testing.site import World


class TestAnEasyTool(Conformance):
    def world(self, tmp_path: Path) -> World:
        return memory_world(Awkward())


class TestTheWorstTool(Conformance):
    def world(self, tmp_path: Path) -> World:
        return memory_world(WORST)


class TestAToolThatPagesBatchesAndNormalises(Conformance):
    def world(self, tmp_path: Path) -> World:
        return memory_world(Awkward(page=2, bulk=20, normalises=True))


class TestAToolWithoutVersionsThatNobodyLooksAtBeforeWriting(Conformance):
    def world(self, tmp_path: Path) -> World:
        return memory_world(Awkward(versions=False, looks=False))


class TestAToolThatHoldsLittle(Conformance):
    def world(self, tmp_path: Path) -> World:
        lacks = frozenset({"folder", "label", "table", "column", "row", "card.owner"})
        return memory_world(Awkward(lacks=lacks, two_state=True))
