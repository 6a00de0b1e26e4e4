"""State can be lost: nothing is made twice, overwritten or brought back, and it is told once."""

from .desk import Desk


def test_lost_state_makes_nothing_twice_and_overwrites_nothing(acme: Desk) -> None:
    acme.edit("acme/Glossary.md", "argue about a word", "quarrel over a word")
    before = acme.files()
    acme.forget()
    recap = acme.run("apply", "--yes", "--json").data
    assert recap["counts"]["create"] == 0
    after = acme.files()
    assert after.keys() == before.keys()
    assert after["acme/Glossary.md"] == before["acme/Glossary.md"]
    acme.is_quiet()


def test_what_was_deleted_is_told_once_and_stays_away_after_lost_state(acme: Desk) -> None:
    acme.path("acme/Hand-off rule.md").unlink()
    acme.edit("acme/Work board.md", "This week", "Now")
    acme.forget()
    assert "document:handoff" in acme.plan()["missing"]
    told = acme.apply()
    assert "smarketing apply --restore document:handoff" in told.said
    assert not acme.path("acme/Hand-off rule.md").exists()
    assert acme.plan()["missing"] == []
    silent = acme.apply()
    assert "document:handoff" not in silent.said
    assert not acme.path("acme/Hand-off rule.md").exists()
    acme.is_quiet()


def test_a_value_that_differs_from_the_playbook_is_told_once_after_lost_state(acme: Desk) -> None:
    acme.edit("acme/Glossary.md", "argue about a word", "quarrel over a word")
    acme.forget()
    keeps = [keep["address"] for keep in acme.plan()["keeps"]]
    assert keeps == ["document:glossary"]
    acme.apply()
    assert acme.plan()["keeps"] == []


def test_nobody_is_invited_again_after_lost_state(acme: Desk) -> None:
    messages = sorted(acme.path("acme").rglob("Outbox/*"))
    assert len(messages) == 3
    acme.forget()
    acme.apply()
    assert sorted(acme.path("acme").rglob("Outbox/*")) == messages
    for message in messages:
        message.unlink()
    acme.forget()
    acme.apply()
    acme.apply()
    assert sorted(acme.path("acme").rglob("Outbox/*")) == []


def test_what_is_missing_comes_back_when_it_is_named(acme: Desk) -> None:
    acme.path("acme/Hand-off rule.md").unlink()
    acme.forget()
    acme.apply()
    acme.apply("--restore", "document:handoff")
    assert "hand" in acme.read("acme/Hand-off rule.md")
    acme.is_quiet()


def test_the_page_to_start_from_goes_on_counting_after_lost_state(acme: Desk) -> None:
    acme.edit("acme/Start here.md", "# Acme", "Lunch is at noon.\n\n# Acme")
    acme.edit("acme/Work board.md", "- [ ] Call the leads", "- [x] Call the leads")
    acme.forget()
    acme.apply()
    assert "1 of 8 cards done" in acme.read("acme/Start here.md")
    acme.edit("acme/Work board.md", "- [ ] Measure how fast", "- [x] Measure how fast")
    acme.apply()
    page = acme.read("acme/Start here.md")
    assert page.count("of 8 cards done") == 1
    assert "2 of 8 cards done" in page
    assert "Suggested text" not in page
    assert "Lunch is at noon." in page
    acme.is_quiet()
