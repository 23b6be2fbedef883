"""The researched profile of a member: 个人爱好、企业经营范围、主要交往的部门单位都要研究透. [000]"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiguan.states import Facts, move


class Profiled(models.Model):
    """What a secretariat should know of a member, beyond its name and its codes."""

    class Headcount(models.IntegerChoices):
        UNDER_10 = 1, _("fewer than 10")
        UNDER_100 = 2, _("10 to 99")
        UNDER_300 = 3, _("100 to 299")
        UNDER_1000 = 4, _("300 to 999")
        MORE = 5, _("1,000 and more")

    class Revenue(models.IntegerChoices):
        """In yuan a year."""

        UNDER_5M = 1, _("less than 5 million")
        UNDER_20M = 2, _("5 to 20 million")
        UNDER_100M = 3, _("20 to 100 million")
        UNDER_1B = 4, _("100 million to 1 billion")
        MORE = 5, _("1 billion and more")

    industry = models.CharField(_("industry"), max_length=40, blank=True)
    business_scope = models.TextField(_("business scope"), blank=True, max_length=2000)
    products = models.TextField(_("products and services"), blank=True, max_length=2000)
    headcount = models.PositiveSmallIntegerField(_("employees"), choices=Headcount, null=True, blank=True)
    revenue = models.PositiveSmallIntegerField(_("yearly revenue (yuan)"), choices=Revenue, null=True, blank=True)
    departments = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, verbose_name=_("authorities it deals with")
    )
    interests = models.CharField(_("personal interests"), blank=True, max_length=200)
    needs = models.TextField(_("what it needs"), blank=True, max_length=1000)
    offers = models.TextField(_("what it can give"), blank=True, max_length=1000)
    confirmed_on = models.DateField(_("profile confirmed"), null=True, blank=True, editable=False)

    guarded: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("headcount", "revenue", "departments", "interests", "needs", "offers"), "members.profile"
    )

    class Meta:
        abstract = True

    @move("active", to=None, permission="members.change", label=_("The member confirmed its profile"))
    def confirm(self: Any) -> Facts:
        """It was read to the member, or the member read it, and it is right as of today."""
        self.confirmed_on = localdate()
        return None
