"""A mapping with known names, and which names each place in it can have."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ConfigDict


def written(name: str) -> str:
    """Return a field's name as people write it: `for-each` for `for_each`, `in` for `in_`."""
    return name.rstrip("_").replace("_", "-")


class Shape(BaseModel):
    """A mapping with known names only; its values are never shown in an error."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, alias_generator=written
    )


def names_at(shape: Any, loc: Iterable[str | int]) -> list[str]:
    """Return the names that a mapping at this place of a shape can have."""
    here = list(_shapes(shape))
    for part in loc:
        here = [below for one in here for below in _below(one, part)]
    names = (
        field.alias or name
        for one in here
        if isinstance(one, type) and issubclass(one, Shape)
        for name, field in one.model_fields.items()
    )
    return list(dict.fromkeys(names))


def _shapes(annotation: Any) -> Iterator[Any]:
    """Return the alternatives of an annotation."""
    if get_origin(annotation) is Annotated:
        yield from _shapes(get_args(annotation)[0])
    elif get_origin(annotation) in (dict, tuple) or isinstance(annotation, type):
        yield annotation
    else:
        for alternative in get_args(annotation):
            yield from _shapes(alternative)


def _below(shape: Any, part: str | int) -> Iterator[Any]:
    origin = get_origin(shape)
    if origin is dict:
        yield from _shapes(get_args(shape)[1])
    elif origin is tuple:
        yield from _shapes(get_args(shape)[0])
    elif isinstance(shape, type) and issubclass(shape, Shape):
        for name, field in shape.model_fields.items():
            if (field.alias or name) == part:
                yield from _shapes(field.annotation)
