"""What of a person goes from the state, and what stays because a tool shows it."""

from dataclasses import replace

from smarketing.forget.forgetting import forgetting, what_first
from smarketing.kinds import GONE
from smarketing.state.record import PLAYBOOK, Binding, Intent, Record, Seen, Snapshot
from smarketing.text.mentions import Who

ANA = Who("Ana Silva", "ana@acme.example")
MAILBOX = "Ana Silva <ana@acme.example>"


def card(owner: str, shown: str | None = None, **fields: object) -> Record:
    """Return a card that has this owner, and in the tool the one that is shown."""
    there = owner if shown is None else shown
    hub = {"title": "Call", "owner": owner, "existence": "there", **fields}
    seen = {"tool": {"owner": Seen(there, owner)}, PLAYBOOK: {"owner": Seen(owner, owner)}}
    return Record("board:b/card:c", "card", "tool", hub, seen, Binding("1"))  # type: ignore[arg-type]


def snapshot(*records: Record) -> Snapshot:
    return Snapshot({record.address: record for record in records})


def test_what_the_tool_shows_stays_whole_and_is_listed() -> None:
    found = forgetting(snapshot(card("Ana Silva", done=True)), (), (), ANA, {})
    assert found.is_empty
    assert [(m.title, m.times) for m in found.mentions] == [("Call", 1)]


def test_what_the_tool_does_not_show_any_more_goes_from_hub_and_seen_alike() -> None:
    found = forgetting(snapshot(card("Ana Silva", shown="Ben")), (), (), ANA, {})
    record = found.records["board:b/card:c"]
    assert record is not None
    assert record.hub["owner"] is None
    assert record.seen[PLAYBOOK]["owner"] == Seen(None, None)
    assert record.seen["tool"]["owner"] == Seen("Ben", None)
    assert found.mentions == ()


def test_what_was_deleted_keeps_nothing_of_the_person() -> None:
    gone = replace(
        card("Ana Silva", existence=GONE, title="With Ana Silva"),
        binding=Binding("Ana Silva.md"),
        granted={"ana@acme.example": "edit"},
        links={"document:d": "mailto:ana@acme.example"},
    )
    found = forgetting(snapshot(gone), (), (), ANA, {})
    assert not ANA.times(repr(found.records))
    assert found.mentions == ()


def test_what_an_integration_keeps_of_a_deleted_thing_goes_because_nobody_can_search_it() -> None:
    page = replace(card("Ben", existence=GONE), binding=Binding("1", inside="1796000000 c-jHnQ"))
    found = forgetting(snapshot(page), (), (), ANA, {})
    assert found.records == {page.address: replace(page, binding=Binding("1"))}


def test_inputs_that_config_still_says_stay() -> None:
    there = Snapshot(facts={"inputs": '{"author": "Ana Silva"}', "looked": "1.0"})
    assert forgetting(there, (), (), ANA, {"author": "Ana Silva"}).is_empty
    assert forgetting(there, (), (), ANA, {}).facts == {"inputs": '{"author": "[forgotten]"}'}


def test_rights_open_work_invitations_and_an_open_run_come_first() -> None:
    meeting = Record(
        "meeting:m", "meeting", "tool", {"title": "Weekly"},
        {PLAYBOOK: {"attendees": Seen(frozenset({MAILBOX}), frozenset({MAILBOX}))}}, Binding("2"),
        granted={"ana": "edit"},
    )  # fmt: skip
    there = replace(snapshot(card("Ana Silva"), meeting), intents=(Intent("k", "tool", ()),))
    said = what_first(there, {"meeting:m": {"attendees": frozenset()}}, ["ana"], ANA)
    assert said == [
        "The last run was interrupted.",
        f"{MAILBOX} still may enter “Weekly”.",
        f"Open work is still {MAILBOX}'s: “Call”.",
        f"{MAILBOX} is still named in “Weekly”.",
    ]
    assert what_first(snapshot(card("Ana Silva", done=True)), {}, [], ANA) == []
