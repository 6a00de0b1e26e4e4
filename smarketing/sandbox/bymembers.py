"""Answers the page on which a person acts in a sandbox as a member: they look, and they change."""

import hmac
from collections.abc import Mapping
from dataclasses import replace
from secrets import token_hex
from typing import Any

from smarketing.sandbox.cast import ROBOT
from smarketing.sandbox.handspage import Looking, everything, inside, link, only, place
from smarketing.sandbox.sandbox import Sandbox
from smarketing.standin import Answer, Asked, Hands, Person, Refused, query_of

PATH = "/"
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class ByMembers:
    """Serves `/` under the hosts that are this computer.

    A page of another site can send a form here, but neither read the key that has to be in it,
    nor come under one of these hosts.
    """

    def __init__(self, sandbox: Sandbox, hosts: tuple[str, ...]) -> None:
        self._sandbox, self._hosts = sandbox, hosts
        self._key = token_hex(16)

    def answer(self, asked: Asked) -> Answer:
        """Show a page, or make a change and lead back to where it was made."""
        people = [each for each in self._sandbox.world.people if each.key != ROBOT]
        if asked.headers.get("host", "") not in self._hosts or not people:
            return Answer(403, _HEADERS, b"Open this page under the address that it listens at.")
        said = _said(asked)
        me = next((each for each in people if each.key == said.get("as")), people[0])
        looking = Looking(people, me, self._key, vendor=said.get("in", ""))
        try:
            with self._sandbox.at_rest():
                if asked.method == "POST":
                    return self._changed(asked, said, looking)
                return _page(self._shown(said, looking))
        except Refused as no:
            return _page(only(replace(looking, told=str(no))), 409)

    def _shown(self, said: Mapping[str, str], looking: Looking) -> str:
        if "see" not in said:
            all_hands = {i.name: self._hands(i.name, looking.me) for i in self._sandbox.stand_ins}
            return everything(looking, {v: h.things() for v, h in all_hands.items() if h})
        thing = self._opened(looking).thing(said["see"])
        return inside(replace(looking, thing=thing), thing)

    def _changed(self, asked: Asked, said: Mapping[str, str], looking: Looking) -> Answer:
        from_here = asked.headers.get("origin", "null").partition("://")[2] in self._hosts
        if not (
            from_here and hmac.compare_digest(said.get("key", "").encode(), self._key.encode())
        ):
            raise Refused("This came from another page. Open the page of the sandbox anew.")
        key, at = said.get("see", ""), said.get("at", "")
        value = " ".join(said.get("value", "").splitlines())
        self._opened(looking).change(key, at, said.get("was", ""), value)
        back = f"{link(looking.me, looking.vendor, key)}#{place(at)}"
        return Answer(303, {**_HEADERS, "Location": back})

    def _opened(self, looking: Looking) -> Hands:
        hands = self._hands(looking.vendor, looking.me)
        if hands is None:
            raise Refused("There is no such tool here.")
        return hands

    def _hands(self, vendor: str, me: Person) -> Hands | None:
        for stand_in in self._sandbox.stand_ins:
            hands: Any = getattr(stand_in, "hands", None)
            if stand_in.name == vendor and hands:
                found: Hands = hands(me)
                return found
        return None


def _said(asked: Asked) -> dict[str, str]:
    """Return what an address or a form says, each name once."""
    given = (
        query_of(asked.body.decode("utf-8", "replace")) if asked.method == "POST" else asked.query
    )
    return {name: values[-1] for name, values in given.items()}


def _page(html: str, status: int = 200) -> Answer:
    return Answer(status, _HEADERS, html.encode())
