"""Benefits of members 会员优惠: partner merchants, their offers, member cards, counted uses. [S1; 003 三(二)]"""

from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    name = "tenants.benefits"
    label = "benefits"
