"""What Drive promises, asked through its own client library."""

import json
from typing import Any

import pytest
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaInMemoryUpload
from hypothesis import given
from hypothesis import strategies as st

from .sandbox_world import ANA, BEN, DOC, FOLDER, ROBOT, SHEET, Scene


def refusal(error: pytest.ExceptionInfo[HttpError]) -> tuple[int, str]:
    """Return the status and the reason of an error."""
    return error.value.resp.status, error.value.error_details[0]["reason"]


def folder(scene: Scene, name: str = "Sales", **more: object) -> str:
    """Make a folder and return its id."""
    body = {"name": name, "mimeType": FOLDER, **more}
    return str(scene.drive().files().create(body=body).execute()["id"])


def document(
    scene: Scene, text: str = "# Glossary\n\nA lead is a person.\n", **more: object
) -> str:
    """Upload a document and return its id."""
    media = MediaInMemoryUpload(text.encode(), "text/markdown")
    body = {"name": "Glossary", "mimeType": DOC, **more}
    return str(scene.drive().files().create(body=body, media_body=media).execute()["id"])


def test_a_folder_made_under_a_generated_id_is_made_once() -> None:
    drive = Scene().drive()
    ids = drive.files().generateIds(count=2).execute()["ids"]
    body = {"id": ids[0], "name": "Sales", "mimeType": FOLDER}
    drive.files().create(body=body).execute()
    with pytest.raises(HttpError) as again:
        drive.files().create(body=body).execute()
    assert refusal(again) == (409, "fileIdInUse")
    assert len(drive.files().list().execute()["files"]) == 1


@pytest.mark.parametrize("mime", [DOC, SHEET])
def test_a_generated_id_is_refused_for_what_google_edits(mime: str) -> None:
    drive = Scene().drive()
    (given,) = drive.files().generateIds(count=1).execute()["ids"]
    with pytest.raises(HttpError) as refused:
        drive.files().create(body={"id": given, "name": "Words", "mimeType": mime}).execute()
    assert refusal(refused)[0] == 400


def test_a_document_is_made_from_markdown_in_one_call_with_its_mark() -> None:
    scene = Scene()
    made = document(scene, appProperties={"sm_ws": "W1"})
    drive = scene.drive()
    found = drive.files().list(q="appProperties has { key='sm_ws' and value='W1' }").execute()
    assert [one["id"] for one in found["files"]] == [made]
    text = drive.files().export(fileId=made, mimeType="text/plain").execute()
    assert b"A lead is a person." in text
    assert scene.docs().documents().get(documentId=made).execute()["title"] == "Glossary"


def test_a_new_upload_replaces_the_whole_body() -> None:
    scene = Scene()
    made = document(scene)
    media = MediaInMemoryUpload(b"Other words.\n", "text/markdown")
    scene.drive().files().update(fileId=made, media_body=media).execute()
    text = scene.drive().files().export(fileId=made, mimeType="text/plain").execute()
    assert b"Other words." in text
    assert b"lead" not in text


