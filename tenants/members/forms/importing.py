"""What a person says during an import: the file, the meaning of its columns, the decision about a row."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from huiguan.credit_codes import CREDIT_CODE
from tenants.members.models import ImportedRow, Member
from tenants.members.register.texts import FIELDS

PHONES = re.compile(r"[0-9-]{7,20}")
MOST_BYTES = 10 * 1024 * 1024
YEARS = range(2018, 2031)


class UploadForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("Register (.xlsx or .csv)"))

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB. Remove pictures, or split it."))
        return upload


class ColumnsForm(forms.Form):
    """One choice per column of each sheet; the guess is chosen already."""

    def __init__(self, *args: Any, sheets: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheets = [sheet for sheet in sheets if sheet["mapping"]]
        for number, sheet in enumerate(self.sheets):
            for column in sheet["mapping"]:
                self.fields[f"{number}-{column['column']}"] = _column_field(column)

    def groups(self) -> Any:
        """Each sheet with its fields, for the page."""
        for number, sheet in enumerate(self.sheets):
            yield sheet["sheet"], [self[f"{number}-{column['column']}"] for column in sheet["mapping"]]

    def mapping(self) -> dict[str, dict[str, str]]:
        return {
            sheet["sheet"]: {c["column"]: self.cleaned_data[f"{number}-{c['column']}"] for c in sheet["mapping"]}
            for number, sheet in enumerate(self.sheets)
        }


def _column_field(column: dict[str, Any]) -> forms.ChoiceField:
    names = {k: t for k, t in FIELDS.items() if k not in ("paid", "status")}
    choices = [("", _("(not imported)")), *names.items()]
    choices += [(f"paid.{year}", _("Paid in {year}").format(year=year)) for year in YEARS]
    label = f"{column['column']}　{column['heading']}"
    return forms.ChoiceField(choices=choices, required=False, initial=column["field"], label=label)


class RowForm(forms.Form):
    """What was read of a row, to be corrected. An empty field stays empty: nothing is guessed."""

    decision = forms.ChoiceField(
        label=gettext_lazy("What becomes of this row"), choices=ImportedRow.Decision, widget=forms.RadioSelect
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of member"), choices=Member.Kind, required=False)
    credit_code = forms.CharField(
        label=gettext_lazy("Unified social credit code"), validators=[CREDIT_CODE], required=False
    )
    legal_representative = forms.CharField(label=gettext_lazy("Legal representative"), max_length=40, required=False)
    contacts = forms.CharField(
        label=gettext_lazy("Contacts"), required=False, help_text=gettext_lazy("Several names are separated by “、”.")
    )
    phones = forms.CharField(
        label=gettext_lazy("Telephone"),
        required=False,
        help_text=gettext_lazy("Several numbers are separated by “、”."),
    )
    positions = forms.CharField(label=gettext_lazy("Position"), required=False)
    industry = forms.CharField(label=gettext_lazy("Industry"), max_length=40, required=False)
    joined = forms.RegexField(
        r"^\d{4}(-\d{2}(-\d{2})?)?$",
        label=pgettext_lazy("member", "Joined"),
        required=False,
        help_text=gettext_lazy("2019, 2019-03 or 2019-03-05: as precisely as it is known."),
        error_messages={"invalid": gettext_lazy("Write 2019, 2019-03 or 2019-03-05.")},
    )
    dues_yuan = forms.DecimalField(label=gettext_lazy("Yearly dues (yuan)"), min_value=0, required=False)
    address = forms.CharField(label=gettext_lazy("Address"), max_length=200, required=False)
    remarks = forms.CharField(label=gettext_lazy("Remarks"), max_length=5000, required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, row: ImportedRow, **kwargs: Any) -> None:
        self.row = row
        kwargs["initial"] = self._initial()
        super().__init__(*args, **kwargs)
        if row.duplicate_of_id is None and row.existing_id is None:
            self.fields["decision"].choices = [c for c in ImportedRow.Decision.choices if c[0] != "merge"]  # type: ignore[attr-defined]

    def clean_phones(self) -> list[str]:
        phones = _split(self.cleaned_data["phones"])
        wrong = [p for p in phones if not PHONES.fullmatch(p)]
        if wrong:
            raise forms.ValidationError(_("“{number}” is not a telephone number.").format(number=wrong[0]))
        return phones

    def clean_joined(self) -> str:
        said: str = self.cleaned_data["joined"]
        from tenants.members.importing.making import date_of

        try:
            date_of(said)
        except ValueError as error:
            raise forms.ValidationError(_("There is no such day.")) from error
        return said

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == ImportedRow.Decision.TAKE and not data.get("name"):
            self.add_error("name", _("A member needs a name."))
        return data

    def save(self) -> None:
        """Keeps what was said; fields that this form does not show stay as they were read."""
        said = {**self.cleaned_data}
        self.row.decision = said.pop("decision")
        said["contacts"] = self._contacts(said["contacts"])
        said["positions"] = _split(said["positions"])
        if said["dues_yuan"] is not None:
            said["dues_yuan"] = float(said["dues_yuan"])
        fields = {**self.row.fields, **said}
        self.row.fields = {k: v for k, v in fields.items() if v not in (None, "", [])}
        self.row.is_settled = True
        self.row.save()

    def _contacts(self, text: str) -> list[dict[str, str]]:
        known = {c.get("name") or c.get("written_as"): c for c in self.row.fields.get("contacts", [])}
        return [known.get(name, {"name": name}) for name in _split(text)]

    def _initial(self) -> dict[str, Any]:
        fields = self.row.fields
        people = (c.get("name") or c.get("written_as", "") for c in fields.get("contacts", []))
        lists = {k: "、".join(fields.get(k, [])) for k in ("phones", "positions")}
        return {**fields, **lists, "contacts": "、".join(people), "decision": self.row.decision}


def _split(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[、,，;；/\n]", text) if part.strip()]
