"""What a sandbox can be asked beside the vendors' own calls: faults, time, and what was seen."""

import hmac
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict
from typing import Any

from smarketing.sandbox.faults import EDIT
from smarketing.sandbox.sandbox import Sandbox
from smarketing.standin import Answer, Asked, json_answer, query_of

ROOT = "/_sandbox/"

_FAULT = frozenset(("what", "vendor", "methods", "path", "nth", "seconds", "request"))
_STORM = frozenset(("rates", "seed", "vendor", "methods", "path", "seconds"))
_REQUEST = frozenset(("method", "path", "query", "headers", "body", "json"))


class Control:
    """Answers the paths below `/_sandbox/` for whoever has the token."""

    def __init__(self, sandbox: Sandbox, token: str) -> None:
        self._sandbox, self._token = sandbox, token
        self._served: Mapping[tuple[str, str], Callable[[Any], Any]] = {
            ("GET", "calls"): self._calls,
            ("DELETE", "calls"): lambda _: sandbox.calls.clear(),
            ("GET", "mails"): lambda _: [asdict(mail) for mail in sandbox.world.mails],
            ("GET", "picture"): lambda _: sandbox.picture(),
            ("GET", "clock"): lambda _: {"now": sandbox.world.now()},
            ("POST", "clock"): self._clock,
            ("POST", "latency"): self._latency,
            ("POST", "lag"): self._lag,
            ("POST", "faults"): self._fault,
            ("POST", "storm"): self._storm,
            ("DELETE", "faults"): lambda _: sandbox.calm(),
        }

    def answer(self, asked: Asked) -> Answer:
        """Serve one request; a wrong one is told what is wrong."""
        if (asked.method, asked.path) == ("GET", f"{ROOT}ready"):
            return json_answer({"ready": True})
        given = asked.headers.get("authorization", "").removeprefix("Bearer ")
        if not (self._token and hmac.compare_digest(given.encode(), self._token.encode())):
            return json_answer({"error": "this needs the token that sandbox.json names"}, 401)
        name = asked.path.removeprefix(ROOT)
        serve = self._served.get((asked.method, name))
        if serve is None:
            known = sorted(f"{method} {ROOT}{path}" for method, path in self._served)
            return json_answer({"error": "there is no such thing", "there is": known}, 404)
        try:
            with self._sandbox.at_rest():
                return json_answer({name: serve(asked.json())})
        except (ValueError, TypeError, AttributeError) as error:
            return json_answer({"error": str(error)}, 400)

    def _calls(self, _: Any) -> list[dict[str, Any]]:
        return [
            {"vendor": vendor, "method": method, "path": path, "count": count}
            for (vendor, method, path), count in sorted(self._sandbox.calls.items())
        ]

    def _clock(self, said: Any) -> dict[str, float]:
        if self._sandbox.clock is None:
            raise ValueError("the clock of this sandbox can't be moved")
        self._sandbox.clock.move(float(_only(said, {"move"}).get("move", 0)))
        return {"now": self._sandbox.world.now()}

    def _latency(self, said: Any) -> float:
        self._sandbox.latency = _seconds(said)
        return self._sandbox.latency

    def _lag(self, said: Any) -> float:
        self._sandbox.world.lag = _seconds(said)
        return self._sandbox.world.lag

    def _fault(self, said: Any) -> str:
        known = dict(_only(said, _FAULT))
        request = known.pop("request", None)
        if (known.get("what") == EDIT) != (request is not None):
            raise ValueError("an edit, and nothing else, has the request of a member")
        if request is not None:
            asked = _asked(request)
            known["edit"] = lambda: self._sandbox.as_member(asked)
        return self._sandbox.fault(**known).what

    def _storm(self, said: Any) -> Any:
        known = _only(said, _STORM)
        self._sandbox.storm(**known)
        return known.get("rates")


def _only(said: Any, known: Collection[str]) -> Mapping[str, Any]:
    """Return what was said if it is an object of these names alone; raise ValueError else."""
    if not isinstance(said, dict) or not set(said) <= set(known):
        raise ValueError(f"write an object of: {', '.join(sorted(known))}")
    return said


def _seconds(said: Any) -> float:
    seconds = float(_only(said, {"seconds"}).get("seconds", 0))
    if seconds < 0:
        raise ValueError("seconds are not less than none")
    return seconds


def _asked(said: Any) -> Asked:
    """Return the request that a member shall make."""
    known = _only(said, _REQUEST)
    path, _, query = str(known.get("path", "")).partition("?")
    more = {str(name): (str(value),) for name, value in dict(known.get("query", {})).items()}
    headers = {str(name).lower(): str(v) for name, v in dict(known.get("headers", {})).items()}
    body = str(known.get("body", "")).encode()
    if "json" in known:
        body = json_answer(known["json"]).body
        headers.setdefault("content-type", "application/json")
    method = str(known.get("method", "GET")).upper()
    return Asked(method, path, query_of(query) | more, headers, body)
