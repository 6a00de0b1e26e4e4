"""Addresses: the stable name of an item, `kind:key(/kind:key)*`.

Titles change freely; an address ties an item to its past. The key of an item made by
`for-each` is `key.item-key`, as in `document:persona.ops-olga`.
"""

import re

KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_PART = re.compile(
    r"(?P<kind>[a-z]+):(?P<key>[a-z0-9][a-z0-9-]{0,39}(?:\.[a-z0-9][a-z0-9-]{0,39})?)"
)


def is_key(text: str) -> bool:
    """Say whether a playbook may use this text as a key."""
    return KEY.fullmatch(text) is not None


def is_address(text: str) -> bool:
    """Say whether the text has the form of an address."""
    return bool(text) and all(_PART.fullmatch(part) for part in text.split("/"))


def kind_of(address: str) -> str:
    """Return the kind of the item: `card` for `board:work/card:agree`."""
    return address.rsplit("/", 1)[-1].split(":", 1)[0]


def key_of(address: str) -> str:
    """Return the item's own key: `agree` for `board:work/card:agree`."""
    return address.rsplit("/", 1)[-1].split(":", 1)[1]


def without_item(address: str) -> str:
    """Return what all items of a `for-each` have in common: `document:persona`."""
    container, slash, own = address.rpartition("/")
    return f"{container}{slash}{own.partition('.')[0]}"


def container_of(address: str) -> str:
    """Return the address of the item that holds this one, or "" for one that stands alone."""
    return address.rpartition("/")[0]


def is_within(address: str, ancestor: str) -> bool:
    """Say whether the address is the ancestor itself or lies below it."""
    return address == ancestor or address.startswith(f"{ancestor}/")


def moved_under(address: str, old: str, new: str) -> str:
    """Return the address after the item `old` got the address `new`."""
    return new + address[len(old) :] if is_within(address, old) else address
