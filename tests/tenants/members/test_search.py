"""Members are found as a secretary types them: any part, an abbreviation, pinyin, a contact, an industry. [T10]"""

from typing import Any

import pytest

from tenants.members.models import Contact, Member


@pytest.fixture
def register(working: Any) -> None:
    """Four members of 常德, whose people and trades can be told apart."""
    working("qin")
    food = Member.objects.create(
        name="西安湘味园餐饮管理有限公司", short_name="湘味园", industry="餐饮住宿", legal_representative="向南枝"
    )
    Contact.objects.create(member=food, name="舒望月", phone="13800138001")
    build = Member.objects.create(
        name="陕西沅江建材贸易有限责任公司",
        industry="建材家居",
        former_name="西安沅水建材经营部",
        native_place="桃源县",
    )
    Contact.objects.create(member=build, name="龙在野", phone="13900139002", other_phone="029-88880001")
    Member.objects.create(name="长安重庆路百货行", kind="household", credit_code="92610104MA6TEST001", industry="零售")
    Member.objects.create(name="洞庭 Coffee & Tea", kind="individual", industry="餐饮住宿")


def found(words: str) -> list[str]:
    return [m.name[:6] for m in Member.objects.all().search(words).order_by("created_at")]


FOOD, BUILD, SHOP, COFFEE = "西安湘味园餐", "陕西沅江建材", "长安重庆路百", "洞庭 Cof"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("湘味园", [FOOD]),
        ("餐饮管理", [FOOD]),
        ("沅江建材贸易", [BUILD]),
        ("沅水", [BUILD]),
        ("陕西沅建", [BUILD]),
        ("湘餐饮", [FOOD]),
        ("沅江建", [BUILD]),
        ("xwy", [FOOD]),
        ("yjjc", [BUILD]),
        ("xiangwei", [FOOD]),
        ("yuanjiangjiancai", [BUILD]),
        ("XiangWei", [FOOD]),
        ("changan", [SHOP]),
        ("chongqinglu", [SHOP]),
        ("舒望月", [FOOD]),
        ("舒望", [FOOD]),
        ("swy", [FOOD]),
        ("shuwangyue", [FOOD]),
        ("向南枝", [FOOD]),
        ("13900139002", [BUILD]),
        ("9002", [BUILD]),
        ("88880001", [BUILD]),
        ("建材家居", [BUILD]),
        ("餐饮住宿", [FOOD, COFFEE]),
        ("桃源", [BUILD]),
        ("92610104MA6TEST001", [SHOP]),
        ("92610104ma6", [SHOP]),
        ("coffee", [COFFEE]),
        ("Coffee & Tea", [COFFEE]),
        ("西安 餐饮", [FOOD]),
        ("餐饮  舒望月", [FOOD]),
        ("舒望月 建材", []),
        ("不存在的词", []),
    ],
)
def test_a_member_is_found(register: None, words: str, expected: list[str]) -> None:
    assert found(words) == [name[:6] for name in expected]


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("長安", "长安"),
        ("餐飲", "餐饮"),
        ("陝西沅江建材貿易", "陕西沅江建材贸易"),
        ("百貨", "百货"),
        ("重慶路", "重庆路"),
    ],
)
def test_traditional_and_simplified_find_the_same(register: None, traditional: str, simplified: str) -> None:
    assert found(traditional) == found(simplified) != []


def test_full_width_letters_and_digits_are_the_same_as_half_width(register: None) -> None:
    assert found("１３９００１３９００２") == found("13900139002")
    assert found("Ｃｏｆｆｅｅ") == found("coffee")
    assert found("湘味园　餐饮") == found("湘味园 餐饮") == [FOOD[:6]]


@pytest.mark.parametrize("words", ["%", "_", "\\", ".*", "(", "[", "' or 1=1 --", "\\d", "湘.园", "^西安"])
def test_what_is_typed_is_never_taken_for_a_pattern(register: None, words: str) -> None:
    assert found(words) == []


def test_nothing_typed_finds_everybody(register: None) -> None:
    assert len(found("")) == len(found("   ")) == 4


def test_an_abbreviation_does_not_reach_over_into_another_name(register: None) -> None:
    """餐 is in the industry, 舒 in the contact: no name has both in this order."""
    assert found("餐舒") == []


def test_a_changed_name_is_found_and_the_old_one_is_not(register: None) -> None:
    member = Member.objects.get(short_name="湘味园")
    member.name, member.short_name = "西安潇湘食府", ""
    member.save()
    assert found("xiaoxiang") == ["西安潇湘食府"]
    assert found("湘味园") == []


def test_a_contact_who_went_is_not_found_any_more(register: None) -> None:
    Contact.objects.get(name="舒望月").delete()
    assert found("舒望月") == []
    assert found("13800138001") == []
    assert found("湘味园") == [FOOD[:6]]


def test_a_contact_who_changed_to_another_member_is_found_there(register: None) -> None:
    contact = Contact.objects.get(name="舒望月")
    contact.member = Member.objects.get(industry="建材家居")
    contact.save()
    assert found("舒望月") == [BUILD[:6]]


def test_the_page_finds_as_the_question_does(signed_in: Any, as_person: Any) -> None:
    with as_person("qin"):
        Member.objects.create(name="西安湘味园餐饮管理有限公司")
        Member.objects.create(name="陕西沅江建材贸易有限责任公司")
    browser = signed_in("qin")
    for url in ("/members/member/", "/search/"):
        page = browser.get(url, {"q": "xwy"}).content.decode().split("<main")[1]
        assert "湘味园" in page, url
        assert "沅江建材" not in page, url
