"""The part of a template that needs Liquid: an environment with few tags, few filters, and
bounds on all they do. Imported only when a text has something to fill in.
"""

from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any

from liquid import BoundTemplate, Environment, RenderContext, StrictUndefined
from liquid.builtin import content, illegal, output
from liquid.builtin.tags import case_tag, for_tag, if_tag, unless_tag
from liquid.exceptions import (
    BlockNestingError,
    FilterArgumentError,
    FilterError,
    LiquidError,
    LiquidTypeError,
    OutputStreamLimitError,
    ResourceLimitError,
    UndefinedError,
    UnknownFilterError,
)
from liquid.filter import with_context
from liquid.stringify import to_liquid_string
from liquid.utils import ReadOnlyChainMap

from smarketing.calendar.said import later_day
from smarketing.template.bounds import MOST_OUTPUT, Trouble, Work, too_long, too_much_work
from smarketing.template.values import Unknown
from smarketing.text.suggestion import did_you_mean

MOST_WORK = 10_000_000
"""Characters handled by filters and loops together. It stands for about a second."""


_SHARED: ContextVar[Work | None] = ContextVar("work", default=None)
"""The work that the texts of one run share; Liquid has no way to hand it through."""


class TooMuchWork(ResourceLimitError):  # noqa: N818 - it says what happened
    """The text asks for more work than any document needs."""


class Context(RenderContext):
    """What a text can see while it is filled: the given values, and no clock."""

    def __init__(self, template: BoundTemplate, **options: Any) -> None:
        super().__init__(template, **options)
        self.scope = ReadOnlyChainMap(self.locals, self.globals)
        self.own, self.shared = Work(MOST_WORK), _SHARED.get()

    def spend(self, work: int) -> None:
        """Count work, and stop where it is too much."""
        enough = self.own.spend(work)
        if not (self.shared is None or self.shared.spend(work)) or not enough:
            raise TooMuchWork("too much work", token=None)

    def raise_for_loop_limit(self, length: int = 1) -> None:
        """Count a loop that begins: each round handles the text of the template once at most."""
        self.spend(length * getattr(self.template, "length", MOST_WORK))


class Template(BoundTemplate):
    """A template that knows how long its source is."""

    context_class = Context
    length = 0


class SmallEnvironment(Environment):
    """Liquid without files, assignments, counters and date functions."""

    template_class = Template
    block_nesting_limit = 12
    output_stream_limit = MOST_OUTPUT

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        """Take only what can neither store, nor repeat without bounds, nor read a clock."""
        for tag in (content.Literal, output.Output, illegal.Illegal, if_tag.IfTag,
                    unless_tag.UnlessTag, case_tag.CaseTag, for_tag.ForTag, for_tag.BreakTag,
                    for_tag.ContinueTag):  # fmt: skip
            self.add_tag(tag)
        for name, function in _FILTERS.items():
            self.add_filter(name, _bounded(function))


def _text(value: object) -> str:
    return to_liquid_string(value, False)


def _replace(text: str, old: object, new: object = "") -> str:
    before, after = _text(old), _text(new)
    if not before or len(text) + text.count(before) * len(after) > MOST_OUTPUT:
        raise OutputStreamLimitError("too long", token=None)
    return text.replace(before, after)


def _join(things: object, between: object = ", ") -> str:
    texts, glue = [_text(thing) for thing in _several(things)], _text(between)
    if sum(map(len, texts)) + len(texts) * len(glue) > MOST_OUTPUT:
        raise OutputStreamLimitError("too long", token=None)
    return glue.join(texts)


def _several(things: object) -> Sequence[object]:
    return things if isinstance(things, list | tuple) else [things]


def _default(value: object, other: object = "") -> object:
    is_missing = isinstance(value, Unknown) or value in (None, False, "", [], {})
    return other if is_missing else value


def _turn(things: object, number: object) -> object:
    """Return whose turn it is, from 1 on: after the last comes the first again."""
    several = _several(things)
    return several[(int(_text(number)) - 1) % len(several)] if several else ""


def _truncate(text: str, most: object = 50, ending: object = "…") -> str:
    end = _text(ending)
    length = int(_text(most))
    return text if len(text) <= length else text[: max(0, length - len(end))] + end


