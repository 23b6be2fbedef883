"""What the pages of sending ask of this installation."""

from django import template

from huiguan.deliveries.carriers.choosing import shown_only
from huiguan.screens.fields import text_of

register = template.Library()


@register.simple_tag
def channels_shown_only() -> str:
    """The channels whose messages stay on this machine, in words; empty when all leave."""
    return text_of(shown_only())
