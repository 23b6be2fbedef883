"""What is dues and what is not, whoever pays."""

import pytest

from tenants.dues.statements import Kind
from tests.tenants.dues.statements.lines import CHAMBER, JIA, came, codes, matched, only, said, went


@pytest.mark.parametrize(
    "remark",
    [
        "会费",
        "商会会费",
        "邵阳商会2025年会费",
        "陕西邵阳商会会费",
        "会员费",
        "年费",
        "理事会费",
        "副会长单位会费",
        "第三届理事会会费",
        "会費",
        "２０２５年会费",
        "membership fee",
        "二〇二五年会费",
        "会费3000元",
        "会费叁仟元整",
    ],
)
def test_dues_are_known_by_many_words(remark: str) -> None:
    assert said(only(came(3000, JIA.name, remark))) == ("auto", [("jia", 2025, 3000)])


@pytest.mark.parametrize(
    "remark",
    [
        "年会赞助",
        "2025年会餐费",
        "茶话会费用",
        "展会费",
        "参会费",
        "运动会费",
        "会刊广告费",
        "爱心助学捐款",
        "捐",
        "场地押金",
        "退款",
        "货款",
        "中秋联谊活动费",
        "高尔夫队报名费",
        "会员大会餐费",
        "借款",
        "党建经费",
    ],
)
def test_other_money_of_a_member_is_no_dues_even_if_the_amount_is_the_same(remark: str) -> None:
    found = only(came(3000, JIA.name, remark))
    assert (said(found), found.kind, found.payer) == (("none", []), Kind.OTHER_INCOME, "jia")


def test_dues_and_something_else_at_once_are_asked() -> None:
    for remark in ("会费及捐款", "会费含活动费", "会费退款"):
        assert said(only(came(3000, JIA.name, remark)))[0] == "review", remark


def test_a_fee_that_no_list_knows_is_asked_only_if_it_would_be_the_dues() -> None:
    assert codes(only(came(3000, JIA.name, "香樟费")))[-1] == "purpose_unknown"
    assert said(only(came(80, JIA.name, "香樟费"))) == ("none", [])
    assert said(only(came(80, "令狐冲", "香樟费"))) == ("none", [])


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (came(142.75, "", "结息"), Kind.INTEREST),
        (came(4600, "西安路人会议服务有限公司", "账号户名不符 退汇"), Kind.RETURNED),
        (came(50_000, CHAMBER, "到期转存"), Kind.OWN_ACCOUNT),
        (came(30_000, "财政专户", "社会组织扶持资金"), Kind.OTHER_INCOME),
        (went(5.5, "", "网银年费"), Kind.FEE),
        (went(5896, "西安路人印务有限公司", "会刊印刷费"), Kind.EXPENSE),
        (went(2000, JIA.name, "退押金"), Kind.EXPENSE),
        (went(50_000, CHAMBER, "转定期"), Kind.OWN_ACCOUNT),
        (came(50_000, f"西安市{CHAMBER}", "资金归集"), Kind.OWN_ACCOUNT),
    ],
)
def test_what_cannot_be_dues_says_what_it_is(line: object, kind: Kind) -> None:
    found = only(line)  # type: ignore[arg-type]
    assert (found.match.value, found.kind) == ("none", kind)


@pytest.mark.parametrize(
    ("party", "remark"),
    [
        ("微信支付商户结算", "扫码缴费-向问天-甲木商贸 实收3000 扣费18.00"),
        ("财付通支付科技有限公司", "商户结算 订单备注:甲木商贸2025会费 金额3000.00 手续费18.00"),
        ("支付宝(中国)网络技术有限公司", "余额提现 甲木商贸会费"),
    ],
)
def test_a_settlement_of_one_payment_counts_what_was_paid_before_the_fee(party: str, remark: str) -> None:
    found = only(came(2982, party, remark))
    assert said(found) == ("auto", [("jia", 2025, 3000)])
    assert (found.gross_fen, found.fee_fen) == (300_000, 1_800)


def test_a_settlement_of_several_payments_is_put_to_a_person() -> None:
    found = only(came(3976, "微信支付商户结算", "商户号0000000012 2笔 总额4000.00 手续费24.00"))
    assert (said(found), found.kind) == (("review", []), Kind.SETTLEMENT)
    assert (found.gross_fen, found.fee_fen) == (400_000, 2_400)


def test_sums_of_a_settlement_that_do_not_add_up_are_not_believed() -> None:
    found = only(came(2982, "微信支付商户结算", "甲木商贸会费 金额3500.00 手续费18.00"))
    assert said(found) == ("auto", [("jia", 2025, 3000)])
    assert only(came(2500, "微信支付商户结算", "甲木商贸会费 金额3500.00 手续费18.00")).match.value == "review"


def test_a_double_payment_that_goes_back_takes_the_double_back() -> None:
    first, double, back = matched(
        came(3000, JIA.name, "会费"),
        came(3000, "向问天", "会费", on="2025-04-18", fingerprint="the double"),
        went(3000, "向问天", "退重复会费", on="2025-04-28"),
    )
    assert said(back) == ("auto", [("jia", 2025, -3000)]) and back.refers_to == "the double"
    assert (first.match.value, double.match.value, codes(back)) == ("auto", "review", ["takes_back_double"])


def test_a_surplus_that_goes_back_changes_no_year() -> None:
    back = matched(came(30_000, JIA.name, "会费"), went(27_000, JIA.name, "退多缴会费"))[1]
    assert said(back) == ("auto", []) and codes(back) == ["takes_back_surplus"]


def test_dues_that_go_back_are_open_again() -> None:
    found = matched(
        came(3000, JIA.name, "会费"),
        went(3000, JIA.name, "退会退2025年会费"),
        came(3000, JIA.name, "2025年会费", on="2025-07-01"),
    )
    assert [said(each) for each in found] == [
        ("auto", [("jia", 2025, 3000)]),
        ("auto", [("jia", 2025, -3000)]),
        ("auto", [("jia", 2025, 3000)]),
    ]


def test_a_booking_that_the_bank_reversed_takes_the_dues_back() -> None:
    back = matched(came(3000, JIA.name, "会费"), went(3000, JIA.name, "冲正"))[1]
    assert said(back) == ("auto", [("jia", 2025, -3000)])


def test_a_refund_without_a_payment_is_asked() -> None:
    found = only(went(3000, JIA.name, "退会费"))
    assert (found.match.value, codes(found)) == ("review", ["refund_unclear"])


def test_a_refund_of_two_equal_payments_takes_back_that_of_this_year() -> None:
    lines = [
        came(3000, JIA.name, "会费", on="2024-03-01"),
        came(3000, JIA.name, "会费"),
        went(3000, JIA.name, "退会退费"),
    ]
    assert said(matched(*lines)[2]) == ("auto", [("jia", 2025, -3000)])
