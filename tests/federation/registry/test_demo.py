"""The demonstration's federation: every chamber joined on its own day with its own items."""

from typing import Any

import pytest


@pytest.mark.django_db
def test_the_chambers_of_the_demo_join_by_real_messages(changde: Any, shaoyang: Any) -> None:
    from federation.registry import demo as founding
    from federation.registry import queries
    from federation.registry.models import Federation, Membership
    from huiguan.demo.stage import Stage
    from huiguan.tenancy.models import Domain
    from tenants.affiliation import demo as joining

    Federation.objects.update(slug="cast", name="cast")
    Domain.objects.filter(federation_id__isnull=False).update(domain="cast.localhost")
    stage = Stage({"sxhunan": changde, "shaoyang": shaoyang})
    stories = {key: joining.STORIES[key] for key in stage.chambers}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(joining, "STORIES", stories)
        patch.setattr(Stage, "_head_of", lambda self, slug: {"sxhunan": "qin", "shaoyang": "dai"}[slug])
        founding.load_demo(stage)
        joining.load_demo(stage)
    assert stage.deliver() == 4
    found = Membership.objects.of(stage.federation_id).active()
    assert [m.joined_on for m in found] == [stage.days_ago(stories[k].days_ago) for k in stories]
    assert {a.accepted_on for m in found for a in m.acceptances.all()} == {m.joined_on for m in found}
    assert len(queries.published_profiles(federation_id=stage.federation_id, chamber_id=changde.pk)) == 2
