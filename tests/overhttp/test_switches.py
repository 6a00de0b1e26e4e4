"""What no vendor has documented may be this way or that: no word is lost, nothing is made twice."""

from pathlib import Path

import pytest

from tests.vendors.sandboxes import switches_of

from .members import in_google, in_trello
from .miniature import BOTH, GLOSSARY
from .office import Death, office
from .test_members import NEW_TEXT, TEXT, WORD, edit_everywhere

SWITCHES = sorted(switches_of(*BOTH))


@pytest.mark.parametrize(
    "turned", [*([name] for name in SWITCHES), SWITCHES], ids=[*SWITCHES, "all together"]
)
def test_a_life_with_an_unsure_behaviour_turned_round(turned: list[str], tmp_path: Path) -> None:
    made = office(tmp_path, BOTH, switches=turned)
    made.dies(Death(nth=9))
    assert not made.apply().failed
    made.settled()
    told = made.mails()
    hands = in_trello(made.vendors), in_google(made.vendors), in_google(made.vendors, "robot")
    edit_everywhere(*hands)
    made.playbook(TEXT, NEW_TEXT)
    made.document("glossary.md", GLOSSARY.replace("A *lead* is", "A *lead* was"))
    assert not made.apply().failed
    made.settled()
    made.company.forget()
    assert not made.apply().failed
    made.settled()
    held = str(made.picture())
    for number in range(1, 8):
        assert f"{WORD}-{number}" in held, number
    assert "ten minutes" in held
    assert made.mails() == told
