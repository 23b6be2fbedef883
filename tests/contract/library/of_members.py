"""What the library adds to a member: the books it has, when they are due, and that it reads."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _

from huiguan.actors import Actor
from huiguan.parts import Mark, Members, Moment
from library.models import Book


def books_of(member: Any, actor: Actor) -> dict[str, Any] | None:
    return {"books": list(Book.objects.filter(borrower=member.name))}


def lent_to(member: Any) -> Iterator[Moment]:
    for book in Book.objects.filter(borrower=member.name).exclude(due_on=None):
        yield Moment(book.due_on, _("Due back: {title}").format(title=book), reverse("library-book-list"), "book")


def reading(members: Members, since: datetime.date, until: datetime.date) -> dict[Any, Mark]:
    """Whoever has a book; of the others the library knows nothing."""
    names = dict(Book.objects.exclude(borrower="").values_list("borrower", "title"))
    found = apps.get_model("members.Member").objects.filter(name__in=names)
    found = found if members is None else found.filter(pk__in=members)
    return {pk: Mark(1.0, names[name]) for pk, name in found.values_list("pk", "name")}
