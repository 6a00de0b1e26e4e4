"""What a search works on: the objects of one place, and which of them is which item so far."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from smarketing.contract import Listing, Manifest, Remote
from smarketing.recognising.matched import Wanted
from smarketing.state.record import Record


@dataclass(slots=True)
class Search:
    """One search. Its functions stand in match.py and unmarked.py.

    `claimed` maps the ids of the objects that were found to the items that they are.
    `copies` are the ids of lines that carry the mark of another, `stranded` the objects that lie in
    a twin or a copy: they are looked for once more where they belong.
    """

    listing: Listing
    records: Mapping[str, Record]
    workspace: str
    manifest: Manifest
    searched: frozenset[str]
    existing: Collection[str]
    restored: Collection[str] = ()
    copies: frozenset[str] = frozenset()
    remotes: dict[str, Remote] = field(init=False)
    bearers: dict[str, list[Remote]] = field(init=False)
    children: dict[str, list[Remote]] = field(init=False)
    found: dict[str, Remote] = field(default_factory=dict)
    claimed: dict[str, str] = field(default_factory=dict)
    unchanged: set[str] = field(default_factory=set)
    recovered: set[str] = field(default_factory=set)
    adopted: set[str] = field(default_factory=set)
    doubtful: dict[str, tuple[Remote, ...]] = field(default_factory=dict)
    stranded: dict[str, Remote] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.remotes = {remote.id: remote for remote in self.listing.remotes}
        self.bearers, self.children = defaultdict(list), defaultdict(list)
        for remote in self.listing.remotes:
            if remote.marker and remote.workspace in ("", self.workspace):
                self.bearers[remote.marker].append(remote)
            self.children[remote.parent].append(remote)

    def claim(self, address: str, remote: Remote) -> None:
        """Hold that this object is that item."""
        self.found[address] = remote
        self.claimed[remote.id] = address

    def recover(self, address: str, remote: Remote) -> None:
        """Hold it of something that had no binding, or whose binding leads nowhere."""
        self.claim(address, remote)
        self.recovered.add(address)

    def siblings(self, item: Wanted) -> list[Remote]:
        """Return what is of its kind, without a marker, and nobody's, where it should stand."""
        parent = self.found[item.parent]
        return [
            remote for remote in self.children.get(parent.id, ()) if self.is_free(remote, item.kind)
        ]

    def is_free(self, remote: Remote, kind: str) -> bool:
        """Say whether it is of this kind, bears no marker, and is no other item."""
        return remote.kind == kind and not remote.marker and remote.id not in self.claimed
