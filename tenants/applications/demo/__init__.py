"""Applications at every step, some with a question, one refused; in the chamber of the demo's pictures and two more."""

import datetime
from typing import Any

from stdnum.cn import uscc

from huiguan.actors import acting_as
from huiguan.demo.stage import Stage
from tenants.applications.actions import applicant, receive
from tenants.applications.consenting import text_of_consent
from tenants.applications.demo import words
from tenants.applications.models import Application, Reception

CHAMBERS = ("changde", "shaoyang", "sxhunan")


def load_demo(stage: Stage) -> None:
    for number, slug in enumerate(CHAMBERS):
        with stage.working(slug) as chamber:
            if not Application.objects.exists():
                Reception(greeting=words.GREETING.format(chamber=chamber.name)).save()
                for at, story in enumerate(words.STORIES[: len(words.STORIES) - 3 * number]):
                    _play(story, stage, chamber, 100 * number + at)


def _play(story: words.Story, stage: Stage, chamber: Any, number: int) -> None:
    application = _received(story, chamber, number)
    resolved: dict[str, Any] = {"body": "council", "resolution": words.RESOLUTION, "resolved_on": stage.days_ago(12)}
    for name in story.steps:
        match name:
            case "ask":
                application.ask(question=words.QUESTION)
            case "answer":
                with acting_as(applicant()):
                    application.answer(answer=words.ANSWER)
            case "give_up_by_link":
                with acting_as(applicant()):
                    application.give_up()
            case "approve":
                application.approve(**resolved)
            case "refuse":
                application.refuse(**resolved, reason=words.REFUSAL)
            case _:
                getattr(application, name)()
    _set_back(application, stage.days_ago(story.days))


def _received(story: words.Story, chamber: Any, number: int) -> Application:
    """As the applicant entered it."""
    made = Application(is_own=True, opinion="", **story.facts)
    made.contact_phone = f"139{29000000 + number:08d}"
    made.contact_email = f"applicant{number}@example.com"
    if made.kind != Application.Kind.INDIVIDUAL:
        body = f"91610100MA6T{number:05d}"
        made.credit_code = body + uscc.calc_check_digit(body)
    with acting_as(applicant()):
        return receive(made, agreed=story.agreed, consent=text_of_consent(chamber.name), key=None)


def _set_back(application: Application, day: datetime.date) -> None:
    """To the day on which it would have come in."""
    moment = datetime.datetime.combine(day, datetime.time(10), datetime.UTC)
    ended = {"ended_on": day} if application.ended_on else {}
    Application.objects.filter(pk=application.pk).update(created_at=moment, stepped_on=day, **ended)
