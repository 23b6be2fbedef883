"""Pages as a browser gets them: their text in the session's language, or the address to go to next."""

from datetime import UTC, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from billing.sandbox.cards import CARDS
from billing.sandbox.errors import ApiError
from billing.sandbox.store import Body

LANGUAGES = {"zh": "zh-hans", "zh-HK": "zh-hant", "zh-TW": "zh-hant", "en": "en"}
Page = tuple[int, str, str]


def shown(text: str, status: int = 200) -> Page:
    return status, text, ""


def gone_to(address: str) -> Page:
    return 303, "", address


def page(name: str, session: Body, status: int = 200, **facts: Any) -> Page:
    with translation.override(language(session)):
        told = {"session": session, "cards": list(CARDS), **facts}
        return shown(render_to_string(f"billing/sandbox/{name}.html", told), status)


def in_words(refusal: ApiError, session: Body) -> str:
    code = refusal.body["error"].get("code")
    with translation.override(language(session)):
        if code == "card_declined":
            return _("The bank declined this card. Nothing was charged. Try another card.")
        if code == "incorrect_number":
            return _("This is not one of the test cards. Choose one of those listed.")
    return str(refusal)


def language(session: Body) -> str:
    return LANGUAGES.get(session.get("locale") or "zh", "zh-hans")


def moment(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None


def success_address(session: Body) -> str:
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])
