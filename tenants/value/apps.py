"""The yearly statement of value 会员价值报告: what a member took part in, got, saved and paid. [002 §1.4 价值显性化]"""

from django.apps import AppConfig


class ValueConfig(AppConfig):
    name = "tenants.value"
    label = "value"
