"""The whole integration against a real folder: what is written, read again, and left alone."""

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from smarketing.contract import Change, Done, Failed, Scope, Stale, Unreachable
from smarketing.integrations.local import disk
from smarketing.integrations.local.disk import Folder, Refused

from .team import WORKSPACE, Team, all_done, creation, remote_of


def bytes_in(root: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in root.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    paths: list[str] = []
    hook = {"on": True}

    def audit(event: str, arguments: tuple[object, ...]) -> None:
        if hook["on"] and event == "open" and isinstance(arguments[0], str):
            paths.append(arguments[0])

    sys.addaudithook(audit)
    yield paths
    hook["on"] = False


def test_everything_created_is_found_again_by_its_marker_alone(acme: Team) -> None:
    listing = acme.local.read(Scope(WORKSPACE))
    unmarked = {"folder", "list", "check"}
    found = {remote.marker: remote.id for remote in listing.remotes if remote.marker}
    wanted = {
        address: each
        for address, each in acme.ids.items()
        if address.rsplit("/", 1)[-1].split(":")[0] not in unmarked
    }
    assert found == wanted
    assert {remote.id for remote in listing.remotes} == set(acme.ids.values())


def test_a_write_answers_with_what_the_next_read_finds(acme: Team) -> None:
    outcome = acme.write("board:work/card:agree", title="Agree on a lead", done=True)
    assert remote_of(outcome) == acme.now("board:work/card:agree")
    assert remote_of(acme.write("document:glossary", body="New\n")) == acme.now("document:glossary")


def test_an_unchanged_folder_is_walked_without_opening_a_file(
    acme: Team, opened: list[str]
) -> None:
    for number in range(1_000):
        mark = f"---\nsmarketing: {WORKSPACE} document:d{number}\n---\n\n"
        (acme.root / f"Note {number}.md").write_text(f"{mark}Words.\n", "utf-8")
    time.sleep(0.06)  # a file of this very moment is looked at twice
    known = acme.known()
    opened.clear()
    started = time.perf_counter()
    listing = acme.read(known)
    took = time.perf_counter() - started
    assert listing.unchanged == set(known)
    assert listing.remotes == ()
    ours = [path for path in opened if path.startswith(str(acme.root))]
    assert ours in ([], [str(acme.root / ".smarketing/workspace")])
    assert took < 1.0


def test_only_a_changed_file_is_opened(acme: Team) -> None:
    known = acme.known()
    path = acme.root / "Glossary.md"
    path.write_text(path.read_text("utf-8") + "Mine.\n", "utf-8", newline="")
    listing = acme.read(known)
    assert [remote.id for remote in listing.remotes] == ["Glossary.md"]
    assert "Work.md#card:agree" in listing.unchanged
    assert "Glossary.md" not in listing.unchanged


def test_performing_what_is_there_already_writes_nothing(acme: Team) -> None:
    before = bytes_in(acme.root)
    acme.write("board:work/card:agree", title="Agree what a lead is", owner="Ana Silva")
    acme.write("document:glossary", body="# Lead\n\nA person.\n")
    acme.write("meeting:weekly", minutes=45)
    acme.write("table:tracker/row:agree", cells={"title": "Agree what a lead is"})
    assert bytes_in(acme.root) == before


def test_a_stale_document_is_not_written(acme: Team) -> None:
    seen = acme.now("document:glossary")
    path = acme.root / "Glossary.md"
    path.write_text(path.read_text("utf-8") + "Mine.\n", "utf-8", newline="")
    change = Change("update", "document:glossary", "document", {"body": "Ours\n"}, before=seen)
    assert acme.apply(change) == [Stale()]
    assert "Mine." in path.read_text("utf-8")


def test_another_cards_edit_is_kept_and_seen_by_the_next_read(acme: Team) -> None:
    acme.create("board:work/card:two", "card", "board:work/list:week", title="Second", done=False)
    known, seen = acme.known(), acme.now("board:work/card:agree")
    path = acme.root / "Work.md"
    path.write_text(path.read_text("utf-8").replace("Second", "Mine"), "utf-8", newline="")
    change = Change("update", seen.marker, "card", {"title": "Ours"}, before=seen)
    done = remote_of(acme.apply(change)[0])
    assert "- [ ] Mine ^card-two" in path.read_text("utf-8")
    listing = acme.read(known | {done.id: done.version})
    assert any(remote.fields.get("title") == "Mine" for remote in listing.remotes)


def test_after_a_clean_write_the_file_is_not_read_again(acme: Team) -> None:
    known = acme.known()
    done = remote_of(acme.write("board:work/card:agree", title="Ours"))
    listing = acme.read(known | {done.id: done.version})
    assert listing.remotes == ()
    assert listing.unchanged == set(known)


@pytest.mark.parametrize("linked", [True, False])
def test_an_edit_between_the_last_look_and_the_rename_is_merged_back(
    acme: Team, monkeypatch: pytest.MonkeyPatch, linked: bool
) -> None:
    seen = acme.now("board:work/card:agree")
    path, real, times = acme.root / "Work.md", os.replace, [0]

    def replace_after_a_member_saved(source: Path, target: Path) -> None:
        real(source, target)

    def link_after_a_member_saved(source: Path, target: Path) -> None:
        if source == path and not times[0]:
            times[0] = 1
            text = path.read_text("utf-8").replace("## Done", "## Finished")
            path.write_text(text, "utf-8", newline="")
        if not linked:
            raise OSError("no hard links here")
        os_link(source, target)

    os_link = os.link
    monkeypatch.setattr(os, "replace", replace_after_a_member_saved)
    monkeypatch.setattr(os, "link", link_after_a_member_saved)
    change = Change("update", seen.marker, "card", {"title": "Ours"}, before=seen)
    assert all_done(acme.apply(change))
    text = path.read_text("utf-8")
    assert times == [1]
    assert "## Finished" in text
    assert "- [ ] Ours " in text


def test_a_document_saved_in_that_moment_is_put_back_and_merged_by_the_core(
    acme: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = acme.now("document:glossary")
    path, os_link, times = acme.root / "Glossary.md", os.link, [0]

    def link_after_a_member_saved(source: Path, target: Path) -> None:
        if source == path and not times[0]:
            times[0] = 1
            path.write_text(path.read_text("utf-8") + "Token.\n", "utf-8", newline="")
        os_link(source, target)

    monkeypatch.setattr(os, "link", link_after_a_member_saved)
    change = Change("update", "document:glossary", "document", {"body": "Ours\n"}, before=seen)
    assert acme.apply(change) == [Stale()]
    assert "Token." in path.read_text("utf-8")


def test_a_name_that_is_taken_gets_a_number_and_the_foreign_file_stays(acme: Team) -> None:
    (acme.root / "plan.MD").write_text("theirs", "utf-8")
    remote = remote_of(acme.create("document:plan", "document", title="Plan", body="ours\n"))
    assert remote.id == "Plan (2).md"
    assert (acme.root / "plan.MD").read_text("utf-8") == "theirs"


def test_a_create_whose_reply_was_lost_adopts_what_is_there(acme: Team) -> None:
    before = bytes_in(acme.root)
    again = [
        creation("document:glossary", "document", title="Glossary", body="# Lead\n\nA person.\n"),
        creation("board:work", "board", title="Work"),
        creation("board:work/list:week", "list", "board:work", title="This week"),
        creation("board:work/card:agree", "card", "board:work/list:week",
                 title="Agree what a lead is"),
        creation("board:work/card:agree/check:one", "check", "board:work/card:agree",
                 title="Write it in one sentence"),
        creation("table:tracker", "table", title="Status tracker"),
        creation("table:tracker/row:agree", "row", "table:tracker",
                 cells={"title": "Agree what a lead is", "status": "This week"}),
        creation("meeting:weekly", "meeting", title="Smarketing weekly"),
        creation("folder:personas", "folder", title="Personas"),
    ]  # fmt: skip
    lost = Team(acme.root, {"root:local": "."})
    assert all_done(lost.apply(*again))
    assert bytes_in(acme.root) == before
    changed = creation("document:glossary", "document", title="Glossary", body="Other.\n")
    assert Team(acme.root, {"root:local": "."}).apply(changed) == [Stale()]


def test_a_new_title_renames_the_file_and_moves_what_is_inside(acme: Team) -> None:
    outcome = acme.write("board:work", title="Our work")
    assert isinstance(outcome, Done)
    assert outcome.moved == ("Work.md#", "Our work.md#")
    assert acme.now("board:work/card:agree").id == "Our work.md#card:agree"


def test_a_moved_folder_takes_its_documents_along(acme: Team) -> None:
    folder, olga = acme.now("folder:personas"), acme.now("document:olga")
    outcomes = acme.apply(
        Change("update", "document:olga", "document", {"body": "New\n"}, before=olga),
        Change("update", "folder:personas", "folder", {"title": "People"}, before=folder),
    )
    steps = acme.local.steps(
        [
            Change("update", "document:olga", "document", {"body": "New\n"}, before=olga),
            Change("update", "folder:personas", "folder", {"title": "People"}, before=folder),
        ],
        WORKSPACE,
    )
    assert steps[0].needs == {steps[1].key}
    assert all_done(outcomes)
    assert (acme.root / "People/Persona - Olga.md").read_text("utf-8").endswith("New\n")


def test_archiving_moves_and_never_deletes(acme: Team) -> None:
    words = sum(len(data) for data, _ in bytes_in(acme.root).values())
    for address in ("document:olga", "folder:personas", "page:start", "table:tracker"):
        now = acme.now(address)
        assert all_done(acme.apply(Change("archive", address, now.kind, before=now)))
        assert acme.now(address).existence == "archived"
        assert acme.ids[address].startswith("Archive/")
    assert sum(len(data) for data, _ in bytes_in(acme.root).values()) == words
    olga = acme.now("document:olga")
    assert all_done(
        acme.apply(Change("update", olga.marker, "document", {"existence": "there"}, before=olga))
    )
    assert acme.now("document:olga").existence == "there"


@pytest.mark.parametrize(
    "address",
    ["board:work/card:agree", "board:work/card:agree/check:one", "board:work/list:week",
     "table:tracker/row:agree", "meeting:weekly"],
)  # fmt: skip
def test_archived_parts_keep_their_words_and_come_back(acme: Team, address: str) -> None:
    now = acme.now(address)
    assert all_done(acme.apply(Change("archive", address, now.kind, before=now)))
    archived = acme.now(address)
    assert archived.existence == "archived"
    assert archived.fields == now.fields
    back = Change("update", address, now.kind, {"existence": "there"}, before=archived)
    assert all_done(acme.apply(back))
    assert acme.now(address).existence == "there"
    assert acme.now(address).fields == now.fields


def test_a_rename_writes_the_new_address_over_the_marker(acme: Team) -> None:
    for old, new in {
        "document:glossary": "document:words",
        "board:work/card:agree": "board:work/card:lead",
        "table:tracker/row:agree": "table:tracker/row:lead",
        "table:tracker/column:status": "table:tracker/column:state",
        "meeting:weekly": "meeting:monday",
        "page:start": "page:begin",
        "message:welcome": "message:hello",
        "board:work": "board:team",
        "table:tracker": "table:numbers",
    }.items():
        now = acme.now(old)
        acme.ids[new] = acme.ids.pop(old)
        assert all_done(acme.apply(Change("rename", new, now.kind, before=now))), old
        assert acme.now(new).marker == new


def test_files_of_another_workspace_are_not_ours(acme: Team) -> None:
    (acme.root / ".smarketing" / "workspace").unlink()
    other = acme.local.read(Scope("other-workspace"))
    assert [remote.kind for remote in other.remotes] == ["folder"]


@pytest.mark.parametrize("roots", [(), (".",)])
def test_a_folder_that_holds_another_workspace_is_not_read(
    acme: Team, roots: tuple[str, ...]
) -> None:
    with pytest.raises(Unreachable) as refused:
        acme.local.read(Scope("other-workspace", roots=roots))
    assert str(refused.value) == (
        f"The folder {acme.root} holds another workspace: choose another "
        "`integrations.local.folder` in the config, or use the config of that workspace."
    )


def test_another_workspace_in_the_folder_is_refused(acme: Team) -> None:
    step = acme.local.steps([creation("root:local", "root", "", title="B")], "other-id")[0]
    outcome = acme.local.perform(step, {})[0]
    assert isinstance(outcome, Failed)
    assert "another workspace" in outcome.error


def test_a_file_whose_marker_a_member_removed_is_still_bound(acme: Team) -> None:
    path = acme.root / "Glossary.md"
    path.write_text("Only my words.\n", "utf-8", newline="")
    assert "Glossary.md" not in {remote.id for remote in acme.read().remotes}
    bound = {r.id: r for r in acme.read({"Glossary.md": "old"}).remotes}["Glossary.md"]
    assert (bound.marker, bound.fields["body"]) == ("", "Only my words.\n")


def test_an_existing_file_is_found_by_the_path_in_the_config(acme: Team) -> None:
    (acme.root / "Wiki").mkdir()
    (acme.root / "Wiki/Terms.md").write_text("Terms.\n", "utf-8", newline="")
    listing = acme.read(None, **{"document:terms": "Wiki/Terms.md"})
    found = {remote.id: remote.marker for remote in listing.remotes}
    assert found["Wiki/Terms.md"] == "document:terms"


def test_a_lost_folder_is_unreachable_and_a_first_run_is_empty(team: Team) -> None:
    assert team.local.read(Scope(WORKSPACE)).remotes == ()
    with pytest.raises(Unreachable, match="restore root:local"):
        team.local.read(Scope(WORKSPACE, (".",)))


def test_links_that_lead_out_of_the_folder_are_never_followed(acme: Team, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text(
        f"---\nsmarketing: {WORKSPACE} document:secret\n---\n", "utf-8"
    )
    (acme.root / "Way out").symlink_to(outside)
    (acme.root / "Link.md").symlink_to(outside / "secret.md")
    assert not any("secret" in remote.marker for remote in acme.read().remotes)
    acme.ids["folder:out"] = "Way out"
    outcome = acme.create("document:new", "document", "folder:out", title="New", body="x\n")
    assert isinstance(outcome, Failed)
    assert list(outside.iterdir()) == [outside / "secret.md"]


def test_our_own_file_turned_into_a_link_is_reported(acme: Team, tmp_path: Path) -> None:
    known, path = acme.known(), acme.root / "Glossary.md"
    path.rename(tmp_path / "moved.md")
    path.symlink_to(tmp_path / "moved.md")
    with pytest.raises(Unreachable, match=r"Glossary\.md"):
        acme.read(known)


@pytest.mark.parametrize(
    "path", ["../x.md", "/etc/passwd", "a/../../x", "C:/x", "a\\..\\x", "", "a//b", "./x", "a\0b"]
)
def test_no_path_leads_out_of_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(disk.Refused):
        Folder(tmp_path).at(path)


def test_a_locked_file_fails_with_a_sentence_and_the_rest_goes_on(
    acme: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace

    def locked(source: Path, target: Path) -> None:
        if target.name == "Work.md":
            raise PermissionError(13, "in use", str(target))
        real(source, target)

    monkeypatch.setattr(os, "replace", locked)
    card, glossary = acme.now("board:work/card:agree"), acme.now("document:glossary")
    outcomes = acme.apply(
        Change("update", card.marker, "card", {"title": "New"}, before=card),
        Change("update", glossary.marker, "document", {"body": "New\n"}, before=glossary),
    )
    assert isinstance(outcomes[0], Failed)
    assert "Work.md is open in another program" in outcomes[0].error
    assert isinstance(outcomes[1], Done)


def test_line_ends_byte_order_mark_and_foreign_front_matter_stay(acme: Team) -> None:
    path = acme.root / "Glossary.md"
    head = f"\ufeff---\r\ntags: [a]\r\nsmarketing: {WORKSPACE} document:glossary\r\n---\r\n\r\n"
    path.write_bytes(f"{head}Old\r\n".encode())
    acme.write("document:glossary", body="One\n\nTwo\n")
    assert path.read_bytes() == f"{head}One\r\n\r\nTwo\r\n".encode()


def test_a_card_moves_to_another_list_with_all_it_holds(acme: Team) -> None:
    now = acme.now("board:work/card:agree")
    change = Change("move", now.marker, "card", {}, "board:work/list:done", now)
    assert remote_of(acme.apply(change)[0]).parent == "Work.md#list:Done"
    assert acme.now(now.marker).fields == now.fields


def test_step_keys_are_the_same_when_the_same_is_planned_again(acme: Team) -> None:
    changes = [creation("document:a", "document", title="A", body="x")]
    one, other = (acme.local.steps(changes, WORKSPACE)[0].key for _ in range(2))
    assert one == other
    changed = [replace(changes[0], fields={"title": "B"})]
    assert acme.local.steps(changed, WORKSPACE)[0].key != one


def test_a_url_is_known_before_the_file_is_made(team: Team) -> None:
    change = creation("document:olga", "document", "folder:p", title="Persona: Olga")
    assert team.local.expected_url(change, {"folder:p": "Personas"}) == (
        "Personas/Persona - Olga.md"
    )
    card = creation("board:w/card:a", "card", "board:w/list:x", title="A")
    assert team.local.expected_url(card, {"board:w": "Work.md"}) == "Work.md#^card-a"


def test_a_table_that_was_there_before_takes_our_rows_and_keeps_its_own(acme: Team) -> None:
    path = acme.root / "Deals.csv"
    path.write_bytes(b"Name;Title\nMine;x\n")
    acme.ids["table:deals"] = "Deals.csv"
    outcomes = acme.apply(
        creation("table:deals/column:title", "column", "table:deals", title="Title"),
        creation("table:deals/row:a", "row", "table:deals", cells={"title": "=Ours"}),
    )
    assert all_done(outcomes)
    mark = f"smarketing {WORKSPACE} table:deals title=Title"
    assert (
        path.read_bytes()
        == f'Name;Title;"{mark}"\nMine;x\n;\'=Ours;a\n'.replace(f'"{mark}"', mark).encode()
    )


def test_a_thousand_cards_are_written_in_one_go(acme: Team) -> None:
    lane = "board:work/list:week"
    cards = [
        creation(f"board:work/card:c{number}", "card", lane, title=f"Card {number}")
        for number in range(1_000)
    ]
    started = time.perf_counter()
    assert all_done(acme.apply(*cards))
    assert time.perf_counter() - started < 5


def test_a_value_that_no_calendar_can_hold_is_said_in_a_sentence(acme: Team) -> None:
    outcome = acme.create("meeting:bad", "meeting", title="x", start="soon", minutes=1)
    assert isinstance(outcome, Failed)
    assert "soon" in outcome.error


def test_reading_a_thousand_files_is_quick(acme: Team) -> None:
    for number in range(1_000):
        mark = f"---\nsmarketing: {WORKSPACE} document:d{number}\n---\n\n"
        (acme.root / f"Note {number}.md").write_text(f"{mark}{'Words. ' * 50}\n", "utf-8")
    started = time.process_time()
    assert len(acme.read().remotes) > 1_000
    assert time.process_time() - started < 1


def test_a_file_in_another_encoding_keeps_it(acme: Team) -> None:
    path = acme.root / "Status tracker.csv"
    text = path.read_bytes().decode("utf-8-sig").replace("This week", "Größe")
    path.write_bytes(text.encode("cp1252"))
    row = acme.now("table:tracker/row:agree")
    assert row.fields["cells"] == {"title": "Agree what a lead is", "status": "Größe"}
    acme.write("table:tracker/row:agree", cells={"title": "Öl", "status": "Größe"})
    assert path.read_bytes().decode("cp1252") == text.replace("Agree what a lead is", "Öl")


def test_a_root_that_the_system_refuses_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_bytes(b"")
    with pytest.raises(Refused, match=r"The folder .*acme can't be made .*: name another"):
        Folder(tmp_path / "taken" / "acme").create("Plan.md", b"words")