def test_a_reply_holds_the_fields_that_were_asked_for_and_no_other() -> None:
    scene = Scene()
    made = document(scene, appProperties={"sm_ws": "W1", "sm_addr": "document:glossary"})
    get = scene.drive().files().get
    asked = "id,lastModifyingUser(emailAddress),appProperties/sm_ws"
    assert get(fileId=made, fields=asked).execute() == {
        "id": made,
        "lastModifyingUser": {"emailAddress": ROBOT.mail},
        "appProperties": {"sm_ws": "W1"},
    }
    assert set(get(fileId=made).execute()) == {"kind", "id", "name", "mimeType"}
    assert "capabilities" in get(fileId=made, fields="*").execute()
    with pytest.raises(HttpError) as wrong:
        get(fileId=made, fields="id,colour").execute()
    assert refusal(wrong) == (400, "invalidParameter")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("name = 'Sales'", {"Sales"}),
        ("name contains 'ket'", set()),
        ("name contains 'mark'", {"Marketing"}),
        ("mimeType != 'application/vnd.google-apps.folder'", {"Glossary"}),
        ("trashed = true", {"Old"}),
        ("not trashed = true and not name = 'Sales'", {"Marketing", "Glossary"}),
        ("(name = 'Sales' or name = 'Old') and trashed = false", {"Sales"}),
        ("appProperties has { key='sm_ws' and value='it\\'s W1' }", {"Marketing"}),
        ("'root' in parents", {"Sales", "Marketing", "Glossary", "Old"}),
        ("modifiedTime > '2020-01-01T00:00:00'", {"Sales", "Marketing", "Glossary", "Old"}),
    ],
)
def test_a_search_finds_what_its_query_says(query: str, names: set[str]) -> None:
    scene = Scene()
    folder(scene)
    folder(scene, "Marketing", appProperties={"sm_ws": "it's W1"})
    document(scene)
    old = folder(scene, "Old")
    scene.drive().files().update(fileId=old, body={"trashed": True}).execute()
    found = scene.drive().files().list(q=query).execute()["files"]
    assert {one["name"] for one in found} == names


def test_a_wrong_query_is_refused() -> None:
    with pytest.raises(HttpError) as wrong:
        Scene().drive().files().list(q="name is 'Sales'").execute()
    assert refusal(wrong) == (400, "invalid")


def test_pages_hold_every_file_once() -> None:
    scene = Scene()
    scene.world.limits = False
    made = {folder(scene, f"Folder {number}") for number in range(7)}
    files, found = scene.drive().files(), []
    request = files.list(pageSize=3, orderBy="name")
    while request is not None:
        reply = request.execute()
        found += [one["id"] for one in reply["files"]]
        request = files.list_next(request, reply)
    assert set(found) == made
    assert len(found) == 7


def test_a_mark_is_the_apps_own_and_merges() -> None:
    scene = Scene()
    made = folder(scene, appProperties={"sm_ws": "W1", "sm_done": "no"})
    drive = scene.drive()
    body = {"appProperties": {"sm_done": None, "sm_addr": "folder:sales"}}
    reply = drive.files().update(fileId=made, body=body, fields="appProperties").execute()
    assert reply == {"appProperties": {"sm_ws": "W1", "sm_addr": "folder:sales"}}
    by_hand = scene.drive(scene.hand(ROBOT)).files().get(fileId=made, fields="*").execute()
    assert "appProperties" not in by_hand


def test_a_mark_has_its_size() -> None:
    scene = Scene()
    with pytest.raises(HttpError):
        folder(scene, appProperties={"sm_addr": "x" * 124})
    folder(scene, appProperties={"sm_addr": "x" * 117})


def test_a_file_moves_from_one_folder_to_another() -> None:
    scene = Scene()
    here, there = folder(scene, "Here"), folder(scene, "There")
    made = document(scene, parents=[here])
    files = scene.drive().files()
    with pytest.raises(HttpError) as two:
        files.update(fileId=made, addParents=there).execute()
    assert refusal(two) == (403, "cannotAddParent")
    moved = files.update(fileId=made, addParents=there, removeParents=here, fields="parents")
    assert moved.execute() == {"parents": [there]}


def test_a_copy_keeps_words_and_marks_unless_switched() -> None:
    scene = Scene()
    made = document(scene, appProperties={"sm_addr": "document:glossary"})
    files = scene.drive().files()
    copied = files.copy(fileId=made, body={"name": "Copy"}, fields="id,appProperties").execute()
    assert copied["appProperties"] == {"sm_addr": "document:glossary"}
    assert b"A lead" in files.export(fileId=copied["id"], mimeType="text/plain").execute()
    scene.switched("google-copy-drops-app-properties")
    assert "appProperties" not in files.copy(fileId=made, body={}, fields="*").execute()


