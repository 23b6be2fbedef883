"""Who paid: the member, a person who speaks for it, somebody else whose remark names it, or nobody knows."""

from dataclasses import replace
from datetime import date

import pytest

from tenants.dues.statements import KnownPayer, Payee
from tests.tenants.dues.statements.lines import DING, JIA, MEMBERS, YI, came, codes, matched, only, said

PAID = ("auto", [("jia", 2025, 3000)])


@pytest.mark.parametrize(
    ("party", "code"),
    [
        ("西安甲木商贸有限公司", "payer_is_member"),
        ("西安甲木商贸（有限）公司", "payer_is_member"),
        ("西安甲木商貿有限公司", "payer_is_member"),
        ("西安甲木商贸有限公", "payer_cut"),
        ("西安甲木商贸", "payer_cut"),
        ("甲木商贸", "payer_abbreviated"),
        ("甲木商贸(西安)", "payer_abbreviated"),
        ("西安市甲木商贸有限公司", "payer_abbreviated"),
        ("向问天", "payer_person"),
        ("成不忧", "payer_person"),
        ("向问天（甲木商贸）", "payer_person"),
    ],
)
def test_a_member_is_known_by_every_form_of_its_name_and_by_its_people(party: str, code: str) -> None:
    found = only(came(3000, party, "2025年会费"))
    assert said(found) == PAID and codes(found) == [code, "fits"] and found.payer == "jia"


def test_a_former_name_pays_for_the_member_of_today() -> None:
    found = only(came(1000, "陕西丙火建材有限公司", "会费"))
    assert said(found) == ("auto", [("yi", 2025, 1000)]) and codes(found)[0] == "payer_former"


def test_an_individual_member_pays_in_its_own_name() -> None:
    assert said(only(came(500, "丁香", "会费"))) == ("auto", [("ding", 2025, 500)])


@pytest.mark.parametrize("party", ["宝鸡甲木商贸有限公司", "西安甲禾商贸有限公司", "西安甲木商贸有限公司汉中分公司"])
def test_a_look_alike_is_only_proposed(party: str) -> None:
    found = only(came(3000, party, "会费"))
    assert said(found) == ("review", []) and [candidate.member for candidate in found.candidates] == ["jia"]


def test_another_legal_form_is_believed_only_with_the_exact_amount() -> None:
    for party in ("西安甲木商贸股份有限公司", "西安甲木商贸集团有限公司"):
        assert said(only(came(3000, party, "会费"))) == PAID, party
        assert said(only(came(1000, party, "会费")))[0] == "review", party
    assert said(only(came(1000, "西安甲木商贸有限责任公司", "会费")))[0] == "auto"


def test_whoever_speaks_for_two_members_is_asked_whom_it_is_for() -> None:
    both = (JIA, replace(YI, legal_representative="向问天"))
    found = only(came(3000, "向问天", "会费"), both)
    assert said(found) == ("review", []) and [candidate.member for candidate in found.candidates] == ["jia", "yi"]
    assert said(only(came(3000, "向问天", "甲木商贸会费"), both)) == PAID


def test_an_owner_who_is_also_a_member_in_person_is_asked() -> None:
    owner = replace(DING, name="向问天")
    found = only(came(500, "向问天", "会费"), (JIA, owner))
    assert codes(found) == ["namesakes"]
    for remark in ("个人会费", "向问天个人会费"):
        assert said(only(came(500, "向问天", remark), (JIA, owner))) == ("auto", [("ding", 2025, 500)]), remark


def test_who_left_is_no_namesake_of_who_stays() -> None:
    left = replace(YI, legal_representative="向问天", has_left=True, left_on=date(2024, 5, 1))
    assert said(only(came(3000, "向问天", "会费"), (JIA, left))) == PAID


def test_a_name_hidden_by_stars_needs_the_exact_amount() -> None:
    assert said(only(came(3000, "向*天", "会费"))) == PAID
    assert said(only(came(500, "向*天", "会费")))[0] == "review"


@pytest.mark.parametrize(
    "remark",
    [
        "代甲木商贸缴2025年会费",
        "代缴 西安甲木商贸有限公司 2025年度",
        "甲木商贸会费",
        "甲木会费",
        "替向问天缴商会会费",
        "会费 13900000001",
        "91610104MA00000010 会费",
        "西安甲木商贸有限公司2025年邵阳商会会费",
    ],
)
def test_a_stranger_may_pay_for_a_member_that_the_remark_names(remark: str) -> None:
    found = only(came(3000, "咸阳路人劳务有限公司", remark))
    assert said(found) == PAID and found.payer == ""


