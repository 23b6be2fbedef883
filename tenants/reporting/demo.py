"""How the chambers of the demo answer the province's call: signed, accepted, sent back; the others have time. [001]"""

from federation.calls import queries
from federation.calls.models import Receipt
from huiguan.demo.stage import Stage
from tenants.reporting import actions

ANSWERS = {
    "sxhunan": ("3", "26800", "9600", "4", "会长带队回湘考察四次，项目由常务副会长一对一跟进。"),
    "shaoyang": ("2", "12000", "5300", "2", "借年会之机推介邵阳经开区，建立在谈项目月报。"),
    "hengyang": ("1", "8000", "0", "1", "项目已签约，资金明年到位。"),
}
SENT_BACK = {"hengyang": "请补充项目名称和签约日期。"}


def load_demo(stage: Stage) -> None:
    for slug, words in ANSWERS.items():
        with stage.working(slug) as chamber:
            [call] = queries.calls(chamber_id=chamber.pk)
            said = {str(q.id): word for q, word in zip(call.questions, words, strict=True)}
            answer = actions.save_draft(call=call, words=said)
            actions.sign(call=call, digest=actions.digest_of(actions.leaving(call, answer)))
    stage.deliver()
    _look_at(stage)


def _look_at(stage: Stage) -> None:
    """The coordinator accepts the first, and sends one back."""
    with stage.coordinating():
        for slug in ANSWERS:
            receipt = Receipt.objects.get(chamber_id=stage.chambers[slug].pk)
            if reason := SENT_BACK.get(slug):
                receipt.send_back(reason=reason)
            elif slug == "sxhunan":
                receipt.accept()
