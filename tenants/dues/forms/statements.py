"""A statement that is handed in, and a person's answer about one of its lines."""

from typing import Any

from django import forms
from django.apps import apps
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.kit.formats import money
from huiguan.money import YuanField
from tenants.dues.models import Charge, StatementLine

MOST_PARTS = 4
LARGEST_BYTES = 20 * 1024 * 1024


class StatementUploadForm(forms.Form):
    """The file as the bank gives it out."""

    file = forms.FileField(label=_("Bank statement"), help_text=_("As the bank gives it out: xlsx or csv."))

    def clean_file(self) -> Any:
        if self.cleaned_data["file"].size > LARGEST_BYTES:
            raise forms.ValidationError(_("The file is larger than 20 MB. Split it into several statements."))
        return self.cleaned_data["file"]


class PartForm(forms.Form):
    """Some of a line's money, for one member and one year."""

    member: Any = forms.ModelChoiceField(queryset=None, label=_("Member"), required=False)
    year = forms.IntegerField(label=_in("of dues", "Year"), required=False, min_value=1990, max_value=2200)
    fen = YuanField(label=_("Amount (yuan)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        member: Any = self.fields["member"]
        member.queryset = apps.get_model("members", "Member").objects.all()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        given = [said.get(name) for name in ("member", "year", "fen")]
        if any(given) and not all(given):
            raise forms.ValidationError(_("Member, year and amount belong together."))
        return said


class LineForm(forms.Form):
    """Up to four parts. What the line brings beyond them becomes the first member's credit."""

    def __init__(self, *args: Any, line: StatementLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.line = line
        initial = [_initial(each) for each in (line.allocations or _first(line.candidates))]
        if not initial and line.kind != "unidentified":
            initial = [{"year": line.booked_on.year, "fen": abs(line.paid_fen)}]
        initial += [{}] * (MOST_PARTS - len(initial))
        given = args[0] if args else None
        self.parts = [PartForm(given, prefix=f"part{n}", initial=initial[n]) for n in range(MOST_PARTS)]

    def is_valid(self) -> bool:
        return bool(super().is_valid() and not [p for p in self.parts if not p.is_valid()] and self._adds_up())

    def answer(self) -> list[dict[str, Any]]:
        filled = [part.cleaned_data for part in self.parts if part.cleaned_data.get("member")]
        return [{"member": str(said["member"].pk), "year": said["year"], "fen": said["fen"]} for said in filled]

    def _adds_up(self) -> bool:
        given = sum(part["fen"] for part in self.answer())
        if not given:
            self.add_error(None, _("Say whose money it is, or leave the line out."))
        if given > abs(self.line.paid_fen):
            text = _now("The parts are {parts}, more than the line.").format(parts=money(given))
            self.add_error(None, text)
        return not self.errors


def open_for(members: list[Any]) -> list[Charge]:
    """What the members that a line may belong to owe, for the person who decides."""
    return list(Charge.objects.open().filter(member__in=members).select_related("member").order_by("due_on"))


def _initial(said: dict[str, Any]) -> dict[str, Any]:
    return {"member": said["member"], "year": said["year"], "fen": abs(said["fen"])}


def _first(candidates: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return candidates[0]["allocations"] if candidates else []
