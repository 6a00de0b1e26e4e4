"""JSON Schema (draft 2020-12) of playbooks and configs, for editors."""

from typing import Any

from smarketing.config.config import Config
from smarketing.playbook.playbook import Playbook
from smarketing.yamlfiles.shape import Shape

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def playbook_schema() -> dict[str, Any]:
    """Return the schema of playbook.yaml."""
    return _schema(Playbook, "A smarketing playbook")


def config_schema() -> dict[str, Any]:
    """Return the schema of config.yaml."""
    return _schema(Config, "A smarketing config")


def _schema(shape: type[Shape], title: str) -> dict[str, Any]:
    schema: dict[str, Any] = _closed(shape.model_json_schema(mode="validation"))
    return {"$schema": _DIALECT, **schema, "title": title}


def _closed(schema: Any) -> Any:
    """Return the schema with no other keys allowed where keys have a pattern."""
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _closed(part) for name, part in schema.items()}
    if "patternProperties" in closed:
        closed["additionalProperties"] = False
    return closed
