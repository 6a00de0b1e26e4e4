"""What paragraphs take over from the ones beside them, and what makes them other blocks."""

from dataclasses import dataclass, replace

from . import requests as make
from .model import BREAK, CODE, HEADING, ITEM, PARAGRAPH, PLAIN, QUOTE, Block, Json, Look, Slot

_INDENTS = ("indentStart", "indentFirstLine")


@dataclass(frozen=True, slots=True)
class Model:
    """What a new paragraph takes over: a style, a bullet, the look of text
    (`styled`: several), and of which item
    it is a further one (its level, and whether it is numbered)."""

    style: Json
    bullet: bool
    look: Look
    styled: bool
    item: tuple[int, bool] | None = None


def kind_change(newline: int, old: Block, new: Block, slot: Slot) -> list[Json]:
    """Return what makes a paragraph another kind of block."""
    if old.kind == new.kind and (old.kind != HEADING or old.level == new.level):
        return []
    if {old.kind, new.kind} <= {PARAGRAPH, CODE}:
        return []
    found: list[Json] = []
    if slot.bullet and new.kind != ITEM:
        found.append(make.no_bullets(newline, newline + 1))
    indented = old.kind == QUOTE or (old.kind == ITEM and new.kind != ITEM)
    reset = _INDENTS if indented else ()
    return [*found, make.paragraph(newline, new, reset)]


def new_paragraph(newline: int, part: Block, model: Model, stale: bool) -> list[Json]:
    """Return what takes from a new paragraph the look that it has from the one beside it."""
    found: list[Json] = []
    if model.bullet and not stale:
        found.append(make.no_bullets(newline, newline + 1))
    reset = make.to_reset(model.style)
    named = model.style.get("namedStyleType", "NORMAL_TEXT")
    if named == "NORMAL_TEXT" and not reset and part.kind in (PARAGRAPH, CODE, ITEM):
        return found
    return [*found, make.paragraph(newline, part, reset)]


def plain_paragraph(start: int, slot: Slot | Model) -> list[Json]:
    """Return what makes an ordinary paragraph of an empty one that stays behind."""
    found: list[Json] = []
    if slot.bullet:
        found.append(make.no_bullets(start, start + 1))
    reset = make.to_reset(slot.style)
    if reset or slot.style.get("namedStyleType", "NORMAL_TEXT") != "NORMAL_TEXT":
        found.append(make.paragraph(start, Block(PARAGRAPH), reset))
    return found


def model_of(part: Block, model: Model, stale: bool) -> Model:
    """Return what the next paragraph takes over from one that was just inserted."""
    look, styled = _look(part)
    if part.kind == ITEM:
        item = None if stale else model.item
        return Model({} if stale else model.style, True, look, styled, item)
    return Model(make.style_of(part), False, look, styled)


def changed_model(old: Block, new: Block, model: Model) -> Model:
    """Return what a paragraph hands on after it has become another block."""
    styled = model.styled or old.text != new.text
    if new.kind == ITEM:
        same = (old.kind, old.level, old.ordered) == (ITEM, new.level, new.ordered)
        return Model(model.style, True, model.look, styled, model.item if same else None)
    if old.kind == new.kind and old.level == new.level:
        return replace(model, styled=styled)
    style = {name: value for name, value in model.style.items() if name not in _INDENTS}
    return Model({**style, **make.style_of(new)}, False, model.look, styled)


def _look(part: Block) -> tuple[Look, bool]:
    looks = {span.look for span in part.text if span.text.strip(BREAK)} or {PLAIN}
    return next(iter(looks)), len(looks) > 1


def without_looks(start: int, end: int, model: Model) -> list[Json]:
    """Return what takes from new text the look of the text beside it. A look that a member gave
    to a whole paragraph, such as a font, is not of a word and is taken over."""
    if model.styled:
        return [make.plain_style(start, end)]
    names = [name for name in make.LOOKS if getattr(model.look, name)]
    return [make.text_style(start, end, PLAIN, names)] if names else []
