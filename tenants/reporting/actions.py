"""What the chamber says to a call: each is kept here and leaves as one message."""

import hashlib
import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from federation.calls import queries
from federation.calls.queries import Asked, SeenCall
from huiguan.actors import current_actor
from huiguan.outbox.models import Message
from huiguan.tenancy.binding import bound_chamber
from tenants.reporting.attaching import attached_to, facts_of, keep
from tenants.reporting.models import Answer, on_its_way


@transaction.atomic
def confirm_read(*, call: SeenCall) -> Answer:
    """That it was read is a fact that leaves, so it is said by a person, once."""
    current_actor().require("reporting.answer")
    answer = _locked(call)
    if call.is_to_confirm and not answer.is_seen:
        answer.is_seen = True
        answer.save()
        answer.say("reporting.call_seen", {})
    return answer


@transaction.atomic
def save_draft(*, call: SeenCall, words: dict[str, Any]) -> Answer:
    """A file is what a person chose, or what the answer says of it already. Raises ValidationError once submitted."""
    answer = _answerable(call)
    files = {str(q.id): keep(answer, words.get(str(q.id))) for q in call.questions if q.is_file}
    answer.write(words={**words, **files})
    answer.let_go_of_files()
    return answer


@transaction.atomic
def sign(*, call: SeenCall, digest: str) -> Answer:
    """Only the words that stood in the preview: others have another digest."""
    answer = _answerable(call)
    content = leaving(call, answer)
    if digest != digest_of(content):
        raise ValidationError(_("The answer has changed meanwhile. Read the preview again."))
    if not is_complete(content):
        raise ValidationError(_("Answer every question first."))
    answer.sign(content=content, files=attached_to(call, answer))
    return answer


@transaction.atomic
def withdraw(*, call: SeenCall) -> Answer:
    if not call.can_withdraw:
        raise ValidationError(_("This answer can no longer be withdrawn."))
    answer = _locked(call)
    answer.withdraw()
    return answer


def follow_refusal(message: Message) -> None:
    """The federation did not take what was said: the chamber's copy goes back to what the federation holds."""
    answer = Answer.objects.filter(pk=message.record_id).first()
    call = queries.call(chamber_id=bound_chamber().pk, call_id=answer.call_id) if answer else None
    if answer and call:
        answer.follow(call=call)


def leaving(call: SeenCall, answer: Answer) -> dict[str, Any]:
    """Exactly what leaves when the answer is signed."""
    lines = [_line(q, answer.words.get(str(q.id), "")) for q in call.questions]
    return {"report_names_chambers": call.names_chambers, "signed_by": current_actor().name, "answers": lines}


def is_complete(content: dict[str, Any]) -> bool:
    return all(line["answer"] for line in content["answers"])


def digest_of(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _answerable(call: SeenCall) -> Answer:
    """What is on its way has not been read yet: nothing is said over it."""
    answer = _locked(call)
    if not call.is_to_answer or on_its_way(call.id):
        raise ValidationError(_("This call cannot be answered now."))
    return answer


def _line(question: Asked, said: Any) -> dict[str, Any]:
    """Of a file: what it is called, its size, its digest, its kind."""
    told = facts_of(said) if question.is_file else said
    line = {"question_id": str(question.id), "question": question.label, "answer": told, "unit": question.unit}
    return {**line, "columns": question.columns} if question.columns else line


def _locked(call: SeenCall) -> Answer:
    """Two officers at once wait for each other."""
    answer = Answer.objects.of(call)
    found: Answer = Answer.objects.select_for_update().get(pk=answer.pk)
    return found
