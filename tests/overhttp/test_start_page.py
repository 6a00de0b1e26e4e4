"""Start here in Trello and Google, and beside a Trello that has no place for it."""

from pathlib import Path
from typing import Any

from .members import in_google, in_trello
from .miniature import BOTH, CHAT, PLAYBOOK, TRELLO, write_yaml
from .office import Office, office
from .test_slack import hands, of

GOALS: dict[str, Any] = {
    "title": "Shared goals",
    "in": "home",
    "purpose": "What both teams answer for",
    "holds": "goals",
    "columns": dict.fromkeys(("goal", "baseline", "now", "target", "by", "owner"), "Column"),
    "rows": {
        "answered": {
            "goal": "Leads answered",
            "baseline": "41 %",
            "now": "58 %",
            "target": "80 %",
            "by": "31 Mar",
            "owner": "Ana",
        }
    },
}


def with_goals(folder: Path, names: tuple[str, ...]) -> Office:
    made = office(folder, names)
    boards = {"work": {**PLAYBOOK["boards"]["work"], "purpose": "Who does what by when"}}
    tables = {**PLAYBOOK["tables"], "goals": GOALS}
    book = {**PLAYBOOK, "boards": boards, "tables": tables}
    write_yaml(made.folder / "playbook" / "playbook.yaml", book)
    made.apply()
    return made


def test_the_google_doc_has_links_purposes_and_goals_and_follows_a_cell(tmp_path: Path) -> None:
    made = with_goals(tmp_path, BOTH)
    made.settled()
    google = in_google(made.vendors)
    text = google.document("Start here").text()
    assert "Work: Who does what by when" in text
    assert "First: Monday 7 December 2026, 10:00 to 10:45; then every Monday" in text
    assert "Leads answered: 58 % of 80 %, started at 41 %: 43 % of the way" in text
    google.says_in_cell("Shared goals", "58 %", "82 %")
    made.apply()
    assert "82 % of 80 %, started at 41 %: met" in google.document("Start here").text()
    made.settled()


def test_beside_trello_alone_the_page_lies_in_the_folder_and_leads_to_the_board(
    tmp_path: Path,
) -> None:
    made = with_goals(tmp_path, TRELLO)
    made.settled()
    pages = {path.suffix: path for path in tmp_path.rglob("Start here.*")}
    html = pages[".html"].read_text(encoding="utf-8")
    markdown = pages[".md"].read_text(encoding="utf-8")
    assert '<a href="https://trello.com/b/' in html
    assert "[Work](https://trello.com/b/" in markdown
    in_trello(made.vendors).change_card("Call who waits", name="Call who still waits")
    made.apply()
    assert "Call who still waits" in pages[".html"].read_text(encoding="utf-8")
    made.settled()


def test_the_page_leads_to_the_channels_and_stays_as_it_is_after_lost_state(tmp_path: Path) -> None:
    made = office(tmp_path, ("google", *CHAT))
    assert not made.apply().failed
    page = in_google(made.vendors).document("Start here")
    url = f"https://acme.slack.com/archives/{of(made, 'team-talk')}"
    assert "Channels\nTeam talk: Quick questions between the teams.\nWins\n" in page.text()
    assert page.styles_of("Team talk")[0][1]["link"] == {"url": url}
    made.settled()
    before = made.picture()
    made.company.forget()
    recap = made.apply()
    assert [keep.address for keep in recap.plan.keeps] == []
    assert made.picture() == before
    made.settled()


def test_the_page_calls_a_channel_as_members_renamed_it_with_and_without_state(
    tmp_path: Path,
) -> None:
    made = office(tmp_path, ("google", *CHAT))
    made.apply()
    hands(made, "conversations.rename", channel=of(made, "wins"), name="our-wins")
    made.apply()
    page = in_google(made.vendors).document("Start here")
    assert "\nour-wins\n" in page.text()
    made.company.forget()
    assert "channel:wins" in [keep.address for keep in made.apply().plan.keeps]
    assert "\nour-wins\n" in page.text()
    made.settled()
