"""The conformance suite's world on a memory tool."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from smarketing.contract import Remote
from smarketing.kinds import Value
from smarketing.testing.awkward import Awkward
from smarketing.testing.memory import Memory
from smarketing.testing.memory_tool import Tool
from smarketing.testing.site import World

TOKEN = "token-that-nobody-may-see"


@dataclass(slots=True)
class MemoryWorld(World):
    """The suite's world on a memory tool, with every door open."""

    tool: Tool = field(default_factory=Tool)
    make: type[Memory] = Memory

    def reopen(self) -> Memory:
        return self.make(self.tool, token=TOKEN)

    def member(self, which: Remote, fields: Mapping[str, Value]) -> bool:
        for name, value in fields.items():
            self.tool.member.set(which.id, name, value)
        return True

    def foreign(self, kind: str, parent: Remote, title: str) -> bool:
        return bool(self.tool.member.add(kind, parent.id, {"title": title}))

    def occurrence(self, series: Remote, day: str, start: str) -> bool:
        member = self.tool.member
        for thing in self.tool.children(series.id):
            if thing.fields.get("date") == day:
                which = thing.id
                break
        else:
            which = member.add("occurrence", series.id, {"date": day})
        if start:
            member.set(which, "start", start)
        else:
            member.archive(which)
        return True

    def picture(self) -> object:
        versions = {each.id: each.version for each in self.tool.things.values()}
        return (self.tool.picture(), versions)


def memory_world(awkward: Awkward, make: type[Memory] = Memory) -> MemoryWorld:
    """Return a world with a fresh tool, and an integration of the class `make`."""
    tool = Tool(awkward)
    return MemoryWorld(make(tool, token=TOKEN), secrets=(TOKEN,), tool=tool, make=make)
