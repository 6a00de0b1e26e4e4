"""One document of the stand-in: how programs read and change it, and its revisions."""

from collections.abc import Mapping
from hashlib import sha1
from typing import Any

from .doors import Doors
from .errors import Declined
from .json import INLINE, anchors_json, comments_json, tab_json
from .model import FIRST_TAB, Matter, Tab, new_body
from .requests import Batch

Json = dict[str, Any]

DAY = 24 * 60 * 60.0
"""Seconds that the vendor vouches for the id of a revision; here it refuses it afterwards."""


class Doc(Doors):
    """A document. Members' doors are those whose names begin with `member_`."""

    @classmethod
    def blank(cls, switches: frozenset[str] = frozenset()) -> "Doc":
        """Return an empty document."""
        return cls(Matter([Tab(FIRST_TAB, "Tab 1", new_body())]), switches)

    @classmethod
    def imported(cls, text: str, mime: str, switches: frozenset[str] = frozenset()) -> "Doc":
        """Return what the vendor's conversion makes of a text."""
        from .importing import imported

        return cls(imported(text, mime, switches), switches, text)

    def copied(self) -> "Doc":
        """Return a copy as the vendor makes it: without the comments."""
        matter = self.matter.copied()
        matter.comments.clear()
        if "google-docs-copies-lose-named-ranges" in self.switches:
            matter.ranges.clear()
        return Doc(matter, self.switches, f"copy of {self.revision}")

    @property
    def revision(self) -> str:
        """Return the id of the latest revision."""
        seed = f"{self._changes} {self._seed}"
        return "AKoT" + sha1(seed.encode(), usedforsecurity=False).hexdigest()

    def told(self, now: float) -> None:
        """Note that somebody was told the latest revision: its id is good for a day from now."""
        self._told = {self.revision: now}

    def batch_update(
        self,
        requests: list[Any],
        control: Mapping[str, Any] | None = None,
        author: str = "Somebody",
        at: str = "2026-01-01T00:00:00Z",
        now: float = 0.0,
    ) -> Json:
        """Carry out all requests or none; return the reply without the document's id."""
        control = control or {}
        self._check(control, now)
        batch = Batch(author, at, control.get("writeMode") == "SUGGEST", self.switches)
        draft = self.matter.copied()
        replies, made = batch.carry_out(draft, requests)
        self.matter = draft
        if requests:
            self.changed()
        reply: Json = {
            "replies": replies,
            "writeControl": {"requiredRevisionId": self.revision},
        }
        return reply | ({"suggestionResponses": [_made(key) for key in made]} if made else {})

    def _check(self, control: Mapping[str, Any], now: float) -> None:
        required, target = control.get("requiredRevisionId"), control.get("targetRevisionId")
        if required and target:
            raise Declined("Only one of required_revision_id and target_revision_id may be set.")
        if required and (required != self.revision or self._is_past(required, now)):
            raise Declined(
                f"The required revision ID '{required}' does not match the latest revision.",
                code="FAILED_PRECONDITION",
            )
        if target and target != self.revision:
            raise Declined(f"The target revision ID '{target}' is too old.")

    def _is_past(self, revision: str, now: float) -> bool:
        return now - self._told.get(revision, now) > DAY

    def json(self, view: str = INLINE, tabs: bool = False, comments: bool = False) -> Json:
        """Return the document without its id and title."""
        head: Json = {"revisionId": self.revision, "suggestionsViewMode": view}
        if not tabs:
            return head | tab_json(self.matter, self.matter.first(), view)
        shown = [self._tab(number, view, comments) for number in range(len(self.matter.tabs))]
        return (
            head | {"tabs": shown} | ({"comments": comments_json(self.matter)} if comments else {})
        )

    def _tab(self, number: int, view: str, comments: bool) -> Json:
        tab = self.matter.tabs[number]
        content = tab_json(self.matter, tab, view)
        if tab.dropdowns:
            # A document told without its tabs has no place for them.
            content["dropdownDefinitions"] = dict(tab.dropdowns)
        if comments:
            content["commentAnchors"] = anchors_json(self.matter, tab)
        properties = {"tabId": tab.key, "title": tab.title, "index": number}
        return {"tabProperties": properties, "documentTab": content}

    def text_export(self, mime: str) -> bytes:
        """Return the document in another format."""
        from .export import exported

        return exported(self.matter, mime).encode()

    def picture(self) -> Any:
        """Return what can be seen of the document, without ids: equal for equal documents."""
        from .export import pictured

        return pictured(self.matter)


def _made(key: str) -> Json:
    return {"createdSuggestionIds": [key]}
