"""A document as it was read is kept, and edited without a further look as long as that is safe."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smarketing.contract import Calls, Change, Done, Failed, Stale
from smarketing.integrations.google.doc.kept import DAY, HOUR, as_kept, is_lasting, kept
from smarketing.standin import json_answer

from .desk import Team, small_workspace

GLOSSARY = "document:glossary"
BODY = "# Glossary\n\nA lead is a person. They said yes.\n\nAsk Ana.\n"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def built() -> Team:
    team = Team()
    team.build(*small_workspace())
    return team


def made(team: Team, change: Change) -> tuple[Any, Calls, Calls]:
    """Return the outcome of a change, the calls that its step declares, and those it took."""
    (step,) = team.steps(change)
    before = team.tool.spent()
    (outcome,) = team.tool.perform(step, dict(team.ids))
    return outcome, step.calls, team.tool.spent() - before


@given(st.dictionaries(st.text(), JSON), st.integers(0, 2_000_000_000))
def test_what_was_kept_comes_back_whole_for_a_day(document: dict[str, Any], now: int) -> None:
    whole = {**document, "revisionId": "r1"}
    inside = kept(whole, now)
    assert as_kept(inside, now + DAY - 1) == whole
    assert as_kept(inside, now + DAY) is None
    assert is_lasting(inside, now + DAY - HOUR - 1)
    assert not is_lasting(inside, now + DAY - HOUR)


def test_a_document_that_only_can_be_read_is_not_kept_nor_one_without_end() -> None:
    assert kept({"body": {}}, 1.0) == ""
    noise = "".join(chr(0x4E00 + n * 7919 % 20_000) for n in range(900_000))
    assert kept({"revisionId": "r1", "body": noise}, 1.0) == ""
    assert as_kept("", 1.0) is None


def test_a_document_that_was_read_is_edited_in_one_call() -> None:
    team = built()
    outcome, said, took = made(team, team.update(GLOSSARY, body=BODY))
    assert isinstance(outcome, Done)
    assert said == took == Calls(0, 1)
    assert team.now(GLOSSARY).fields["body"] == BODY


def test_after_an_edit_it_is_looked_at_again() -> None:
    team = built()
    outcome, *_ = made(team, team.update(GLOSSARY, body=BODY))
    assert outcome.remote.inside == ""
    further = Change("update", GLOSSARY, "document", {"body": "Ask Ben.\n"}, before=outcome.remote)
    outcome, said, took = made(team, further)
    assert isinstance(outcome, Done)
    assert said == took == Calls(1, 1)


def test_a_day_later_it_is_looked_at_again() -> None:
    team = built()
    change = team.update(GLOSSARY, body=BODY)
    team.desk.clock.sleep(DAY)
    team.tool.check()
    outcome, said, took = made(team, change)
    assert isinstance(outcome, Done)
    assert said == took == Calls(1, 1)


def test_an_id_that_google_vouches_for_no_more_costs_a_look_and_nothing_else() -> None:
    team = built()
    change = team.update(GLOSSARY, body=BODY)
    assert change.before is not None
    team.desk.clock.sleep(2 * DAY)
    team.tool.check()
    stamp, _, packed = change.before.inside.partition(" ")
    late = f"{float(stamp) + 2 * DAY:.0f} {packed}"
    outcome, said, took = made(team, replace(change, before=replace(change.before, inside=late)))
    assert isinstance(outcome, Done)
    assert (said, took) == (Calls(0, 1), Calls(1, 2))


def test_words_that_a_member_typed_since_it_was_read_stay() -> None:
    team = built()
    change = team.update(GLOSSARY, body=BODY)
    team.desk.let_in(team.ids[GLOSSARY]).type_over(team.ids[GLOSSARY], "A member was here.")
    assert team.apply(change) == [Stale()]
    assert team.now(GLOSSARY).fields["body"] == "A member was here.\n"


def test_what_does_not_fit_to_what_state_has_seen_is_looked_at() -> None:
    team = built()
    change = team.update(GLOSSARY, body=BODY)
    assert change.before is not None
    other = team.update(GLOSSARY, body=BODY).before
    assert other is not None
    team.write(GLOSSARY, body="Ask Ben.\n")
    now = replace(team.now(GLOSSARY), inside=other.inside)
    outcome, *_ = made(team, replace(change, before=now))
    assert isinstance(outcome, Done)
    assert team.now(GLOSSARY).fields["body"] == BODY


def test_a_document_that_was_deleted_since_is_stale() -> None:
    team = built()
    change = team.update(GLOSSARY, body=BODY)
    team.desk.before = lambda asked: (
        json_answer({}, 404) if asked.path.endswith(":batchUpdate") else None
    )
    assert team.apply(change) == [Stale()]


@pytest.mark.parametrize("status", [500, 403])
def test_trouble_at_the_look_before_a_write_writes_nothing(status: int) -> None:
    team = built()
    change = team.update(GLOSSARY, body=BODY)
    assert change.before is not None
    change = replace(change, before=replace(change.before, inside=""))
    team.desk.before = lambda asked: (
        json_answer({}, status) if asked.method == "GET" and "/documents/" in asked.path else None
    )
    (outcome,) = team.apply(change)
    assert isinstance(outcome, Failed)
