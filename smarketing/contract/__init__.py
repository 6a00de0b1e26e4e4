"""What an integration is. How it talks to its tool is its own business.

An integration reads and performs. It never diffs, sleeps, retries, prints or keeps state:
the core does these once for all. Everything here is a value, or a method that says which
value it returns in the odd case. Import from here: which module holds a name may change.
"""

from smarketing.contract.integration import Integration
from smarketing.contract.manifest import Limit, Manifest
from smarketing.contract.outcomes import Done, Failed, Later, Lost, Outcome, Stale
from smarketing.contract.reading import Busy, Changes, Listing, Names, Remote, Scope, Unreachable
from smarketing.contract.setup import NoSecrets, Secrets, Setup
from smarketing.contract.writing import BUILD, FINISH, FIRST, LAST, Calls, Change, Step, Verb

__all__ = [
    "BUILD",
    "FINISH",
    "FIRST",
    "LAST",
    "Busy",
    "Calls",
    "Change",
    "Changes",
    "Done",
    "Failed",
    "Integration",
    "Later",
    "Limit",
    "Listing",
    "Lost",
    "Manifest",
    "Names",
    "NoSecrets",
    "Outcome",
    "Remote",
    "Scope",
    "Secrets",
    "Setup",
    "Stale",
    "Step",
    "Unreachable",
    "Verb",
]
