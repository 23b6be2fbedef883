"""What the desk's pages show of a report."""

from typing import Any

from django import template

from tenants.value.addresses import Addresses
from tenants.value.presenting import shown

register = template.Library()


@register.simple_tag
def report_words(report: Any) -> dict[str, Any]:
    return shown(report.content) if report.content else {}


@register.simple_tag
def report_link(report: Any) -> str:
    """Where its member reads it."""
    return Addresses.here().of(report)