def test_the_narrow_scope_sees_only_what_the_app_made_or_was_given() -> None:
    scene = Scene()
    by_hand = scene.drive(scene.hand(ROBOT)).files()
    theirs = by_hand.create(body={"name": "By hand", "mimeType": FOLDER}).execute()["id"]
    files = scene.drive().files()
    assert files.list().execute()["files"] == []
    with pytest.raises(HttpError) as hidden:
        files.get(fileId=theirs).execute()
    assert refusal(hidden) == (404, "notFound")
    scene.ask("POST", "/_google/open", scene.hand(ROBOT), {"file": theirs})
    assert [one["id"] for one in files.list().execute()["files"]] == [theirs]


def test_a_scope_that_is_not_there_is_said() -> None:
    scene = Scene()
    with pytest.raises(HttpError) as refused:
        scene.drive().drives().list().execute()
    assert refusal(refused) == (403, "insufficientPermissions")


def test_a_search_lags_and_the_feed_does_not() -> None:
    scene = Scene()
    scene.world.lag = 60
    drive = scene.drive()
    token = drive.changes().getStartPageToken().execute()["startPageToken"]
    made = folder(scene, appProperties={"sm_ws": "W1"})
    query = "appProperties has { key='sm_ws' and value='W1' } and trashed=false"
    assert drive.files().list(q=query).execute()["files"] == []
    assert drive.files().get(fileId=made).execute()["name"] == "Sales"
    told = drive.changes().list(pageToken=token).execute()["changes"]
    assert [one["fileId"] for one in told] == [made]
    scene.time += 60
    assert len(drive.files().list(q=query).execute()["files"]) == 1
    drive.files().update(fileId=made, body={"trashed": True}).execute()
    assert len(drive.files().list(q=query).execute()["files"]) == 1
    scene.time += 60
    assert drive.files().list(q=query).execute()["files"] == []


def test_marks_of_a_converted_upload_may_be_found_late() -> None:
    scene = Scene().switched("google-search-without-app-properties-at-once")
    document(scene, appProperties={"sm_ws": "W1"})
    files, query = scene.drive().files(), "appProperties has { key='sm_ws' and value='W1' }"
    assert files.list(q=query).execute()["files"] == []
    assert len(files.list().execute()["files"]) == 1
    scene.time += 6
    assert len(files.list(q=query).execute()["files"]) == 1


def test_each_file_is_in_the_feed_once_and_our_own_writes_too() -> None:
    scene = Scene()
    drive = scene.drive()
    token = drive.changes().getStartPageToken().execute()["startPageToken"]
    one, other = folder(scene, "One"), folder(scene, "Other")
    drive.files().update(fileId=one, body={"name": "First"}).execute()
    fields = "newStartPageToken,changes(fileId,removed,file(name,version))"
    reply = drive.changes().list(pageToken=token, fields=fields).execute()
    told = [(change["fileId"], change["file"]["name"]) for change in reply["changes"]]
    assert told == [(other, "Other"), (one, "First")]
    after = drive.changes().list(pageToken=reply["newStartPageToken"]).execute()
    assert after["changes"] == []
    drive.files().delete(fileId=one).execute()
    gone = drive.changes().list(pageToken=after["newStartPageToken"]).execute()["changes"]
    assert [(change["fileId"], change["removed"]) for change in gone] == [(one, True)]


