"""Jobs of the matching."""

from federation.matching import actions
from huiguan.celery import site_task


@site_task
def lapse_interests() -> None:
    """Each morning: who did not answer in five working days is taken not to be interested; what nobody read goes on."""
    actions.lapse_interests()
    actions.hand_on_reviews()


@site_task
def distribute_scarce() -> int:
    """Each night, before people come to work."""
    return actions.distribute_everywhere()
