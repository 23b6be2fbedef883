"""The postings of what is published: for each term, the profiles it stands in and how often. True BM25 in plain SQL."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from federation.matching.models.profiles import Profile
from federation.matching.text import Analysed


class ProfileTerm(models.Model):
    """Made from a profile's words whenever these change; nothing that is not in the profile."""

    class Way(models.TextChoices):
        WORDS = "w", _("words")
        CHARACTERS = "c", _("characters")

    id = models.BigAutoField(primary_key=True)
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="terms")
    way = models.CharField(max_length=1, choices=Way)
    term = models.CharField(max_length=60)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["profile", "way", "term"], name="a_term_is_counted_once")]
        indexes = [models.Index(fields=["way", "term"], name="matching_postings")]

    def __str__(self) -> str:
        return f"{self.term} × {self.weight}"


def index(profile: Profile, analysed: Analysed) -> None:
    """Write a profile's postings anew."""
    ProfileTerm.objects.filter(profile=profile).delete()
    counted = ((ProfileTerm.Way.WORDS, analysed.words), (ProfileTerm.Way.CHARACTERS, analysed.characters))
    ProfileTerm.objects.bulk_create(
        ProfileTerm(profile=profile, way=way, term=term[:60], weight=min(weight, 32767))
        for way, terms in counted
        for term, weight in terms.items()
    )