def test_a_member_may_pay_for_another_one() -> None:
    found = only(came(1000, JIA.name, "代乙水建材缴会费"))
    assert said(found) == ("auto", [("yi", 2025, 1000)]) and found.payer == "jia"


@pytest.mark.parametrize("remark", ["代戊土建材缴会费", "替岳不群交会费", "戊土建材2025年会费"])
def test_money_for_somebody_who_is_not_in_the_register_is_not_taken_for_the_payer(remark: str) -> None:
    found = only(came(3000, JIA.name, remark))
    assert said(found) == ("review", []) and codes(found) == ["nobody_named"]


def test_a_branch_or_another_place_in_the_remark_is_somebody_else() -> None:
    for remark in ("甲木商贸汉中分公司会费", "宝鸡甲木商贸会费"):
        assert said(only(came(3000, "令狐冲", remark)))[0] == "review", remark


def test_the_dues_of_another_chamber_are_asked() -> None:
    found = only(came(3000, JIA.name, "衡阳商会会费"))
    assert said(found)[0] == "review" and "another_chamber" in codes(found)


def test_a_payer_whom_nobody_knows_is_put_to_a_person() -> None:
    found = only(came(3000, "令狐冲", "会费"))
    assert (said(found), found.kind.value, codes(found)) == (("review", []), "unidentified", ["nobody"])
    assert codes(only(came(3000, "", "会费"))) == ["no_payer"]


def test_a_name_shared_by_two_members_is_asked_and_the_longer_one_is_not_the_shorter() -> None:
    branch = Payee("branch", "西安甲木商贸有限公司宝鸡分公司", kind="enterprise", dues_fen=300_000)
    both = (JIA, branch)
    assert said(only(came(3000, branch.name, "会费"), both)) == ("auto", [("branch", 2025, 3000)])
    assert said(only(came(3000, JIA.name, "会费"), both)) == PAID
    assert said(only(came(3000, "西安甲木商贸有限", "会费"), both))[0] == "review"
    assert said(only(came(3000, "令狐冲", "甲木商贸宝鸡分公司会费"), both)) == ("auto", [("branch", 2025, 3000)])


def test_an_account_seen_with_the_whole_name_explains_a_name_nobody_knows() -> None:
    first = came(1000, JIA.name, "会费第一期", party_account="6100000000000478")
    second = came(2000, "甲木经营账户", "会费第二期", party_account="6100000000000478", on="2025-05-01")
    assert [said(found) for found in matched(first, second)] == [
        ("auto", [("jia", 2025, 1000)]),
        ("auto", [("jia", 2025, 2000)]),
    ]
    assert codes(matched(first, second)[1])[0] == "payer_known"


def test_who_was_confirmed_before_is_known_but_believed_only_with_the_exact_amount() -> None:
    known = (replace(JIA, known_payers=(KnownPayer("路人劳务", "6100000000000999"),)), YI, DING)
    by_account = came(3000, "咸阳某某", "会费", party_account="6100000000000999")
    assert said(only(by_account, known)) == PAID
    assert said(only(came(3000, "路人劳务", "会费"), known)) == PAID
    assert said(only(came(1000, "路人劳务", "会费"), known))[0] == "review"


def test_names_that_differ_only_by_the_script_are_told_apart_where_they_are_spelt_out() -> None:
    one = Payee("one", "西安溆屹商贸有限公司", kind="enterprise", dues_fen=300_000)
    other = Payee("other", "西安漵屹商贸有限公司", kind="enterprise", dues_fen=300_000)
    for party, remark, key in (
        (one.name, "会费", "one"),
        (other.name, "会费", "other"),
        ("令狐冲", "代漵屹商贸缴会费", "other"),
        ("令狐冲", "溆屹会费", "one"),
    ):
        assert said(only(came(3000, party, remark), (one, other))) == ("auto", [(key, 2025, 3000)]), (party, remark)


def test_the_order_of_members_changes_nothing() -> None:
    lines = [came(3000, "甲木商贸", "会费"), came(1000, "令狐冲", "乙水会费"), came(500, "丁香", "")]
    assert [said(found) for found in matched(*lines)] == [
        said(found) for found in matched(*lines, members=MEMBERS[::-1])
    ]
