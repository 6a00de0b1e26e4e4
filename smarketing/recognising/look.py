"""One tool that was reached in this run: what was found in it, and how to speak its terms."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from smarketing.contract import Integration, Names, Remote
from smarketing.recognising.matched import Matched


@dataclass(frozen=True, slots=True)
class Look:
    """One tool that was reached: what was found in it, and how to speak its terms."""

    terms: Integration
    matched: Matched
    names: Names
    parents: Mapping[str, str]  # remote id -> address, of what was found
    template: Mapping[str, Remote] = field(default_factory=dict)  # what could be copied
    present: Mapping[str, str] = field(default_factory=dict)  # former name -> present name
    called: Mapping[str, str] = field(default_factory=dict)  # present name -> name in this tool
