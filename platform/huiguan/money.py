"""Money is whole fen 分 in the tables and yuan 元 on the screen: one field for each, and nobody converts by hand."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_YUAN = 1_000_000_000
_WRITTEN = re.compile(r"[\s,，¥￥元]")


class YuanField(forms.DecimalField):
    """What a person types in yuan, `3,000` or `¥3000.50`, as whole fen. Raises ValidationError for a third decimal."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_value", MOST_YUAN)
        super().__init__(**{"decimal_places": 2, "max_digits": 14, **kwargs})
        self.widget.attrs.setdefault("inputmode", "decimal")

    widget = forms.TextInput

    def prepare_value(self, value: Any) -> Any:
        """What was typed stays as it was typed; fen from a record are written in yuan."""
        return f"{Decimal(value) / 100:.2f}".removesuffix(".00") if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = _WRITTEN.sub("", value)
        try:
            return super().to_python(value)
        except (InvalidOperation, ValueError) as error:
            raise ValidationError(_("Enter an amount in yuan, such as 3000 or 3000.50.")) from error

    def clean(self, value: Any) -> int | None:
        yuan = super().clean(value)
        return None if yuan is None else int(yuan * 100)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.clean(data))
        except ValidationError:
            return True


class FenField(models.BigIntegerField):  # type: ignore[type-arg]
    """An amount in fen. Its form field asks for yuan; lists, histories and exports show yuan."""

    description = "Amount in fen"

    def formfield(self, **kwargs: Any) -> Any:
        limits = {"min_value": _limit(self, MinValueValidator), "max_value": _limit(self, MaxValueValidator)}
        given = {name: value for name, value in limits.items() if value is not None}
        return models.Field.formfield(self, form_class=YuanField, **{**given, **kwargs})


def _limit(field: models.Field[Any, Any], kind: type[Any]) -> Decimal | None:
    found = [v.limit_value for v in getattr(field, "_validators", ()) if isinstance(v, kind)]
    return Decimal(found[0]) / 100 if found else None
