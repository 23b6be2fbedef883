"""The demonstration's exchange: every step by the verbs that people use."""

from typing import Any

import pytest


@pytest.mark.django_db
def test_the_demo_shows_a_need_that_both_sides_closed_and_one_in_talks(hunan: Any, changde: Any, shaoyang: Any) -> None:
    from federation.matching.models import ExpressionOfInterest
    from huiguan.demo.stage import Stage
    from tenants.exchange.demo import load_demo
    from tenants.exchange.models import Find

    asking = dict.fromkeys(("chenzhou", "shaoyang", "hengyang"), shaoyang)
    stage = Stage({**asking, **dict.fromkeys(("yueyang", "sxhunan", "changde"), changde)}, federation_id=hunan.pk)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stage, "_head_of", lambda self, slug: "dai" if slug in asking else "qin")
        load_demo(stage)
        with stage.working("changde"):
            assert not Find.objects.exclude(search=None).exists()  # 岳阳 is 常德 here: nobody finds their own
    found = {interest.need.title: interest for interest in ExpressionOfInterest.objects.select_related("need")}
    closed, talking = found["员工年货两百份"], found["两位会员因货款起争执"]
    assert (closed.status, talking.status) == ("confirmed", "negotiating")
    assert [outcome.amount_band for outcome in closed.outcomes.all()] == ["under_100k", "under_100k"]
    assert closed.agreement.kind == "purchase"
