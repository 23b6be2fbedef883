"""A chamber's side of its federations: invitations, accepted items, its entry in the directory."""

from django.apps import AppConfig


class AffiliationConfig(AppConfig):
    name = "tenants.affiliation"
    label = "affiliation"
