"""The first words of a sharing agreement. A federation writes its own versions after it."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from federation.registry.items import Item


class Wording(NamedTuple):
    """A clause's four answers."""

    leaves: Promise
    purpose: Promise
    readers: Promise
    withdrawal: Promise


INTRODUCTION = _(
    "Each chamber keeps its own records. Only what is written below leaves a chamber, and only for the items it "
    "accepted. Every message that leaves stands word for word in the chamber's sharing ledger. A chamber may "
    "accept items one by one, take each back at any time, and leave the federation at any time."
)

CLAUSES = {
    Item.DIRECTORY: Wording(
        _(
            "The directory entry that the chamber writes and previews itself: introduction, strengths, website, "
            "and, if it wants, one contact who agreed to it, with the office telephone. No member of the chamber "
            "is named."
        ),
        _("So that chambers know whom they can turn to."),
        _("The federation's coordinators and delegates, and its member chambers."),
        _("The entry disappears from the directory at once and is deleted."),
    ),
    Item.LIAISON: Wording(
        _(
            "The topics that the chamber proposes or seconds, its answers about dates, the names and positions of "
            "its delegates, its speeches, its votes and approvals, and the state of the tasks it took on."
        ),
        _("To prepare liaison meetings together, to hold them, and to follow up what was agreed."),
        _("The federation's coordinators and delegates, and the member chambers that accepted this item."),
        _(
            "Nothing new is sent. The chamber hosts no session and is expected at none, its topics and open tasks "
            "end; what others second goes on in their name. What stands in adopted minutes stays there."
        ),
    ),
    Item.MATCHING: Wording(
        _(
            "The needs and offers that the chamber publishes one by one, under its own name or without it. "
            "Contacts leave only when both secretariats have agreed to an introduction. Facts about a member leave"
            " only with its consent."
        ),
        _("To bring needs and offers of all chambers together."),
        _("The member chambers that accepted this item, as far as each need or offer allows."),
        _(
            "Needs and offers are withdrawn and open introductions end; the other side is told. Contacts given before "
            "are no longer shown to anyone. What was agreed stays counted."
        ),
    ),
    Item.DATA_CALLS: Wording(
        _(
            "That notices were read, and the figures of a data call, after a person in the chamber has checked and"
            " submitted them. Totals only; no list of members."
        ),
        _("To answer notices and to report to authorities with one voice."),
        _("The federation's coordinators, and whoever the data call names as its addressee."),
        _("Nothing new is sent. Reports already submitted stay as they are."),
    ),
    Item.BENCHMARKING: Wording(
        _(
            "The values of the KPIs that the chamber releases one by one each quarter, after having seen them. "
            "Values are never shown to anyone: they only enter medians and quartiles that reveal no single "
            "chamber."
        ),
        _("To see where a chamber stands among its peers and from whom it can learn."),
        _("Nobody reads a single value. Member chambers that contributed a KPI read its median and quartiles."),
        _(
            "Values sent and not yet released stay out of the next release, also when the item is accepted again. "
            "Releases already frozen stay as they are."
        ),
    ),
}
