"""How a segment is called, and for whom it is."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from huiguan.actors import Actor
from tenants.members.models import Segment


class SegmentForm(forms.ModelForm):  # type: ignore[type-arg]
    """Only the secretariat may give one to all."""

    class Meta:
        model = Segment
        fields: ClassVar[list[str]] = ["name", "is_shared"]
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("For instance “catering firms at risk”. Who belongs to it is found anew each time."),
        }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        if self.instance._state.adding:
            self.instance.owner, self.instance.owner_id = actor.name[:40], actor.person_id
        if not actor.can("members.change"):
            self.instance.is_shared = False
            del self.fields["is_shared"]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = Segment.objects.filter(owner_id=self.instance.owner_id, name=name).exclude(pk=self.instance.pk)
        if others.exists():
            raise forms.ValidationError(_("You have a segment of this name already."))
        return name
