"""How a chamber takes applications: whether its form is open, what it says, how long a refused one is kept. [T12]"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.records import Record


class Reception(Record):
    """The one row of a chamber; until it is written, what stands here."""

    place = models.CharField(max_length=5, default="house", unique=True, editable=False)
    is_open = models.BooleanField(_("the form is open"), default=True)
    greeting = models.TextField(_("words above the form"), max_length=600, blank=True)
    months_kept = models.PositiveSmallIntegerField(
        _("months that refused applications are kept"),
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(36)],
    )

    class Meta:
        verbose_name = _in("of applications", "reception")
        verbose_name_plural = _in("of applications", "receptions")

    def __str__(self) -> str:
        return str(_now("How applications are taken"))

    @classmethod
    def current(cls) -> "Reception":
        return cls.objects.first() or cls()
