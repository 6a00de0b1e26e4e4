"""The page on which a person acts as a member: what it shows, what it changes, what it refuses."""

import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

import pytest

from smarketing.integrations.google.sandbox.docs.document import Doc
from smarketing.integrations.google.sandbox.google import Google
from smarketing.integrations.google.sandbox.hands import CHANGED_MEANWHILE, typed
from smarketing.integrations.google.sandbox.sheets.book import Sheet
from smarketing.integrations.trello.sandbox.hands import MOVED_MEANWHILE
from smarketing.sandbox.bymembers import ByMembers
from smarketing.sandbox.clock import standing
from smarketing.standin import Answer, Asked, Group, Line, Refused, Spot, Thing, query_of
from tests.overhttp.members import InGoogle, InTrello, in_google, in_trello
from tests.vendors.sandboxes import Vendors, sandbox

from .notebook import sandbox as notebook

HOST = "127.0.0.1:8460"
EVIL = '<script>alert("x")</script>'


@dataclass
class Board:
    """Hands that know one board, and remember what was changed."""

    changes: list[tuple[str, str, str, str]] = field(default_factory=list)

    def things(self) -> list[Thing]:
        return [Thing("b1", "board", EVIL)]

    def thing(self, key: str) -> Thing:
        spot = Spot("c1", EVIL, "l1", (("l1", EVIL), ("l2", "Done")))
        return Thing(key, "board", EVIL, (Group(EVIL, (Line((EVIL, spot)),)),))

    def change(self, key: str, at: str, was: str, value: str) -> None:
        self.changes.append((key, at, was, value))


@dataclass
class Page:
    """The page of a sandbox in which one vendor has hands."""

    hands: Board
    answers: ByMembers

    def get(self, address: str = "/", host: str = HOST) -> Answer:
        path, _, query = address.partition("?")
        return self.answers.answer(Asked("GET", path, query_of(query), {"host": host}))

    def post(self, key: str, **headers: str) -> Answer:
        said = {"as": "ana", "in": "notebook", "see": "b1", "at": "c1", "was": "l1", "value": "l2"}
        body = urlencode({**said, "key": key}).encode()
        sent = {"host": HOST, "origin": f"http://{HOST}"} | headers
        return self.answers.answer(Asked("POST", "/", {}, sent, body))

    def key(self) -> str:
        html = self.get("/?as=ana&in=notebook&see=b1").body.decode()
        return str(re.findall('name="key" value="([^"]+)"', html)[0])


@pytest.fixture
def page() -> Page:
    box, vendor = notebook()
    hands = Board()
    vendor.hands = lambda person: hands  # type: ignore[attr-defined]
    return Page(hands, ByMembers(box, (HOST,)))


def test_a_change_is_made_and_leads_back_to_where_it_was_made(page: Page) -> None:
    answer = page.post(page.key())
    assert page.hands.changes == [("b1", "c1", "l1", "l2")]
    assert (answer.status, answer.headers["Location"]) == (
        303,
        "/?as=ana&in=notebook&see=b1#at-c1",
    )


@pytest.mark.parametrize(
    ("key", "headers"),
    [
        ("", {}),
        ("guessed", {}),
        (None, {"origin": "http://elsewhere.example"}),
        (None, {"origin": "null"}),
        (None, {"origin": ""}),
    ],
)
def test_a_form_of_another_site_changes_nothing(
    page: Page, key: str | None, headers: dict[str, str]
) -> None:
    answer = page.post(page.key() if key is None else key, **headers)
    assert answer.status == 409
    assert page.hands.changes == []


def test_under_another_host_nothing_is_shown(page: Page) -> None:
    for host in ("elsewhere.example", "elsewhere.example:8460", ""):
        assert page.get("/", host).status == 403
        assert page.post(page.key(), host=host).status == 403
    assert page.hands.changes == []


def test_what_strangers_wrote_stays_text_and_the_page_asks_nobody_else(page: Page) -> None:
    for address in ("/", "/?as=ana&in=notebook&see=b1"):
        answer = page.get(address)
        html = answer.body.decode()
        assert EVIL in unescape(html)
        assert "<script" not in html
        assert "//" not in re.sub("<!doctype html>", "", html)
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_what_is_not_there_is_said(page: Page) -> None:
    assert page.get("/?as=ana&in=elsewhere&see=b1").status == 409
    box, _ = notebook()
    nothing = ByMembers(box, (HOST,)).answer(Asked("GET", "/", {}, {"host": HOST}))
    assert b"smarketing apply" in nothing.body


