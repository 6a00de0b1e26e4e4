"""What forgetting somebody does and leaves, as people and programs read it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from smarketing.config.parting import Edited
from smarketing.forget.forgetting import Forgetting, Mention
from smarketing.text.mentions import Who
from smarketing.text.wording import joined, one_line, plural

OUT_OF_REACH = (
    "the tools' own logs, earlier versions and trash",
    "mails and messages that were sent, and calendars of others",
    "version control and backups of your files, and plans kept by `plan --out`",
    "other computers where smarketing was run: forget there, too",
)
"""What nobody but a person can look after."""


@dataclass(frozen=True, slots=True)
class Case:
    """One workspace, and what forgetting the person means there.

    `mentions` are where the person is still named afterwards, `notes` sentences about the rest.
    `traces` says that only unused parts of the state's file hold the name.
    """

    workspace: str
    forgetting: Forgetting
    mentions: tuple[Mention, ...]
    notes: tuple[str, ...] = ()
    cache: bool = False
    traces: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to take out of this workspace's state."""
        return self.forgetting.is_empty and not self.cache and not self.traces


def forget_text(who: Who, edits: Sequence[Edited], cases: Sequence[Case], again: str) -> str:
    """Return what is taken out, what still names the person, and what is out of reach."""
    name = one_line(who.mailbox)
    blocks: list[list[str]] = []
    if not edits and all(case.is_empty for case in cases):
        blocks.append([f"Config, state and history hold no more of {name} than your tools do."])
    else:
        blocks.append([f"This takes {name} out of config, state and history."])
    if edits:
        lines = [f"  {one_line(line)}" for each in edits for line in each.lines]
        blocks.append(["In config:", *lines])
    blocks += [_state(case) for case in cases if not case.is_empty]
    if mentions := [each for case in cases for each in case.mentions]:
        blocks.append(_still(dict.fromkeys(mentions), again))
    if notes := [f"- {one_line(note)}" for case in cases for note in case.notes]:
        blocks.append(list(dict.fromkeys(notes)))
    blocks.append(["Out of reach from here:", *(f"  - {each}" for each in OUT_OF_REACH)])
    return "\n\n".join("\n".join(block) for block in blocks)


def _state(case: Case) -> list[str]:
    found = case.forgetting
    lines = [f"In the state of {one_line(case.workspace)} on this computer:"]
    if found.messages:
        lines.append(f"  {plural(found.messages, 'record of a message', 'records of messages')}")
    if found.values:
        lines.append(f"  {plural(found.values, 'thing', 'things')} that no tool shows any more")
    if found.writes or found.runs:
        lines.append(
            f"  history: {plural(len(found.writes), 'write', 'writes')}; that something was "
            "written stays, its values go"
        )
    runs = sorted({write.run for write in found.writes if not write.is_kept})
    if runs:
        named = joined([str(run) for run in runs], most=8)
        noun = "run" if len(runs) == 1 else "runs"
        lines.append(f"  `smarketing undo` can't take back {noun} {named} then")
    if case.cache:
        lines.append("  texts that were filled in before")
    if case.traces:
        lines.append("  what was left of former values in its file")
    return lines


def _still(mentions: "Sequence[Mention] | dict[Mention, None]", again: str) -> list[str]:
    by_hand = [each for each in mentions if not each.made]
    lines = [f"  “{one_line(m.title)}”, {_often(m.times)}: {one_line(m.where)}" for m in by_hand]
    if len(by_hand) < len(mentions):
        lines.append("  The start pages, which follow what they are made from.")
    return [
        "These still hold the name:",
        *lines,
        "Change or delete them there by hand, run `smarketing apply`, then this again:",
        f"  {again}",
    ]


def _often(times: int) -> str:
    return {1: "once", 2: "twice"}.get(times, f"{times} times")


def forget_json(
    who: Who, edits: Sequence[Edited], cases: Sequence[Case], done: bool
) -> dict[str, Any]:
    """Return the same as data."""
    return {
        "person": {"name": who.name, "mail": who.mail},
        "done": done,
        "config": [line for each in edits for line in each.lines],
        "workspaces": [
            {
                "workspace": case.workspace,
                "messages": case.forgetting.messages,
                "values": case.forgetting.values,
                "writes": len(case.forgetting.writes),
                "still_named_in": [asdict(mention) for mention in case.mentions],
                "notes": list(case.notes),
            }
            for case in cases
        ],
        "out_of_reach": list(OUT_OF_REACH),
    }
