"""Lists read together what their columns follow, and nothing else."""

import pytest

from huiguan.screens.columns import joined
from huiguan.tenancy.binding import in_chamber


@pytest.mark.parametrize(("paths", "joins"), [([], 0), (["member"], 1), (["contact"], 1), (["contact", "member"], 2)])
def test_no_path_follows_nothing(changde, paths, joins):
    from tenants.members.models import Consent

    with in_chamber(changde):
        assert str(joined(Consent.objects.all(), paths).query).count(" JOIN ") == joins
