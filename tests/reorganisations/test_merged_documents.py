"""Documents that become one keep the headings that members gave, each above its own text."""

import pytest

from smarketing.kinds import THERE, Merge
from smarketing.merging.merge import merge
from smarketing.reorganisation.joining import with_words_of
from smarketing.state.record import PLAYBOOK, Record, Seen

HANDBOOK = "# Handbook\n\n## Who calls\n\nSales calls first.\n\n## When\n\nWithin one day.\n"
RULE = "# Rule\n\n## Reasons\n\nThere is no budget.\n\n## Clock\n\nTwo hours, no longer.\n"
CALLS, WHEN, REASONS, CLOCK = (
    "## Who calls\n\nSales calls first.",
    "## When\n\nWithin one day.",
    "## Reasons\n\nThere is no budget.",
    "## Clock\n\nTwo hours, no longer.",
)


def document(said: str, stands: str) -> Record:
    hub = {"body": stands, "parent": "root:local", "existence": THERE}
    return Record("document:x", "document", "local", hub, {PLAYBOOK: {"body": Seen(said, said)}})


def merged(handbook: str, rule: str, asked: str) -> str:
    """Return the one document that both become, where members wrote `handbook` and `rule`."""
    one = with_words_of(document(HANDBOOK, handbook), document(RULE, rule))
    base = one.seen[PLAYBOOK]["body"].hub
    return str(merge(Merge.BLOCKS, base, one.hub["body"], asked, stands="hub", inputs={}).value)


ORDERS = {
    "one after the other": (CALLS, WHEN, REASONS, CLOCK),
    "the second before the first": (REASONS, CLOCK, CALLS, WHEN),
    "mixed": (CLOCK, CALLS, REASONS, WHEN),
}


@pytest.mark.parametrize("order", ORDERS)
def test_a_heading_that_members_gave_goes_with_the_text_below_it(order: str) -> None:
    ours = RULE.replace("# Rule", "# Our deal").replace("## Reasons", "## Why we say no")
    theirs = HANDBOOK.replace("## When", "## So soon")
    asked = "# Manual\n\n" + "\n\n".join(ORDERS[order]) + "\n"
    text = merged(theirs, ours, asked)
    assert "## Why we say no\n\nThere is no budget." in text
    assert "## So soon\n\nWithin one day." in text
    assert "## Reasons" not in text
    assert "## When" not in text
    assert "# Our deal" in text


def test_a_heading_that_members_gave_stays_where_the_playbook_gives_it_another() -> None:
    asked = f"# Manual\n\n{CALLS.replace('Who calls', 'First call')}\n\n{WHEN}\n\n{REASONS}\n"
    text = merged(HANDBOOK.replace("Who calls", "Our callers"), RULE, asked)
    assert text.startswith("# Manual\n\n## Our callers\n\nSales calls first.\n")


def test_a_title_stays_above_the_heading_that_members_gave() -> None:
    asked = "# Manual\n\nSales calls first.\n\nWithin one day.\n\nThere is no budget.\n"
    text = merged(HANDBOOK.replace("Who calls", "Our callers"), RULE, asked)
    assert text.startswith("# Manual\n\n## Our callers\n\nSales calls first.\n")


def test_a_section_that_members_added_comes_along() -> None:
    ours = RULE.replace("## Clock", "## Our own\n\nOwn words.\n\n## Clock")
    asked = "# Manual\n\n" + "\n\n".join(ORDERS["one after the other"]) + "\n"
    assert "## Our own\n\nOwn words.\n" in merged(HANDBOOK, ours, asked)
