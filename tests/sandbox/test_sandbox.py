"""Requests reach the right vendor, and the faults that were asked for happen, and no others."""

import json
from collections.abc import Callable

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from smarketing.sandbox.clock import Clock, standing
from smarketing.sandbox.faults import WRITES, Fault, Storm
from smarketing.sandbox.inprocess import InProcess
from smarketing.sandbox.sandbox import PATIENCE, Sandbox, pattern
from smarketing.standin import Answer, Asked, World
from smarketing.web import NoReply, Refused, Web, parsed

from .notebook import ANA, BEN, Notebook, read, sandbox, write


def web(of: Sandbox) -> Web:
    """Return Ana's session."""

    def authorise(request: requests.PreparedRequest) -> None:
        request.headers["Authorization"] = ANA.token

    return Web(["notebook.example"], authorise, transport=InProcess(of.answer))


URL = "https://notebook.example/notes"


def test_the_longest_beginning_of_a_path_says_who_serves_it() -> None:
    world = World(standing().now, (ANA,))
    notes, archive = Notebook(world), Notebook(world, "archive")
    archive.prefixes = ("/notes/archive",)
    both = Sandbox(world, [notes, archive])
    both.answer(
        Asked("POST", "/notes/archive/1", {}, {"authorization": ANA.token}, b'{"text":"x"}')
    )
    assert (archive.notes, notes.notes) == ([("ana", "x")], [])


def test_a_path_of_nobody_is_not_found() -> None:
    assert sandbox()[0].answer(Asked("GET", "/elsewhere", {}, {})).status == 404


def test_a_refusal_is_in_the_vendors_form_and_nothing_is_done() -> None:
    box, notebook = sandbox()
    box.fault("rate limit", methods=WRITES)
    with pytest.raises(Refused) as refused:
        web(box).post(URL, json={"text": "hello"})
    assert (refused.value.status, refused.value.data) == (429, {"no": "rate limit"})
    assert notebook.notes == []
    assert web(box).get(URL).json() == []


def test_only_the_nth_of_the_requests_meant_is_struck() -> None:
    box, notebook = sandbox()
    fault = box.fault("error", vendor="notebook", methods=["POST"], path="^/notes$", nth=2)
    statuses = [box.answer(write(word)).status for word in ("one", "two", "three")]
    assert statuses == [200, 503, 200]
    assert [text for _, text in notebook.notes] == ["one", "three"]
    assert fault.met == 3


def test_a_reply_dropped_after_the_commit_leaves_what_was_written() -> None:
    box, notebook = sandbox()
    box.fault("drop after", methods=["POST"])
    with pytest.raises(NoReply) as no_reply:
        web(box).post(URL, json={"text": "hello"})
    assert no_reply.value.may_have_arrived
    assert notebook.notes == [("ana", "hello")]


def test_a_reply_dropped_before_the_commit_leaves_nothing() -> None:
    box, notebook = sandbox()
    box.fault("drop before", methods=["POST"])
    with pytest.raises(NoReply):
        web(box).post(URL, json={"text": "hello"})
    assert notebook.notes == []


@pytest.mark.parametrize("what", ["cut", "cut json"])
def test_a_truncated_reply_is_no_reply_and_the_write_stands(what: str) -> None:
    box, notebook = sandbox()
    box.fault(what, methods=["POST"])
    with pytest.raises(NoReply) as no_reply:
        parsed(web(box).post(URL, json={"text": "hello"}))
    assert no_reply.value.may_have_arrived
    assert notebook.notes == [("ana", "hello")]


def test_latency_moves_the_clock_in_process_and_too_much_of_it_is_a_time_out() -> None:
    clock = standing()
    box, notebook = sandbox(clock)
    began = clock.now()
    box.latency = 0.1
    box.answer(write("soon"))
    assert clock.now() - began == pytest.approx(0.1)
    box.fault("slow", seconds=PATIENCE)
    with pytest.raises(requests.ReadTimeout):
        box.answer(write("late"))
    assert [text for _, text in notebook.notes] == ["soon", "late"]


def test_a_member_edits_just_before_the_request_that_is_struck_and_is_not_struck() -> None:
    box, notebook = sandbox()
    box.fault("edit", methods=["POST"], nth=2, edit=lambda: box.as_member(write("mine", BEN)))
    box.fault("drop after", methods=["POST"], nth=2)
    box.answer(write("one"))
    with pytest.raises(requests.ConnectionError):
        box.answer(write("two"))
    assert notebook.notes == [("ana", "one"), ("ben", "mine"), ("ana", "two")]


