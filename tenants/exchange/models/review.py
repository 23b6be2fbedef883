"""The chamber's own review: an officer writes and submits, the secretary-general publishes or returns. [A.6]"""

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from federation.matching.workdays import answer_by
from huiguan.actors import current_actor
from huiguan.followups.actions import follow_up
from huiguan.states import Facts, Stateful, move


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waits for the secretary-general")
    PUBLISHED = "published", _("Published")
    PAUSED = "paused", _("Paused")
    FULFILLED = "fulfilled", _("Fulfilled")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    TAKEN_BACK = "taken_back", _("Withdrawn with the sharing agreement")


class Reviewed(Stateful):
    """What officers write waits for those who may publish. `returned_because` is what the author reads."""

    submitted_by_id = models.UUIDField(null=True, editable=False)
    returned_because = models.CharField(_("why it was returned"), max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True

    @move(
        Status.DRAFT,
        to=Status.SUBMITTED,
        permission="exchange.change",
        label=_("Submit for publication"),
        description=_("The secretary-general finds it among the tasks, reads it word for word, and publishes it."),
    )
    def submit(self) -> Facts:
        self.submitted_by_id, self.returned_because = current_actor().person_id, ""
        return None

    @move(Status.SUBMITTED, to=Status.DRAFT, permission="exchange.publish", label=_("Return to the author"))
    def send_back(self, *, why: str) -> Facts:
        """The author has it among the tasks, with the reason."""
        self.returned_because = why
        if self.submitted_by_id:
            title = _now("Revise “{title}”").format(title=self)
            follow_up(about=self, title=title, owner_id=self.submitted_by_id, due_on=answer_by(), why=why)
        return None
