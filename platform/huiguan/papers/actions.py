"""What is done to the letterhead: change it, give it its pictures, take them away."""

from typing import Literal

from django.db import transaction

from huiguan import trail
from huiguan.actors import current_actor
from huiguan.files.contents import Content
from huiguan.files.keeping import keep_file
from huiguan.files.models import KeptFile
from huiguan.papers.models import Letterhead

Picture = Literal["logo", "seal"]


@transaction.atomic
def change_letterhead(letterhead: Letterhead, *, logo: Content | None = None, seal: Content | None = None) -> None:
    """Save it, with new pictures where they are given. Raises ValidationError when the plan has no room for them."""
    current_actor().require("papers.change")
    if seal is not None:
        current_actor().require("papers.seal")
    _be_the_one(letterhead)
    replaced = [_give(letterhead, name, content) for name, content in (("logo", logo), ("seal", seal)) if content]
    letterhead.save()
    for before in filter(None, replaced):
        before.delete()


@transaction.atomic
def remove_picture(letterhead: Letterhead, picture: Picture) -> None:
    current_actor().require("papers.seal" if picture == "seal" else "papers.change")
    kept = getattr(letterhead, picture)
    setattr(letterhead, picture, None)
    letterhead.save()
    if kept:
        kept.delete()


def _be_the_one(letterhead: Letterhead) -> None:
    """Somebody may have set it up while this form was open, or pressed the button twice."""
    trail.take_turn()
    there = Letterhead.objects.first() if letterhead._state.adding else None
    if there:
        letterhead.pk, letterhead.created_at = there.pk, there.created_at
        letterhead.logo, letterhead.seal = there.logo, there.seal
        letterhead._state.adding = False


def _give(letterhead: Letterhead, name: str, content: Content) -> KeptFile | None:
    """Returns the picture that was there before."""
    before: KeptFile | None = getattr(letterhead, name)
    setattr(letterhead, name, keep_file(about=None, upload=content, purpose=f"papers.{name}"))
    return before
