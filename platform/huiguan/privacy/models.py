"""Who had something personal shown or took it away: added to only, as the trail is."""

import datetime
from typing import ClassVar

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.actors import name_in_words
from huiguan.personal import Erased, OnErasure
from huiguan.records import Record
from huiguan.screens.fields import label_of
from huiguan.states import Facts, Stateful, move


def fifteen_days_on() -> datetime.date:
    """A person is not kept waiting longer for an answer."""
    return localdate() + datetime.timedelta(days=15)


class Access(Record):
    """One look. Neither the value nor the whole name of the person is kept."""

    is_trailed = False  # it is a trail itself
    is_added_to_only: ClassVar[bool] = True

    class How(models.TextChoices):
        SHOWN = "shown", _in("access", "Shown")
        EXPORTED = "exported", _in("access", "Exported with a list")
        HANDED_OUT = "handed_out", _in("access", "Everything of a person handed out")

    who = models.CharField(_in("access", "who"), max_length=120, editable=False)
    who_id = models.UUIDField(null=True, editable=False)
    how = models.CharField(_in("access", "how"), max_length=10, choices=How, editable=False)
    model = models.CharField(max_length=80, editable=False)
    record_id = models.UUIDField(null=True, editable=False, db_index=True)
    record_text = models.CharField(_in("access", "of whom"), max_length=200, blank=True, editable=False)
    fields = models.CharField(max_length=300, editable=False)
    number = models.PositiveIntegerField(_in("access", "records"), default=1, editable=False)
    reason = models.CharField(_in("access", "what for"), max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = _("access to personal information")
        verbose_name_plural = _("accesses to personal information")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_how_display()} · {self.record_text or self.kind()}"

    def kind(self) -> str:
        model = _model_of(self.model)
        return str(model._meta.verbose_name) if model else self.model

    def what(self) -> str:
        """The names of the fields."""
        model = _model_of(self.model)
        names = [name for name in self.fields.split(",") if name]
        return "、".join(label_of(model, name) for name in names) if model and names else _now("everything")

    def who_in_words(self) -> str:
        return name_in_words(self.who)

    kind.short_description = _in("access", "kind of record")  # type: ignore[attr-defined]
    what.short_description = _in("access", "what")  # type: ignore[attr-defined]
    who_in_words.short_description = _in("access", "who")  # type: ignore[attr-defined]


class Erasure(Record):
    """That a person was erased, on whose wish and how much: without anything that says who it was."""

    person = models.CharField(_in("erasure", "whose"), max_length=20, editable=False)
    reason = models.CharField(_in("erasure", "why"), max_length=200, editable=False)
    by = models.CharField(_in("erasure", "by whom"), max_length=120, editable=False)
    gone = models.PositiveIntegerField(_in("erasure", "erased"), default=0, editable=False)
    blanked = models.PositiveIntegerField(_in("erasure", "anonymised"), default=0, editable=False)
    stays = models.PositiveIntegerField(_in("erasure", "kept"), default=0, editable=False)

    class Meta:
        verbose_name = _("erasure of a person")
        verbose_name_plural = _("erasures of persons")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.person} · {self.created_at:%Y-%m-%d}"


class Removal(Record):
    """That rows went because their time was over: how many, and by which rule. Nothing of what they said."""

    is_trailed = False  # the rows that went left their entries
    is_added_to_only: ClassVar[bool] = True

    rule = models.CharField(max_length=60, editable=False)
    number = models.PositiveIntegerField(_in("removal", "records"), editable=False)
    before = models.DateField(_in("removal", "from before"), editable=False)

    class Meta:
        verbose_name = _("removal by a retention rule")
        verbose_name_plural = _("removals by retention rules")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.what()} · {self.created_at:%Y-%m-%d}"

    def what(self) -> str:
        """As the rule is called, while there is such a rule."""
        from huiguan.privacy.retaining import rules

        return next((str(rule.label) for rule in rules() if rule.name == self.rule), self.rule)

    what.short_description = _in("removal", "what")  # type: ignore[attr-defined]


class Wish(Stateful, Record):
    """What a person asked for by their link: a copy of everything, or to be forgotten. It goes with the person."""

    class Kind(models.TextChoices):
        COPY = "copy", _("A copy of everything that is kept of me")
        ERASURE = "erasure", _("That everything of me is erased")

    class Status(models.TextChoices):
        OPEN = "open", _in("wish", "To be answered")
        ANSWERED = "answered", _in("wish", "Answered")

    status_levels: ClassVar[dict[str, str]] = {"open": "warning", "answered": "success"}
    erasure = OnErasure(Erased.GONE)

    contact = models.ForeignKey("members.Contact", models.CASCADE, related_name="wishes", verbose_name=_("contact"))
    kind = models.CharField(_in("wish", "what"), max_length=7, choices=Kind, default=Kind.COPY, editable=False)
    due_on = models.DateField(_in("wish", "to be answered by"), default=fifteen_days_on, editable=False)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.OPEN, editable=False)

    class Meta:
        verbose_name = _("wish of a person")
        verbose_name_plural = _("wishes of persons")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "kind"], condition=models.Q(status="open"), name="a_wish_is_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contact.name} · {self.get_kind_display()}"

    def trail_text(self) -> str:
        return str(self.get_kind_display())

    @move(Status.OPEN, to=Status.ANSWERED, permission="privacy.people", label=_in("wish", "Answered"))
    def answer(self) -> Facts:
        """It was handed out, or it was told why not."""
        return None


def _model_of(label: str) -> type[models.Model] | None:
    from django.apps import apps

    try:
        found: type[models.Model] = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    return found
