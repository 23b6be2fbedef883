"""Where a chamber works and where its members come from: two regions, and their names."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiguan import regions
from huiguan.records import TrailWords


class InRegion(models.Model):
    """Has the region where a chamber works."""

    trail_words: ClassVar[TrailWords] = {"region": regions.name_of, "home_region": regions.name_of}

    region = models.CharField(_("host region"), max_length=6, blank=True)

    class Meta:
        abstract = True

    def region_name(self) -> str:
        return regions.name_of(self.region)

    region_name.short_description = _("Host region")  # type: ignore[attr-defined]


class FromRegion(InRegion):
    """Has also the region where its members come from."""

    home_region = models.CharField(_("home region"), max_length=6, blank=True)

    class Meta:
        abstract = True

    def home_region_name(self) -> str:
        return regions.name_of(self.home_region)

    home_region_name.short_description = _("Home region")  # type: ignore[attr-defined]
