"""Of two files with one marker, the one that a run was just renaming is ours."""

from smarketing.contract import Listing, Remote
from smarketing.integrations.local.manifest import MANIFEST
from smarketing.recognising.match import match
from smarketing.recognising.matched import Wanted
from smarketing.state.record import Binding, Record

ROOT = Remote(".", "root", {}, marker="root:local")
HOME = Remote("Home", "folder", {"title": "Home"}, ".", marker="folder:home")
COPY = Remote("Copy of Terms.md", "document", {"title": "Copy of Terms"}, ".", marker="document:t")
OURS = Remote("Home/Words.md", "document", {"title": "Words"}, "Home", marker="document:t")


def found(searched: frozenset[str]) -> str:
    """Return which file is our document, whose binding still names `Home/Terms.md`."""
    records = {
        "root:local": Record("root:local", "root", "local", binding=Binding(".")),
        "folder:home": Record("folder:home", "folder", "local", binding=Binding("Home")),
        "document:t": Record(
            "document:t", "document", "local", binding=Binding("Home/Terms.md", marker="document:t")
        ),
    }
    wanted = [
        Wanted("root:local", "root", "", ""),
        Wanted("folder:home", "folder", "root:local", "Home"),
        Wanted("document:t", "document", "folder:home", "Words"),
    ]
    matched = match(
        Listing((ROOT, HOME, COPY, OURS)),
        records,
        wanted,
        workspace="k3v9-7q2m-x4dt",
        manifest=MANIFEST,
        searched=searched,
    )
    return matched.found["document:t"].id


def test_after_a_rename_that_was_cut_short_a_members_copy_is_not_taken_for_ours() -> None:
    assert found(frozenset({"document:t"})) == OURS.id