def test_a_share_is_inherited_told_once_and_taken_away() -> None:
    scene = Scene()
    root = folder(scene)
    made = document(scene, parents=[root])
    rights = scene.drive().permissions()
    body = {"type": "user", "role": "commenter", "emailAddress": ANA.mail}
    given = rights.create(fileId=root, body=body).execute()
    assert scene.mails() == [(ANA.mail, "Folder shared with you: 'Sales'")]
    hers = scene.drive(scene.hand(ANA))
    token = hers.changes().getStartPageToken().execute()["startPageToken"]
    assert hers.files().get(fileId=made).execute()["id"] == made
    with pytest.raises(HttpError) as reading:
        hers.files().update(fileId=made, body={"name": "Hers"}).execute()
    assert refusal(reading)[0] == 403
    asked = "permissions(emailAddress,role,permissionDetails(inherited,inheritedFrom))"
    listed = rights.list(fileId=made, fields=asked).execute()["permissions"]
    (mine,) = [one for one in listed if one["emailAddress"] == ANA.mail]
    assert mine["permissionDetails"] == [{"inherited": True, "inheritedFrom": root}]
    with pytest.raises(HttpError):
        rights.delete(fileId=made, permissionId=given["id"]).execute()
    rights.delete(fileId=root, permissionId=given["id"]).execute()
    with pytest.raises(HttpError) as gone:
        hers.files().get(fileId=made).execute()
    assert refusal(gone)[0] == 404
    changes = hers.changes().list(pageToken=token).execute()["changes"]
    assert {one["fileId"] for one in changes if one["removed"]} == {root, made}


def test_a_group_is_mailed_once_and_its_members_see() -> None:
    scene = Scene()
    group = {"mail": "north@acme.example", "members": [ANA.mail, BEN.mail]}
    scene.ask("POST", "/_google/groups", scene.hand(ROBOT), group)
    root = folder(scene)
    body = {"type": "group", "role": "writer", "emailAddress": "north@acme.example"}
    scene.drive().permissions().create(fileId=root, body=body).execute()
    assert [to for to, _ in scene.mails()] == ["north@acme.example"]
    inside = {"name": "Ben's", "mimeType": FOLDER, "parents": [root]}
    made = scene.drive(scene.hand(BEN)).files().create(body=inside).execute()["id"]
    with pytest.raises(HttpError):
        scene.drive().files().get(fileId=made).execute()


def test_a_share_can_be_silent() -> None:
    scene = Scene()
    body = {"type": "user", "role": "reader", "emailAddress": ANA.mail}
    root = folder(scene)
    rights = scene.drive().permissions()
    rights.create(fileId=root, body=body, sendNotificationEmail=False).execute()
    assert scene.mails() == []


def test_a_shared_drive_owns_what_is_in_it() -> None:
    scene = Scene()
    wide = scene.drive(scene.hand(ROBOT))
    made = wide.drives().create(requestId="once", body={"name": "Team"}).execute()["id"]
    body = {"name": "Sales", "mimeType": FOLDER, "parents": [made]}
    inside = wide.files().create(body=body, supportsAllDrives=True).execute()["id"]
    with pytest.raises(HttpError):
        wide.files().get(fileId=inside).execute()
    file = wide.files().get(fileId=inside, supportsAllDrives=True, fields="*").execute()
    assert file["driveId"] == made
    assert "owners" not in file
    assert "permissions" not in file
    assert wide.files().list().execute()["files"] == []
    everywhere = {"supportsAllDrives": True, "includeItemsFromAllDrives": True}
    found = wide.files().list(corpora="drive", driveId=made, **everywhere).execute()["files"]
    assert [one["id"] for one in found] == [inside]
    told = wide.changes().list(pageToken="1", driveId=made, **everywhere).execute()["changes"]
    assert [one.get("fileId") or one["driveId"] for one in told] == [made, inside]


def test_the_only_manager_of_a_shared_drive_stays() -> None:
    scene = Scene()
    wide = scene.drive(scene.hand(ROBOT))
    made = wide.drives().create(requestId="once", body={"name": "Team"}).execute()["id"]
    listed = wide.permissions().list(fileId=made, supportsAllDrives=True).execute()
    (only,) = listed["permissions"]
    assert only["role"] == "organizer"
    away = wide.permissions().delete(fileId=made, permissionId=only["id"], supportsAllDrives=True)
    with pytest.raises(HttpError) as refused:
        away.execute()
    assert refusal(refused)[0] == 403


