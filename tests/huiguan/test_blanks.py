"""Words of people's own into which something is filled in."""

from huiguan.blanks import fill, unknown


def test_blanks_are_named_in_the_secretarys_own_language_and_only_blanks_are_filled() -> None:
    given = {"member": "迎春食品", "amount": "2000元", "code": "K{member}"}
    assert (
        fill("{会员}（{會員}）还有 { 金额 }，缴费码 {缴费码}", given)
        == "迎春食品（迎春食品）还有 2000元，缴费码 K{member}"
    )


def test_what_nobody_fills_in_stays_and_is_told() -> None:
    text = "{member.__class__}、{别的}、{会员}"
    assert fill(text, {"member": "甲"}) == "{member.__class__}、{别的}、甲"
    assert unknown(text, frozenset({"member"})) == ["member.__class__", "别的"]
