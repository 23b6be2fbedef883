"""What is done with many records of a list at once: one action on the chosen ones, and the export of all."""

from typing import Any
from urllib.parse import unquote_plus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from huiguan import trail
from huiguan.privacy.accesses import note_export
from huiguan.screens.converters import is_uuid
from huiguan.screens.exporting import workbook_of
from huiguan.screens.lists import Narrowed, with_query
from huiguan.states import WrongState, moves

EXPORT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RecordBulk(Narrowed, View):
    """One action on the chosen records: all or none."""

    def post(self, request: HttpRequest) -> HttpResponse:
        action = request.POST.get("action", "")
        records = list(self.get_queryset().filter(pk__in=self._chosen())) if action in self._actions() else []
        try:
            with transaction.atomic():
                for record in records:
                    self._act(record, action)
        except WrongState as error:
            messages.error(request, str(error))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            done = ngettext("{n} record was changed.", "{n} records were changed.", len(records)).format(n=len(records))
            messages.success(request, done)
        return redirect(with_query(self.url("list"), request) or "")

    def _chosen(self) -> list[str]:
        return [value for value in self.request.POST.getlist("chosen")[:1000] if is_uuid(value)]

    def _actions(self) -> set[str]:
        return {"delete", *(m.name for m in moves(self.resource.model) if not m.needs_form)}

    def _act(self, record: Any, action: str) -> None:
        if action != "delete":
            getattr(record, action)()
            return
        self.actor.require(f"{self.capability.name}.delete")
        try:
            record.delete()
        except ProtectedError as error:
            said = _("“{record}” is still used by other records.").format(record=record)
            raise ValidationError(said) from error


class RecordExport(Narrowed, View):
    """The narrowed list as xlsx, with formulas neutralised."""

    def get(self, request: HttpRequest) -> HttpResponse:
        meta = self.resource.model._meta
        fields = list(dict.fromkeys([*self.resource.list_fields, *self.resource.detail_fields]))
        trail.record_export(self.resource.model, self.narrowed().count(), unquote_plus(request.GET.urlencode()))
        note_export(self.resource.model, fields, self.narrowed().count())
        content = workbook_of(self.followed(), self.resource.model, fields)
        name = f"{meta.model_name}.xlsx"
        disposition = f'attachment; filename="{name}"'
        return HttpResponse(content, content_type=EXPORT_TYPE, headers={"Content-Disposition": disposition})
