"""A person is their e-mail address: who gets another name stays who they are."""

from .desk import Desk


def test_a_corrected_name_is_corrected_where_people_read_it(acme: Desk) -> None:
    acme.edit("config.yaml", "Ana Silva <", "Ana Silva-Brown <")
    plan = acme.plan()
    assert {change["verb"] for change in plan["changes"]} == {"update"}
    assert (plan["keeps"], plan["conflicts"]) == ([], [])
    acme.apply()
    board = acme.read("acme/Work board.md")
    assert board.count("Owner: Ana Silva-Brown") == board.count("Owner: Ana Silva") > 0
    (calendar,) = acme.path("acme").glob("*.ics")
    assert "Ana Silva-Brown" in calendar.read_text(encoding="utf-8").replace("\n ", "")
    acme.is_quiet()


def test_nobody_is_told_again_because_their_key_is_another(acme: Desk) -> None:
    outbox = sorted(path.name for path in acme.path("acme/Outbox").iterdir())
    text = acme.read("config.yaml").replace("  ana:", "  anna:").replace("[ana,", "[anna,")
    acme.write("config.yaml", text.replace("lead: ana,", "lead: anna,"))
    acme.apply()
    assert sorted(path.name for path in acme.path("acme/Outbox").iterdir()) == outbox
    acme.is_quiet()


def test_a_name_that_somebody_else_has_now_is_theirs(acme: Desk) -> None:
    acme.edit("config.yaml", "Ana Silva <ana@", "Ana Brown <ana@")
    acme.apply()
    acme.edit("config.yaml", "Dana Wu <dana@", "Ana Silva <dana@")
    acme.apply()
    board = acme.read("acme/Work board.md")
    assert "Owner: Ana Brown" in board
    assert "Owner: Dana Wu" not in board
    acme.is_quiet()
