"""The temporary app as a capability of a chamber. Copied into it."""

from bench_work.views import urlpatterns

from huiguan.capability import Capability, Place, register

register(Capability(name="bench", label="Bench", icon="clock", order=99, place=Place.CHAMBER, urls=tuple(urlpatterns)))
