"""What the audit trail consists of: entries, each chained to the one before it, and the end of each chain."""

import hashlib
from collections.abc import Iterable
from typing import Any, ClassVar

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from huiguan.actors import name_in_words
from huiguan.keys import uuid7

START = "0" * 64
SORTED = DjangoJSONEncoder(sort_keys=True)


class TrailEntry(models.Model):
    """One change: who, what, when, before and after."""

    is_added_to_only: ClassVar[bool] = True

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    scope = models.CharField(max_length=40, default="")
    number = models.BigIntegerField()
    at = models.DateTimeField(_("when"), default=now)
    actor_id = models.UUIDField(null=True)
    actor = models.CharField(_("who"), max_length=120)
    verb = models.CharField(_("action"), max_length=60)
    model = models.CharField(_("kind of record"), max_length=80)
    record_id = models.UUIDField()
    record_text = models.CharField(_("record"), max_length=200)
    changes = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        abstract = True

    def who(self) -> str:
        return name_in_words(self.actor)

    who.short_description = _("who")  # type: ignore[attr-defined]

    def verb_label(self) -> str:
        """The verb in a person's words: a move's own label, or the plain word."""
        from huiguan.screens.history import verb_label

        return verb_label(_model_of(self.model), self.verb)

    verb_label.short_description = _("What happened")  # type: ignore[attr-defined]

    def kind_label(self) -> str:
        """What kind of record it was, in a person's words."""
        model = _model_of(self.model)
        return str(model._meta.verbose_name) if model else self.model

    kind_label.short_description = _("kind of record")  # type: ignore[attr-defined]

    def what_changed(self) -> str:
        from huiguan.screens.history import changes_in

        model = _model_of(self.model)
        said = changes_in(model, self.changes) if model else []
        return "；".join(f"{each['label']}：{each['before'] or '—'} → {each['after'] or '—'}" for each in said)

    what_changed.short_description = _("Changes")  # type: ignore[attr-defined]

    def computed_digest(self) -> str:
        """SHA-256 over the entry's content and the digest before it."""
        said = [self.scope, self.number, self.at, self.actor_id, self.actor, self.verb, self.model, self.record_id]
        said += [self.record_text, self.changes, self.facts, self.previous]
        return hashlib.sha256(SORTED.encode(said).encode()).hexdigest()


class TrailHead(models.Model):
    """The end of a chain: locked while an entry is added, so that numbers have no gap."""

    scope = models.CharField(max_length=40, primary_key=True)
    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=START)

    class Meta:
        abstract = True


def first_break(entries: Iterable[TrailEntry]) -> TrailEntry | None:
    """The first entry of one chain that does not fit: changed, removed or added by other means; None if it is whole."""
    previous = START
    for number, entry in enumerate(entries, start=1):
        if (entry.number, entry.previous, entry.digest) != (number, previous, entry.computed_digest()):
            return entry
        previous = entry.digest
    return None


def _model_of(label: str) -> Any:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None
