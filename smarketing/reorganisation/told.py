"""What a reorganisation comes to, told as people would: teams, people, and what is merged. Pure."""

from smarketing.reorganisation.known import Reorganisation
from smarketing.reorganisation.people import of_people, of_teams
from smarketing.reorganisation.things import of_things
from smarketing.reorganisation.work import of_what_is_left_over, of_work
from smarketing.text.wording import one_line


def told(what: Reorganisation) -> tuple[str, ...]:
    """Return the sentences, in the order in which a person asks."""
    if not what.before:
        return ()
    sentences = [
        *of_teams(what),
        *of_people(what),
        *of_work(what),
        *of_what_is_left_over(what),
        *of_things(what),
    ]
    return tuple(dict.fromkeys(one_line(sentence) for sentence in sentences))
