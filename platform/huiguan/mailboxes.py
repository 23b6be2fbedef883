"""Reads the mail that arrives in a mailbox: over IMAP, or in a Maildir beside the mail server."""

import email
import imaplib
import logging
import mailbox
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from urllib.parse import unquote, urlsplit

log = logging.getLogger(__name__)
SECONDS = 20  # how long an IMAP server may take for an answer

Handler = Callable[[EmailMessage], object]
Unread = tuple[bytes, Callable[[], object]]  # a message, and how it is marked as read


def read_each(url: str, handle: Handler) -> int:
    """Hand over each unread message once, then mark it as read; returns how many.

    `url` is `maildir:///path` or `imaps://user:password@host:993/INBOX`. What `handle` fails at stays unread, keeps no
    other from being read, and is handed over again the next time.
    """
    ways = {"maildir": _in_maildir, "imaps": _over_imap}
    return sum(_handled(content, handle, mark) for content, mark in ways[urlsplit(url).scheme](url))


def _handled(content: bytes, handle: Handler, mark: Callable[[], object]) -> bool:
    try:
        handle(email.message_from_bytes(content, policy=default))
    except Exception:
        log.exception("a message could not be read")
        return False
    mark()
    return True


def _in_maildir(url: str) -> Iterator[Unread]:
    box = mailbox.Maildir(Path(unquote(urlsplit(url).path)), create=True)
    unread = {key: message.get_date() for key, message in box.items() if "S" not in message.get_flags()}
    for key in sorted(unread, key=unread.__getitem__):  # as they came: names of files sort otherwise
        yield box.get_bytes(key), lambda key=key: _mark_in_maildir(box, key)  # type: ignore[misc]


def _mark_in_maildir(box: mailbox.Maildir, key: str) -> None:
    message = box.get_message(key)
    message.set_subdir("cur")
    message.add_flag("S")
    box[key] = message


def _over_imap(url: str) -> Iterator[Unread]:
    parts = urlsplit(url)
    with imaplib.IMAP4_SSL(parts.hostname or "", parts.port or 993, timeout=SECONDS) as server:
        server.login(unquote(parts.username or ""), unquote(parts.password or ""))
        server.select(parts.path.strip("/") or "INBOX")
        for number in server.search(None, "UNSEEN")[1][0].split():
            [found, *_rest] = server.fetch(number, "(BODY.PEEK[])")[1]
            yield found[1], lambda number=number: server.store(number, "+FLAGS", "\\Seen")  # type: ignore[misc, index]
