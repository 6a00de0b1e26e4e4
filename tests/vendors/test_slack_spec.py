"""Slack's description tells what is wrong with a request or a reply, and knows the tiers."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest

from smarketing.integrations.slack.sandbox.pace import TIER_OF
from smarketing.standin import Asked, json_answer

from .slack_defects import ERRORS, FIELDS, METHODS, PARAMETERS
from .slack_spec import FILE, SlackSpec

pytestmark = pytest.mark.skipif(not FILE.exists(), reason="Slack's description is not here")


@pytest.fixture(scope="module")
def spec() -> SlackSpec:
    return SlackSpec()


def asked(method: str, **fields: str) -> Asked:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    return Asked("POST", f"/api/{method}", {}, kind, urlencode(fields).encode())


def misfits(spec: SlackSpec, request: Asked, reply: Mapping[str, Any], status: int = 200) -> str:
    return "\n".join(spec.misfits(request, json_answer(reply, status), True))


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        (asked("conversations.create", nmae="a"), "knows no nmae"),
        (asked("conversations.create", name="a", is_private="perhaps"), "is no boolean"),
        (asked("chat.postMessage", text="a"), "needs channel"),
        (asked("bookmarks.add", channel_id="C1", title="a"), "needs type"),
        (asked("conversations.explode"), "no method"),
    ],
)
def test_a_wrong_request_is_told(spec: SlackSpec, request_: Asked, why: str) -> None:
    method = request_.path.removeprefix("/api/")
    assert why in "\n".join(spec.request_misfits(method, request_))


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        ({"ok": True}, "channel is missing"),
        ({"ok": True, "channel": {"id": 7}}, "$.channel.id"),
        ({"ok": True, "channel": {"nmae": "a"}}, "$.channel.nmae"),
        ({"ok": True, "channel": {"is_archived": "no"}}, "$.channel.is_archived"),
        ({"ok": True, "channel": []}, "no object"),
        ({"ok": False, "error": "tired"}, "no error 'tired'"),
    ],
)
def test_a_wrong_reply_is_told(spec: SlackSpec, reply: Mapping[str, Any], why: str) -> None:
    assert why in misfits(spec, asked("conversations.create", name="a"), reply)


def test_a_right_reply_and_a_documented_refusal_pass(spec: SlackSpec) -> None:
    request = asked("conversations.create", name="a")
    assert misfits(spec, request, {"ok": True, "channel": {"id": "C1", "name": "a"}}) == ""
    assert misfits(spec, request, {"ok": False, "error": "name_taken"}) == ""
    assert misfits(spec, request, {"ok": False, "error": "ratelimited"}, 429) == ""
    assert "418" in misfits(spec, request, {}, 418)


def test_the_tiers_are_those_that_slack_published(spec: SlackSpec) -> None:
    published = spec.tiers()
    for method, tier in TIER_OF.items():
        assert published[method] == (f"Tier{tier}" if tier else published[method])
        assert tier or published[method].startswith("Special"), method


def test_every_listed_defect_is_still_one(spec: SlackSpec) -> None:
    paths = json.loads(FILE.read_text("utf-8"))["paths"]
    shapes = json.loads(FILE.with_name("response-shapes.json").read_text("utf-8"))["paths"]
    assert not [method for method in METHODS if f"/{method}" in paths]
    for method, parameters in PARAMETERS.items():
        (operation,) = paths[f"/{method}"].values()
        known = {each["name"]: each for each in operation["parameters"]}
        for name, shape in parameters.items():
            assert known.get(name, {}).get("type") != shape["type"], (method, name)
    for method, fields in FIELDS.items():
        assert not [name for name in fields if shapes[method].get(name) == fields[name]]
    for method, errors in ERRORS.items():
        text = json.dumps(paths.get(f"/{method}", {}))
        assert not [error for error in errors if f'"{error}"' in text], method
