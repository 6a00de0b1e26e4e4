"""The local integration keeps the contract that every integration keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from smarketing.contract import Integration, Names, Remote, Setup
from smarketing.integrations.local import integration
from smarketing.kinds import Value
from smarketing.testing.conformance import Conformance
from smarketing.testing.site import World

from .calendar_program import alter_in_a_calendar


@dataclass(slots=True)
class FolderWorld(World):
    """A folder that a member edits with any editor."""

    folder: Path = field(default_factory=Path)

    def reopen(self) -> Integration:
        again: Integration = integration(Setup({}, self.folder))
        return again

    def member(self, which: Remote, fields: Mapping[str, Value]) -> bool:
        file = self.folder / which.url
        text = file.read_bytes().decode()
        for name, value in fields.items():
            former = str(which.fields[name])
            assert former in text
            text = text.replace(former, str(value))
        file.write_bytes(text.encode())
        return True

    def foreign(self, kind: str, parent: Remote, title: str) -> bool:
        lane = f"## {parent.fields['title']}\n"
        for board in self.folder.rglob("*.md"):
            text = board.read_bytes().decode()
            if lane in text:
                board.write_bytes(text.replace(lane, f"{lane}\n- [ ] {title}\n").encode())
                return True
        return False

    def occurrence(self, series: Remote, day: str, start: str) -> bool:
        alter_in_a_calendar(self.folder / series.url, "Weekly", day, start)
        return True

    def picture(self) -> object:
        return {
            path: (path.stat().st_mtime_ns, path.read_bytes())
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }


class TestAFolder(Conformance):
    def world(self, tmp_path: Path) -> World:
        return FolderWorld(integration(Setup({}, tmp_path)), folder=tmp_path, shared=False)

    def names(self) -> Names:
        url = "Home/Glossary.md"
        return Names({"document:glossary": url}, {url: "document:glossary"}, "Home/Work.md")
