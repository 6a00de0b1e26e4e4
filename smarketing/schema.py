"""JSON Schema (draft 2020-12) of playbooks and configs, for editors."""

from typing import Any

from smarketing.config import Config
from smarketing.playbook import Playbook
from smarketing.validation import Shape

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def playbook_schema() -> dict[str, Any]:
    """Return the schema of playbook.yaml."""
    return _schema(Playbook, "A smarketing playbook")


def config_schema() -> dict[str, Any]:
    """Return the schema of config.yaml."""
    return _schema(Config, "A smarketing config")


def _schema(shape: type[Shape], title: str) -> dict[str, Any]:
    return {"$schema": _DIALECT, **shape.model_json_schema(mode="validation"), "title": title}
