"""Mail keeps the contract that every integration keeps, as far as it holds anything."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from smarketing.contract import Integration, Names
from smarketing.testing.conformance import Conformance
from smarketing.testing.site import World

from .conftest import Mail
from .office import PASSWORD

pytestmark = pytest.mark.enable_socket  # the mail server listens on this computer


@dataclass(slots=True)
class Post(World):
    """A mail server: nobody reads in it, and nobody edits there."""

    mail: Mail | None = None

    def reopen(self) -> Integration:
        assert self.mail is not None
        again: Integration = self.mail.tool()
        return again

    def picture(self) -> object:
        assert self.mail is not None
        return [letter.as_bytes() for letter in self.mail.office.letters]


class TestMail(Conformance):
    @pytest.fixture(autouse=True)
    def _serve(self, serve: Callable[[str], Mail]) -> None:
        self.serve = serve

    def world(self, tmp_path: Path) -> World:
        mail = self.serve("starttls")
        return Post(mail.tool(), secrets=(PASSWORD,), mail=mail)

    def names(self) -> Names:
        url = "https://docs.google.com/document/d/1"
        return Names({"document:glossary": url}, {url: "document:glossary"})
