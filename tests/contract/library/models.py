"""Books 图书 and the shelves they stand on."""

import datetime

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiguan.records import Record
from huiguan.states import Facts, Stateful, move


class Shelf(Record):
    """Where books stand."""

    name = models.CharField(_("name of the shelf"), max_length=40)

    class Meta:
        verbose_name = _("shelf")
        verbose_name_plural = _("shelves")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Book(Stateful, Record):
    """A book that is here or lent."""

    class Status(models.TextChoices):
        HERE = "here", _("On the shelf")
        LENT = "lent", _("Lent")

    title = models.CharField(_("title of the book"), max_length=80)
    shelf = models.ForeignKey(Shelf, models.PROTECT, related_name="books", verbose_name=_("shelf"))
    borrower = models.CharField(_("borrower"), max_length=40, blank=True, editable=False)
    due_on = models.DateField(_("due back"), null=True, blank=True, editable=False)
    status = models.CharField(_("where it is"), max_length=10, choices=Status, default=Status.HERE, editable=False)

    class Meta:
        verbose_name = _("book")
        verbose_name_plural = _("books")
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title

    @move(Status.HERE, to=Status.LENT, permission="library.change", label=_("Lend"))
    def lend(self, *, borrower: str) -> Facts:
        self.borrower, self.due_on = borrower, localdate() + datetime.timedelta(days=30)
        return {"borrower": borrower}

    @move(Status.LENT, to=Status.HERE, permission="library.change", label=_("Take back the book"))
    def take_back(self) -> Facts:
        self.borrower, self.due_on = "", None
        return None
