"""What an upload brings: metadata, bytes, and whether they become a Doc or a Sheet."""

from dataclasses import dataclass
from typing import Any

from ..call import Call, json_object
from ..errors import Said, invalid
from .model import DOC, FOLDER, SHEET
from .multipart import parameter, parts

DOC_FROM = ("text/plain", "text/markdown", "text/html")
SHEET_FROM = ("text/csv", "text/tab-separated-values")


@dataclass(frozen=True, slots=True)
class Media:
    """Bytes that came along."""

    mime: str
    data: bytes

    def text(self) -> str:
        """Return them as text."""
        charset = parameter(self.mime, "charset") or "utf-8"
        try:
            return self.data.decode(charset)
        except (UnicodeDecodeError, LookupError):
            raise invalid("Bad Request: the media is not text.") from None

    @property
    def kind(self) -> str:
        """Return the content type without its parameters."""
        return self.mime.partition(";")[0].strip().lower()


def brought(call: Call) -> tuple[dict[str, Any], Media | None]:
    """Return the metadata and the media of a call, None where it has no media."""
    if not call.asked.path.startswith("/upload/"):
        return call.body(), None
    content_type = call.asked.headers.get("content-type", "application/octet-stream")
    how = call.asked.one("uploadType") or call.asked.one("upload_protocol")
    if how == "media":
        return {}, Media(content_type, call.asked.body)
    if how != "multipart":
        raise invalid(f"The stand-in serves no upload of type '{how}'.", "uploadType")
    found = parts(content_type, call.asked.body)
    if len(found) != 2:
        raise Said(400, "badContent", "Multipart must have two parts.")
    return json_object(found[0].body), Media(
        found[1].headers.get("content-type", ""), found[1].body
    )


def content_of(call: Call, mime: str, name: str, media: Media | None) -> Any:
    """Return what is inside a new file of this type; raise 400 for what can't be converted."""
    from ..docs import api as docs
    from ..sheets import api as sheets

    if mime == FOLDER:
        return None
    if mime == DOC:
        if media is None:
            return docs.Doc.blank(call.world.switches)
        _must_be(media, DOC_FROM)
        return docs.Doc.imported(media.text(), media.kind, call.world.switches)
    if mime == SHEET:
        if media is None:
            return sheets.Sheet.blank(name)
        _must_be(media, SHEET_FROM)
        return sheets.Sheet.imported(name, media.text(), media.kind)
    return b"" if media is None else media.data


def _must_be(media: Media, kinds: tuple[str, ...]) -> None:
    if media.kind not in kinds:
        raise Said(400, "badRequest", f"Bad Request: {media.kind} can't be converted to that type.")
