"""Files of an answer: kept in the chamber while it is a draft, in its sharing ledger once it has left. [F3]"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from federation.calls.queries import SeenCall
from federation.calls.shapes import FILE_FACTS
from huiguan.files.contents import Content
from huiguan.files.keeping import keep_file
from huiguan.files.models import KeptFile
from tenants.reporting.models import Answer

PURPOSE = "reporting.answer"


def keep(answer: Answer, given: Any) -> Any:
    """What the answer says of a file that was chosen now, or what it said before; empty for none.

    Raises ValidationError: no room in the plan.
    """
    if not isinstance(given, Content):
        return given or ""
    kept = keep_file(about=answer, upload=given, purpose=PURPOSE)
    return {"id": str(kept.pk), "name": kept.name, "size": kept.size, "sha256": kept.sha256, "type": kept.content_type}


def facts_of(said: Any) -> Any:
    """What leaves of it beside the bytes; its key in the chamber does not."""
    return {name: said[name] for name in FILE_FACTS} if isinstance(said, Mapping) else ""


def attached_to(call: SeenCall, answer: Answer) -> list[KeptFile]:
    """In the order of the form. Raises ValidationError when one is not there any more."""
    kept = kept_of(call, answer)
    keys = [said["id"] for q in call.questions if q.is_file and (said := answer.words.get(str(q.id)))]
    if missing := [key for key in keys if key not in kept]:
        raise ValidationError(_("{n} file is not there any more. Choose it again.").format(n=len(missing)))
    return [kept[key] for key in dict.fromkeys(keys)]


def kept_of(call: SeenCall, answer: Answer) -> dict[str, KeptFile]:
    """By key; also what has left already, or was attached to the edition before."""
    said = (answer.words.get(str(q.id)) for q in call.questions if q.is_file)
    keys = [each["id"] for each in said if isinstance(each, Mapping)]
    return {str(kept.pk): kept for kept in KeptFile.objects.filter(pk__in=keys, purpose=PURPOSE)} if keys else {}
