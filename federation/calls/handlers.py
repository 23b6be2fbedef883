"""What a chamber says to a call. Each message speaks for the chamber that sent it, and for no other."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.utils.translation import gettext as _

from federation.calls.models import Receipt
from federation.registry.items import Item
from federation.registry.queries import sender
from huiguan.inbox.handlers import Delivered, Refused, receives
from huiguan.states import WrongState


@receives("reporting.call_seen")
def see_call(message: Delivered) -> None:
    with _receipt(message) as receipt:
        receipt.see(at=message.sent_at)


@receives("reporting.answer_signed")
def submit_answer(message: Delivered) -> None:
    with _receipt(message) as receipt:
        answers = {str(a["question_id"]): a["answer"] for a in message.content["answers"]}
        signed_by, came = str(message.content["signed_by"])[:80], partial(_came, message)
        receipt.submit(answers=answers, signed_by=signed_by, at=message.sent_at, came=came)


@receives("reporting.answer_withdrawn")
def withdraw_answer(message: Delivered) -> None:
    with _receipt(message) as receipt:
        receipt.withdraw()


def _came(message: Delivered, sha256: str) -> bytes:
    return message.file(sha256).read()


@contextmanager
def _receipt(message: Delivered) -> Iterator[Receipt]:
    """The sender's own place in a call of this federation; what cannot be done is refused with the reason."""
    sender(message, Item.DATA_CALLS)
    try:
        mine = Receipt.objects.filter(federation_id=message.federation_id, chamber_id=message.chamber_id)
        yield mine.select_related("call").get(call_id=uuid.UUID(str(message.content["call_id"])))
    except (WrongState, ValidationError) as error:
        raise Refused(" ".join(getattr(error, "messages", [str(error)]))) from error
    except ObjectDoesNotExist as error:
        raise Refused(_("There is no such record in this federation.")) from error
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(_("The answer does not fit the form of this call.")) from error
