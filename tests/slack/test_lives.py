"""Random lives of a team in Slack: nothing is made twice, nothing that a member wrote is lost."""

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests.overhttp.miniature import CHAT
from tests.overhttp.office import POINTS, Crash, Death, Office, office
from tests.overhttp.test_messages import never_twice, team
from tests.overhttp.test_slack import channels, hands, of, store

STEPS = 14


class Life:
    """One team, one seed. `topic` and `links` are what members last wrote."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = Random(seed)
        self.made: Office = office(folder, CHAT)
        self.topic = ""
        self.links: set[str] = set()
        self.words = 0
        team(self.made, "ana", "ben")
        self.made.apply()

    def live(self) -> None:
        """Let something happen, again and again, and then two quiet runs."""
        for _ in range(STEPS):
            self.chance.choice(
                (
                    self.run,
                    self.die,
                    self.storm,
                    self.write,
                    self.keep,
                    self.drop,
                    self.ask,
                    self.forget,
                )
            )()
        self.made.vendors.sandbox.calm()
        self.made.vendors.clock.move(120)
        self.made.apply()
        self.made.apply()

    def run(self) -> None:
        self.made.apply()

    def die(self) -> None:
        death = Death(self.chance.randint(1, 4), self.chance.choice(POINTS))
        try:
            self.made.apply(death)
        except Crash:
            return

    def storm(self) -> None:
        rates = {"drop after": 0.1, "drop before": 0.1, "error": 0.05, "rate limit": 0.05}
        self.made.vendors.sandbox.storm(rates, self.chance.randint(0, 999), vendor="slack")
        self.made.apply()
        self.made.vendors.sandbox.calm()

    def write(self) -> None:
        self.topic = f"member {self._word()}"
        hands(self.made, "conversations.setTopic", channel=self._talk(), topic=self.topic)

    def keep(self) -> None:
        link = f"https://wiki.acme.example/{self._word()}"
        hands(
            self.made,
            "bookmarks.add",
            channel_id=self._talk(),
            title="Ours",
            type="link",
            link=link,
        )
        self.links.add(link)

    def drop(self) -> None:
        kept = store(self.made).channels[self._talk()].bookmarks
        for identity, each in list(kept.items())[:1]:
            hands(self.made, "bookmarks.remove", channel_id=self._talk(), bookmark_id=identity)
            self.links.discard(each.link)

    def ask(self) -> None:
        data = self.made.folder / "playbook" / "playbook.yaml"
        text = data.read_text("utf-8")
        now = text.split('"topic": "')[1].split('"')[0]
        data.write_text(text.replace(now, f"Asked {self._word()}"), "utf-8")

    def forget(self) -> None:
        self.made.company.forget()

    def _word(self) -> str:
        self.words += 1
        return f"w{self.words}"

    def _talk(self) -> str:
        return of(self.made, "team-talk")


@pytest.mark.parametrize("seed", range(6))
def test_a_team_may_do_what_it_likes(tmp_path: Path, seed: int) -> None:
    life = Life(tmp_path, seed)
    life.live()
    there = channels(life.made)
    assert set(there) == {"team-talk", "wins"}
    talk = there["team-talk"]
    if life.topic:
        assert talk["topic"] == life.topic
    links = Counter(link for _, link in talk["bookmarks"])
    assert life.links <= set(links)
    assert max(links.values(), default=1) == 1
    assert talk["members"] == ["ana", "ben", "robot"]
    never_twice(life.made)
    life.made.settled()
