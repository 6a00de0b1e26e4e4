"""What texts are filled with: plain data, never an object with behaviour."""

from collections.abc import Mapping, Sequence
from typing import Any, Union

Plain = Union[None, bool, int, str, Sequence["Plain"], Mapping[str, "Plain"]]  # noqa: UP007
"""What a text may be filled with: plain data, never an object with behaviour."""

Values = Mapping[str, Plain]


class Unknown(str):
    """Words that stand for something nobody has said yet; the filter `default` replaces them."""

    __slots__ = ()


class Titled(dict[str, Plain]):
    """A thing with a title: printed, it is its title."""

    __slots__ = ()

    def __str__(self) -> str:
        return str(self.get("title", ""))


class Keyed(list[Plain]):
    """Things in order that can be found by key as well: `personas` and `personas.ops-olga`."""

    __slots__ = ()

    def __getitem__(self, key: Any) -> Any:
        if not isinstance(key, str):
            return super().__getitem__(key)
        for thing in self:
            if isinstance(thing, Titled) and thing.get("key") == key:
                return thing
        raise KeyError(key)

    def keys(self) -> list[str]:
        """Return the keys of the things, in order."""
        return [str(thing["key"]) for thing in self if isinstance(thing, Titled)]