# In Trello and Google


@dataclass
class Office:
    """Ana's hands on the page of a sandbox, and what she would see in the vendors' own."""

    vendors: Vendors
    trello: InTrello
    google: InGoogle

    def hands(self, vendor: str) -> Board:
        hands: Board = self.vendors.stand_in(vendor).hands(self.vendors.person("ana"))  # type: ignore[attr-defined]
        return hands


@pytest.fixture
def ours() -> Office:
    vendors = sandbox("trello", "google", clock=standing())
    return Office(vendors, in_trello(vendors), in_google(vendors))


def spots(thing: Thing, *, new: bool = False) -> list[Spot]:
    return [
        part
        for group in thing.groups
        for line in group.lines
        for part in line.parts
        if isinstance(part, Spot) and part.is_new is new
    ]


def test_a_card_goes_from_list_to_list_unless_somebody_moved_it_meanwhile(ours: Office) -> None:
    board = ours.trello.make_board("Work")["id"]
    first, last = (ours.trello.make_list(board, name)["id"] for name in ("Next", "Done"))
    card = ours.trello.make_card(first, "Call who waits", "")["id"]
    hands = ours.hands("trello")
    assert [each.title for each in hands.things()] == ["Work"]
    (spot,) = spots(hands.thing(board))
    assert spot == Spot(card, "List", first, ((first, "Next"), (last, "Done")))
    hands.change(board, card, first, last)
    assert ours.trello.card("Call who waits")["idList"] == last
    with pytest.raises(Refused, match=re.escape(MOVED_MEANWHILE)):
        hands.change(board, card, first, last)


def test_a_cell_is_typed_into_unless_somebody_changed_it_meanwhile(ours: Office) -> None:
    key = ours.google.make_sheet("Tracker", [["Title", "Due"], ["Call who waits", "soon"]])
    sheet = google(ours).store.files[key].content
    assert isinstance(sheet, Sheet)
    hands = ours.hands("google")
    table = hands.thing(key)
    assert table.groups[0].lines[0] == Line(("Title", "Due"), is_heading=True)
    assert spots(table)[1] == Spot("B2", "Due", "soon")
    hands.change(key, "B2", "soon", "2026-12-11")
    assert sheet.cell("B2") == "2026-12-11"
    with pytest.raises(Refused, match=re.escape(CHANGED_MEANWHILE)):
        hands.change(key, "B2", "soon", "later")


def google(ours: Office) -> Google:
    found = ours.vendors.stand_in("google")
    assert isinstance(found, Google)
    return found


def document(ours: Office, text: str) -> tuple[str, Doc]:
    """Return the key and the content of a document of Ana's own."""
    made = ours.google._call("POST", "/v1/documents", {"title": "Notes"})
    content = google(ours).store.files[made["documentId"]].content
    assert isinstance(content, Doc)
    content.member_types("", text)
    return str(made["documentId"]), content


def test_typing_over_a_line_touches_only_what_differs(ours: Office) -> None:
    key, doc = document(ours, "Zoë 🎈: the sheet · Next\nlast")
    doc.member_links("the sheet", "https://acme.example/sheet")
    hands = ours.hands("google")
    first = spots(hands.thing(key))[0]
    hands.change(key, first.at, first.value, "Zoë 🎈: the sheet · Done")
    assert doc.text() == "Zoë 🎈: the sheet · Done\nlast\n"
    assert doc.styles_of("the sheet")[0][1]["link"] == {"url": "https://acme.example/sheet"}
    with pytest.raises(Refused, match=re.escape(CHANGED_MEANWHILE)):
        hands.change(key, first.at, first.value, "anything")


