"""Evidence of what the matching did: added to and read, never changed."""

from typing import Any, ClassVar

from django.db import models

from huiguan.keys import uuid7


class NeverChanged(RuntimeError):
    """Evidence is only added to."""


class EvidenceQuerySet(models.QuerySet[Any]):
    """Nothing of it is changed in bulk either."""

    def update(self, **_values: Any) -> int:
        raise NeverChanged(self.model.__name__)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise NeverChanged(self.model.__name__)


class Evidence(models.Model):
    """A row that is written once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(EvidenceQuerySet)()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise NeverChanged(str(self.pk))
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise NeverChanged(str(self.pk))
