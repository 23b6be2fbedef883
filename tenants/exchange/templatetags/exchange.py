"""What the list of needs and offers asks."""

from django import template

from tenants.exchange.returning import returning

register = template.Library()
register.simple_tag(returning, name="returning")
