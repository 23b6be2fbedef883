"""What data calls do by themselves on the federation's side."""

from federation.calls.models import AnswerFile
from huiguan.celery import site_task
from huiguan.tenancy.binding import in_federation


@site_task
def let_go_of_files() -> int:
    """Two years after a call was closed: the answers stay, their files go. Returns how many."""
    with in_federation():
        outlived = list(AnswerFile.objects.outlived())
        for file in outlived:
            file.delete()
    return len(outlived)
