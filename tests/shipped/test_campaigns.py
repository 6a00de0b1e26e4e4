"""docs/campaigns.md is true: its files and commands make two campaigns that share one team."""

import re
import shlex

import yaml

from tests.promises.desk import ROOT, Desk

from .test_workspaces import dead_links

DOC = (ROOT / "docs" / "campaigns.md").read_text(encoding="utf-8")
FOLDERS = {"webinar": "january-webinar", "fair": "spring-fair"}


def files() -> dict[str, str]:
    """Return the files that the page shows whole, by their names."""
    found = re.findall(r"^```yaml\n# (\S+\.yaml)\n(.*?)^```$", DOC, re.MULTILINE | re.DOTALL)
    return dict(found)


def commands() -> list[list[str]]:
    """Return the commands of the page, without the program's name."""
    blocks = re.findall(r"^```text\n(.*?)^```$", DOC, re.MULTILINE | re.DOTALL)
    return [shlex.split(line)[1:] for block in blocks for line in block.splitlines()]


def reorganised(text: str) -> str:
    """Return the team's config after the change that the page shows."""
    [change] = re.findall(
        r"^```yaml\n# config\.yaml, people:\n(.*?)^```$", DOC, re.MULTILINE | re.DOTALL
    )
    return re.sub(r"  ben: Ben Okoye.*\n", change, text)


def test_the_page_makes_two_campaigns_and_one_change_reaches_all_three(desk: Desk) -> None:
    assert files().keys() == {"config.yaml", "campaigns/webinar.yaml", "campaigns/fair.yaml"}
    for name, text in files().items():
        desk.write(name, text)
    look, make, again = commands()
    assert "In ./spring-fair: a board with" in desk.run(*look).out
    assert desk.run(*make, answer="y\ny\n").code == 0
    desk.apply()
    ids = set()
    for name, folder in FOLDERS.items():
        written = yaml.safe_load(desk.read(f"campaigns/{name}.yaml"))
        assert written.keys() == {
            *("extends", "workspace", "playbook", "edition", "start", "inputs", "id"),
            "integrations",
        }
        assert written["integrations"] == {"local": {"folder": f"./{folder}"}}
        ids.add(written["id"])
        assert dead_links(desk.folder / "campaigns" / folder) == []
    assert len(ids) == 2
    webinar = "campaigns/january-webinar"
    brief = desk.read(f"{webinar}/January webinar/Brief - January webinar.md")
    assert "**Finance directors**" in brief
    assert "**Owner:** Dana Wu" in brief
    pages = ("acme", webinar, "campaigns/spring-fair")
    assert all("ben@acme.example" in desk.read(f"{page}/Meetings.ics") for page in pages)

    desk.write("config.yaml", reorganised(desk.read("config.yaml")))
    desk.run(*again, answer="y\ny\ny\n")
    assert not any("ben@acme.example" in desk.read(f"{page}/Meetings.ics") for page in pages)
    desk.run(*look[:1], "--exit-code", *look[1:], code=0)


def test_what_only_the_other_playbook_knows_is_left_aside_and_a_slip_of_ones_own_is_told(
    desk: Desk,
) -> None:
    shared = files()["config.yaml"] + "  partners: {title: Partners, plays: partners}\n"
    desk.write("config.yaml", shared)
    campaign = files()["campaigns/fair.yaml"]
    desk.write("campaigns/fair.yaml", campaign)
    desk.run("validate", "--config", "campaigns/fair.yaml")
    assert "no role 'partners'" in desk.run("validate", code=1).err
    desk.write("campaigns/fair.yaml", campaign.replace("buyer:", "buier:"))
    told = desk.run("validate", "--config", "campaigns/fair.yaml", code=1).err
    assert "campaigns/fair.yaml:5:33: The playbook 'campaign' has no input 'buier'." in told
