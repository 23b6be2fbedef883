"""The stock library's tenant. Copied into the temporary app `bench_client`."""

from django.db import models
from django_tenants.models import DomainMixin, TenantMixin


class Client(TenantMixin):
    name = models.CharField(max_length=80)


class Address(DomainMixin):
    pass
