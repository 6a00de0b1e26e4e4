"""The trial that docs/sync.md leads through: its commands, and what a member does on the sandbox's
page, with every request and reply of the vendors held to its description.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from smarketing.sandbox.bymembers import ByMembers
from smarketing.sandbox.clock import standing
from smarketing.sandbox.configfolder import write
from smarketing.sandbox.inprocess import InProcess
from smarketing.standin import Answer, Asked, query_of
from tests.promises.desk import ROOT, Clock, Desk
from tests.vendors.sandboxes import sandbox

from .miniature import BOTH, use
from .office import A_REQUEST

FRIDAY = date(2026, 12, 4)
PAGE = (ROOT / "docs" / "sync.md").read_text(encoding="utf-8")
BOARD, TABLE, NOTES = "Work board", "Who does what", "Weekly notes"
CARD = "Sign the hand-off rule"


class Forms(HTMLParser):
    """The forms of a page, each with the words between the one before and it; and all links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.before: list[str] = []
        self.choices: list[dict[str, str]] = []
        self.links: dict[str, str] = {}
        self._words, self._href, self._value = "", "", ""
        self._in_text = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
            self.choices.append({})
            self.before.append(self._words)
            self._words = ""
        elif tag == "input":
            self.forms[-1][said["name"]] = said.get("value", "")
        elif tag == "option":
            self._value = said["value"]
            if "selected" in said:
                self.forms[-1]["value"] = said["value"]
        elif tag == "textarea":
            self._in_text = True
            self.forms[-1]["value"] = ""
        elif tag == "a":
            self._href = said["href"]

    def handle_endtag(self, tag: str) -> None:
        self._in_text = self._in_text and tag != "textarea"

    def handle_data(self, data: str) -> None:
        if self.lasttag == "option":
            self.choices[-1][data] = self._value
        elif self.lasttag == "textarea" and self._in_text:
            self.forms[-1]["value"] += data
        elif self.lasttag == "a":
            self.links[data] = self._href
        else:
            self._words += data


@dataclass(slots=True)
class Browser:
    """Opens the page of a sandbox, and sends its forms."""

    page: ByMembers
    host: str
    sent: list[int] = field(default_factory=list)

    def open(self, address: str) -> Forms:
        answer = self._ask("GET", address, {})
        assert answer.status == 200, answer.body
        return Forms(answer.body.decode())

    def tab(self, title: str) -> Forms:
        """Return the page of a board, table or document that docs/sync.md tells to open."""
        assert f"*{title}*" in PAGE
        return self.open(self.open("/").links[title])

    def send(self, form: dict[str, str], value: str) -> None:
        said = {"origin": f"http://{self.host}"}
        answer = self._ask("POST", "/", said, urlencode({**form, "value": value}).encode())
        assert answer.status == 303, answer.body

    def _ask(self, method: str, address: str, more: dict[str, str], body: bytes = b"") -> Answer:
        parts = urlsplit(address)
        return self.page.answer(
            Asked(method, parts.path, query_of(parts.query), {"host": self.host, **more}, body)
        )


def the_card(browser: Browser) -> tuple[Forms, int]:
    """Return where the card is moved."""
    board = browser.tab(BOARD)
    (at,) = [n for n, words in enumerate(board.before) if CARD in words]
    return board, at


def the_row(browser: Browser) -> tuple[Forms, int]:
    """Return where the status of the card's row is chosen."""
    table = browser.tab(TABLE)
    (at,) = [n for n, form in enumerate(table.forms) if form["value"] == CARD]
    return table, at + 1


def the_line(browser: Browser) -> tuple[Forms, int]:
    """Return the end of the card's line: a choice, or its words."""
    notes = browser.tab(NOTES)
    (at,) = [n for n, form in enumerate(notes.forms) if CARD in form["value"]]
    return notes, at + 1 if at + 1 < len(notes.choices) and notes.choices[at + 1] else at


def shown(found: tuple[Forms, int]) -> str:
    """Return what stands at a spot, of a line its last words."""
    page, at = found
    value = page.forms[at]["value"]
    return {v: k for k, v in page.choices[at].items()}.get(value, value.rpartition(" · ")[2])


def choose(browser: Browser, found: tuple[Forms, int], words: str) -> None:
    """Choose at a spot, or type over the words at its end."""
    page, at = found
    form, choices = page.forms[at], page.choices[at]
    typed = f"{form['value'].rpartition(' · ')[0]} · {words}"
    browser.send(form, choices[words] if choices else typed)


class Watching:
    """Stands for the wait between two rounds of `sync --watch`: somebody acts, the last one stops it."""

    def __init__(self, acts: list[Callable[[], None]]) -> None:
        self._acts = acts

    def is_set(self) -> bool:
        return not self._acts

    def wait(self, seconds: float) -> None:
        assert seconds == 5
        self._acts.pop(0)()


def commands() -> list[list[str]]:
    """Return the commands of the page that lead through the trial."""
    part = PAGE.partition("## Try it")[2].partition("\n## ")[0]
    lines = re.findall(r"^    smarketing (.*trial.*)$", part, re.MULTILINE)
    return [line.split() for line in lines]


@pytest.mark.slow
def test_the_page_leads_a_newcomer_from_nothing_to_a_card_that_follows_the_agenda(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = standing(datetime(2026, 12, 4, 9, tzinfo=UTC).timestamp())
    vendors = sandbox(*BOTH, clock=clock)
    asked: list[Asked] = []

    def answer(each: Asked) -> Answer:
        asked.append(each)
        clock.move(A_REQUEST)
        return vendors.sandbox.answer(each)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SMARKETING_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("smarketing.commands.shell.clock", lambda: clock)
    monkeypatch.setattr("smarketing.account.registry.network", lambda *_, **__: InProcess(answer))
    monkeypatch.setattr("smarketing.sandbox.configfolder.date", Friday)
    serve, apply, sync = commands()
    desk = Desk(tmp_path, tmp_path / "data", Clock(0.0))

    assert serve[:2] == ["sandbox", "--port"]
    assert serve[3] == "--write-config"
    host = f"127.0.0.1:{serve[2]}"
    assert f"<http://{host}>" in PAGE
    written = write(Path(serve[4]), vendors.sandbox, f"http://{host}", "a token", use(BOTH))
    browser = Browser(ByMembers(vendors.sandbox, (host,)), host)

    assert "In Trello: 2 boards" in desk.run(*apply).said
    assert len(asked) > 20
    asked.clear()
    assert "Nothing had to be done" in desk.run(*apply).said
    assert {each.path for each in asked if each.method != "GET"} <= {"/token"}

    def at(status: str) -> None:
        places = the_card, the_row, the_line
        assert {shown(each(browser)) for each in places} == {status}

    def moved() -> None:
        at("Next")
        choose(browser, the_card(browser), "Stuck")

    def said_in_the_line() -> None:
        at("Stuck")
        choose(browser, the_line(browser), "Done")

    def chosen_in_the_row() -> None:
        at("Done")
        choose(browser, the_row(browser), "This week")

    acts = [moved, said_in_the_line, chosen_in_the_row, lambda: at("This week")]

    @contextmanager
    def stopping() -> Iterator[Watching]:
        yield Watching(acts)

    monkeypatch.setattr("smarketing.commands.sync._stopping", stopping)
    desk.run(*sync)
    assert not acts
    written.remove()
    assert list(Path(serve[4]).iterdir()) == []


class Friday(date):
    """The day on which the trial begins."""

    @classmethod
    def today(cls) -> "Friday":
        return cls(FRIDAY.year, FRIDAY.month, FRIDAY.day)
