"""What can stand in a text and is no text: people, dates, links with a card, images, breaks."""

from collections.abc import Mapping
from typing import Any

from .errors import Declined
from .model import Matter, Tab
from .positions import paragraph_end, paragraph_of, place_in
from .text import marks_between, style_at, typed
from .units import OBJECT, Thing, Unit, Units


def put_thing(doc: Matter, tab: Tab, at: int, thing: Thing, newline: bool = False) -> None:
    """Put a thing before this index, where wanted with a newline after it."""
    units = tab.units
    style, marks = style_at(units, at), marks_between(units, at)
    new: Units = [Unit(OBJECT, style, thing, marks)]
    if newline:
        paragraph = paragraph_of(units[paragraph_end(units, at)])
        new += typed(doc, "\n", style, paragraph, marks)
    units[at:at] = new


def insert_person(doc: Matter, body: Mapping[str, Any]) -> None:
    """Carry out insertPerson."""
    given = _properties(body, "personProperties")
    if "@" not in str(given.get("email", "")):
        raise Declined("The email of the person must be given.")
    tab, at = place_in(doc, body)
    shown = {"name": given.get("name") or given["email"], "email": given["email"]}
    data = {"personId": doc.fresh("kix."), "personProperties": shown}
    put_thing(doc, tab, at, Thing("person", data))


def insert_date(doc: Matter, body: Mapping[str, Any]) -> None:
    """Carry out insertDate."""
    given = _properties(body, "dateElementProperties")
    if not given.get("timestamp"):
        raise Declined("The timestamp of the date must be given.")
    tab, at = place_in(doc, body)
    shown = {"displayText": str(given["timestamp"])[:10], "locale": "en", **given}
    put_thing(
        doc,
        tab,
        at,
        Thing("dateElement", {"dateId": doc.fresh("kix."), "dateElementProperties": shown}),
    )


def insert_rich_link(doc: Matter, body: Mapping[str, Any]) -> None:
    """Carry out insertRichLink."""
    given = _properties(body, "richLinkProperties")
    if not str(given.get("uri", "")).startswith("https://"):
        raise Declined("The URI of the rich link is not supported.")
    tab, at = place_in(doc, body)
    shown = {"title": given["uri"], **given}
    put_thing(
        doc,
        tab,
        at,
        Thing("richLink", {"richLinkId": doc.fresh("kix."), "richLinkProperties": shown}),
    )


def insert_image(doc: Matter, body: Mapping[str, Any]) -> dict[str, Any]:
    """Carry out insertInlineImage; the image itself is never fetched."""
    uri = body.get("uri")
    if not isinstance(uri, str) or not uri.startswith(("http://", "https://")):
        raise Declined("The provided image URI is not publicly accessible.")
    tab, at = place_in(doc, body)
    key = add_image(doc, tab, uri, body.get("objectSize") or {})
    put_thing(doc, tab, at, Thing("inlineObjectElement", {"inlineObjectId": key}))
    return {"insertInlineImage": {"objectId": key}}


def add_image(doc: Matter, tab: Tab, uri: str, size: Mapping[str, Any], title: str = "") -> str:
    """Note an image and return its id."""
    key = doc.fresh("kix.")
    image: dict[str, Any] = {"imageProperties": {"contentUri": uri, "sourceUri": uri}}
    if size:
        image["size"] = size
    if title:
        image["description"] = title
    tab.images[key] = {
        "objectId": key,
        "inlineObjectProperties": {"embeddedObject": image},
    }
    return key


def insert_page_break(doc: Matter, body: Mapping[str, Any]) -> None:
    """Carry out insertPageBreak."""
    tab, at = place_in(doc, body)
    put_thing(doc, tab, at, Thing("pageBreak"), newline=True)


def _properties(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    given = body.get(name)
    if not isinstance(given, dict):
        raise Declined(f"{name} must be given.")
    return given
