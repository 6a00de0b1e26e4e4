"""Stands in for Google Drive, Docs, Sheets, Calendar and the token endpoint."""

from .google import Google, stand_in

__all__ = ["Google", "stand_in"]
