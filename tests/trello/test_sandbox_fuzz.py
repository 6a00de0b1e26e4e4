"""Whatever is asked, the stand-in answers; what it refuses changes nothing."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from smarketing.integrations.trello.sandbox.routes import _INDEX
from tests.trello.sandbox_client import ANA, BEN, Caller, Site

ROUTES = sorted(
    {(method, "/".join(parts)) for (method, _, _), all_ in _INDEX.items() for parts, _ in all_}
)
NAMES = [
    "name", "desc", "closed", "pos", "due", "start", "dueComplete", "idList", "idBoard", "color",
    "idLabels", "idMembers", "value", "state", "text", "url", "type", "email", "filter", "fields",
    "limit", "idCardSource", "idBoardSource", "keepFromSource", "idChecklist", "idCard", "since",
    "idMember", "idChecklistSource", "idOrganization", "cards", "labels", "urlSource", "cardRole",
    "idListSource", "prefs_voting", "dueReminder", "defaultLists", "displayName", "before",
]  # fmt: skip
PLAIN = [
    "", "x", " padded ", "all", "none", "open", "top", "bottom", "3", "-1", "true", "false", "null",
    "2026-12-01", "red", "admin", "normal", "complete", "cards", "https://a.example/b",
    "new@acme.example", BEN.mail, "name", "name,desc", "0" * 24, "deadbeef",
]  # fmt: skip


def furnished(site: Site) -> tuple[Caller, list[str]]:
    ana = site(ANA)
    board, other = ana.board(), ana.board("Other")
    place, far = ana.list(board), ana.list(other)
    label, card = ana.label(board, "Hot"), ana.card(place)
    checklist = ana.checklist(card, "Ask")
    second = ana.checklist(ana.card(far, "Far"), "Write")
    link = ana.post(f"cards/{card['id']}/attachments", url="https://a.example")
    comment = ana.post(f"cards/{card['id']}/actions/comments", text="Hi")
    things = [board, other, place, far, label, card, checklist, second, link, comment]
    ids = [one["id"] for one in things] + [checklist["checkItems"][0]["id"], card["shortLink"]]
    people = [site(one).get("members/me")["id"] for one in (ANA, BEN)]
    return ana, [*ids, *people, board["idOrganization"], "me", "name", "due", "desc"]


@st.composite
def requests(draw: st.DrawFn) -> tuple[str, str, list[int], dict[str, Any], bool]:
    method, route = draw(st.sampled_from(ROUTES))
    picks = draw(st.lists(st.integers(0, 18), min_size=3, max_size=3))
    value = st.one_of(st.sampled_from(PLAIN), st.integers(0, 18), st.none(), st.booleans())
    given_ = draw(st.dictionaries(st.sampled_from(NAMES), value, max_size=4))
    return method, route, picks, given_, draw(st.booleans())


@settings(max_examples=150)
@given(st.lists(requests(), min_size=1, max_size=12))
def test_every_request_is_answered_and_a_refused_one_changes_nothing(
    asked: list[tuple[str, str, list[int], dict[str, Any], bool]],
) -> None:
    site = Site(serious=False)
    ana, ids = furnished(site)
    for method, route, picks, given_, in_body in asked:
        path = route
        for pick in picks:
            path = path.replace("{}", ids[pick % len(ids)], 1)
        named = {
            name: ids[value % len(ids)] if type(value) is int else value
            for name, value in given_.items()
        }
        before = site.trello.picture(), len(site.world.mails)
        answer = ana.ask(method, path, **({"body": named} if in_body else named))
        if answer.status == 200:
            json.loads(answer.body)
            continue
        assert answer.status in (400, 401, 403, 404, 429), answer
        assert (site.trello.picture(), len(site.world.mails)) == before
        if route == "tokens/{}":
            return
