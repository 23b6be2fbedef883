"""Words of the register for templates."""

from django import template

from huiguan.regions import name_of

register = template.Library()
register.filter("province", name_of)
