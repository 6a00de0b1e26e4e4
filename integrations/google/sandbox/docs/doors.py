"""What members do to a document in the editor, and what a test sees of it."""

from collections.abc import Callable, Sequence

from .anchors import add_comment, spans_of
from .dropdowns import add_dropdown, add_option, choose, clear, shown_in
from .model import Covered, Matter, Post, Tab, new_body
from .positions import Span, paragraph_end, paragraph_of, paragraphs
from .styles import restyled, style_text
from .text import accept, check_deletion, found_text, put_text, reject, suggest_deletion, take_out
from .units import (
    COMMENT,
    CONTENTS,
    CONTENTS_END,
    DELETED,
    INSERTED,
    NORMAL,
    STRUCTURE,
    Mark,
    Style,
    Unit,
    Units,
    linked,
    text_of,
    text_units,
)


class Doors:
    """The doors lead into the first tab. A text that isn't there raises LookupError."""

    def __init__(
        self, matter: Matter, switches: frozenset[str] = frozenset(), seed: str = ""
    ) -> None:
        self.matter = matter
        self.switches = switches
        self._seed = seed
        self._changes = 0
        self._told: dict[str, float] = {}

    def changed(self) -> None:
        """Note that there is a new revision."""
        self._changes += 1

    def text(self) -> str:
        """Return the text of the first tab, with the suggestions in it."""
        return text_of(self._units)

    def member_types(self, find: str, insert: str) -> None:
        """Type something right after a text; after "" it is the start of the document."""
        at = self._found(find).end if find else self._first_text()
        put_text(self.matter, self._first, at, insert)
        self.changed()

    def member_deletes(self, text: str) -> None:
        """Delete a text; newlines in it join paragraphs."""
        span = self._found(text)
        check_deletion(self._first, span)
        take_out(self._units, span)
        self.changed()

    def member_bolds(self, text: str) -> None:
        """Make a text bold."""
        self._restyle(text, lambda style: restyled(style, {"bold": True}, ["bold"]))

    def member_links(self, text: str, url: str) -> None:
        """Make a text a link."""
        self._restyle(text, lambda style: linked(style, {"url": url}))

    def member_restyles(self, text: str, style: Style) -> None:
        """Give a text a look of any kind, as the JSON of a textStyle."""
        self._restyle(text, lambda old: restyled(old, style, list(style)))

    def member_comments(self, text: str, words: str, author: str = "Member") -> str:
        """Comment on a text; return the id of the comment."""
        at = "2026-01-01T00:00:00Z"
        key = add_comment(self.matter, self._first, self._found(text), author, words, at)
        self.changed()
        return key

    def member_replies(self, comment: str, words: str, author: str = "Member") -> None:
        """Reply to a comment."""
        old = self.matter.comments[comment]
        reply = Post(self.matter.fresh("AAAB"), author, words)
        self.matter.comments[comment] = old.replied(reply)
        self.changed()

    def member_suggests(self, find: str, insert: str) -> str:
        """Suggest to type something after a text; return the id of the suggestion."""
        key = self._new_suggestion()
        at = self._found(find).end if find else self._first_text()
        put_text(self.matter, self._first, at, insert, Mark(INSERTED, key))
        return key

    def member_suggests_deletion(self, text: str) -> str:
        """Suggest to delete a text; return the id of the suggestion."""
        span = self._found(text)
        key = self._new_suggestion()
        suggest_deletion(self._units, span, Mark(DELETED, key))
        return key

    def member_accepts(self, suggestion: str) -> None:
        """Accept a suggestion."""
        accept(self._units, suggestion)
        self.matter.suggestions[suggestion] = "ACCEPTED"
        self.changed()

    def member_rejects(self, suggestion: str) -> None:
        """Reject a suggestion."""
        reject(self._units, suggestion)
        self.matter.suggestions[suggestion] = "REJECTED"
        self.changed()

    def member_adds_tab(self, title: str, text: str) -> str:
        """Add a tab with a text; return its id."""
        tab = Tab(self.matter.fresh("t."), title, new_body())
        put_text(self.matter, tab, 1, text)
        self.matter.tabs.append(tab)
        self.changed()
        return tab.key

    def member_inserts_contents(self, find: str) -> None:
        """Insert a table of contents below the paragraph of a text."""
        units = self._units
        at = paragraph_end(units, self._found(find).start) + 1
        lines = "".join(
            text_of(units[start : end + 1])
            for start, end in paragraphs(units)
            if paragraph_of(units[end]).named != NORMAL
        )
        inner = text_units(lines or "\n")
        units[at:at] = [Unit(CONTENTS), *inner, Unit(CONTENTS_END), *text_units("\n")]
        self._first.has_contents = True
        self.changed()

    def member_inserts_dropdown(self, find: str, options: Sequence[str], chosen: str) -> str:
        """Put a drop-down right after a text; return its id."""
        key = add_dropdown(self.matter, self._first, self._found(find).end, options, chosen)
        self.changed()
        return key

    def member_chooses(self, dropdown: str, option: str) -> None:
        """Choose another option of a drop-down."""
        choose(self._first, dropdown, option)
        self.changed()

    def member_clears(self, dropdown: str) -> None:
        """Let a drop-down show no option any more."""
        clear(self._first, dropdown)
        self.changed()

    def member_adds_option(self, dropdown: str, option: str) -> None:
        """Give a drop-down, and all others of its kind, another option to choose."""
        anew = "google-docs-edited-drop-downs-get-new-ids" in self.switches
        add_option(self.matter, self._first, dropdown, option, anew=anew)
        self.changed()

    def drop_downs(self) -> dict[str, str]:
        """Return what the drop-downs show, by their ids, in the order of the text."""
        return shown_in(self._first)

    def comments(self) -> list[Covered]:
        """Return the comments with the text that each covers now."""
        shown = []
        for key, comment in self.matter.comments.items():
            text = "".join(self._covered(tab, Mark(COMMENT, key)) for tab in self.matter.tabs)
            head = comment.head
            shown.append(Covered(key, text, head.words, head.author, comment.resolved))
        return shown

    def suggestions(self) -> dict[str, tuple[str, str]]:
        """Return the open suggestions by their ids: what each would insert, and delete."""
        units, shown = self._units, {}
        for key, state in self.matter.suggestions.items():
            if state == "OPEN":
                marks = Mark(INSERTED, key), Mark(DELETED, key)
                new, gone = (text_of(u for u in units if mark in u.marks) for mark in marks)
                shown[key] = new, gone
        return shown

    def styles_of(self, text: str) -> list[tuple[str, Style]]:
        """Return the runs of a text, each with its look."""
        span = self._found(text)
        runs: list[tuple[Units, Style]] = []
        for unit in self._units[span.start : span.end]:
            if runs and runs[-1][1] == unit.style:
                runs[-1][0].append(unit)
            else:
                runs.append(([unit], unit.style))
        return [(text_of(units), style) for units, style in runs]

    def paragraph_style_of(self, text: str) -> Style:
        """Return the style of the paragraph in which a text starts."""
        at = paragraph_end(self._units, self._found(text).start)
        return paragraph_of(self._units[at]).style

    def bullet_of(self, text: str) -> tuple[str, int] | None:
        """Return the preset and the level of the item in which a text starts."""
        at = paragraph_end(self._units, self._found(text).start)
        bullet = paragraph_of(self._units[at]).bullet
        return (self._first.lists[bullet.list_id], bullet.level) if bullet else None

    @property
    def _first(self) -> Tab:
        return self.matter.first()

    @property
    def _units(self) -> Units:
        return self.matter.first().units

    def _found(self, text: str) -> Span:
        return found_text(self._units, text)

    def _first_text(self) -> int:
        """Return where a cursor stands in a document just opened."""
        return next(at for at, unit in enumerate(self._units) if unit.char not in STRUCTURE)

    def _restyle(self, text: str, change: Callable[[Style], Style]) -> None:
        style_text(self._units, self._found(text), change)
        self.changed()

    def _covered(self, tab: Tab, mark: Mark) -> str:
        return "".join(text_of(tab.units[s.start : s.end]) for s in spans_of(tab.units, mark))

    def _new_suggestion(self) -> str:
        key = self.matter.fresh("suggest.")
        self.matter.suggestions[key] = "OPEN"
        self.changed()
        return key
