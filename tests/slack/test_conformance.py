"""Slack keeps the contract that every integration keeps."""

from pathlib import Path

from smarketing.contract import Names
from smarketing.testing.conformance import Conformance
from smarketing.testing.site import World

from .desk import slack_world


class TestSlack(Conformance):
    def world(self, tmp_path: Path) -> World:
        return slack_world()

    def names(self) -> Names:
        url = "https://docs.google.com/document/d/1"
        return Names({"document:glossary": url}, {url: "document:glossary"})
