"""A mailbox is read once, and what cannot be read keeps no other from being read."""

import mailbox
from email.message import EmailMessage

import pytest

from huiguan import mailboxes


def letter(subject):
    message = EmailMessage()
    message["Subject"] = subject
    message.set_content("答复")
    return message


class Server:
    """An IMAP server with two unread messages, as the standard library shows it."""

    marked: list[bytes] = []

    def __init__(self, host, port, timeout):
        self.known = {b"3": letter("甲"), b"4": letter("乙")}
        assert (host, port) == ("mail.example.com", 993)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        pass

    def login(self, user, password):
        assert (user, password) == ("calendar@example.com", "p/w")

    def select(self, folder):
        assert folder == "INBOX"

    def search(self, _charset, which):
        assert which == "UNSEEN"
        return "OK", [b" ".join(n for n in self.known if n not in self.marked)]

    def fetch(self, number, what):
        return "OK", [(b"%s (BODY[] {1}" % number, self.known[number].as_bytes()), b")"]

    def store(self, number, _how, flag):
        assert flag == "\\Seen"
        self.marked.append(number)


@pytest.fixture(params=["maildir", "imaps"])
def url(request, tmp_path, monkeypatch):
    if request.param == "imaps":
        monkeypatch.setattr(Server, "marked", [])
        monkeypatch.setattr(mailboxes.imaplib, "IMAP4_SSL", Server)
        return "imaps://calendar%40example.com:p%2Fw@mail.example.com"
    box = mailbox.Maildir(tmp_path / "mail")
    for subject in ("甲", "乙"):
        box.add(letter(subject))
    return f"maildir://{tmp_path}/mail"


def test_each_message_is_handed_over_once(url):
    seen = []
    assert mailboxes.read_each(url, lambda message: seen.append(message["Subject"])) == 2
    assert sorted(seen) == ["乙", "甲"]
    assert mailboxes.read_each(url, seen.append) == 0


def test_what_could_not_be_handled_comes_again_and_holds_up_nobody(url):
    def only_the_second(message):
        if message["Subject"] == "甲":
            raise RuntimeError("not today")

    assert mailboxes.read_each(url, only_the_second) == 1
    seen = []
    assert mailboxes.read_each(url, lambda message: seen.append(message["Subject"])) == 1
    assert seen == ["甲"]
