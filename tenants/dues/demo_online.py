"""Members of the demo's first chamber pay online: by phone, by card, one of them too much, which goes back."""

from billing.demo import payments
from billing.demo_receiving import connect_account, is_stand_in, pay_at, pay_out
from huiguan.demo.stage import Stage
from tenants.dues import online
from tenants.dues.models import Charge, OnlinePayment, Payment
from tenants.dues.repaying import repay

WHO = "changde"
FACTS = {
    "name": "西安市常德商会", "registration": "51610100MJ20000001", "representative": "陶远山",
    "phone": "13900000001", "bank_account": "6222000000000001", "email": "qin@example.com",
}  # fmt: skip
METHODS = ("wechat_pay", "alipay", "alipay", "wechat_pay", "card", "alipay", "wechat_pay")
BACK = "http://localhost/"


def load_online(stage: Stage) -> None:
    """Where the stand-in for payments answers; a real service is never asked for the demo."""
    if WHO not in stage.chambers:
        return
    with payments():
        if is_stand_in():
            connect_account(stage.chambers[WHO], FACTS)
            with stage.working(WHO):
                if not OnlinePayment.objects.exists():
                    _pay()
                    pay_out(stage.chambers[WHO].pk)


def _pay() -> None:
    charges = Charge.objects.open().filter(kind=Charge.Kind.DUES).exclude(status=Charge.Status.EASED)
    for charge, method in zip(charges.select_related("member").order_by("id")[: len(METHODS)], METHODS, strict=False):
        page = online.begin(member=charge.member, charge_ids=[charge.pk], back=BACK, language="zh-hans")
        pay_at(page, method)
        online.look(charge.member)
    paid = Payment.objects.filter(online__isnull=False, method=Payment.Method.ALIPAY).first()
    if paid is not None:
        repay(paid, fen=paid.amount_fen // 2, reason="已退出副会长单位，按理事单位标准退还差额", key="demo")
