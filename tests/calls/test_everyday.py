"""Everyday work with the shipped playbook takes few calls, its notes and start page included."""

from datetime import date
from pathlib import Path

import pytest

from bench import everyday
from bench.everyday import EDITS, Members
from smarketing.planning.given import NOTHING_ASKED, Request
from tests.calls.test_calls import as_planned
from tests.overhttp.miniature import BOTH
from tests.overhttp.office import SIGN_IN, Office
from tests.vendors.sandboxes import sandbox

SYNC = Request(sync=True)
A_MINUTE = 60


class Work:
    """A company at work, built and in step, and what its runs asked the vendors."""

    def __init__(self, folder: Path) -> None:
        self.office = Office(folder, sandbox(*BOTH))
        self.office.config = everyday.config(self.office.company, date(2026, 12, 14))
        self.members = Members(self.office.vendors)
        self.run(NOTHING_ASKED)
        self.members.join()
        self.run(NOTHING_ASKED)
        self.run()
        self.run()
        self.office.settled()

    def run(self, request: Request = SYNC) -> list[str]:
        """Run a minute later, in exactly the calls that the plan counts; return them."""
        self.office.vendors.clock.move(A_MINUTE)
        before = len(self.office.asked)
        as_planned(self.office.apply(request=request))
        made = [each for each in self.office.asked[before:] if each.path != SIGN_IN]
        return list(everyday.named(self.members, ((each.method, each.path) for each in made)))


@pytest.mark.slow
def test_a_sync_after_one_edit_takes_few_calls_and_the_one_after_it_writes_nothing(
    tmp_path: Path,
) -> None:
    work = Work(tmp_path)
    for edit in EDITS:
        edit.make(work.members)
        calls = work.run()
        assert edit.lowest <= len(calls) <= edit.most, (edit.name, calls)
        assert len(set(work.members.shown())) == 1, (edit.name, work.members.shown())
        writes = [call for call in work.run() if not call.startswith("GET")]
        assert writes == [], f"the sync after {edit.name}"
