"""Persons of a cell: told from forms of address, posts and organisations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiguan.names.people import is_person, read_contacts


@pytest.mark.parametrize(
    ("cell", "contacts"),
    [
        ("张三丰", [{"name": "张三丰"}]),
        ("张 三", [{"name": "张三"}]),
        ("联系人:张三丰 ", [{"name": "张三丰"}]),
        ("聯繫人：張三豐", [{"name": "張三豐"}]),
        ("张三丰/李四平(财务)", [{"name": "张三丰"}, {"name": "李四平", "role": "财务"}]),
        ("张三丰 李四平（財務）", [{"name": "张三丰"}, {"name": "李四平", "role": "财务"}]),
        ("张三丰\n李四平", [{"name": "张三丰"}, {"name": "李四平"}]),
        ("财务:李四平", [{"name": "李四平", "role": "财务"}]),
        ("李四平经理", [{"name": "李四平", "role": "经理"}]),
        ("欧阳震华", [{"name": "欧阳震华"}]),
        ("阿卜杜拉·买买提", [{"name": "阿卜杜拉·买买提"}]),
        ("John Smith", [{"name": "John Smith"}]),
        ("张三丰 13900000001", [{"name": "张三丰"}]),
        ("赵敏 女", [{"name": "赵敏"}]),
        ("无", []),
        ("/", []),
    ],
)
def test_people_of_a_cell(cell: str, contacts: list[dict[str, str]]) -> None:
    assert read_contacts(cell) == (contacts, None)


@pytest.mark.parametrize("cell", ["张总", "李老板", "欧阳总", "王女士", "上董"])
def test_a_form_of_address_is_not_a_name(cell: str) -> None:
    contacts, doubt = read_contacts(cell)
    assert contacts == [{"written_as": cell}] and doubt is not None and doubt.code == "person_only_surname"


@pytest.mark.parametrize(
    "cell", ["李?", "李�", "<script>alert(1)</script>", "=cmd|' /c calc'!A1", "西安甲商贸有限公司", "丁木品牌"]
)
def test_what_is_no_person_is_left_out_and_asked(cell: str) -> None:
    contacts, doubt = read_contacts(cell)
    assert contacts == [] and doubt is not None


def test_a_person_is_told_by_surname_and_length() -> None:
    assert all(is_person(name) for name in ("张三", "张三丰", "司马光", "欧阳震华"))
    assert not any(is_person(name) for name in ("张", "西安商会", "财务", "张总", "有限公司", "张三丰李"))


@given(st.text(max_size=60))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    read_contacts(text)
