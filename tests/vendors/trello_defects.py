"""The known defects of Trello's published description, each with its reason. Nothing else is excused.

Beside these places, four rules hold everywhere, because the file can't say them:
- COMMAS: a list in a query is written `a,b`; the file says arrays, or the enum of one entry.
- JSON: query parameters may be sent as a JSON object instead, as the text of `POST /cards` says.
  A null in it is a parameter that is not given: py-trello sends all that it knows.
- TIMES: `format: date` is a day or a moment; the examples beside it are moments.
- KEY: `key` and `token` may stand in every query.
"""

from typing import Any

from .defect import Defect

_ID = {"$ref": "#/components/schemas/TrelloID"}
_LINK = {"type": "string", "pattern": "^([0-9a-fA-F]{24}|[0-9A-Za-z]{8})$"}
_TEXT = {"type": "string"}
_TEXT_OR_NONE = {"type": "string", "nullable": True}
_TRUTH = {"type": "boolean"}
_NUMBER = {"type": "number"}
_MOMENT_OR_NONE = {"type": "string", "format": "date", "nullable": True}
_ID_OR_NONE = {"type": "string", "pattern": "^[0-9a-fA-F]{24}$", "nullable": True}
_OPEN = {"type": "object"}
_OPEN_OR_NONE = {"type": "object", "nullable": True}
_LIMIT = {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/LimitsObject"}}


def _list(of: Any) -> dict[str, Any]:
    return {"type": "array", "items": of}


def _of(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _field(schema: str, name: str, reason: str, instead: Any, adds: bool = False) -> Defect:
    where = ("components", "schemas", schema, "properties", name)
    return Defect(where, reason, instead, adds)


def _missing(schema: str, reason: str, **fields: Any) -> tuple[Defect, ...]:
    return tuple(_field(schema, name, reason, shape, True) for name, shape in fields.items())


def _parameter(path: str, method: str, name: str, reason: str, shape: Any, adds: bool) -> Defect:
    return Defect(("paths", path, method, "parameters", name), reason, shape, adds)


def _parameters(path: str, reason: str, /, **shapes: Any) -> tuple[Defect, ...]:
    """Return parameters of a GET that the file does not know."""
    return tuple(
        _parameter(path, "get", name, reason, {"in": "query", "schema": shape}, True)
        for name, shape in shapes.items()
    )


def _reply(path: str, method: str, shape: Any) -> Defect:
    where = ("paths", path, method, "reply")
    return Defect(where, "says nothing of what it answers", shape, True)


_BOARD = _of("Board")
_NESTED = "the guide to nested resources describes it, the file does not"
_SHORT = "the short link of a board or card is taken too"
_ME = "`me` and a username are taken too"
_CLEARED = "an empty value clears it"
_SHOWN_WHOLE = "the object is shown, not its id or its text"
_NULLABLE = "is null where there is none"
_UNLISTED = "is a field that answers hold and the file does not list"

_FILTER = {"type": "string", "enum": ["all", "closed", "none", "open", "visible"]}

_ITEM = "/cards/{idCard}/checklist/{idChecklist}/checkItem/{idCheckItem}"
_VALUE = {"type": "object", "properties": {"_value": {}}}
_MEMBERSHIPS = _list(_of("BoardMembership"))

BOARD_WITH_ALL = _parameters(
    "/boards/{id}",
    _NESTED,
    actions_limit=_NUMBER,
    card_attachments={"type": "boolean"},
    card_attachment_fields=_TEXT,
    card_checklists={"type": "string", "enum": ["all", "none"]},
    card_customFieldItems=_TRUTH,
    card_fields=_TEXT,
    card_members=_TRUTH,
    checklist_fields=_TEXT,
    label_fields=_TEXT,
    labels_limit={"type": "integer", "minimum": 0, "maximum": 1000},
    list_fields=_TEXT,
    member_fields=_TEXT,
    membersInvited={"type": "string", "enum": ["all", "none"]},
    membersInvited_fields=_TEXT,
    memberships_member=_TRUTH,
    memberships_member_fields=_TEXT,
    organization_fields=_TEXT,
)

PATHS = (
    *(
        Defect(("paths", path, method, "parameters", "id", "schema"), _SHORT, _LINK)
        for path, methods in {
            "/boards/{id}": ("get", "put", "delete"),
            "/boards/{id}/labels": ("get", "post"),
            "/boards/{id}/lists": ("get", "post"),
            "/boards/{id}/members": ("get", "put"),
            "/cards/{id}": ("get", "put", "delete"),
            "/cards/{id}/attachments": ("get", "post"),
            "/cards/{id}/actions": ("get",),
        }.items()
        for method in methods
    ),
    *(
        Defect(("paths", f"/members/{{id}}{path}", "get", "parameters", "id", "schema"), _ME, _TEXT)
        for path in ("/boards", "/boardsInvited", "/organizations", "/cards", "/actions", "/tokens")
    ),
    *(
        Defect(("paths", path, "get", "parameters", "id", "schema"), "a name is taken too", _TEXT)
        for path in ("/organizations/{id}/members", "/organizations/{id}/memberships")
    ),
    Defect(
        ("paths", "/boards/", "post", "parameters", "idOrganization", "schema"),
        "a name is taken too",
        _TEXT,
    ),
)

PARAMETERS = (
    _parameter(
        "/cards", "post", "due", _CLEARED, {"in": "query", "schema": _MOMENT_OR_NONE}, False
    ),
    *_parameters("/cards/{id}", "py-trello asks for it, as Python writes it", badges=_TEXT),
    *_parameters("/boards/{id}/members", "as of a workspace", fields=_TEXT, filter=_TEXT),
    *(
        _parameter("/cards/{id}", "put", name, _CLEARED, {"in": "query", "schema": shape}, False)
        for name, shape in (
            ("idMembers", _list(_ID)),
            ("idLabels", _list(_ID)),
        )
    ),
    Defect(
        ("paths", "/cards/{id}", "get", "parameters", "attachments", "schema"),
        "says that a truth is a text",
        {"oneOf": [{"type": "string", "enum": ["cover"]}, {"type": "boolean"}]},
    ),
    Defect(
        ("paths", "/checklists/{id}/{field}", "put", "parameters", "value", "schema"),
        "knows no name as a value",
        {"oneOf": [_TEXT, _NUMBER]},
    ),
    Defect(
        ("paths", "/lists/{id}/closed", "put", "parameters", "value", "schema"),
        "says that a truth is an id",
        _TRUTH,
    ),
    *(
        _parameter(
            _ITEM, "put", name, "py-trello writes it", {"in": "query", "schema": shape}, True
        )
        for name, shape in (
            ("name", _TEXT),
            ("state", {"type": "string", "enum": ["complete", "incomplete"]}),
        )
    ),
    *_parameters(
        "/boards/{id}/cards",
        "py-trello asks for it",
        filter=_FILTER,
        fields=_TEXT,
        customFieldItems=_TRUTH,
    ),
    *_parameters(
        "/lists/{id}/cards",
        "py-trello asks for it",
        filter=_FILTER,
        fields=_TEXT,
        customFieldItems=_TRUTH,
    ),
    *_parameters(
        "/cards/{id}/actions",
        "as of a board",
        limit=_NUMBER,
        since=_TEXT,
        before=_TEXT,
        fields=_TEXT,
    ),
    *_parameters("/boards/{boardId}/actions", _NESTED, entities=_TRUTH, display=_TRUTH),
)

REPLIES = (
    _reply("/boards/", "post", _BOARD),
    _reply("/boards/{id}", "put", _BOARD),
    _reply("/boards/{boardId}/actions", "get", _list(_of("Action"))),
    _reply("/boards/{id}/members", "put", _BOARD),
    _reply("/boards/{id}/members/{idMember}", "put", _BOARD),
    _reply("/boards/{id}/members/{idMember}", "delete", _BOARD),
    _reply("/cards/{id}/checklists", "post", _of("Checklist")),
    _reply("/checklists", "post", _of("Checklist")),
    _reply("/checklists/{id}/checkItems", "post", _of("CheckItem")),
    _reply("/lists", "post", _of("TrelloList")),
    _reply("/labels", "post", _of("Label")),
    _reply("/labels/{id}", "put", _of("Label")),
    *(
        Defect(("paths", path, method, "reply"), reason, shape)
        for path, method, reason, shape in (
            ("/boards/{id}/memberships", "get", "is a list", _MEMBERSHIPS),
            ("/boards/{id}/plugins", "get", "is a list", _list(_of("Plugin"))),
            ("/organizations/{id}/memberships", "get", _SHOWN_WHOLE, _MEMBERSHIPS),
            ("/organizations/{id}/members/{idMember}", "put", "is a list", _MEMBERSHIPS),
            ("/cards/{id}/attachments", "post", "is the one that was made", _of("Attachment")),
            ("/cards/{id}/{field}", "get", "holds the value alone", _VALUE),
        )
    ),
)

FIELDS = (
    _field("Card", "labels", _SHOWN_WHOLE, _list(_of("Label"))),
    _field("Card", "checkItemStates", _SHOWN_WHOLE, _list(_OPEN)),
    _field("Card", "idAttachmentCover", _NULLABLE, _ID_OR_NONE),
    _field("Card", "dueReminder", "is a number of minutes", {"type": "number", "nullable": True}),
    _field("Card", "idChecklists", "holds ids alone", _list(_ID)),
    _field("Card", "mirrorSourceId", _NULLABLE, _ID_OR_NONE),
    _field("Board", "descData", "is an object, or null", _OPEN_OR_NONE),
    _field("Board", "memberships", _SHOWN_WHOLE, _list(_of("BoardMembership"))),
    _field("Board", "powerUps", "is a list", _list(_TEXT)),
    _field("Board", "idTags", "is a list", _list(_ID)),
    _field("Board", "ixUpdate", "is a number in quotes", _TEXT),
    _field("TrelloList", "softLimit", _NULLABLE, {"type": "number", "nullable": True}),
    _field("Label", "color", "is null for a label without colour", {**_of("Color"), "nullable": True}),
    _field("CheckItem", "pos", "its example is a number", _NUMBER),
    _field("CheckItem", "nameData", "is an object, or null", _OPEN_OR_NONE),
    _field("Member", "avatarHash", _NULLABLE, _TEXT_OR_NONE),
    _field("Member", "avatarUrl", _NULLABLE, _TEXT_OR_NONE),
    _field("Member", "bioData", _NULLABLE, _OPEN_OR_NONE),
    _field("Member", "email", "is null without the scope `account`", _TEXT_OR_NONE),
    _field("Member", "idEnterprise", _NULLABLE, _ID_OR_NONE),
    _field("Member", "limits", "holds limits by name", _OPEN),
    _field("Organization", "dateLastActivity", _NULLABLE, _MOMENT_OR_NONE),
    _field("Organization", "idEnterprise", _NULLABLE, _ID_OR_NONE),
    _field("Organization", "memberships", _SHOWN_WHOLE, _list(_of("BoardMembership"))),
    _field("Attachment", "bytes", "is a number", {"type": "number", "nullable": True}),
    _field("Attachment", "edgeColor", _NULLABLE, _TEXT_OR_NONE),
    _field("Action", "data", "the file shows a comment's; each type has fields of its own",
           {"type": "object", "additionalProperties": True, "properties": {
               "board": _OPEN, "card": _OPEN, "list": _OPEN, "text": _TEXT, "old": _OPEN}}),
    _field("Action", "limits", _NULLABLE, _OPEN_OR_NONE),
    _field("Action", "memberCreator", "the fields of a member", _of("Member")),
    _field("Limits", "attachments", "holds one limit per scope", _LIMIT),
    _field("LimitsObject", "status", "also warn and disabled, says the guide",
           {"type": "string", "enum": ["ok", "warning", "warn", "disabled"]}),
    _field("Prefs", "background", "a colour has its name", _TEXT),
    _field("Prefs", "permissionLevel", "also private and public, as in the request",
           {"type": "string", "enum": ["org", "board", "private", "public"]}),
    _field("Prefs", "voting", "as in the request",
           {"type": "string", "enum": ["disabled", "enabled", "members", "observers", "org", "public"]}),
    _field("Prefs", "backgroundImage", _NULLABLE, _TEXT_OR_NONE),
    _field("Prefs", "backgroundImageScaled", _NULLABLE,
           {"type": "array", "nullable": True, "items": _of("ImageDescriptor")}),
)  # fmt: skip

MISSING = (
    Defect(
        ("components", "schemas", "BoardMembership"),
        "the file's Membership is that of an enterprise",
        {
            "type": "object",
            "properties": {
                "id": _ID,
                "idMember": _ID,
                "memberType": {"type": "string", "enum": ["admin", "normal", "observer"]},
                "unconfirmed": _TRUTH,
                "deactivated": _TRUTH,
                "member": _of("Member"),
            },
        },
        True,
    ),
    *_missing(
        "Board",
        _NESTED,
        actions=_list(_of("Action")),
        boardStars=_list(_OPEN),
        cards=_list(_of("Card")),
        checklists=_list(_of("Checklist")),
        customFields=_list(_OPEN),
        labels=_list(_of("Label")),
        lists=_list(_of("TrelloList")),
        members=_list(_of("Member")),
        membersInvited=_list(_of("Member")),
        organization=_of("Organization"),
        pluginData=_list(_OPEN),
        tags=_list(_OPEN),
    ),
    *_missing(
        "Board",
        _UNLISTED,
        idBoardSource=_ID_OR_NONE,
        idEnterprise=_ID_OR_NONE,
        premiumFeatures=_list(_TEXT),
    ),
    *_missing(
        "Card",
        _NESTED,
        actions=_list(_of("Action")),
        attachments=_list(_of("Attachment")),
        checklists=_list(_of("Checklist")),
        customFieldItems=_list(_OPEN),
        members=_list(_of("Member")),
        pluginData=_list(_OPEN),
    ),
    *_missing("Card", _UNLISTED, email=_TEXT_OR_NONE, isTemplate=_TRUTH, pinned=_TRUTH,
              start=_MOMENT_OR_NONE, dueComplete=_TRUTH),
    Defect(
        ("components", "schemas", "Card", "properties", "badges", "properties", "checkItemsEarliestDue"),
        _UNLISTED,
        _MOMENT_OR_NONE,
        True,
    ),
    Defect(
        ("components", "schemas", "Card", "properties", "cover", "properties", "idPlugin"),
        _UNLISTED,
        _ID_OR_NONE,
        True,
    ),
    *_missing("Checklist", _UNLISTED, name=_TEXT, idBoard=_ID, idCard=_ID, pos=_NUMBER,
              checkItems=_list(_of("CheckItem")), creationMethod=_TEXT_OR_NONE, limits=_OPEN),
    *_missing("CheckItem", _UNLISTED, due=_MOMENT_OR_NONE, dueReminder=_NUMBER | {"nullable": True},
              idMember=_ID_OR_NONE, type=_TEXT),
    *_missing("TrelloList", _NESTED, cards=_list(_of("Card"))),
    *_missing("TrelloList", _UNLISTED, color=_TEXT_OR_NONE, type=_TEXT_OR_NONE,
              creationMethod=_TEXT_OR_NONE, idOrganization=_ID),
    *_missing("Member", _NESTED, boards=_list(_BOARD), organizations=_list(_of("Organization"))),
    *_missing("Label", _UNLISTED, uses=_NUMBER, nodeId=_TEXT_OR_NONE, idOrganization=_ID),
    *_missing("Attachment", _UNLISTED, fileName=_TEXT_OR_NONE),
    *_missing("Action", _UNLISTED, appCreator=_OPEN_OR_NONE, member=_of("Member")),
    *_missing("Limits", "the guide to limits names them", boards=_LIMIT, cards=_LIMIT,
              checklists=_LIMIT, checkItems=_LIMIT, customFields=_LIMIT, labels=_LIMIT,
              lists=_LIMIT, stickers=_LIMIT, orgs=_LIMIT),
    *_missing("LimitsObject", "is said once a limit is near", count=_NUMBER),
    *_missing("Prefs", _UNLISTED, backgroundColor=_TEXT_OR_NONE),
    *_missing("Organization", _UNLISTED, desc=_TEXT, descData=_OPEN_OR_NONE, domainName=_TEXT_OR_NONE,
              idMemberCreator=_ID, limits=_of("Limits"), logoHash=_TEXT_OR_NONE,
              logoUrl=_TEXT_OR_NONE, powerUps=_list(_TEXT), products=_list(_NUMBER),
              website=_TEXT_OR_NONE, teamType=_TEXT_OR_NONE, type=_TEXT_OR_NONE),
    *_missing("OrganizationPrefs", _UNLISTED, orgInviteRestrict=_list(_TEXT)),
)  # fmt: skip

DEFECTS = (*PATHS, *BOARD_WITH_ALL, *PARAMETERS, *REPLIES, *FIELDS, *MISSING)

PATHS_TOO = {
    ("POST", "/boards"): ("/boards/", "the file knows it with a slash alone"),
    ("GET", "/members/{id}/boards/"): ("/members/{id}/boards", "py-trello asks with a slash"),
    ("GET", "/boards/{id}/cards/"): ("/boards/{id}/cards", "py-trello asks with a slash"),
    ("GET", "/search/members"): ("/search/members/", "the file knows it with a slash alone"),
    ("GET", "/boards/{id}/labels/{idLabel}"): ("/labels/{id}", "py-trello asks for a label so"),
    ("PUT", "/cards/{id}/{field}"): ("", "py-trello writes single fields so; the file lists GET"),
    ("PUT", "/boards/{id}/{field}"): ("", "py-trello writes single fields so; the file lists GET"),
    ("PUT", "/labels/{id}/{field}"): ("", "py-trello writes single fields so"),
    ("PUT", "/checklists/{id}/{field}"): ("", "py-trello writes single fields so"),
}
"""Operations that there are and the file does not list, or lists by another path."""
