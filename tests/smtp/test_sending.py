"""Mail goes out over TLS alone, once, to one person, as plain text that nobody can make more of."""

from collections.abc import Callable, Sequence
from email.headerregistry import Address
from pathlib import Path

import pytest

from smarketing.contract import Change, Done, Failed, Later, Lost, Outcome, Setup, Unreachable
from smarketing.integrations.smtp.letter import message_id
from smarketing.integrations.smtp.smtp import Smtp
from smarketing.kinds import Value
from smarketing.problems import UserError

from .certificates import authority
from .conftest import Mail
from .office import PASSWORD, USER, Office, free_port, opened

pytestmark = [
    pytest.mark.enable_socket,  # the mail server listens on this computer
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS"),
]

WORKSPACE = "k3v9-7q2m-x4dt"
ANA = "Ana Silva <ana@acme.example>"


def message(**fields: Value) -> Change:
    said = {"to": ANA, "subject": "Your week", "body": "Hello Ana,\n\nall is well.\n", **fields}
    return Change("create", "message:digest-weekly", "message", said, "root:smtp")


def send(tool: Smtp, change: Change) -> Outcome:
    (step,) = tool.steps([change], WORKSPACE)
    outcomes: Sequence[Outcome] = tool.perform(step, {})
    return outcomes[0]


@pytest.mark.parametrize("how", ["starttls", "smtps"])
def test_a_message_arrives_over_tls_as_plain_text_in_utf_8(
    serve: Callable[[str], Mail], how: str
) -> None:
    mail = serve(how)
    body = "Hello Zoë,\n\n- [Glossary](https://docs.example/1)\n. a dot first\nמחר 🚀 👩‍👩‍👧\n"
    done = send(mail.tool(), message(subject="Zoë, your week 🚀", body=body))
    assert isinstance(done, Done)
    (letter,) = mail.office.letters
    assert mail.office.safe == [True]
    assert letter.get_content_type() == "text/plain"
    assert letter["Subject"] == "Zoë, your week 🚀"
    assert letter["To"] == ANA
    assert letter["From"] == "Smarketing <smarketing@acme.example>"
    assert letter.get_content().replace("\r\n", "\n") == body.replace(
        "[Glossary](https://docs.example/1)", "Glossary: https://docs.example/1"
    )
    assert mail.office.envelopes[0].rcpt_tos == ["ana@acme.example"]
    assert mail.office.envelopes[0].mail_from == "smarketing@acme.example"


def test_the_message_id_is_the_same_whenever_the_same_message_is_sent(mail: Mail) -> None:
    first, second = send(mail.tool(), message()), send(mail.tool(), message(body="Other words\n"))
    assert isinstance(first, Done)
    assert isinstance(second, Done)
    assert first.remote.id == second.remote.id
    assert {str(letter["Message-ID"]) for letter in mail.office.letters} == {first.remote.id}
    sender = Address(addr_spec="smarketing@acme.example")
    assert message_id(WORKSPACE, "message:digest-weekly", sender) == first.remote.id
    assert message_id("other", "message:digest-weekly", sender) != first.remote.id


@pytest.mark.parametrize(
    "evil",
    [
        "Week\r\nBcc: eve@evil.example",
        "Week\nBcc: eve@evil.example",
        "Week\rBcc: eve@evil.example",
        "Week\u2028Bcc: eve@evil.example",
        "Week\x85Bcc: eve@evil.example\x00\x0b",
        "Week\r\n\r\n<script>alert(1)</script>",
    ],
)
def test_no_title_becomes_a_header(mail: Mail, evil: str) -> None:
    name = evil.replace("@", " at ").replace("<", "").replace(">", "")
    outcome = send(mail.tool(), message(subject=evil, to=f"{name} <ana@acme.example>"))
    assert isinstance(outcome, Done)
    (letter,) = mail.office.letters
    assert sorted(letter.keys()) == [
        "Auto-Submitted", "Content-Transfer-Encoding", "Content-Type", "Date", "From",
        "MIME-Version", "Message-ID", "Subject", "To",
    ]  # fmt: skip
    assert mail.office.envelopes[0].rcpt_tos == ["ana@acme.example"]
    assert letter.get_content().split() == ["Hello", "Ana,", "all", "is", "well."]


@pytest.mark.parametrize(
    "to",
    [
        "",
        "Ana",
        "ana@acme.example, eve@evil.example",
        "Ana <ana@acme.example>, Eve <eve@evil.example>",
        "Ana <ana@acme.example> <eve@evil.example",
        "Ana <ana@acme.example\r\nRCPT TO:<eve@evil.example>",
        "friends: ana@acme.example;",
        "Zoë <zoë@acme.example>",
        "ana @acme.example",
    ],
)
def test_what_is_not_one_plain_address_gets_nothing(mail: Mail, to: str) -> None:
    outcome = send(mail.tool(), message(to=to))
    assert isinstance(outcome, Failed)
    assert mail.office.letters == []


