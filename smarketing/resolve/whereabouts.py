"""Where items live, as the links of a text name them. Pure."""

from collections.abc import Mapping

from smarketing.contract import Names
from smarketing.kinds import THERE
from smarketing.recognising.matched import Matched
from smarketing.state.record import Record


def parents_of(matched: Matched) -> dict[str, str]:
    """Return the addresses of what was found, by ids: what may hold something."""
    return {"": "", **{remote.id: address for address, remote in matched.found.items()}}


def names_at(records: Mapping[str, Record], matched: Mapping[str, Matched], place: str) -> Names:
    """Return where items live, as a text of this place names them."""
    urls: dict[str, str] = {}
    addresses: dict[str, str] = {}
    for record in records.values():
        for address, url in record.links.items():
            if url:
                addresses.setdefault(url, address)
        if record.binding and record.existence == THERE:
            url = record.binding.url
            if record.place == place or is_worldwide(url):
                urls[record.address] = url
    for where, look in matched.items():
        for address, remote in look.found.items():
            if where == place or is_worldwide(remote.url):
                urls[address] = remote.url
    # Where parts share the url of their container, a link means the container.
    for address, url in sorted(urls.items(), key=lambda pair: -pair[0].count("/")):
        if url:
            addresses[url] = address
    return Names(urls, addresses)


def is_worldwide(url: str) -> bool:
    """Say whether a url means the same from every place."""
    return url.startswith(("https://", "http://"))
