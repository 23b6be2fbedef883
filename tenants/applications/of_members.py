"""What applications know of a member's past, and how many are underway."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from huiguan.parts import Moment
from tenants.applications.models import Application


def applied(member: Any) -> Iterator[Moment]:
    """The day it applied, and the resolution by which it was admitted."""
    for each in member.applications.only("member", "created_at", "body", "resolution", "resolved_on"):
        url = reverse("applications-application-detail", args=[each.pk])
        yield Moment(each.created_at, _("Applied to become a member"), url, "file-plus")
        if each.resolved_on:
            said = _("Admitted by {body}: {resolution}").format(
                body=each.get_body_display(), resolution=each.resolution
            )
            yield Moment(each.resolved_on, said, url, "checkbox")


def underway() -> tuple[float | None, float | None]:
    return Application.objects.underway().count(), None
