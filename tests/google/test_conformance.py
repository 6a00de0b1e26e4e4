"""Google keeps the contract that every integration keeps."""

from pathlib import Path

from smarketing.contract import Names
from smarketing.testing.conformance import Conformance
from smarketing.testing.site import World

from .desk import Desk, google_world


class TestGoogle(Conformance):
    def world(self, tmp_path: Path) -> World:
        return google_world()

    def names(self) -> Names:
        url = "https://docs.google.com/document/d/1-glossary/edit"
        return Names({"document:glossary": url}, {url: "document:glossary"})


class _Wider(Conformance):
    def world(self, tmp_path: Path) -> World:
        return google_world(Desk(settings={"scope": "wider"}))


def test_what_members_put_into_our_folders_is_told_with_the_wider_scope(tmp_path: Path) -> None:
    _Wider().test_foreign_things_inside_ours_are_told_and_left_alone(tmp_path)
