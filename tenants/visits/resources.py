"""What the visits' folder keeps, as the standard screens show it."""

from django.utils.translation import gettext_lazy as _

from huiguan.capability import Resource
from tenants.visits.models import Difficulty, Need, Visit
from tenants.visits.models.heard import for_those_who_may_read

VISIT = Resource(
    Visit,
    list_fields=["member", "on", "at", "who", "where", "purpose", "status"],
    detail_fields=[
        "member", "status", "on", "at", "contact", "who", "where", "purpose", "postponed", "reason", "mood",
        "found", "recorded_by",
    ],
    form="tenants.visits.forms.plans.VisitForm",
    search_fields=["member__search_text", "purpose", "visitors", "companions"],
    filters="tenants.visits.filters.VisitFilters",
    empty=_("Choose on the page “Coverage” whom nobody has seen for long, and plan the visits."),
)  # fmt: skip
NEED = Resource(
    Need,
    list_fields=["title", "visit__member", "visit__on", "status"],
    detail_fields=["title", "text", "visit__member", "visit__on", "visit__visitors", "reason", "status"],
    form="tenants.visits.forms.needs.NeedForm",
    search_fields=["title", "text", "visit__member__search_text"],
    filter_fields=["status"],
    visible=for_those_who_may_read,
    empty=_("What members need, as heard on visits, stands here until somebody takes it up."),
)
DIFFICULTY = Resource(
    Difficulty,
    list_fields=["text", "visit__member", "visit__on", "followup__owner", "followup__due_on", "followup__status"],
    search_fields=["text", "visit__member__search_text"],
    filter_fields=["followup__status"],
    visible=for_those_who_may_read,
    empty=_("What is difficult for members, as heard on visits, stands here with who looks after it."),
)
RESOURCES = [VISIT, DIFFICULTY, NEED]
