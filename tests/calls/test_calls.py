"""A plan counts its calls, apply makes exactly these, and of a whole W1 they are few."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bench import w1
from bench.company import Company
from bench.world import MEMBER, TOO_FAST, USE, VENDORS
from smarketing.contract import Calls
from smarketing.integrations.trello.sandbox.vendor import Trello
from smarketing.plan import Recap, counted, is_empty
from smarketing.standin import Answer, Asked, Person
from tests.overhttp.members import in_trello
from tests.overhttp.miniature import TRELLO
from tests.overhttp.office import office
from tests.vendors.sandboxes import Vendors, people, sandbox

FIRST, TEMPLATE_THERE, AGAIN, STATE_LOST, ONE_CARD = 350, 45, 4, 20, 5
"""The most calls that a W1 may take."""

AT_ONCE = 8


def total(calls: Mapping[str, Calls]) -> int:
    """Return the calls to the vendors; files of our own are none."""
    return sum(each.read + each.write for name, each in calls.items() if name in VENDORS)


def as_planned(recap: Recap) -> Recap:
    """Hold that a run did all that it planned, in exactly the calls that its plan counted."""
    assert not recap.failed
    assert recap.spent == counted(recap.plan), recap.more
    assert not recap.more
    return recap


def test_the_miniature_takes_the_calls_that_its_plan_counts(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    made = office(tmp_path, names)
    as_planned(made.apply())
    as_planned(made.apply())
    made.playbook('"title": "Work"', '"title": "Our work"')
    made.playbook("Ten", "Eleven") if "google" in names else None
    as_planned(made.apply())
    made.company.forget()
    as_planned(made.apply())


def test_what_is_counted_is_what_arrives(names: tuple[str, ...], tmp_path: Path) -> None:
    made = office(tmp_path, names)
    recap = made.apply()
    arrived = [asked for asked in made.asked if asked.path != "/token"]
    assert total(recap.spent) == len(arrived)


class Watch:
    """A sandbox for W1 that counts the answers that say: too fast."""

    def __init__(self, folder: Path, workers: int = 0) -> None:
        member = Person(MEMBER, "Person A", f"{MEMBER}@acme.example", "token-of-a-member")
        self.vendors: Vendors = sandbox(*VENDORS, people=(*people(), member))
        trello = self.vendors.stand_in("trello")
        assert isinstance(trello, Trello)
        trello.subscribe("robot")  # a free workspace lets ten people in, and W1 has twelve
        box = self.vendors.sandbox
        self.company = Company(folder, box, self.vendors.clock, workers)
        self.too_fast = 0
        heard = box.heard

        def hear(vendor: str, asked: Asked, answer: Answer) -> None:
            self.too_fast += answer.status in TOO_FAST
            if heard:
                heard(vendor, asked, answer)

        box.heard = hear

    def config(self, number: int = 1, *, template: bool = False) -> Path:
        return w1.write(
            self.company.folder,
            number=number,
            use=USE,
            integrations=self.company.integrations(),
            template=template,
        )


@pytest.mark.slow
def test_w1_takes_few_calls_from_the_first_run_to_a_lost_state(tmp_path: Path) -> None:
    watch = Watch(tmp_path)
    config = watch.config()
    first = as_planned(watch.company.apply(config))
    assert total(first.spent) <= FIRST
    as_planned(watch.company.apply(config))  # the settling run
    again = as_planned(watch.company.apply(config))
    assert again.done == ()
    assert total(again.spent) <= AGAIN
    hands = in_trello(watch.vendors, MEMBER)
    hands.change_card("Card number 7", name="A better name")
    changed = as_planned(watch.company.apply(config))
    assert {change.address for change in changed.done} <= {"document:start-here"}
    assert total(changed.spent) <= ONE_CARD
    assert hands.card("A better name")
    watch.company.forget()
    lost = as_planned(watch.company.apply(config))
    assert lost.done == ()
    assert total(lost.spent) <= STATE_LOST
    assert is_empty(watch.company.plan(config))
    assert watch.too_fast == 0


@pytest.mark.slow
def test_a_further_w1_takes_few_calls_where_a_template_is_there(tmp_path: Path) -> None:
    watch = Watch(tmp_path)
    as_planned(watch.company.apply(watch.config(template=True)))
    further = as_planned(watch.company.apply(watch.config(2)))
    assert total(further.spent) <= TEMPLATE_THERE
    assert is_empty(watch.company.plan(watch.config(2)))
    assert watch.too_fast == 0


@pytest.mark.slow
def test_many_calls_at_once_provoke_no_refusal(tmp_path: Path) -> None:
    watch = Watch(tmp_path, workers=AT_ONCE)
    as_planned(watch.company.apply(watch.config()))
    assert watch.too_fast == 0


def test_a_plan_takes_the_reads_alone(tmp_path: Path) -> None:
    made = office(tmp_path, TRELLO)
    plan = made.plan()
    assert sum(calls.read for name, calls in plan.reads.items() if name in VENDORS) == len(
        made.asked
    )
    assert not made.writes()
