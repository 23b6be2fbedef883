"""`{% personal contact "phone" %}`: whole, or masked with the way to have it shown."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from huiguan import personal as rules
from huiguan.actors import current_actor
from huiguan.kit.icons import draw_icon
from huiguan.screens.fields import shown

register = template.Library()


@register.simple_tag(name="personal")
def personal_field(record: Any, name: str) -> SafeString:
    found = shown(record, name)
    return masked_text(found.text, found.reveal, found.label)


@register.simple_tag
def may_read(record: Any, name: str) -> bool:
    """For links such as `tel:`, which must not be written for those who see the mask."""
    return not rules.is_hidden(rules.kind_of(type(record), name), current_actor())


@register.simple_tag
def masked_text(text: str, url: str, label: str) -> SafeString:
    """The button exchanges the mask for the value, which is written down; without a script, on a page of its own."""
    if not url:
        return format_html("{}", text)
    said = _("Show {what}: this is written down").format(what=label)
    link = '<a class="btn btn-sm btn-link p-1" href="{}" hx-post="{}" hx-target="closest [data-masked]"'
    words = ' hx-swap="innerHTML" aria-label="{}" title="{}">{}</a>'
    button = format_html(link + words, url, url, said, said, draw_icon("eye", "me-0"))
    return format_html("<span data-masked>{} {}</span>", text, button)