def test_comments_are_replied_to_and_resolved() -> None:
    scene = Scene()
    made = document(scene)
    drive = scene.drive()
    comment = drive.comments().create(fileId=made, body={"content": "Why?"}, fields="id").execute()
    answer = {"content": "Done.", "action": "resolve"}
    replies = drive.replies()
    replies.create(fileId=made, commentId=comment["id"], body=answer, fields="id").execute()
    fields = "comments(content,resolved,replies(content))"
    listed = drive.comments().list(fileId=made, fields=fields).execute()["comments"]
    assert listed == [{"content": "Why?", "resolved": True, "replies": [{"content": "Done."}]}]
    with pytest.raises(HttpError):
        drive.comments().list(fileId=made).execute()


def test_everything_below_a_trashed_folder_is_trashed() -> None:
    scene = Scene()
    root = folder(scene)
    made = document(scene, parents=[root])
    files = scene.drive().files()
    files.update(fileId=root, body={"trashed": True}).execute()
    file = files.get(fileId=made, fields="trashed,explicitlyTrashed").execute()
    assert file == {"trashed": True, "explicitlyTrashed": False}


def test_two_worlds_that_hold_the_same_have_one_picture() -> None:
    one, other = Scene(), Scene(time=1_900_000_000.0)
    folder(other, "Gone")
    for scene in (one, other):
        root = folder(scene, appProperties={"sm_ws": "W1"})
        document(scene, parents=[root])
    assert one.google.picture() != other.google.picture()
    gone = other.drive().files().list(q="name='Gone'").execute()["files"][0]["id"]
    other.drive().files().delete(fileId=gone).execute()
    assert one.google.picture() == other.google.picture()


def test_a_query_that_is_too_long_for_a_url_is_served_all_the_same() -> None:
    scene = Scene()
    made = folder(scene)
    query = " or ".join(f"name = 'Folder {number}'" for number in range(200))
    files = scene.drive().files()
    found = files.list(q=f"name = 'Sales' or {query}").execute()["files"]
    assert [one["id"] for one in found] == [made]


STEPS = st.lists(
    st.tuples(st.sampled_from(["make", "name", "trash", "move", "look"]), st.integers(0, 5)),
    max_size=25,
)


@given(STEPS)
def test_the_feed_tells_just_what_changed_since_it_was_last_asked(
    steps: list[tuple[str, int]],
) -> None:
    scene = Scene()
    scene.world.limits = False
    token = scene.robot()

    def ask(method: str, path: str, body: object = None) -> Any:
        answer = scene.ask(method, f"/drive/v3/{path}", token, body)
        assert answer.status == 200
        return json.loads(answer.body)

    made = [ask("POST", "files", {"name": "Top", "mimeType": FOLDER})["id"]]
    since = ask("GET", "changes/startPageToken")["startPageToken"]
    changed: list[str] = []
    for what, which in [*steps, ("look", 0)]:
        file = made[which % len(made)]
        if what == "make":
            body = {"name": "New", "mimeType": FOLDER, "parents": [file]}
            made.append(ask("POST", "files", body)["id"])
            changed.append(made[-1])
        elif what in ("name", "trash"):
            new = {"name": "Named"} if what == "name" else {"trashed": True}
            ask("PATCH", f"files/{file}", new)
            changed = [*(one for one in changed if one != file), file]
        elif what == "move" and made[-1] != made[0]:
            (parent,) = ask("GET", f"files/{made[-1]}?fields=parents")["parents"]
            ask("PATCH", f"files/{made[-1]}?addParents={made[0]}&removeParents={parent}", {})
            if parent != made[0]:
                changed = [*(one for one in changed if one != made[-1]), made[-1]]
        elif what == "look":
            reply = ask("GET", f"changes?pageToken={since}")
            assert [one["fileId"] for one in reply["changes"]] == changed
            since, changed = reply["newStartPageToken"], []
