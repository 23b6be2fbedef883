"""Letters, receipts and reports as PDF."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "huiguan.papers"
    label = "papers"
