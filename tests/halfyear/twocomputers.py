"""A company on whose two computers the runs take turns, each with a state of its own."""

import random

from smarketing.plan import Recap
from smarketing.planning.given import Request
from tests.halfyear.running import SYNC
from tests.halfyear.year import HalfYear
from tests.overhttp.miniature import write_yaml
from tests.overhttp.office import Office

_BY_EACH = ("document:start-here", "page:start-here", "message:guest-")


class TwoComputers(HalfYear):
    """The same weeks and promises; who runs next is a matter of luck."""

    offices: tuple[Office, ...] = ()

    def __post_init__(self) -> None:
        self.turns = random.Random(self.seed)
        super().__post_init__()
        second = Office(self.folder / "second", self.office.vendors)
        second.config = second.folder / "config.yaml"
        second.asked = self.office.asked
        (second.folder / "playbook").mkdir()
        self.offices = (self.office, second)
        self.save()
        found = second.apply()
        assert found.done == (), found.done

    def save(self) -> None:
        """Write playbook and config on both."""
        super().save()
        folder = {"local": {"folder": str(self.folder / "acme")}}
        config = {**self.config, "integrations": {**self.config["integrations"], **folder}}
        for office in self.offices:
            write_yaml(office.folder / "playbook" / "playbook.yaml", self.playbook)
            write_yaml(office.config, config)

    def run(self, request: Request = SYNC) -> Recap:
        """Run once on one of them."""
        for office in self._at(request):
            self.office = office
            self.mix[f"runs on {office.folder.name}"] += 1
            recap = super().run(request)
            conflicts = [c for each in recap.plan.synced.values() for c in each.conflicts]
            self.yielded += "".join(conflict.yields for conflict in conflicts)
            self.mix["conflicts"] += len(conflicts)
        return recap

    def is_quiet(self, recap: Recap) -> None:
        """Hold that a run had nothing to do but what each computer does for itself.

        What the other one wrote into *Start here* counts as a member's, and each tells a guest.
        """
        rest = [a for each in recap.done if not (a := each.address).startswith(_BY_EACH)]
        assert rest == [], "the next round wrote"

    def _at(self, request: Request) -> tuple[Office, ...]:
        """Return where to run: what config asks for is applied on both."""
        if request != SYNC or not self.offices:
            return self.offices or (self.office,)
        return (self.turns.choice(self.offices),)
