"""What the benefits say in a member's statement of value: what it saved, by offer. [003: 会员看到了效益,得到了实惠]"""

import datetime
from collections import defaultdict
from uuid import UUID

from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiguan.parts import Line, Lines, Members
from tenants.benefits.models import Use


def saved(members: Members, since: datetime.date, until: datetime.date) -> Lines:
    """Uses whose saving nobody can tell are named without an amount."""
    uses = Use.objects.counted().filter(at__date__range=(since, until)).order_by()
    uses = uses if members is None else uses.filter(card__member__in=members)
    rows = uses.values_list("card__member", "offer__merchant__name", "offer__title")
    found: dict[UUID, list[Line]] = defaultdict(list)
    for member, merchant, title, n, fen in rows.annotate(n=Count("pk"), fen=Sum("saved_fen")).order_by("-fen", "-n"):
        times = ngettext("{n} time", "{n} times", n).format(n=n)
        basis = _("reckoned from the offer and the bill when it was used") if fen else ""
        found[member].append(Line(f"{merchant} · {title} · {times}", fen or None, basis))
    return found