_FILTERS: Mapping[str, Callable[..., object]] = {
    "append": lambda value, other: _text(value) + _text(other),
    "capitalize": lambda value: _text(value)[:1].upper() + _text(value)[1:],
    "day": lambda start, number: later_day(_text(start), int(_text(number))),
    "default": _default,
    "downcase": lambda value: _text(value).lower(),
    "first": lambda value: next(iter(_several(value)), ""),
    "join": _join,
    "last": lambda value: next(iter(reversed(_several(value))), ""),
    "prepend": lambda value, other: _text(other) + _text(value),
    "replace": lambda value, old, new="": _replace(_text(value), old, new),
    "size": lambda value: len(value) if isinstance(value, list | dict) else len(_text(value)),
    "strip": lambda value: _text(value).strip(),
    "turn": _turn,
    "truncate": lambda value, *limits: _truncate(_text(value), *limits),
    "upcase": lambda value: _text(value).upper(),
}


_FILTER_HOW = "For example: {{ company | append: ' GmbH' }}."


def _bounded(function: Callable[..., object]) -> Callable[..., object]:
    """Return the filter with its work counted, and its result no longer than a document."""

    def counted(value: object, *args: object, context: Context) -> object:
        context.spend(1 + sum(len(each) for each in (value, *args) if isinstance(each, str | list)))
        result = function(value, *args)
        if isinstance(result, str) and len(result) > MOST_OUTPUT:
            raise OutputStreamLimitError("too long", token=None)
        return result

    return with_context(counted)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A text ready to be filled; `names` are the paths it asks for, with their offsets."""

    template: Template
    names: tuple[tuple[int, tuple[Any, ...]], ...]

    def render(self, values: Mapping[str, object], work: Work | None = None) -> str:
        """Return the filled text, or raise Trouble."""
        before = _SHARED.set(work)
        try:
            filled = self.template.render(values)
            if work and not work.spend(self.template.length + len(filled)):
                raise TooMuchWork("too much work", token=None)
            return filled
        except _ERRORS as error:
            raise _trouble(error) from None
        finally:
            _SHARED.reset(before)


@cache
def _environment() -> SmallEnvironment:
    return SmallEnvironment(undefined=StrictUndefined)


def compiled(source: str) -> Compiled:
    """Read a text; raise Trouble if it can't be read."""
    try:
        template = _environment().from_string(source)
        assert isinstance(template, Template)
        template.length = len(source)
        found = template.analyze(include_partials=False)
    except _ERRORS as error:
        raise _trouble(error) from None
    for name, spans in found.filters.items():
        if name not in _FILTERS:
            words = f"There is no filter '{name[:40]}'."
            raise Trouble(spans[0].index, words, did_you_mean(name, _FILTERS.keys()))
    names = (
        (variable.span.index, tuple(variable.segments))
        for same in found.globals.values()
        for variable in same
    )
    return Compiled(template, tuple(sorted(names, key=lambda named: named[0])))


_OF_FILTERS = (FilterArgumentError, FilterError, LiquidTypeError)
_ERRORS = (LiquidError, RecursionError, TypeError, ValueError, OverflowError)


def _trouble(error: Exception) -> Trouble:
    """Say in a person's words what Liquid says in its own."""
    token = getattr(error, "token", None)
    offset = token.start_index if token is not None else 0
    said = str(error.args[0]) if error.args else ""
    if isinstance(error, OutputStreamLimitError):
        return too_long()
    if isinstance(error, TooMuchWork):
        return too_much_work()
    if isinstance(error, BlockNestingError | RecursionError | ResourceLimitError):
        return Trouble(offset, "This text is nested too deep.", "Use fewer levels of if and for.")
    if isinstance(error, UndefinedError):
        return Trouble(offset, f"This name is not known here: {said[:100]}.")
    if isinstance(error, UnknownFilterError):
        return Trouble(offset, f"{said[:100]}.", _FILTER_HOW)
    if "expected tag end" in said:
        end = said.split("expected tag ")[1].split(",")[0]
        return Trouble(offset, "A block is never closed.", f"Write {{% {end} %}} where it ends.")
    if isinstance(error, LiquidError) and not isinstance(error, _OF_FILTERS):
        return Trouble(offset, f"This can't be understood: {said[:120]}.", "Write {{ company }}.")
    return Trouble(offset, "A filter is used with something that it can't handle.", _FILTER_HOW)