def test_a_line_is_added_below_another_unless_somebody_changed_that_meanwhile(ours: Office) -> None:
    key, doc = document(ours, "Promises\nZoë 🎈: the sheet\nlast")
    heading = {
        "range": {"startIndex": 1, "endIndex": 9}, "fields": "namedStyleType",
        "paragraphStyle": {"namedStyleType": "HEADING_3"},
    }  # fmt: skip
    ours.google._call(
        "POST",
        f"/v1/documents/{key}:batchUpdate",
        {"requests": [{"updateParagraphStyle": heading}]},
    )
    doc.member_links("the sheet", "https://acme.example/sheet")
    hands = ours.hands("google")
    for number, line in ((1, "@ana send the 🎈"), (0, "Write them here.")):
        below = spots(hands.thing(key), new=True)[number]
        hands.change(key, below.at, below.value, line)
        with pytest.raises(Refused, match=re.escape(CHANGED_MEANWHILE)):
            hands.change(key, below.at, "other words", line)
    below = spots(hands.thing(key), new=True)[0]
    hands.change(key, below.at, below.value, " ")
    assert doc.text() == "Promises\nWrite them here.\nZoë 🎈: the sheet\n@ana send the 🎈\nlast\n"
    assert "link" not in doc.styles_of("send the")[0][1]
    shown = hands.thing(key).groups[0].lines
    assert [line.is_heading for line in shown] == [True, False, False, False, False]


def test_the_page_offers_an_empty_field_below_each_line_of_a_document(ours: Office) -> None:
    key, _ = document(ours, EVIL)
    page = ByMembers(ours.vendors.sandbox, (HOST,))
    asked = Asked("GET", "/", query_of(f"as=ana&in=google&see={key}"), {"host": HOST})
    html = page.answer(asked).body.decode()
    (field,) = re.findall("<input [^>]*placeholder[^>]*>", html)
    assert 'placeholder="a new line below"' in field
    assert " value=" not in field
    assert "<script" not in html


def test_an_option_of_a_drop_down_is_chosen(ours: Office) -> None:
    key, doc = document(ours, "Ana: the sheet · ")
    doc.member_inserts_dropdown("sheet · ", ["Next", "Stuck", "Done"], "Next")
    hands = ours.hands("google")
    line, dropdown = spots(hands.thing(key))
    assert (line.value, line.choices) == ("Ana: the sheet · ", ())
    by_words = {words: value for value, words in dropdown.choices}
    assert dropdown.value == by_words["Next"]
    hands.change(key, dropdown.at, dropdown.value, by_words["Stuck"])
    assert spots(hands.thing(key))[1].value == by_words["Stuck"]


def test_who_may_only_read_is_told_so(ours: Office) -> None:
    key, doc = document(ours, "Ours alone")
    with pytest.raises(Refused, match="nobody lets you in"):
        google(ours).hands(ours.vendors.person("ben")).thing(key)
    given = {"type": "user", "role": "reader", "emailAddress": "ben@acme.example"}
    ours.google._call("POST", f"/drive/v3/files/{key}/permissions", given)
    hands = google(ours).hands(ours.vendors.person("ben"))
    thing = hands.thing(key)
    for spot in (*spots(thing), *spots(thing, new=True)):
        with pytest.raises(Refused, match="Google says"):
            hands.change(key, spot.at, spot.value, "Mine")
    assert doc.text() == "Ours alone\n"


@pytest.mark.parametrize(
    ("was", "value", "asked"),
    [
        ("same", "same", []),
        ("", "new", [("insertText", "new")]),
        ("gone", "", [("deleteContentRange", (7, 11))]),
        ("a🎈b", "a🎈c", [("deleteContentRange", (10, 11)), ("insertText", "c")]),
        ("aa", "aaa", [("insertText", "a")]),
    ],
)
def test_the_smallest_edit(was: str, value: str, asked: list[tuple[str, object]]) -> None:
    made = []
    for request in typed(7, was, value):
        ((verb, body),) = request.items()
        span = body.get("range", {})
        made.append((verb, body.get("text") or (span["startIndex"], span["endIndex"])))
    assert made == asked


def test_the_robot_is_nobody_whom_a_person_can_be(ours: Office) -> None:
    page = ByMembers(ours.vendors.sandbox, (HOST,))
    html = page.answer(Asked("GET", "/", {}, {"host": HOST})).body.decode()
    assert [name in html for name in ("Ana Silva", "Cleo Brandt", "Acme Robot")] == [1, 1, 0]
