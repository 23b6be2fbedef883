"""Once a night: values from before the encryption, of older keys, or from a backup that was restored."""

from huiguan.celery import chamber_task, site_task
from huiguan.ciphers.rewriting import retire, rewrite
from huiguan.tenancy.binding import bound_chamber
from huiguan.tenancy.models import Chamber

SPREAD_SECONDS = 1200


@site_task
def encrypt_everywhere() -> int:
    """One task for each chamber, spread over time by its key."""
    keys = list(Chamber.objects.filter(status=Chamber.Status.ACTIVE).values_list("pk", flat=True))
    for key in keys:
        encrypt_in_chamber.apply_async([str(key)], countdown=key.int % SPREAD_SECONDS)
    return len(keys)


@chamber_task
def encrypt_in_chamber(chamber_id: str) -> int:
    chamber = bound_chamber()
    written = rewrite(chamber)
    retire(chamber)
    return written
