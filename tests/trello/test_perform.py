"""A step does what it says, or nothing, or says what it replaced; no member's word is lost."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from smarketing.contract import LAST, Change, Done, Failed, Later, Lost, Remote, Scope, Stale
from smarketing.integrations.trello.sandbox.switches import NO_OLD, SWITCHES
from smarketing.integrations.trello.writing.altering import replaced_in
from smarketing.standin import Answer, Asked
from smarketing.testing.site import OTHER, WORKSPACE
from tests.vendors.desk import ANA, BEN, US, creation

from .desk import ROOT, Desk, Team, small_board

BOARD, CARD = "board:work", "board:work/card:agree"
NOBODY = Remote("", "board", {"access": {}})


def built(desk: Desk | None = None) -> Team:
    team = Team(desk or Desk())
    team.build(*small_board())
    return team


def meanwhile(team: Team, when: Callable[[Asked], bool], what: Callable[[], object]) -> None:
    """Do something once, just before the first of our requests that fits is served."""

    def before(asked: Asked) -> None:
        if when(asked):
            team.desk.before = None
            what()

    team.desk.before = before


def is_put(asked: Asked) -> bool:
    return asked.method == "PUT"


def test_what_a_write_replaced_unseen_is_told() -> None:
    team = built()
    change = team.update(CARD, description="Ours.", title="Our title")
    desc = 'A member wrote this.\n\n[smarketing]: # "card:agree"'
    hands, card = team.desk.member(US), team.ids[CARD]
    meanwhile(team, is_put, lambda: hands.put(f"cards/{card}", {"desc": desc}))
    (outcome,) = team.apply(change)
    assert isinstance(outcome, Done)
    assert outcome.displaced is not None
    assert outcome.displaced.fields["description"] == "A member wrote this."
    assert outcome.displaced.fields["title"] == "Agree what a lead is"
    assert outcome.remote.fields["description"] == "Ours."


def test_a_write_that_replaced_nothing_unseen_tells_nothing() -> None:
    team = built()
    (outcome,) = team.apply(team.update(CARD, description="Ours."))
    assert isinstance(outcome, Done)
    assert outcome.displaced is None
    (outcome,) = team.apply(team.update(CARD, description="Ask both teams."))
    assert isinstance(outcome, Done)
    assert outcome.displaced is None


def test_what_members_did_after_us_is_not_what_we_replaced() -> None:
    after = {"data": {"old": {"desc": "ours"}, "card": {"id": "1"}}}
    ours = {"data": {"old": {"desc": "theirs", "name": "x"}, "card": {"desc": "ours", "name": "y"}}}
    before = {"data": {"old": {"desc": "first"}, "card": {"desc": "theirs"}}}
    put = {"desc": "ours", "name": "z"}
    assert replaced_in([after, ours, before], "card", put) == {"desc": "theirs"}


def test_without_a_log_of_former_values_a_write_still_stands() -> None:
    team = built(Desk(switches=frozenset({NO_OLD})))
    (outcome,) = team.apply(team.update(CARD, description="Ours."))
    assert isinstance(outcome, Done)
    assert team.now(CARD).fields["description"] == "Ours."


def test_a_members_words_on_the_board_survive_the_root() -> None:
    team = built()
    change = team.update(ROOT, done=True)
    hands, board = team.desk.member(US), team.ids[BOARD]
    desc = hands.get(f"boards/{board}", fields="desc")["desc"]
    said = {"desc": f"What this is for.\n\n{desc}"}
    meanwhile(team, is_put, lambda: hands.put(f"boards/{board}", said))
    team.build(change)
    desc = hands.get(f"boards/{board}", fields="desc")["desc"]
    assert desc.startswith("What this is for.")
    assert team.now(ROOT).fields["done"] is True


@pytest.mark.parametrize(
    ("address", "fields", "edit"),
    [
        (CARD, {"title": "Ours"}, {"name": "Theirs"}),
        (CARD, {"due": "2026-12-15"}, {"due": "2026-12-20T10:00:00.000Z"}),
        (f"{BOARD}/list:week", {"title": "Ours"}, {"name": "Theirs"}),
        (f"{BOARD}/label:hot", {"title": "Ours"}, {"name": "Theirs"}),
        (BOARD, {"title": "Ours"}, {"name": "Theirs"}),
    ],
)
def test_an_object_that_is_not_as_the_plan_saw_it_is_left(
    address: str, fields: dict[str, str], edit: dict[str, object]
) -> None:
    team = built()
    now = team.now(address)
    path = {"card": "cards", "list": "lists", "label": "labels", "board": "boards"}[now.kind]
    team.desk.member(US).put(f"{path}/{now.id}", edit)
    change = Change("update", address, now.kind, fields, before=now)
    assert team.apply(change) == [Stale()]
    theirs = team.now(address)
    team.desk.calls()
    assert team.apply(replace(change, fields={}, before=theirs))
    assert not [call for call in team.desk.calls() if not call.startswith("GET")]


def test_a_members_edit_of_another_field_is_no_obstacle() -> None:
    team = built()
    change = team.update(CARD, title="Ours")
    team.desk.member(US).put(f"cards/{team.ids[CARD]}", {"dueComplete": True})
    (outcome,) = team.apply(change)
    assert isinstance(outcome, Done)
    assert outcome.remote.fields["done"] is True


@pytest.mark.parametrize("address", [CARD, f"{CARD}/check:one"])
def test_a_tick_is_one_call_and_leaves_what_a_member_does_meanwhile(address: str) -> None:
    team = built()
    change = team.update(address, done=True)
    hands = team.desk.member(US)
    hands.put(
        f"cards/{team.ids[CARD]}", {"name": "Theirs", "idList": team.ids[f"{BOARD}/list:done"]}
    )
    team.desk.calls()
    (outcome,) = team.apply(change)
    assert isinstance(outcome, Done)
    assert [call.split("/")[0] for call in team.desk.calls()] == ["PUT "]
    assert team.now(address).fields["done"] is True
    assert team.now(CARD).fields["title"] == "Theirs"
    assert team.now(CARD).parent == team.ids[f"{BOARD}/list:done"]


def test_a_tick_on_what_was_deleted_meanwhile_is_stale() -> None:
    team = built()
    change = team.update(CARD, done=True)
    team.desk.member(US).delete(f"cards/{team.ids[CARD]}")
    assert team.apply(change) == [Stale()]


def test_a_members_label_stays_when_ours_change() -> None:
    team = built()
    team.build(creation(f"{BOARD}/label:cold", BOARD, title="Cold", color=None))
    change = team.update(CARD, labels=frozenset({"Cold"}))
    label = team.desk.member(US).post("labels", name="Mine", color="red", idBoard=team.ids[BOARD])

    def is_label(asked: Asked) -> bool:
        return asked.path.endswith("/idLabels")

    hands, card = team.desk.member(US), team.ids[CARD]
    meanwhile(team, is_label, lambda: hands.post(f"cards/{card}/idLabels", value=label["id"]))
    team.build(change)
    assert team.now(CARD).fields["labels"] == frozenset({"Cold", "Mine"})


def test_a_members_label_since_the_plan_stays() -> None:
    team = built()
    team.build(creation(f"{BOARD}/label:cold", BOARD, title="Cold", color=None))
    change = team.update(CARD, labels=frozenset({"Cold"}))
    label = team.desk.member(US).post("labels", name="Mine", color="red", idBoard=team.ids[BOARD])
    team.desk.member(US).post(f"cards/{team.ids[CARD]}/idLabels", value=label["id"])
    (outcome,) = team.apply(change)
    assert isinstance(outcome, Done)
    assert outcome.remote.fields["labels"] == frozenset({"Cold", "Mine"})


def test_an_object_that_is_gone_is_stale() -> None:
    team = built()
    change = team.update(CARD, title="Ours")
    team.desk.member(US).delete(f"cards/{team.ids[CARD]}")
    assert team.apply(change) == [Stale()]


def test_a_create_whose_reply_is_lost_is_lost_and_found_again() -> None:
    team = built()

    def drop(asked: Asked) -> Answer | None:
        if asked.method == "POST":
            team.desk.vendor.answer(asked)
            lost: Answer = team.desk.refusal("gateway")
            return lost
        return None

    team.desk.before = drop
    card = f"{BOARD}/card:new"
    assert team.apply(creation(card, f"{BOARD}/list:week", title="New")) == [Lost()]
    team.desk.before = None
    assert card in {each.marker for each in team.read()}


def test_a_step_that_was_told_to_wait_half_way_goes_on_from_there() -> None:
    team = built()
    change = team.update(CARD, description="Ours.", labels=frozenset({"Cold"}), owner="Ben Okoye")
    (step,) = team.steps(change)
    answers = []
    for refused in range(1, 20):
        count = 0

        def refuse(asked: Asked, refused: int = refused) -> Answer | None:
            nonlocal count
            count += 1
            return team.desk.refusal("rate limit") if count == refused else None

        team.desk.before = refuse
        (outcome,) = team.tool.perform(step, team.ids)
        answers.append(type(outcome).__name__)
        if isinstance(outcome, Done):
            break
        assert isinstance(outcome, Later)
    team.desk.before = None
    assert answers.count("Later") > 3
    card = team.now(CARD)
    assert (card.fields["description"], card.fields["owner"]) == ("Ours.", "Ben Okoye")
    assert card.fields["labels"] == frozenset({"Cold"})


def test_a_checklist_is_made_once_even_if_its_first_item_must_wait() -> None:
    team = built()
    card = f"{BOARD}/card:try"
    team.build(creation(card, f"{BOARD}/list:week", title="Try it"))
    (step,) = team.steps(creation(f"{card}/check:one", card, title="One"))
    refusal = team.desk.refusal("rate limit")
    team.desk.before = lambda asked: refusal if asked.path.endswith("checkItems") else None
    assert team.tool.perform(step, team.ids) == [Later(10.0)]
    team.desk.before = None
    (outcome,) = team.tool.perform(step, team.ids)
    assert isinstance(outcome, Done)
    found = team.desk.member(US).get(f"cards/{team.ids[card]}/checklists")
    assert [len(each["checkItems"]) for each in found] == [1]


def test_an_item_goes_to_a_new_checklist_where_a_member_took_ours_away() -> None:
    team = built()
    (former,) = team.desk.member(US).get(f"cards/{team.ids[CARD]}/checklists")
    team.desk.member(US).delete(f"checklists/{former['id']}")
    team.build(creation(f"{CARD}/check:two", CARD, title="Two"))
    assert [each.fields["title"] for each in team.read() if each.kind == "check"] == ["Two"]


def test_what_is_made_stands_in_the_playbooks_order() -> None:
    team = Team(Desk())
    lanes = [creation(f"{BOARD}/list:l{n}", BOARD, title=f"L{n}") for n in range(3)]
    cards = [creation(f"{BOARD}/card:c{n}", f"{BOARD}/list:l0", title=f"C{n}") for n in range(3)]
    items = [
        creation(f"{BOARD}/card:c0/check:i{n}", f"{BOARD}/card:c0", title=f"I{n}") for n in range(3)
    ]
    changes = [creation(ROOT, done=False), creation(BOARD, ROOT, title="Work")]
    changes += [*lanes, *cards, *items]
    steps = team.steps(*changes)
    for step in sorted(steps, key=lambda each: (len(each.needs), each.key), reverse=False):
        assert step.needs <= {each.key for each in steps}
    backwards: list[str] = []
    waiting = list(reversed(steps))
    while waiting:
        step = next(each for each in waiting if each.needs <= set(backwards))
        waiting.remove(step)
        backwards.append(step.key)
        for change, outcome in zip(step.changes, team.tool.perform(step, team.ids), strict=True):
            assert isinstance(outcome, Done)
            team.ids[change.address] = outcome.remote.id
    titles = [each.fields.get("title") for each in team.read()]
    assert titles[2:] == ["L0", "L1", "L2", "C0", "C1", "C2", "I0", "I1", "I2"]


def test_a_text_that_trello_cannot_take_is_said_before_and_refused_without_a_call() -> None:
    team = built()
    card = creation(f"{BOARD}/card:long", f"{BOARD}/list:week", title="L", description="é" * 16380)
    (sentence,) = team.tool.foreseen([card], {})
    assert "too long for Trello" in sentence
    team.desk.calls()
    (outcome,) = team.apply(card)
    assert isinstance(outcome, Failed)
    (outcome,) = team.apply(team.update(CARD, description="é" * 16380))
    assert isinstance(outcome, Failed)
    assert not [call for call in team.desk.calls() if not call.startswith("GET")]


def test_everything_made_is_private_and_without_trellos_own_lists() -> None:
    team = built()
    (board,) = [each for each in team.desk.vendor.picture()["boards"] if each["name"] == "Work"]
    assert board["permissionLevel"] == "private"
    assert [each["name"] for each in board["lists"]] == ["This week", "Done"]
    assert [each["name"] for each in board["labels"]] == ["Hot"]


# Sharing


def grant(mailbox: str, role: str = "normal", before: Remote = NOBODY) -> Change:
    return Change("grant", BOARD, "board", {"access": {mailbox: role}}, before=before, stage=LAST)


def revoke(team: Team, name: str) -> Change:
    now = team.now(BOARD)
    return Change("revoke", BOARD, "board", {"access": {name: "normal"}}, before=now, stage=-1)


def test_a_person_is_invited_once_by_mail() -> None:
    team = built()
    (outcome,) = team.apply(grant("Ana Silva <ana@acme.example>"))
    assert isinstance(outcome, Done)
    assert outcome.remote == replace(team.now(BOARD), fields=outcome.remote.fields)
    assert outcome.remote.fields["access"] == team.now(BOARD).fields["access"]
    assert [mail.to for mail in team.desk.tools.mails] == ["ana@acme.example"]


def test_we_are_never_invited_to_our_own_board() -> None:
    team = built()
    team.desk.calls()
    (outcome,) = team.apply(grant("Rob Ortega <rob@acme.example>"))
    assert isinstance(outcome, Done)
    assert team.desk.calls() == []
    assert team.now(BOARD).fields["access"] == {"Rob Ortega": "admin"}


def test_a_member_gets_another_role_without_another_mail() -> None:
    team = built()
    team.desk.join(team.ids[BOARD], ANA)
    team.read()
    mails = len(team.desk.tools.mails)
    team.build(grant("Ana Silva <ana@acme.example>", "observer", team.now(BOARD)))
    assert team.now(BOARD).fields["access"] == {"Rob Ortega": "admin", "Ana Silva": "observer"}
    assert len(team.desk.tools.mails) == mails


def test_who_has_no_mailbox_cannot_be_invited() -> None:
    (outcome,) = built().apply(grant("Zoë"))
    assert isinstance(outcome, Failed)


def test_a_right_is_taken_away_from_members_and_from_the_invited() -> None:
    team = built()
    team.desk.join(team.ids[BOARD], ANA)
    team.build(grant("Ben Okoye <ben@acme.example>"))
    team.build(revoke(team, "Ana Silva"), revoke(team, "Ben Okoye"))
    assert team.now(BOARD).fields["access"] == {"Rob Ortega": "admin"}
    team.build(revoke(team, "Ana Silva"))


def test_the_last_administrator_and_our_own_account_stay() -> None:
    team = built()
    (outcome,) = team.apply(revoke(team, "Rob Ortega"))
    assert isinstance(outcome, Failed)
    assert "last administrator" in outcome.error
    team.desk.join(team.ids[BOARD], BEN)
    ben = team.desk.vendor.member("ben").id
    team.desk.member(US).put(f"boards/{team.ids[BOARD]}/members/{ben}", {"type": "admin"})
    (outcome,) = team.apply(revoke(team, "Rob Ortega"))
    assert isinstance(outcome, Failed)
    assert "sign in as another" in outcome.error
    assert "Rob Ortega" in dict(team.now(BOARD).fields["access"])  # type: ignore[arg-type]


def test_the_limit_of_a_free_workspace_is_foreseen() -> None:
    team = Team(Desk())
    room = team.tool.read(Scope(WORKSPACE)).room
    people = [grant(f"P{n} <p{n}@acme.example>") for n in range(12)]
    assert list(team.tool.foreseen(people, room)) == [
        "Trello's free plan lets 9 more people into this workspace; 12 would be invited."
    ]
    assert list(team.tool.foreseen(people[:9], room)) == []
    team.build(*small_board(), *people[:7])
    room = team.tool.read(Scope(WORKSPACE)).room
    assert list(team.tool.foreseen(people[7:], room)) == [
        "Trello's free plan lets 2 more people into this workspace; 5 would be invited."
    ]
    team.desk.vendor.subscribe(US.key)
    assert list(team.tool.foreseen(people, team.tool.read(Scope(WORKSPACE)).room)) == []


def test_the_boards_that_a_free_workspace_takes_are_foreseen() -> None:
    desk = Desk()
    team = Team(desk)
    boards = [creation(f"board:n{n}", ROOT, title=f"B{n}") for n in range(12)]
    room = team.tool.read(Scope(WORKSPACE)).room
    assert list(team.tool.foreseen(boards, room)) == [
        "Trello's free plan lets 10 more boards into this workspace; 12 would be made."
    ]
    assert list(team.tool.foreseen(boards[:10], room)) == []
    for n in range(3):  # of so few Trello does not say how many they are
        desk.member(US).post("boards", name=f"Our own {n}")
    room = Team(desk).tool.read(Scope(WORKSPACE)).room
    assert list(team.tool.foreseen(boards[:7], room)) == []
    assert list(team.tool.foreseen(boards[:8], room)) == [
        "Trello's free plan lets 7 more boards into this workspace; 8 would be made."
    ]
    for n in range(6):
        desk.member(US).post("boards", name=f"Yet another {n}")
    room = Team(desk).tool.read(Scope(WORKSPACE)).room
    assert list(team.tool.foreseen(boards[:2], room)) == [
        "Trello's free plan lets 1 more board into this workspace; 2 would be made."
    ]
    desk.vendor.subscribe(US.key)
    assert list(team.tool.foreseen(boards, Team(desk).tool.read(Scope(WORKSPACE)).room)) == []


def test_the_room_in_a_checklist_is_foreseen() -> None:
    team = built()
    card = f"{BOARD}/card:agree"
    more = [creation(f"{card}/check:n{n}", card, title=f"I{n}") for n in range(201)]
    assert list(team.tool.foreseen(more, {})) == [
        f"Trello has room for 200 more checklist items on {card}; 201 would be made."
    ]
    assert list(team.tool.foreseen(more[:200], {})) == []
    there = sum(each.kind == "check" for each in team.tool.read(Scope(WORKSPACE)).remotes)
    assert there
    room = team.tool.read(Scope(WORKSPACE)).room
    assert list(team.tool.foreseen(more[: 200 - there], room)) == []
    left = 200 - there
    assert list(team.tool.foreseen(more[: left + 1], room)) == [
        f"Trello has room for {left} more checklist items on {card}; {left + 1} would be made."
    ]


def test_the_room_for_labels_is_foreseen() -> None:
    team = built()
    more = [creation(f"{BOARD}/label:n{n}", BOARD, title=f"L{n}") for n in range(1000)]
    room = team.tool.read(Scope(WORKSPACE)).room
    assert list(team.tool.foreseen(more[:999], room)) == []
    assert list(team.tool.foreseen(more, room)) == [
        "Trello has room for 999 more labels on board:work; 1000 would be made."
    ]


# Templates


def copying(desk: Desk) -> tuple[Team, list[Change]]:
    """Return a team and the changes that copy a template of another workspace."""
    theirs = Team(desk, OTHER)
    first, *others = small_board()
    theirs.build(replace(first, fields={"done": False, "template": "starter"}), *others)
    theirs.write(ROOT, done=True)
    team = Team(desk)
    by_title = {
        (each.kind, each.fields["title"]): each
        for each in team.tool.read(Scope(WORKSPACE, template="starter")).template
    }
    changes = [
        replace(e, like=by_title.get((e.kind, e.fields.get("title")))) for e in small_board()
    ]
    return team, changes


def test_a_copy_of_a_template_is_as_one_made_from_scratch() -> None:
    desk = Desk()
    team, changes = copying(desk)
    team.build(*changes)
    copied = team.read()
    scratch = Team(Desk())
    scratch.build(*small_board())
    bare = [(e.kind, e.fields, e.marker, e.existence, e.unsettled) for e in copied]
    assert bare == [(e.kind, e.fields, e.marker, e.existence, e.unsettled) for e in scratch.read()]
    assert {each.id for each in copied} == set(team.ids.values())


def test_a_copy_that_differs_is_corrected_and_children_without_a_twin_follow() -> None:
    team, changes = copying(Desk())
    card = {"title": "Another", "description": "New.", "owner": None, "due": "2027-01-01"}
    changes = [
        replace(each, fields={**each.fields, **card}, parent=f"{BOARD}/list:done")
        if each.address == CARD
        else each
        for each in changes
    ]
    more = [
        creation(f"{CARD}/check:two", CARD, title="Two"),
        creation(f"{BOARD}/card:more", f"{BOARD}/list:week", title="More"),
    ]
    team.build(*changes, *more)
    found = team.now(CARD)
    assert {name: found.fields[name] for name in card} == card
    assert found.parent == team.ids[f"{BOARD}/list:done"]
    titles = [each.fields["title"] for each in team.read() if each.kind in ("check", "card")]
    assert sorted(map(str, titles)) == ["Another", "More", "Two", "Write it"]


def test_a_copy_that_was_told_to_wait_is_not_made_twice() -> None:
    team, changes = copying(Desk())
    team.build(changes[0])
    (step,) = team.steps(*changes[1:])
    refusal = team.desk.refusal("rate limit")
    team.desk.before = lambda asked: refusal if asked.path.startswith("/1/boards/6") else None
    assert set(map(type, team.tool.perform(step, team.ids))) == {Later}
    team.desk.before = None
    assert set(map(type, team.tool.perform(step, team.ids))) == {Done}
    assert len(team.desk.vendor.picture()["boards"]) == 2


@pytest.mark.parametrize(
    "switches",
    [*({each} for each in SWITCHES), set(SWITCHES)],
    ids=lambda switches: " ".join(sorted(switches)),
)
def test_whatever_trello_does_where_nobody_knows_all_comes_back(switches: set[str]) -> None:
    team, changes = copying(Desk(switches=frozenset(switches)))
    team.build(*changes)
    team.build(team.update(CARD, title="Ours", description="Words."))
    team.build(grant("Ana Silva <ana@acme.example>"))
    card = team.now(CARD)
    assert (card.fields["title"], card.fields["description"]) == ("Ours", "Words.")
    assert {each.id for each in Team(team.desk).read()} == set(team.ids.values())


def test_a_workspace_setting_says_where_boards_go() -> None:
    desk = Desk()
    home = desk.member(US).get("members/me/organizations", fields="name")[0]
    desk.settings = {"workspace": home["id"], "timezone": "Europe/London"}
    team = built(desk)
    board = desk.member(US).get(f"boards/{team.ids[BOARD]}", fields="idOrganization")
    assert board["idOrganization"] == home["id"]
    due = desk.member(US).get(f"cards/{team.ids[CARD]}", fields="due")["due"]
    assert due == "2026-12-14T17:00:00.000Z"
