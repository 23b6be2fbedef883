"""The authority's own form: taken when every place in it is known, filled from the answers that stand. [F3]"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from federation.calls.filling.vocabulary import Found, NotATemplate
from federation.calls.models import Call, ReportTemplate
from federation.calls.naming import named_of
from huiguan.actors import current_actor
from huiguan.files.contents import Content, examined
from huiguan.files.purposes import Kind, Purpose
from huiguan.limits import TooMuch, run_limited

FILLERS = {Kind.DOCX: "federation.calls.filling.word", Kind.XLSX: "federation.calls.filling.sheets"}
TEMPLATE = Purpose(
    "calls.template",
    gettext_lazy("Report template"),
    "calls.change",
    kinds=frozenset({Kind.DOCX, Kind.XLSX}),
    most_megabytes=5,
)
MOST_TEMPLATES = 10
FAULTS = {
    "broken": gettext_lazy("The file cannot be read. Save it again in Word or Excel and choose it again."),
    "large": gettext_lazy("The file is too large to be filled."),
    "mixed": gettext_lazy("{detail}: one row can go through one list alone."),
    "grammar": gettext_lazy("This cannot stand in a template: {detail}"),
}


def examine(upload: Any) -> Content:
    """Raises ValidationError for what is no Word or Excel file."""
    return examined(upload, TEMPLATE)


def add_template(*, call: Call, content: Content) -> ReportTemplate:
    """Nothing is kept of a file with a place that nothing fills. Raises ValidationError, a sentence for each fault."""
    current_actor().require("calls.change")
    if call.templates.count() >= MOST_TEMPLATES:
        raise ValidationError(_("A call has at most {most} templates.").format(most=MOST_TEMPLATES))
    named = named_of(call)
    found: Found = _in_child(content.kind, "look", content.data, named.vocabulary, named.values)
    if found.unknown:
        raise ValidationError([_("Nothing fills “{place}”.").format(place=name) for name in found.unknown])
    if not found.known:
        raise ValidationError(
            _("The file has no places to fill. Write {example} where a figure belongs.").format(example="{{ q1 }}")
        )
    places = [{"place": name, "fills": named.meaning(name)} for name in found.known]
    kept = ReportTemplate(federation_id=call.federation_id, call=call, name=content.name, kind=content.kind.value)
    kept.content, kept.sha256, kept.places = content.data, content.sha256, places
    with transaction.atomic():
        kept.save()
    return kept


def filled(template: ReportTemplate) -> bytes:
    """The report as it stands now. Raises ValidationError when it can no longer be filled."""
    named = named_of(template.call)
    made: bytes = _in_child(Kind(template.kind), "fill", bytes(template.content), named.vocabulary, named.values)
    return made


def _in_child(kind: Kind, verb: str, *given: Any) -> Any:
    try:
        return run_limited(f"{FILLERS[kind]}:{verb}", *given)
    except NotATemplate as fault:
        raise ValidationError(str(FAULTS[fault.code]).format(detail=fault.detail)) from fault
    except TooMuch as error:
        raise ValidationError(str(FAULTS["large"])) from error
