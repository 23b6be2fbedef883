"""Drafts the minutes of a session from what was recorded, in the language of the house."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from federation.liaison.words import heading_number, ordinal


def draft(session: Any) -> str:
    """Plain text, one paragraph per line. Every statement names the chamber it came from."""
    with translation.override(settings.LANGUAGE_CODE):
        sections = [list(section(session)) for section in (_agenda, _decisions, _actions)]
        text = [*_head(session), *_what_became(session)]
        for number, lines in enumerate(filter(None, sections), start=1):
            text += ["", f"{heading_number(number)}{lines[0]}", *lines[1:]]
        return "\n".join(text)


def _head(session: Any) -> Iterator[str]:
    series = session.series
    yield _("Minutes of {series}, {session}").format(series=series.name, session=ordinal(session.number))
    yield ""
    if session.held_at:
        yield _("Time: {time}").format(time=date_format(localtime(session.held_at), "DATETIME_FORMAT"))
    yield _("Place: {place}").format(place=session.place)
    yield _("Host: {host}").format(host="、".join(filter(None, [session.host_name, session.co_host_name])))
    if series.convening:
        yield _("Convened by: {convening}").format(convening=series.convening)
    yield _("Theme: {theme}").format(theme=session.theme)
    if session.question:
        yield _("Question: {question}").format(question=session.question)
    yield from _who_was_there(session)


def _who_was_there(session: Any) -> Iterator[str]:
    present = list(session.present())
    names = "、".join(f"{a.chamber_name}（{a.head}）" if a.head else a.chamber_name for a in present)
    yield _("Present: {chambers}").format(chambers=names)
    quorum = _("{present} of {active} member chambers were there: more than half, the session could decide.")
    if not session.is_quorate:
        quorum = _("{present} of {active} member chambers were there: not more than half, nothing was decided.")
    yield quorum.format(present=session.present_count, active=session.active_count)


def _what_became(session: Any) -> Iterator[str]:
    """Of the action items of earlier sessions."""
    from federation.liaison.models import ActionItem

    earlier = list(ActionItem.objects.before(session))
    if earlier:
        yield ""
        yield _("What became of what was agreed before:")
    for item in earlier:
        line = _("{title} ({chamber}, due {due}): {status}")
        due = date_format(item.due_on, "DATE_FORMAT")
        yield "· " + line.format(title=item.title, chamber=item.chamber_name, due=due, status=item.get_status_display())


def _agenda(session: Any) -> Iterator[str]:
    statements = list(session.statements.all())
    items = [item for item in session.agenda.all() if item.kind != "follow_up"]
    if items or statements:
        yield _("What was discussed")
    listed = {item.pk for item in items}
    yield from (_statement(s) for s in statements if s.item_id not in listed)
    for number, item in enumerate(items, start=1):
        yield f"{number}. {item.title}"
        yield from (_statement(s) for s in statements if s.item_id == item.pk)


def _statement(statement: Any) -> str:
    who = f"{statement.chamber_name}{statement.speaker}"
    mark = _(" (a practice worth copying)") if statement.is_practice else ""
    mark = _(" (a problem that is met)") if statement.is_problem else mark
    return _("{who}: {text}{mark}").format(who=who, text=statement.text, mark=mark)


def _decisions(session: Any) -> Iterator[str]:
    decisions = list(session.decisions.all())
    if decisions:
        yield _("What was decided")
    for decision in decisions:
        yield f"{decision.number}. " + _("{text} ({how})").format(text=decision.text, how=decision.carried_by)


def _actions(session: Any) -> Iterator[str]:
    actions = list(session.action_items.all())
    if actions:
        yield _("Who does what by when")
    for number, item in enumerate(actions, start=1):
        who = f"{item.chamber_name}{item.person}"
        due = date_format(item.due_on, "DATE_FORMAT")
        yield f"{number}. " + _("{title}: {who}, by {due}").format(title=item.title, who=who, due=due)


def press_release(session: Any) -> str:
    """A draft for the press from what all chambers have adopted: what was agreed and what is worth copying.

    Problems that chambers met are not for the press.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return "\n\n".join(filter(None, [*_press_head(session), _worth_copying(session), _agreed(session)]))


def _press_head(session: Any) -> Iterator[str]:
    series, name = session.series, ordinal(session.number)
    facts = {"series": series.name, "session": name, "host": session.host_name, "place": session.place}
    yield _("{session} of {series} held at {host}").format(**facts)
    day = date_format(localtime(session.held_at), "DATE_FORMAT")
    opening = _("On {day}, {session} of {series} was held at {place}, hosted by {host}. {n} chambers took part.")
    yield opening.format(day=day, n=session.present_count, **facts)
    theme = _("Its theme was “{theme}”.").format(theme=session.theme)
    asked = _("The chambers exchanged views on the question “{question}”.").format(question=session.question)
    yield f"{theme}{asked}" if session.question else theme


def _worth_copying(session: Any) -> str:
    said = [_("{who} told: {text}").format(who=f"{s.chamber_name}{s.speaker}", text=s.text)
            for s in session.statements.filter(is_practice=True)]  # fmt: skip
    return "\n".join(said)


def _agreed(session: Any) -> str:
    decisions = [f"{number}. {d.text}" for number, d in enumerate(session.decisions.all(), start=1)]
    return "\n".join([_("It was agreed:"), *decisions]) if decisions else ""
