"""A comment can't go along to another document: the plan says where it stays."""

import json
from pathlib import Path
from textwrap import indent

from . import miniature
from .members import in_google
from .miniature import BOTH, GLOSSARY, RULE
from .office import office

SECTION = "\n## Who calls\n\nSales calls whoever asked first.\n"
STAYS = (
    "Comments on what moves stay listed in “Glossary”: no comment can be taken along to another "
    "document."
)


def test_a_section_that_moves_leaves_its_comments_and_the_plan_says_where(tmp_path: Path) -> None:
    made = office(tmp_path, BOTH)
    made.document("glossary.md", GLOSSARY + SECTION)
    made.apply()
    made.settled()
    member = in_google(made.vendors)
    member.in_document(
        "Glossary", lambda doc: doc.member_comments("whoever asked", "Is it always sales?")
    )
    made.document("glossary.md", GLOSSARY)
    made.document("rule.md", RULE + SECTION)
    assert STAYS in made.plan().reorganised
    assert not made.apply().failed
    made.settled()
    assert member.comments("Glossary") == ["Is it always sales?"]


def test_a_document_that_is_merged_keeps_its_comments_and_the_plan_says_where(
    tmp_path: Path,
) -> None:
    made = office(tmp_path, BOTH)
    made.apply()
    alone = GLOSSARY.replace(" The [hand-off rule](link:document:rule) says who calls.", "")
    words = " The words are in the [glossary](link:document:glossary)."
    made.document("rule.md", f"{RULE.replace(words, '')}\n{alone}")
    made.playbook('"title": "Hand-off rule",', '"title": "Hand-off rule", "was": "glossary",')
    former = json.dumps({"glossary": miniature.PLAYBOOK["documents"]["glossary"]}, indent=1)
    made.playbook(indent(former.strip("{}").strip("\n"), " ") + ",\n", "")
    assert STAYS in made.plan().reorganised


def test_where_nobody_comments_nothing_is_said_of_it(tmp_path: Path) -> None:
    made = office(tmp_path, BOTH)
    made.change_config(use={"boards": "trello"})
    made.document("glossary.md", GLOSSARY + SECTION)
    made.apply()
    made.document("glossary.md", GLOSSARY)
    made.document("rule.md", RULE + SECTION)
    told = made.plan().reorganised
    assert any("The section “Who calls” moves" in each for each in told)
    assert not any("omment" in each for each in told)
