"""Papers that a session is prepared with: read by the chambers that have said they come, by nobody else. [F2]"""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from federation.liaison.models.parts import SessionPart
from federation.liaison.models.status import BEFORE_MEETING, Status
from huiguan.records import SharedRecord
from huiguan.states import Facts, move

WHILE_READ = (*BEFORE_MEETING, Status.HELD)


class Paper(SharedRecord):
    """Words, or a link to what lies elsewhere, or both."""

    session = models.ForeignKey("liaison.Session", models.PROTECT, related_name="papers")
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), max_length=20_000, blank=True)
    link = models.URLField(_("link"), blank=True)

    class Meta:
        verbose_name = _("paper of a session")
        verbose_name_plural = _("papers of a session")
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.title


class WithPapers(SessionPart):
    """The part of a session that is read beforehand."""

    class Meta:
        abstract = True

    @move(*WHILE_READ, to=None, permission="liaison.change", label=_("Add a paper"))
    def add_paper(self, *, title: str, text: str = "", link: str = "") -> Facts:
        if not text and not link:
            raise ValidationError(_t("Write a text or give a link."))
        self.papers.create(title=title, text=text, link=link)
        return {"paper": title}

    @move(*WHILE_READ, to=None, permission="liaison.change", label=_("Take the paper away"), danger=True)
    def drop_paper(self, *, paper_id: uuid.UUID) -> Facts:
        paper = self.papers.filter(pk=paper_id).first()
        if paper is None:
            raise ValidationError(_t("There is no such paper any more."))
        paper.delete()
        return {"paper": paper.title}
