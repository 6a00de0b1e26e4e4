"""Which calls a plan will make: as few as there can be, and each said beforehand."""

from dataclasses import replace

from smarketing.contract import FIRST, LAST, Calls, Change, Remote, Step
from smarketing.integrations.google.manifest import LIMITS, PARTS
from smarketing.integrations.google.steps import Account, GoogleStep, steps_for
from smarketing.kinds import Value
from smarketing.testing.site import in_order

WORKSPACE = "k3v9-7q2m-x4dt"
FOLDERS = ("home", "plans", "people", "numbers", "minutes", "material", "shelf")


def create(address: str, parent: str = "root:google", **fields: Value) -> Change:
    kind = address.rsplit("/", 1)[-1].split(":")[0]
    return Change("create", address, kind, {"title": address, **fields}, parent)


def a_workspace() -> list[Change]:
    """One root, seven folders, ten documents, one table of 60 rows, three series, one group."""
    changes = [create("root:google", "")]
    changes += [create(f"folder:{key}") for key in FOLDERS]
    changes += [create(f"document:d{n}", "folder:home", body="Text\n") for n in range(10)]
    changes += [create("table:tracker")]
    changes += [create(f"table:tracker/column:c{n}", "table:tracker") for n in range(8)]
    changes += [
        Change("create", f"table:tracker/row:r{n}", "row", {"cells": {"c0": "x"}}, "table:tracker")
        for n in range(60)
    ]
    changes += [create(f"meeting:m{n}") for n in range(3)]
    access = {"access": {"group:north@acme.example": "writer"}}
    before = Remote("", "folder", {"access": {}})
    changes.append(Change("grant", "folder:home", "folder", access, before=before, stage=LAST))
    made = Remote("", "root", {"done": False})
    changes.append(Change("update", "root:google", "root", {"done": True}, before=made, stage=2))
    return changes


def total(steps: list[GoogleStep]) -> Calls:
    return sum((step.calls for step in steps), Calls(0, 0))


def there(address: str, **fields: Value) -> Remote:
    kind = address.rsplit("/", 1)[-1].split(":")[0]
    return Remote(f"id-{address}", kind, fields, "id-parent", marker=address)


def test_a_workspace_from_scratch_takes_eighteen_calls_beside_the_look() -> None:
    steps = steps_for(a_workspace(), WORKSPACE, Account())
    # ids; root; folders and table; ten documents; cells; calendar; series; group; done
    assert total(steps) == Calls(1, 17)
    assert len(in_order(steps)) == len(steps)


def test_a_calendar_that_is_there_is_not_made_again() -> None:
    assert total(steps_for(a_workspace(), WORKSPACE, Account(has_calendar=True))) == Calls(1, 16)


def test_a_tree_takes_one_batch_for_each_level() -> None:
    changes = [create("root:google", ""), create("folder:a"), create("folder:b", "folder:a")]
    changes += [create("folder:c", "folder:b"), create("table:t", "folder:a")]
    steps = steps_for(changes, WORKSPACE, Account())
    assert [[c.address for c in step.changes] for step in in_order(steps)] == [
        ["root:google"],
        ["folder:a"],
        ["folder:b", "table:t"],
        ["folder:c"],
    ]
    assert [step.fetch for step in steps if isinstance(step, GoogleStep)] == [4, 0, 0, 0]


def test_no_step_draws_more_than_a_limit_lets_pass() -> None:
    limits = {limit.name: limit.calls for limit in LIMITS}
    changes = [create("root:google", "")] + [create(f"folder:f{n}") for n in range(100)]
    changes += [create(f"meeting:m{n}") for n in range(200)]
    for step in steps_for(changes, WORKSPACE, Account()):
        assert len(step.changes) <= PARTS
        assert all(drawn <= limits[name] for name, drawn in step.draws.items())


def test_drive_is_never_written_to_more_than_three_times_a_second() -> None:
    (limit,) = [each for each in LIMITS if each.name == "drive writes"]
    assert limit.calls / limit.seconds <= 3


def test_rights_are_changed_one_at_a_time() -> None:
    changes = [
        Change(
            "grant",
            "folder:home",
            "folder",
            {"access": {who: "writer"}},
            before=there("folder:home"),
            stage=LAST,
        )
        for who in ("ana@acme.example", "ben@acme.example")
    ]
    steps = steps_for(changes, WORKSPACE, Account())
    assert len(steps) == 2
    assert all(step.draws["sharing"] == 1 for step in steps)
    (limit,) = [each for each in LIMITS if each.name == "sharing"]
    assert limit.in_flight == 1


def test_all_cells_of_a_table_are_written_in_one_call() -> None:
    row = there("table:t/row:a", cells={"x": "1"})
    changes = [
        Change("update", "table:t/row:a", "row", {"cells": {"x": "2"}}, before=row),
        Change("create", "table:t/row:b", "row", {"cells": {"x": "3"}}, "table:t"),
        create("table:t/column:y", "table:t"),
    ]
    (step,) = steps_for(changes, WORKSPACE, Account())
    assert step.calls == Calls(1, 1)


def test_an_edit_of_a_text_takes_a_look_and_a_write() -> None:
    change = Change(
        "update",
        "document:d",
        "document",
        {"body": "New\n"},
        before=there("document:d", body="Old\n"),
    )
    (step,) = steps_for([change], WORKSPACE, Account())
    assert step.calls == Calls(1, 1)
    assert set(step.draws) == {"docs reads", "docs writes"}


def test_the_archive_is_made_once_and_before_it_is_used() -> None:
    changes = [
        Change("archive", f"document:d{n}", "document", before=there(f"document:d{n}"))
        for n in range(3)
    ]
    first, *others = steps_for(changes, WORKSPACE, Account())
    assert first.calls == Calls(1, 2)
    assert all(step.calls == Calls(1, 1) and first.key in step.needs for step in others)


def test_a_key_is_the_same_whenever_the_same_is_planned_again() -> None:
    keys = [step.key for step in steps_for(a_workspace(), WORKSPACE, Account())]
    assert [step.key for step in steps_for(a_workspace(), WORKSPACE, Account(True, True))] == keys
    assert len(set(keys)) == len(keys)


def test_rights_are_taken_away_before_anything_else() -> None:
    revoke = Change(
        "revoke", "folder:home", "folder", {"access": {"cleo@acme.example": "writer"}},
        before=there("folder:home"), stage=FIRST,
    )  # fmt: skip
    steps: list[Step] = list(steps_for([create("folder:new"), revoke], WORKSPACE, Account()))
    assert [step.stage for step in steps] == [FIRST, 0]
    assert steps[0].calls == Calls(1, 1)


def test_nothing_is_called_for_what_is_released() -> None:
    change = Change("release", "document:d", "document", before=there("document:d"))
    (step,) = steps_for([change], WORKSPACE, Account())
    assert step.calls == Calls(0, 0)
    assert replace(step, changes=()).draws == {}
