"""Tells an applicant each step of its application, by mail or text message, in its own language, with its link;

and the secretariat what applicants do by themselves.
"""

from enum import StrEnum
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiguan import links
from huiguan.about import CHAMBER_URLS
from huiguan.deliveries.actions import Recipient, announce, deliver
from huiguan.deliveries.models.channels import Channel
from huiguan.tenancy.binding import bound_chamber, current_chamber, in_site
from huiguan.tenancy.hosts import absolute_url, primary_host
from tenants.applications.purposes import PROGRESS

PURPOSE = "application"  # of the signed link


class Step(StrEnum):
    """What an applicant is told, and what the secretariat is told of an applicant."""

    RECEIVED = "received"
    ASKED = "asked"
    ANSWERED = "answered"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REFUSED = "refused"
    WELCOMED = "welcomed"
    WITHDRAWN = "withdrawn"


def tell(application: Any, step: Step, **words: str) -> None:
    """By mail where an address is known, otherwise by text message; nothing is sent when the transaction fails."""
    with translation.override(application.language or settings.LANGUAGE_CODE):
        subject, body = _words(application, step, words)
    channel = Channel.EMAIL if application.contact_email else Channel.SMS
    address = application.contact_email or application.contact_phone
    deliver(
        about=application,
        channel=channel,
        to=Recipient(application.contact_name, address),
        subject=subject,
        body=body,
        purpose=PROGRESS,
        parameters={"name": application.contact_name, "link": link_of(application)},
    )


ARRIVALS: dict[Step, Any] = {
    Step.RECEIVED: gettext_lazy("{applicant} applies to join"),
    Step.ANSWERED: gettext_lazy("{applicant} answered what you asked about the application"),
    Step.WITHDRAWN: gettext_lazy("{applicant} withdrew the application to join"),
}


def tell_office(application: Any, step: Step) -> None:
    """What an applicant did by the form or behind the link, to those who review applications."""
    subject = format_lazy(ARRIVALS[step], applicant=application.trail_text())
    url = reverse("applications-application-detail", urlconf=CHAMBER_URLS, args=[application.pk])
    announce(about=application, permission="applications.review", subject=subject, url=url)


def path_of(application: Any) -> str:
    """The applicant's page, by a link that works for this application on this chamber's hosts alone."""
    chamber = bound_chamber()
    token = links.sign_key(PURPOSE, str(chamber.pk), application.pk)
    return reverse("applications-progress", urlconf=CHAMBER_URLS, args=[token])


def link_of(application: Any) -> str:
    """The same as a whole address, for mails and to be passed on."""
    chamber = bound_chamber()
    with in_site():
        host = primary_host(chamber)
    return absolute_url(host, path_of(application))


def _words(application: Any, step: Step, words: dict[str, str]) -> tuple[str, str]:
    chamber = current_chamber()
    known = {"chamber": chamber.name if chamber else "", "applicant": application.name, **words}
    subject, text = _texts(step)
    greeting = _("Dear {name},").format(name=application.contact_name)
    follow = _("Follow your application here: {link}").format(link=link_of(application))
    return subject.format(**known), "\n\n".join([greeting, text.format(**known), follow])


def _texts(step: Step) -> tuple[str, str]:
    """Subject and body of each step."""
    return {
        Step.RECEIVED: (
            _("{chamber} has received your application"),
            _("We have received the application of {applicant} to {chamber}. The secretariat will look at it soon."),
        ),
        Step.ASKED: (
            _("{chamber} has a question about your application"),
            _("About the application of {applicant} we would like to know: {question}"),
        ),
        Step.SUBMITTED: (
            _("Your application is before the council"),
            _("The application of {applicant} is complete. The council of {chamber} will decide on it."),
        ),
        Step.APPROVED: (
            _("Your application was approved"),
            _("The council of {chamber} has approved the application of {applicant}. We will be in touch."),
        ),
        Step.REFUSED: (
            _("About your application to {chamber}"),
            _("We are sorry: the application of {applicant} was not approved. {reason}"),
        ),
        Step.WELCOMED: (
            _("Welcome to {chamber}"),
            _("{applicant} is a member of {chamber} now. Welcome! The secretariat will call you in the next days."),
        ),
        Step.WITHDRAWN: (
            _("Your application was withdrawn"),
            _("The application of {applicant} to {chamber} was withdrawn. You are welcome at any time."),
        ),
    }[step]
