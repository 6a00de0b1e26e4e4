"""Who plays which role follows config: leads, members, who left and who took over."""

from typing import Protocol

from smarketing.config.config import Config
from smarketing.config.people import People


class World(Protocol):
    def config(self, text: str) -> Config: ...


MARCH = """
    people:
      ana: Ana Silva <ana@acme.example>
      ben: Ben Okoye <ben@acme.example>
      dana: Dana Wu <dana@acme.example>
      eve: Eve Adams
      cleo:
        name: Cleo Brandt <cleo@acme.example>
        left: 2090-02-26
        work-to: ben
    teams:
      north: {title: Sales North, plays: sales, lead: ana, members: [ana, cleo, eve]}
      south: {title: Sales South, plays: [sales, service], lead: cleo, members: [ben]}
      market: {title: Marketing, plays: marketing, lead: dana}
"""


def test_the_lead_of_a_role_is_the_lead_of_its_first_team(world: World) -> None:
    people = People(world.config(MARCH))
    assert people.lead("sales") == "ana"
    assert people.titles("sales") == ["Sales North", "Sales South"]


def test_owners_overrides_who_leads_a_role(world: World) -> None:
    people = People(world.config(MARCH + "    owners: {sales: dana}\n"))
    assert people.lead("sales") == "dana"


def test_who_left_is_gone_whatever_the_date_and_the_successor_leads(world: World) -> None:
    people = People(world.config(MARCH))
    assert people.lead("service") == "ben"
    assert "cleo" not in people.here
    assert people.successors == {"Cleo Brandt": "Ben Okoye"}
    assert people.mailboxes(["sales", "service"]) == {
        "Ana Silva <ana@acme.example>",
        "Ben Okoye <ben@acme.example>",
    }


def test_a_role_that_nobody_plays_has_no_lead(world: World) -> None:
    people = People(world.config(MARCH))
    assert people.lead("leadership") is None
    assert people.players("leadership") == ()


def test_who_plays_two_roles_has_the_stronger_right(world: World) -> None:
    people = People(world.config(MARCH))
    rights = people.access({"sales": "view", "service": "edit", "marketing": "comment"})
    assert rights == {
        "Ana Silva <ana@acme.example>": "view",
        "Ben Okoye <ben@acme.example>": "edit",
        "Dana Wu <dana@acme.example>": "comment",
    }
