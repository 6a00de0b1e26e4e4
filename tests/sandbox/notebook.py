"""A tiny vendor: notes that can be added and listed by whoever has a token."""

from collections.abc import Mapping

from smarketing.sandbox.clock import Clock, standing
from smarketing.sandbox.sandbox import Sandbox
from smarketing.standin import Answer, Asked, Mail, Person, StandIn, World, json_answer

ANA = Person("ana", "Ana Silva", "ana@acme.example", "token-of-ana")
BEN = Person("ben", "Ben Okoye", "ben@acme.example", "token-of-ben")


class Notebook:
    """Serves `/notes`."""

    prefixes: tuple[str, ...] = ("/notes",)
    switches: Mapping[str, str] = {"loud": "notes are in capitals"}

    def __init__(self, world: World, name: str = "notebook") -> None:
        self.world, self.name = world, name
        self.notes: list[tuple[str, str]] = []

    def answer(self, asked: Asked) -> Answer:
        """Add a note, or list them."""
        token = asked.headers.get("authorization", "")
        person = next((p for p in self.world.people if p.token == token), None)
        if person is None:
            return Answer(401, {}, b"who are you")
        if asked.method == "POST":
            self.notes.append((person.key, asked.json()["text"]))
            self.world.mails.append(Mail(person.mail, "A note", person.key, self.world.now()))
        if asked.path == "/notes/broken":
            raise KeyError("a bug of the stand-in")
        return json_answer([list(note) for note in self.notes])

    def refusal(self, why: str, asked: Asked) -> Answer:
        """Refuse in the notebook's own form."""
        return json_answer({"no": why}, 429 if why == "rate limit" else 503)

    def account(self, person: Person) -> Mapping[str, str]:
        """Return what this person signs in with."""
        return {"token": person.token}

    def picture(self) -> list[list[str]]:
        """Return all notes."""
        return [list(note) for note in self.notes]


def sandbox(clock: Clock | None = None) -> tuple[Sandbox, Notebook]:
    """Return a sandbox of one notebook."""
    clock = clock or standing()
    world = World(clock.now, (ANA, BEN))
    notebook: StandIn = Notebook(world)
    assert isinstance(notebook, Notebook)
    return Sandbox(world, [notebook], clock=clock), notebook


def write(text: str, person: Person = ANA) -> Asked:
    """Return the request that adds a note."""
    return Asked(
        "POST", "/notes", {}, {"authorization": person.token}, json_answer({"text": text}).body
    )


def read(person: Person = ANA) -> Asked:
    """Return the request that lists the notes."""
    return Asked("GET", "/notes", {}, {"authorization": person.token})
