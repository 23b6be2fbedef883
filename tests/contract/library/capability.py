"""What the library tells the house."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from huiguan.actors import Actor
from huiguan.capability import Capability, Item, Permission, Resource, Source, register
from huiguan.parts import EngagementPart, Moments, Panel
from huiguan.roles import ADMINISTRATORS, READERS, STAFF
from library.models import Book, Shelf
from library.of_members import books_of, lent_to, reading


def overdue(actor: Actor) -> Iterator[Item]:
    for book in Book.objects.filter(status=Book.Status.LENT, due_on__lt=localdate()):
        yield Item(book.title, reverse("library-book-detail", args=[book.pk]), why=book.borrower, due=book.due_on)


register(
    Capability(
        name="library",
        label=_("Library"),
        icon="book",
        order=80,
        resources=[
            Resource(
                Book,
                list_fields=["title", "shelf__name", "borrower", "status"],
                form_fields=["title", "shelf"],
                search_fields=["title", "shelf__name"],
                filter_fields=["shelf", "status"],
                empty=_("Enter the first book."),
            ),
            Resource(Shelf, list_fields=["name"], form_fields=["name"], related=["books"], empty=_("Name a shelf.")),
        ],
        permissions=[
            Permission("library.view", _("See the library"), READERS),
            Permission("library.change", _("Enter and lend books"), STAFF),
            Permission("library.delete", _("Delete books"), ADMINISTRATORS),
            Permission("library.export", _("Export the library"), ADMINISTRATORS),
        ],
        panels=[Panel("members.Member", "library/_of_member.html", books_of)],
        moments=[Moments("members.Member", _("Books"), lent_to)],
        engagement=[EngagementPart("library", _("Books"), 1, reading, is_contact=True)],
        sources=[Source(_("Library"), overdue, permission="library.change")],
    )
)
