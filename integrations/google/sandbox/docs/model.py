"""A Google document: its tabs, and what is kept beside the text."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha1
from typing import Any

from .errors import Declined
from .units import NEWLINE, NORMAL_PARAGRAPH, PLAIN, SECTION, Thing, Unit, Units

FIRST_TAB = "t.0"


@dataclass(slots=True)
class Tab:
    """One tab: its units, the presets of its lists, its images and what its drop-downs offer.

    `has_contents` says that a table of contents was once put in.
    """

    key: str
    title: str
    units: Units
    lists: dict[str, str] = field(default_factory=dict)
    images: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    dropdowns: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    has_contents: bool = False

    def copied(self) -> "Tab":
        """Return the same tab, to be changed on its own."""
        return replace(
            self, units=list(self.units), lists=dict(self.lists), images=dict(self.images),
            dropdowns=dict(self.dropdowns),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Post:
    """One thing that somebody said in a comment."""

    key: str
    author: str
    words: str
    at: str = "2026-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Comment:
    """A thread beside the text. `quote` is the text as it was then."""

    key: str
    quote: str
    head: Post
    replies: tuple[Post, ...] = ()
    resolved: bool = False

    def replied(self, reply: Post) -> "Comment":
        """Return the thread with one more reply."""
        return replace(self, replies=(*self.replies, reply))


@dataclass(frozen=True, slots=True)
class Covered:
    """A comment as a test sees it: `text` is what it covers now, "" when that is gone."""

    key: str
    text: str
    words: str
    author: str
    resolved: bool = False


def new_body() -> Units:
    """Return the units of an empty body."""
    return [Unit(SECTION, PLAIN, Thing("section")), Unit(NEWLINE, PLAIN, NORMAL_PARAGRAPH)]


@dataclass(slots=True)
class Matter:
    """All that one batch of requests may change, kept together so that it can be put back."""

    tabs: list[Tab]
    ranges: dict[str, str] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    suggestions: dict[str, str] = field(default_factory=dict)
    made: int = 0

    def copied(self) -> "Matter":
        """Return the same, to be changed on its own."""
        return Matter(
            [tab.copied() for tab in self.tabs],
            dict(self.ranges),
            dict(self.comments),
            dict(self.suggestions),
            self.made,
        )

    def fresh(self, prefix: str) -> str:
        """Return an id that nothing in the document has."""
        self.made += 1
        return prefix + sha1(str(self.made).encode(), usedforsecurity=False).hexdigest()[:12]

    def first(self) -> Tab:
        """Return the first tab."""
        return self.tabs[0]

    def tab_for(self, place: Mapping[str, Any] | None) -> Tab:
        """Return the tab that a location names; without a name, the first."""
        if not isinstance(place, dict):
            raise Declined("A location must be given.")
        if place.get("segmentId"):
            raise Declined(f"Segment with ID {place['segmentId']} was not found.")
        return self.tab_named(place.get("tabId") or self.first().key)

    def tab_named(self, key: str) -> Tab:
        """Return a tab by its id."""
        for tab in self.tabs:
            if tab.key == key:
                return tab
        raise Declined(f"Tab with ID {key} was not found.")

    def tabs_for(self, criteria: Mapping[str, Any] | None) -> list[Tab]:
        """Return the tabs that criteria name; without any, all."""
        keys = (criteria or {}).get("tabIds")
        return [self.tab_named(key) for key in keys] if keys else list(self.tabs)
