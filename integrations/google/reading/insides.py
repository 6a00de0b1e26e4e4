"""Requests for the inside of a file: a document's text, a spreadsheet's cells."""

from typing import Any

from ..client import Client
from ..sheet import sheet


def document_request(client: Client, file: str) -> Any:
    """Return the request for a document; edits count from the places that it tells.

    Only with its tabs does Google tell what its drop-downs have to choose from.
    """
    return client.docs.documents().get(
        documentId=file, includeTabsContent=True, suggestionsViewMode="SUGGESTIONS_INLINE"
    )


def table_request(client: Client, file: str) -> Any:
    """Return the request for a spreadsheet's cells and columns."""
    return client.sheets.spreadsheets().get(spreadsheetId=file, fields=sheet.FIELDS)