def test_without_tls_nothing_is_sent(serve: Callable[[str], Mail]) -> None:
    mail = serve("in the clear")
    outcome = send(mail.tool(), message())
    assert isinstance(outcome, Failed)
    assert "offers no TLS" in outcome.error
    assert mail.office.letters == []


@pytest.mark.parametrize("how", ["starttls", "smtps"])
def test_a_certificate_of_somebody_else_ends_it(
    serve: Callable[[str], Mail], how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = serve(how)
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    outcome = send(mail.tool(), message())
    assert isinstance(outcome, Failed)
    assert "certificate" in outcome.error
    assert mail.office.letters == []


def test_a_certificate_for_another_host_ends_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = authority(tmp_path, "Other")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(other.file))
    office = Office()
    server = opened(office, other.server(tmp_path, "mail.other.example"))
    try:
        outcome = send(Mail(office, server, "smtp").tool(), message())
    finally:
        server.stop()
    assert isinstance(outcome, Failed)
    assert "certificate" in outcome.error


def test_a_wrong_password_is_told_and_never_shown(mail: Mail) -> None:
    mail.kept.put("password", "wrong horse")
    outcome = send(mail.tool(), message())
    assert isinstance(outcome, Failed)
    assert "does not let robot@acme.example in" in outcome.error
    assert "wrong horse" not in outcome.error
    with pytest.raises(Unreachable, match="smarketing login smtp"):
        mail.tool().check()


def test_without_a_sign_in_nothing_is_asked_of_the_server(mail: Mail) -> None:
    mail.kept.held.clear()
    outcome = send(mail.tool(), message())
    assert isinstance(outcome, Failed)
    assert "smarketing login smtp" in outcome.error


def test_check_says_who_is_signed_in_and_where(mail: Mail) -> None:
    tool = mail.tool()
    assert tool.check() == f"mail, as {USER} at 127.0.0.1"
    assert tool.spent().write == 0


def test_a_refusal_is_told_in_the_servers_words_without_the_password(mail: Mail) -> None:
    mail.office.answers.append(f"550 No, {PASSWORD}, never")
    outcome = send(mail.tool(), message())
    assert outcome == Failed(
        "the mail server refuses the message: No, ***, never (550): nothing was sent"
    )


def test_a_mailbox_that_is_full_fails_alone(mail: Mail) -> None:
    mail.office.at_rcpt.append("452 Mailbox is full")
    outcome = send(mail.tool(), message())
    assert isinstance(outcome, Failed)
    assert "mail to ana@acme.example now: Mailbox is full (452)" in outcome.error


def test_a_server_that_is_busy_is_asked_later(mail: Mail) -> None:
    mail.office.answers.append("421 Too many messages")
    assert isinstance(send(mail.tool(), message()), Later)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_letter_without_an_answer_is_lost_never_failed(mail: Mail, when: str) -> None:
    mail.office.hang_up = when
    assert send(mail.tool(), message()) == Lost()


def test_a_server_that_is_down_fails_without_a_doubt(mail: Mail) -> None:
    settings = {**mail.settings, "endpoint": f"smtp://127.0.0.1:{free_port()}"}
    tool = Smtp(Setup(settings, mail.base, lambda host: mail.kept))
    outcome = send(tool, message())
    assert isinstance(outcome, Failed)
    assert "no safe connection" in outcome.error


def test_what_was_mailed_is_neither_changed_nor_taken_back(mail: Mail) -> None:
    done = send(mail.tool(), message())
    assert isinstance(done, Done)
    for verb in ("update", "archive", "rename"):
        change = Change(verb, "message:digest-weekly", "message", before=done.remote)
        assert isinstance(send(mail.tool(), change), Failed)
    assert len(mail.office.letters) == 1


@pytest.mark.parametrize(
    ("endpoint", "words"),
    [
        ("", "the server is missing"),
        ("http://mail.acme.example", "no address of a mail server"),
        ("smtp://robot:secret@mail.acme.example", "no address of a mail server"),
        ("smtp://mail.acme.example:notaport", "no address of a mail server"),
        ("mail.acme.example", "no address of a mail server"),
    ],
)
def test_a_wrong_server_is_told_with_what_to_write(mail: Mail, endpoint: str, words: str) -> None:
    with pytest.raises(UserError, match=words) as told:
        Smtp(Setup({**mail.settings, "endpoint": endpoint}, mail.base))
    assert "secret" not in str(told.value)


def test_a_sender_that_is_no_mailbox_is_told(mail: Mail) -> None:
    for said in ("", "Smarketing", "a@b.example, c@d.example"):
        with pytest.raises(UserError, match="from: Smarketing"):
            Smtp(Setup({**mail.settings, "from": said}, mail.base))
