"""The letterhead among a chamber's settings."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from huiguan.capability import Capability, Permission, Step, register
from huiguan.files.purposes import Purpose
from huiguan.papers import views
from huiguan.papers.demo import load_demo
from huiguan.papers.models import Letterhead
from huiguan.roles import ADMINISTRATORS, CASHIERS, READERS

register(
    Capability(
        name="papers",
        label=_("Letterhead and seal"),
        icon="rubber-stamp",
        order=93,
        home="letterhead",
        urls=[
            path("", views.letterhead, name="letterhead"),
            path("edit/", views.edit_letterhead, name="edit-letterhead"),
            path("<slug:picture>/removal/", views.remove, name="remove-letterhead-picture"),
            path("samples/<slug:kind>.pdf", views.sample, name="paper-sample"),
        ],
        permissions=[
            Permission("papers.view", _("See the letterhead"), READERS),
            Permission("papers.change", _("Change the letterhead"), ADMINISTRATORS),
            Permission("papers.seal", _("Put the seal on papers"), CASHIERS),
        ],
        files=[
            Purpose("papers.logo", _("Logo"), "papers.view", most_pixels=800),
            Purpose("papers.seal", _("Seal"), "papers.seal", most_pixels=600, is_ink=True),
        ],
        steps=[
            Step(
                _("Set up the letterhead and the seal"),
                "edit-letterhead",
                lambda: Letterhead.objects.exists(),
                order=60,
            )
        ],
        demo=load_demo,
    )
)
