"""E-mail, by SMTP or by a provider that django-anymail speaks to. A message keeps its Message-ID at each attempt."""

import smtplib
from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _

from huiguan import itip
from huiguan.deliveries.carriers import Down, Later, Letter, Never

REFUSALS = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPSenderRefused)
OUT_OF_REACH = (OSError, smtplib.SMTPException)  # of which the refusals are the exceptions


class Mail:
    """At least once: after a broken connection nobody can know, and a second copy of a mail does little harm."""

    leaves = True
    may_repeat = True

    def carry(self, letter: Letter) -> str:
        message = _message(letter)
        try:
            message.send()
        except REFUSALS as error:
            raise _refused(error) from error
        except OUT_OF_REACH as error:
            raise _by_the_provider(error) from error
        return str(message.extra_headers["Message-ID"])


def _message(letter: Letter) -> EmailMultiAlternatives:
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    headers = {"Message-ID": f"<{letter.id}@{host}>", "Auto-Submitted": "auto-generated"}
    if letter.opt_out_url:  # RFC 8058: the reader's own mail program offers it
        headers["List-Unsubscribe"] = f"<{letter.opt_out_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    sender = formataddr((letter.sender_name, settings.DEFAULT_FROM_EMAIL))
    message = EmailMultiAlternatives(
        subject=" ".join(letter.subject.split()),
        body=letter.text,
        from_email=sender,
        to=[formataddr((" ".join(letter.name.split()), letter.address))],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers=headers,
    )
    if letter.calendar:  # a calendar reads it as an invitation by its method [RFC 6047 §2.4]
        message.attach_alternative(letter.calendar, f"text/calendar; method={itip.method_of(letter.calendar)}")
    return message


def _refused(error: Any) -> Later | Never:
    """A code of the 5xx is the server's last word, one of the 4xx is not. [RFC 5321 §4.2.1]"""
    code, said = _answer_of(error)
    if code >= 500:
        return Never(_("The mail server refuses it: {answer}").format(answer=f"{code} {said}"))
    return Later(_("The mail server asks to try later: {answer}").format(answer=f"{code} {said}"))


def _answer_of(error: Any) -> tuple[int, str]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
    else:
        code, said = error.smtp_code, error.smtp_error
    return code, said.decode(errors="replace") if isinstance(said, bytes) else str(said)


def _by_the_provider(error: Exception) -> Later | Never:
    """A provider's HTTP interface raises an OSError with the status of its answer; without one it was not reached."""
    status = getattr(error, "status_code", None)
    if status is None or status >= 500 or status in (401, 403, 429):
        return Down(_("The mail server cannot be reached, or does not let us in."))
    return Never(_("The mail provider refuses it: {answer}").format(answer=status))
