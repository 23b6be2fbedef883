"""Brings the values of a chamber to its newest key, while its people work: those never encrypted, those of older keys.

May be interrupted anywhere and run again: what is left is found by what the columns begin with.
"""

import time
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Q
from django.utils.timezone import now

from huiguan import bulk
from huiguan.ciphers.fields import EncryptedBinaryField, encrypted_fields
from huiguan.ciphers.models import ChamberKey, DataKey
from huiguan.ciphers.ring import add_data_key, forget, opened, purpose_of, ring_of
from huiguan.ciphers.wrapping import master, name_of, wrap
from huiguan.tenancy.binding import in_chamber, in_site
from huiguan.tenancy.keeping import Say, silent
from huiguan.tenancy.models import Chamber

AT_ONCE = 500  # rows of a transaction


def rotate_key(chamber: Chamber, say: Say = silent) -> int:
    """A new data key for new values, then for all values. Returns how many rows were written."""
    add_data_key(chamber.pk)
    say("Encrypting with the new key")
    written = rewrite(chamber, say)
    say(f"Waiting {settings.KEY_SECONDS} s, until no process writes with the old key")
    time.sleep(settings.KEY_SECONDS)
    forget(chamber.pk)
    written += rewrite(chamber, say)
    retire(chamber)
    return written


def rewrite(chamber: Chamber, say: Say = silent) -> int:
    """Rows that somebody is just changing are left for the next time. Returns how many were written."""
    written = 0
    for model in models_with_secrets():
        while number := _rewrite_some(chamber, model):
            written += number
            say(f"{model._meta.label}: {written} rows")
    return written


def left(chamber: Chamber) -> int:
    """Rows with a value that is not of the newest key."""
    with in_chamber(chamber):
        newest = ring_of(chamber.pk).newest
        return sum(model._base_manager.filter(_not_by(model, newest)).count() for model in models_with_secrets())


def retire(chamber: Chamber) -> bool:
    """Keys that no row has any more are not asked by; a backup may need them. False while there may be such a row."""
    with in_site():
        *older, newest = DataKey.objects.filter(chamber_id=chamber.pk, retired_at=None).order_by("made_at", "id")
    others_know = newest.made_at + timedelta(seconds=settings.KEY_SECONDS) <= now()
    if not older or not others_know or left(chamber):
        return not older
    with in_site():
        DataKey.objects.filter(pk__in=[key.pk for key in older]).update(retired_at=now())
    forget(chamber.pk)
    return True


def rewrap() -> int:
    """All chambers' keys under the newest master key; those before it are then needed for nothing here."""
    stale = list(ChamberKey.objects.exclude(master=name_of(master())))
    for held in stale:
        again = {"wrapped": wrap(opened(held), master(), purpose_of(held.chamber_id)), "master": name_of(master())}
        ChamberKey.objects.filter(pk=held.pk, wrapped=held.wrapped).update(**again)  # it may be gone meanwhile
    return len(stale)


def models_with_secrets() -> list[Any]:
    return [model for model in apps.get_models() if encrypted_fields(model)]


def _rewrite_some(chamber: Chamber, model: Any) -> int:
    """One transaction. Nothing is told in the trail: nobody could see a difference."""
    with in_chamber(chamber):
        asked = _not_by(model, ring_of(chamber.pk).newest)
        rows = model._base_manager.filter(asked).order_by("pk").select_for_update(skip_locked=True, of=("self",))
        found = list(rows[: _at_once(model)])
        if not found:
            return 0
        plain = set(model._base_manager.filter(_not_by(model, ""), pk__in=[r.pk for r in found]).values_list("pk"))
        bulk.update_many(found, [field.attname for field in encrypted_fields(model)], "default")
        if hasattr(model, "forget_copies"):  # that were made when the values could be read
            model.forget_copies([row for row in found if (row.pk,) in plain])
    return len(found)


def _at_once(model: Any) -> int:
    """Files are large."""
    return 5 if any(isinstance(field, EncryptedBinaryField) for field in encrypted_fields(model)) else AT_ONCE


def _not_by(model: Any, key: str) -> Q:
    asked = Q()
    for field in encrypted_fields(model):
        asked |= Q(**{f"{field.name}__not_by": key})
    return asked
