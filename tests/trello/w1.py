"""The workspace of the call counts: 1 board, 6 lists, 12 labels, 40 cards with 5 items, 12 people."""

from collections.abc import Iterator

from smarketing.contract import LAST, Change, Remote
from smarketing.standin import Person
from tests.vendors.desk import creation

from .desk import ROOT

BOARD = "board:work"
PEOPLE = tuple(
    Person(f"p{n}", f"Person {n}", f"p{n}@acme.example", f"token-{n}") for n in range(12)
)


def w1(playbook: str = "") -> list[Change]:
    """Return what makes it from scratch."""
    return [*_building(playbook), *_inviting(), *_finishing()]


def _building(playbook: str) -> Iterator[Change]:
    yield creation(ROOT, done=False, template=playbook or None)
    yield creation(BOARD, ROOT, title="Work")
    for n in range(6):
        yield creation(f"{BOARD}/list:l{n}", BOARD, title=f"List {n}")
    for n in range(12):
        yield creation(f"{BOARD}/label:b{n}", BOARD, title=f"Label {n}", color="red")
    for n in range(40):
        yield _card(n)
    for n in range(40):
        for item in range(5):
            address = f"{BOARD}/card:c{n}"
            yield creation(f"{address}/check:i{item}", address, title=f"Item {item}")


def _card(n: int) -> Change:
    return creation(
        f"{BOARD}/card:c{n}",
        f"{BOARD}/list:l{n % 6}",
        title=f"Card {n}",
        description="Do it.",
        owner=f"Person {n % 12}",
        due="2026-12-14",
        labels=frozenset({f"Label {n % 12}"}),
    )


def _inviting() -> Iterator[Change]:
    nobody = Remote("", "board", {"access": {}})
    for person in PEOPLE:
        rights = {f"{person.name} <{person.mail}>": "normal"}
        yield Change("grant", BOARD, "board", {"access": rights}, before=nobody, stage=LAST)


def _finishing() -> Iterator[Change]:
    made = Remote("", "root", {"done": False}, marker=ROOT)
    yield Change("update", ROOT, "root", {"done": True}, before=made, stage=LAST + 1)
