"""A workspace that is not to be seen at all was deleted by no member: the run stops and asks."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bench.company import URL
from smarketing.account import secretfile
from smarketing.planning.given import Request
from smarketing.report.report import recap_text
from tests.vendors.sandboxes import sandbox

from .members import in_google, in_trello
from .miniature import BOTH
from .office import Office, office

HOST = urlsplit(URL).netloc


@pytest.fixture
def built(tmp_path: Path) -> Office:
    """The miniature in both tools, built and settled."""
    made = office(tmp_path, BOTH)
    made.apply()
    made.settled()
    return made


def stopped(made: Office, *places: str) -> None:
    """Hold that a run stops for these places, tells why, and writes nothing there."""
    before = written(made)
    recap = made.apply()
    assert set(recap.plan.unreachable) == set(places)
    for place in places:
        assert f"--restore root:{place}" in recap.plan.unreachable[place]
    assert recap.plan.keeps == ()
    assert "Nothing had to be done" not in recap_text(recap)
    assert not recap.start or "google" not in places
    assert written(made) == before


def written(made: Office) -> int:
    """Return how many writes there were; a batch of reads is sent as one, too."""
    return sum(not asked.path.startswith("/batch") for asked in made.writes())


def test_tools_that_are_empty_stop_the_run_and_can_be_built_anew(built: Office) -> None:
    built.vendors = sandbox(*BOTH)
    built.company.sandbox, built.company.clock = built.vendors.sandbox, built.vendors.clock
    built.company.integrations()
    stopped(built, *BOTH)
    roots = frozenset(f"root:{place}" for place in BOTH)
    assert not built.apply(request=Request(restore=roots)).failed
    assert in_google(built.vendors).file("Glossary")
    assert in_trello(built.vendors).card("Agree what a lead is")
    built.settled()


def test_the_account_of_somebody_else_reads_nothing_as_deleted(built: Office) -> None:
    accounts = built.folder / "accounts.json"
    ours, anas = (built.vendors.account("google", key) for key in ("robot", "ana"))
    secretfile.keep(accounts, "google", HOST, anas)
    stopped(built, "google")
    secretfile.keep(accounts, "google", HOST, ours)
    built.settled()
    assert built.plan().keeps == ()


def test_one_document_that_a_member_deletes_stays_deleted(built: Office) -> None:
    in_google(built.vendors, "robot").trash("Glossary")
    recap = built.apply()
    assert recap.plan.unreachable == {}
    assert [keep.address for keep in recap.plan.keeps] == ["document:glossary"]
    built.settled()
