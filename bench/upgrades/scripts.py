"""Twenty upgrades of the shipped documents, each as a person would write it into the playbook."""

from collections.abc import Mapping

Upgrade = Mapping[str, Mapping[str, str]]
"""By document: what stands there now, and what shall stand there instead."""

UPGRADES: Mapping[str, Upgrade] = {
    "a sentence says who": {
        "handoff": {
            "asking is not refusing.": "asking is not refusing. The same person asks.",
            "nothing waits for somebody's return.": "nothing waits for anybody's return.",
        },
    },
    "shorter deadlines": {
        "handoff": {
            "Marketing asks about each lead that has been open for 90 days.": (
                "Marketing asks about each lead that has been open for 60 days."
            ),
            "After the third without an answer it goes back": (
                "After the second without an answer it goes back"
            ),
            "both heads read them together, ten minutes.": "both heads read them together.",
        },
    },
    "a step more in the clock": {
        "handoff": {
            "| still nothing | point 2 of the weekly: one lead, one name, one minute | both heads |": (
                "| two working days, still nothing | the head of sales takes it | the head of sales |\n"
                "| still nothing | point 2 of the weekly: one lead, one name | both heads |"
            ),
        },
    },
    "a reason less": {
        "handoff": {
            "| **Ours already** | a customer, or an open opportunity | gives it to the colleague who knows them |\n": "",
            "each hides one of the six. A seventh": "each hides one of the five. A sixth",
        },
    },
    "a reason more": {
        "handoff": {
            "| **Ours already** |": (
                "| **Too small** | the order would cost more than it brings | sends the price list |\n"
                "| **Ours already** |"
            ),
            "each hides one of the six. A seventh": "each hides one of the seven. An eighth",
        },
    },
    "plainer words for the verdict": {
        "handoff": {
            "A refusal is worth as much as an acceptance, because it improves the next lead.": (
                "A refusal helps as much as a yes, because the next lead is better for it."
            ),
            "It has one reason from this list and, if it helps, one sentence.": (
                "It has one reason from this list. One sentence may follow."
            ),
        },
    },
    "a list is filled up": {
        "handoff": {
            "- [ ] **What to open with:** one sentence that marketing would say first": (
                "- [ ] **What to open with:** one sentence that marketing would say first\n"
                "- [ ] **What not to say:** a promise that somebody heard before"
            ),
            "Without these five, the clock does not start.": (
                "Without these six, the clock does not start."
            ),
        },
    },
    "a heading is renamed": {
        "handoff": {
            "## What breaks it, and what we do then": "## How it breaks, and what we do then",
            "## What comes back": "## What marketing hears",
        },
    },
    "a paragraph goes": {
        "handoff": {
            "The clock runs only while sales works: Friday night and the weekend do not count.\n\n": "",
        },
    },
    "paragraphs are added": {
        "handoff": {
            "## Signed\n": (
                "## When we change it\n\n"
                "Both heads change it together, at the first weekly meeting of a quarter. "
                "A change holds from the Monday after.\n\n## Signed\n"
            ),
            "## Accept\n": "## Accept\n\nSay yes quickly, or no quickly.\n",
        },
    },
    "an entry is sharper": {
        "glossary": {
            "who asked *us* for something in the last 30 days and named": (
                "who asked *us* for something in the last 20 days and named"
            ),
            "**Does not:** only took a guide; a student;": "**Does not:** took a guide; a student;",
        },
    },
    "words to avoid": {
        "glossary": {
            "**Not** contact, name, enquiry.": "**Not** contact, name, enquiry, record.",
            "**Not** hot lead, good lead, MQL.": "**Not** hot lead, warm lead, MQL.",
            "**Not** account, client, user (users are people who work with it).": (
                "**Not** account, client."
            ),
        },
    },
    "an entry more": {
        "glossary": {
            "## Campaign · proposed\n": (
                "## Renewal · proposed\n\n"
                "**In one sentence:** a customer's order that goes on for another term.\n\n"
                "**Say** renewal. **Not** repeat business.\n\n## Campaign · proposed\n"
            ),
        },
    },
    "an entry goes": {
        "glossary": {
            "## Expansion lead · proposed\n\n": "",
            "**In one sentence:** a customer who could use more: another team, another product, "
            "a larger order.\n\n": "",
        },
    },
    "the table of steps": {
        "glossary": {
            "| 1 | Lead | somebody shows interest and we can reach them | marketing |": (
                "| 1 | Lead | somebody shows interest, and can be reached | marketing |"
            ),
            "| 6 | Customer | the order is signed | sales |": (
                "| 6 | Customer | the order is signed by both | sales |"
            ),
            "A lead may also go back a step. That is a verdict, not a failure;": (
                "A lead may go back a step. That is a verdict, not a failure;"
            ),
        },
    },
    "who looks again, and when": {
        "glossary": {
            "at the first weekly meeting of each quarter, and whenever two people argue about a word "
            "for more than five minutes.": (
                "twice a year, and whenever two people argue about a word for more than five minutes."
            ),
            "Until then, work with the proposal.": "Until then the proposal holds.",
        },
    },
    "many small words": {
        "glossary": {
            "a bought address; a visitor without a name;": "a bought address; an unknown visitor;",
            "Counts:** assigned to Ana, with the notes.": "Counts:** assigned to Ana with all notes.",
            'silence; "I\'ll have a look";': 'silence; "I will see";',
            "a pleasant first call;": "a friendly first call;",
            "signed yesterday, not delivered yet.": "signed today, not delivered yet.",
        },
    },
    "a buyer's page": {
        "persona": {
            "everybody in sales may change a line after a call.": (
                "everybody in sales may change lines after a call."
            ),
            "Mark what a customer said with *heard* and the month.": (
                "Mark what a customer said with *heard*, the month and the trade."
            ),
            "They are asked about what went wrong, seldom thanked for what went right.": (
                "They hear of what went wrong, seldom of what went right."
            ),
            "the busy season, a project that failed before,": "the season, a project that failed,",
        },
    },
    "a buyer's questions": {
        "persona": {
            "| Using | Does my team use it? |": "| Using | Does my team use it every day? |",
            "a trial with their own worst case": "a trial with their hardest case",
            "- A mistake that reached a customer, and the meeting about it\n": (
                "- A mistake that reached a customer\n- A rival that answers faster\n"
            ),
        },
    },
    "everything at once": {
        "handoff": {
            "Marketing hands over a lead when it is a *qualified lead*, and not before.": (
                "Marketing hands over a lead when it is a *qualified lead*, never before."
            ),
            "Welcome, but it gets the same five things": "Welcome, and it gets the same five things",
            "by a message to them alone": "by a message to nobody else",
        },
        "glossary": {
            "a free trial; a promise by phone;": "a free trial; a promise;",
            "by the job they have to do and in the words they use,": (
                "by the job they do and in the words they use,"
            ),
        },
        "persona": {
            "A clear list of what their team has to do, and for how many hours": (
                "A list of what their team has to do, and for how many hours"
            ),
        },
    },
}
