"""Drop-downs in a text: what they offer is beside the text, and which option each shows is in it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from .chips import put_thing
from .errors import Declined
from .model import Matter, Tab
from .positions import place_in
from .units import Thing

Json = dict[str, Any]

_DEFINITION = re.compile(r"kix\.[a-zA-Z0-9_-]{2,14}")
_OPTION = re.compile(r"dropdownItem\.[a-zA-Z0-9_-]{2,14}")
_LOOKS = frozenset(("foregroundColor", "backgroundColor"))
_DEFINED = frozenset(("*", "title", "options"))
_CHOSEN = frozenset(("*", "selectedOptionId", "selected_option_id"))
_FEWEST, _MOST = 2, 50


def create_definition(doc: Matter, body: Mapping[str, Any]) -> Json:
    """Carry out createDropdownDefinition."""
    given = body.get("dropdownDefinition")
    if not isinstance(given, dict):
        raise Declined("dropdownDefinition must be given.")
    tab = doc.tab_named(body.get("tabId") or doc.first().key)
    key = given.get("dropdownDefinitionId") or doc.fresh("kix.")
    if not _DEFINITION.fullmatch(key) or key in tab.dropdowns:
        raise Declined(f"The dropdown definition ID {key} is invalid or not unique.")
    properties = given.get("dropdownDefinitionProperties") or {}
    made = {
        "dropdownDefinitionId": key,
        "dropdownDefinitionProperties": {**properties, "options": _checked(doc, properties)},
    }
    tab.dropdowns[key] = made
    return {"createDropdownDefinition": {"dropdownDefinition": made}}


def update_definition(doc: Matter, body: Mapping[str, Any]) -> None:
    """Carry out updateDropdownDefinitionProperties."""
    fields = [each for each in str(body.get("fields") or "").split(",") if each]
    given = body.get("dropdownDefinitionProperties")
    if not fields or not isinstance(given, dict) or not _DEFINED.issuperset(fields):
        raise Declined("At least one field of the dropdown definition must be specified.")
    tab = doc.tab_named(body.get("tabId") or doc.first().key)
    key = str(body.get("dropdownDefinitionId") or "")
    _options(tab, key)
    old = tab.dropdowns[key]["dropdownDefinitionProperties"]
    new = dict(old)
    if "*" in fields or "title" in fields:
        new["title"] = given.get("title", "")
    if "*" in fields or "options" in fields:
        new["options"] = _checked(doc, given)
        _replace_orphans(tab, key, new["options"], body.get("selectedOptionIdReplacements") or {})
    tab.dropdowns[key] = {**tab.dropdowns[key], "dropdownDefinitionProperties": new}
    _tell_words(tab, key)


def insert_dropdown(doc: Matter, body: Mapping[str, Any]) -> Json:
    """Carry out insertDropdown."""
    tab, at = place_in(doc, body)
    defined = str(body.get("dropdownDefinitionId") or "")
    first = str(_options(tab, defined)[0]["optionId"])
    shown = _shown(tab, defined, str(body.get("selectedOptionId") or first))
    data = {"dropdownId": doc.fresh("kix."), "dropdownProperties": shown}
    put_thing(doc, tab, at, Thing("dropdown", data))
    return {"insertDropdown": {"dropdown": data}}


def update_dropdown(doc: Matter, body: Mapping[str, Any]) -> None:
    """Carry out updateDropdownProperties: only the selected option can be changed."""
    fields = [each for each in str(body.get("fields") or "").split(",") if each]
    given = body.get("dropdownProperties")
    if not fields or not isinstance(given, dict) or not _CHOSEN.issuperset(fields):
        raise Declined("At least one field must be specified, and only selectedOptionId can be.")
    tab = doc.tab_named(body.get("tabId") or doc.first().key)
    _select(tab, str(body.get("dropdownId") or ""), str(given.get("selectedOptionId") or ""))


def add_dropdown(doc: Matter, tab: Tab, at: int, options: Sequence[str], chosen: str) -> str:
    """Put a drop-down with these options before an index, as a member does; return its id."""
    offered = [{"displayValue": each} for each in options]
    asked = {"dropdownDefinition": {"dropdownDefinitionProperties": {"options": offered}}}
    made = create_definition(doc, asked)["createDropdownDefinition"]["dropdownDefinition"]
    defined = str(made["dropdownDefinitionId"])
    shown = _shown(tab, defined, _named(tab, defined, chosen))
    data = {"dropdownId": doc.fresh("kix."), "dropdownProperties": shown}
    put_thing(doc, tab, at, Thing("dropdown", data))
    return str(data["dropdownId"])


def clear(tab: Tab, dropdown: str) -> None:
    """Let a drop-down show no option."""
    at, thing = _thing(tab, dropdown)
    named = thing.data["dropdownProperties"]["dropdownDefinitionId"]
    data = {**thing.data, "dropdownProperties": {"dropdownDefinitionId": named}}
    tab.units[at] = replace(tab.units[at], holds=Thing("dropdown", data))


def add_option(doc: Matter, tab: Tab, dropdown: str, option: str, *, anew: bool = False) -> None:
    """Give the definition of a drop-down another option, as a member does; `anew` says that the
    vendor gives all of them other ids then."""
    _, thing = _thing(tab, dropdown)
    key = str(thing.data["dropdownProperties"]["dropdownDefinitionId"])
    old = [str(each["optionId"]) for each in _options(tab, key)]
    ids = {each: doc.fresh("dropdownItem.") if anew else each for each in old}
    options = [{**each, "optionId": ids[each["optionId"]]} for each in _options(tab, key)]
    properties = {
        **tab.dropdowns[key]["dropdownDefinitionProperties"],
        "options": [*options, _option(doc, {"displayValue": option})],
    }
    tab.dropdowns[key] = {**tab.dropdowns[key], "dropdownDefinitionProperties": properties}
    _replace_orphans(tab, key, properties["options"], ids)


def shown_in(tab: Tab) -> dict[str, str]:
    """Return what each drop-down shows, by its id, in the order of the text."""
    things = (unit.holds for unit in tab.units if isinstance(unit.holds, Thing))
    return {
        str(thing.data["dropdownId"]): str(thing.data["dropdownProperties"].get("displayValue", ""))
        for thing in things
        if "dropdownId" in thing.data
    }


def choose(tab: Tab, dropdown: str, option: str) -> None:
    """Let a drop-down show the option of this name."""
    _, thing = _thing(tab, dropdown)
    defined = str(thing.data["dropdownProperties"]["dropdownDefinitionId"])
    _select(tab, dropdown, _named(tab, defined, option))


def _select(tab: Tab, dropdown: str, option: str) -> None:
    at, thing = _thing(tab, dropdown)
    defined = str(thing.data["dropdownProperties"]["dropdownDefinitionId"])
    data = {**thing.data, "dropdownProperties": _shown(tab, defined, option)}
    tab.units[at] = replace(tab.units[at], holds=Thing("dropdown", data))


def _thing(tab: Tab, dropdown: str) -> tuple[int, Thing]:
    for at, unit in enumerate(tab.units):
        if isinstance(unit.holds, Thing) and unit.holds.data.get("dropdownId") == dropdown:
            return at, unit.holds
    raise Declined(f"Dropdown with ID {dropdown} was not found.")


def _checked(doc: Matter, properties: Mapping[str, Any]) -> list[Json]:
    options = [_option(doc, each) for each in properties.get("options") or []]
    if not _FEWEST <= len(options) <= _MOST:
        raise Declined("A dropdown definition must have at least 2 options and at most 50 options.")
    if len({each["optionId"] for each in options}) < len(options):
        raise Declined("The option IDs of a dropdown definition must be unique.")
    return options


def _replace_orphans(
    tab: Tab, key: str, options: Sequence[Mapping[str, Any]], instead: Mapping[str, str]
) -> None:
    """Let drop-downs whose option goes show the one named instead of it."""
    left = {str(each["optionId"]) for each in options}
    for at, thing in _made_from(tab, key):
        shown = thing.data["dropdownProperties"]
        if (chosen := shown.get("selectedOptionId")) and chosen not in left:
            if instead.get(chosen) not in left:
                raise Declined(f"A replacement for the selected option {chosen} is required.")
            shown = {**shown, "selectedOptionId": instead[chosen]}
            data = {**thing.data, "dropdownProperties": shown}
            tab.units[at] = replace(tab.units[at], holds=Thing("dropdown", data))


def _tell_words(tab: Tab, key: str) -> None:
    """Let all drop-downs of a definition show the words of their options as they are now."""
    for _, thing in _made_from(tab, key):
        if chosen := thing.data["dropdownProperties"].get("selectedOptionId"):
            _select(tab, str(thing.data["dropdownId"]), str(chosen))


def _made_from(tab: Tab, key: str) -> list[tuple[int, Thing]]:
    return [
        (at, unit.holds)
        for at, unit in enumerate(tab.units)
        if isinstance(unit.holds, Thing)
        and unit.holds.data.get("dropdownProperties", {}).get("dropdownDefinitionId") == key
    ]


def _options(tab: Tab, defined: str) -> Sequence[Mapping[str, Any]]:
    if defined not in tab.dropdowns:
        raise Declined(f"Dropdown definition with ID {defined} was not found.")
    options: Sequence[Mapping[str, Any]] = tab.dropdowns[defined]["dropdownDefinitionProperties"][
        "options"
    ]
    return options


def _shown(tab: Tab, defined: str, option: str) -> Json:
    for each in _options(tab, defined):
        if each["optionId"] == option:
            return {
                "dropdownDefinitionId": defined,
                "selectedOptionId": option,
                "displayValue": each.get("displayValue", ""),
            }
    raise Declined(f"Option with ID {option} is not in the dropdown definition {defined}.")


def _named(tab: Tab, defined: str, name: str) -> str:
    return next(str(o["optionId"]) for o in _options(tab, defined) if o["displayValue"] == name)


def _option(doc: Matter, given: Mapping[str, Any]) -> Json:
    key = given.get("optionId") or doc.fresh("dropdownItem.")
    if not _OPTION.fullmatch(key):
        raise Declined(f"The option ID {key} is invalid.")
    if not _LOOKS.issuperset(given.get("textStyle") or {}):
        raise Declined("Only foreground_color and background_color of an option are supported.")
    return {**given, "optionId": key}
