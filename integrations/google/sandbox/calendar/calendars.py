"""Calendars, everybody's list of them, and who may do what with each."""

from typing import Any

from smarketing.standin import Mail

from ..call import Call
from ..errors import Said, invalid
from . import times as moments
from .json import calendar_json, entry_json, rule_json
from .store import ROLES, Calendar, Rule

_TYPES = ("default", "user", "group", "domain")


def insert(call: Call) -> Any:
    """Make a calendar."""
    said = call.body()
    if not str(said.get("summary") or "").strip():
        raise Said(400, "required", "Missing title.", location="summary")
    _check_zone(said)
    calendar = call.calendars.add(str(said["summary"]), call.caller)
    _write(calendar, said)
    return calendar_json(calendar)


def get(call: Call) -> Any:
    """Return a calendar."""
    return calendar_json(call.calendars.reached(call.ids[0], call.caller))


def patch(call: Call) -> Any:
    """Change what is named of a calendar."""
    calendar = call.calendars.reached(call.ids[0], call.caller, "owner")
    said = call.body()
    _check_zone(said)
    _write(calendar, said)
    return calendar_json(calendar)


def delete(call: Call) -> Any:
    """Delete a calendar with all that is in it."""
    calendar = call.calendars.reached(call.ids[0], call.caller, "owner")
    if calendar.primary:
        raise Said(403, "cannotDeletePrimaryCalendar", "The primary calendar can't be deleted.")
    del call.calendars.calendars[calendar.id]
    return None


def list_entries(call: Call) -> Any:
    """Return a page of the calendars that the person sees."""
    call.calendars.primary(call.caller.person)
    known = ((one, call.calendars.role(one, call.caller)) for one in _all(call))
    found = [entry_json(one, role) for one, role in known if role != "none"]
    size, token = call.number("maxResults", 100, 250), call.asked.one("pageToken") or "0"
    if not token.isdigit():
        raise invalid("Invalid page token value.", "pageToken")
    start = int(token)
    reply: dict[str, Any] = {"kind": "calendar#calendarList", "etag": '"0"'}
    reply["items"] = found[start : start + size]
    if start + size < len(found):
        reply["nextPageToken"] = str(start + size)
    else:
        reply["nextSyncToken"] = "0"
    return reply


def get_entry(call: Call) -> Any:
    """Return one calendar of the list."""
    calendar = call.calendars.reached(call.ids[0], call.caller)
    return entry_json(calendar, call.calendars.role(calendar, call.caller))


def list_rules(call: Call) -> Any:
    """Return who may do what with a calendar."""
    calendar = call.calendars.reached(call.ids[0], call.caller, "owner")
    items = [rule_json(rule) for rule in calendar.rules.values()]
    return {"kind": "calendar#acl", "etag": '"0"', "items": items, "nextSyncToken": "0"}


def get_rule(call: Call) -> Any:
    """Return one rule."""
    return rule_json(_rule(call)[1])


def insert_rule(call: Call) -> Any:
    """Give a right; people and groups are told unless that is left out."""
    calendar = call.calendars.reached(call.ids[0], call.caller, "owner")
    said = call.body()
    scope = said.get("scope") or {}
    rule = Rule(str(scope.get("type")), str(scope.get("value", "")).lower(), _role(said))
    if rule.type not in _TYPES or (rule.type != "default" and not rule.who):
        raise invalid("Invalid scope value.", "scope")
    calendar.rules[rule.id] = rule
    if rule.type in ("user", "group") and call.flag("sendNotifications", True):
        subject = f"A calendar was shared with you: {calendar.summary!r}"
        me = call.caller.person.mail
        call.world.mails.append(Mail(rule.who, subject, me, call.world.now()))
    return rule_json(rule)


def patch_rule(call: Call) -> Any:
    """Change a right."""
    _, rule = _rule(call)
    rule.role = _role(call.body())
    return rule_json(rule)


def delete_rule(call: Call) -> Any:
    """Take a right away."""
    calendar, rule = _rule(call)
    if rule.who == calendar.owner:
        raise Said(403, "cannotRemoveOwner", "The data owner can't be removed.")
    del calendar.rules[rule.id]
    return None


def _all(call: Call) -> list[Calendar]:
    return list(call.calendars.calendars.values())


def _check_zone(said: dict[str, Any]) -> None:
    if said.get("timeZone"):
        moments.zone(str(said["timeZone"]))


def _write(calendar: Calendar, said: dict[str, Any]) -> None:
    for name in ("summary", "description", "location"):
        if name in said:
            setattr(calendar, name, str(said[name] or ""))
    calendar.zone = str(said.get("timeZone") or calendar.zone)


def _rule(call: Call) -> tuple[Calendar, Rule]:
    calendar = call.calendars.reached(call.ids[0], call.caller, "owner")
    rule = calendar.rules.get(call.ids[1])
    if rule is None:
        raise Said(404, "notFound", "Not Found")
    return calendar, rule


def _role(said: dict[str, Any]) -> str:
    role = str(said.get("role", ""))
    if role not in ROLES:
        raise invalid("Invalid role value.", "role")
    return role