def test_an_edit_may_go_through_a_members_own_session() -> None:
    box, notebook = sandbox()
    box.fault("edit", nth=1, edit=lambda: web(box).post(URL, json={"text": "mine"}))
    box.answer(write("ours"))
    assert [text for _, text in notebook.notes] == ["mine", "ours"]


def test_what_is_heard_is_what_was_served_or_refused() -> None:
    heard: list[tuple[str, str, int]] = []
    box, _ = sandbox()
    box.heard = lambda vendor, asked, answer: heard.append((vendor, asked.method, answer.status))
    box.fault("gateway", nth=2)
    box.fault("drop after", nth=3)
    box.fault("drop before", nth=4)
    for _ in range(2):
        box.answer(read())
    for _ in range(2):
        with pytest.raises(requests.ConnectionError):
            box.answer(write("hello"))
    assert heard == [("notebook", "GET", 200), ("notebook", "GET", 503), ("notebook", "POST", 200)]


def test_what_a_listener_raises_reaches_who_asked() -> None:
    def complain(vendor: str, asked: Asked, answer: Answer) -> None:
        raise AssertionError("not as described")

    box, _ = sandbox()
    box.heard = complain
    with pytest.raises(AssertionError, match="not as described"):
        web(box).get(URL)


def test_calm_takes_every_fault_away() -> None:
    box, _ = sandbox()
    box.fault("error")
    box.storm({"gateway": 1.0})
    box.latency = 5.0
    box.world.lag = 60.0
    box.calm()
    assert box.answer(read()).status == 200
    assert (box.latency, box.world.lag) == (0.0, 0.0)


@given(st.integers(0, 9), st.floats(0, 0.5), st.floats(0, 0.5))
def test_the_same_seed_is_the_same_storm(seed: int, refused: float, dropped: float) -> None:
    rates = {"rate limit": refused, "drop after": dropped}

    def weather() -> list[str]:
        storm = Storm(rates, seed)
        struck = [storm.strike("notebook", read()) for _ in range(50)]
        return [fault.what if fault else "" for fault in struck]

    assert weather() == weather()


def test_a_storm_strikes_about_as_often_as_it_was_asked_to() -> None:
    storm = Storm({"error": 0.2, "cut": 0.1}, 7)
    struck = [storm.strike("notebook", read()) for _ in range(2000)]
    whats = [fault.what for fault in struck if fault]
    assert 330 < whats.count("error") < 470
    assert 140 < whats.count("cut") < 260


@pytest.mark.parametrize(
    "wrong",
    [
        lambda box: box.fault("earthquake"),
        lambda box: box.fault("error", path="("),
        lambda box: box.storm({"edit": 0.1}),
        lambda box: box.storm({"error": 0.7, "cut": 0.7}),
        lambda box: box.clock.move(-1),
    ],
)
def test_what_makes_no_sense_is_refused(wrong: Callable[[Sandbox], Fault | None]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        wrong(sandbox()[0])


def test_a_clock_that_runs_can_be_moved_too() -> None:
    clock = Clock()
    before = clock.now()
    clock.move(60)
    assert 60 <= clock.now() - before < 70


@pytest.mark.parametrize(
    ("path", "counted"),
    [
        ("/1/cards/5abbe4b7ddc1b351ef961414/idLabels", "/1/cards/{id}/idLabels"),
        ("/1/cards/5abbe4b7ddc1b351ef961414/checkItem/5abbe4b7ddc1b351ef961415",
         "/1/cards/{id}/checkItem/{id}"),
        ("/v1/documents/1aB-x_9zQ7:batchUpdate", "/v1/documents/{id}:batchUpdate"),
        ("/calendar/v3/calendars/c1@group.calendar.google.com/events",
         "/calendar/v3/calendars/{id}/events"),
        ("/drive/v3/files/generateIds", "/drive/v3/files/generateIds"),
        ("/drive/v3/changes/startPageToken", "/drive/v3/changes/startPageToken"),
    ],
)  # fmt: skip
def test_calls_are_counted_by_paths_without_ids(path: str, counted: str) -> None:
    assert pattern(path) == counted


def test_the_picture_shows_what_each_vendor_holds() -> None:
    box, _ = sandbox()
    box.answer(write("hello"))
    assert json.loads(json.dumps(box.picture())) == {"notebook": [["ana", "hello"]]}
