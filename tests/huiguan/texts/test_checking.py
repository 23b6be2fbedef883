"""A careless translation is refused, with a reason that says what to do."""

from pathlib import Path

import pytest
from babel.messages.catalog import Message

from huiguan.texts.catalogues import Catalogue, find_catalogues
from huiguan.texts.checking import contradictions, faults_of, problems_of


@pytest.mark.parametrize(
    ("text", "translation", "fault"),
    [
        ("Save", "", "is not translated"),
        ("Dear {name}", "尊敬的 {nmae}", "placeholders {name}, its translation {nmae}"),
        ("%(n)s of %(all)s", "第 %(n)s 个", "placeholders"),
        ("<b>Due</b> today", "<b>今天</i>到期", "tags"),
        ("Dashboard", "Dashboard", "is the same in Chinese"),
        ("Saved. Go on.", "已保存,请继续。", "half-width punctuation"),
        ("Name: {name}", "名称:{name}", "half-width punctuation"),
        ("Is it right?", "对吗?", "half-width punctuation"),
        ("Done.", "完成.", "half-width punctuation"),
        ("Dues (yuan)", "会费(元)", "half-width punctuation"),
    ],
)
def test_a_fault_is_named(text: str, translation: str, fault: str) -> None:
    assert any(fault in found for found in faults_of(Message(text, translation)))


@pytest.mark.parametrize(
    ("text", "translation"),
    [
        ("Dear {name}, %(n)s cases", "%(n)s 件，{name}：请看。"),
        ("Upload register.xlsx at 10:30", "10:30 上传 名册.xlsx"),
        ('<a href="{url}">Help</a>', '<a href="{url}">帮助</a>'),
        ("%(n)s / {all}", "%(n)s / {all}"),
    ],
)
def test_a_careful_translation_passes(text: str, translation: str) -> None:
    assert list(faults_of(Message(text, translation))) == []


def test_a_name_that_stays_is_marked_same() -> None:
    assert list(faults_of(Message("OpenAPI", "OpenAPI", user_comments=["same"]))) == []


def test_a_plural_is_compared_with_the_form_that_names_the_number() -> None:
    assert list(faults_of(Message(("One case", "%(n)s cases"), ("%(n)s 件",)))) == []


def test_a_fuzzy_entry_is_refused() -> None:
    assert "is marked fuzzy" in list(faults_of(Message("Dues", "会费", flags=["fuzzy"])))


def catalogue(root: Path, name: str, code: str, po: str) -> Catalogue:
    folder = root / "tenants" / name
    (folder / "locale/zh_Hans/LC_MESSAGES").mkdir(parents=True)
    (folder / "__init__.py").write_text(code, "utf-8")
    (folder / "locale/zh_Hans/LC_MESSAGES/django.po").write_text(po, "utf-8")
    return next(each for each in find_catalogues(root) if each.name == f"tenants/{name}")


def test_the_code_and_the_po_file_must_agree(tmp_path: Path) -> None:
    dues = catalogue(tmp_path, "dues", '_("Waive")', 'msgid "Charge"\nmsgstr "收取"\n')
    assert {(each.text, each.reason) for each in problems_of(dues)} == {
        ("Waive", "is not in the .po file"),
        ("Charge", "is no longer in the code"),
    }


def test_one_text_has_one_translation_unless_a_context_parts_them(tmp_path: Path) -> None:
    po = 'msgid "Term"\nmsgstr "{}"\n\nmsgctxt "{}"\nmsgid "Chair"\nmsgstr "{}"\n'
    both = [
        catalogue(tmp_path, "governance", "", po.format("届", "person", "主席")),
        catalogue(tmp_path, "office", "", po.format("条款", "furniture", "椅子")),
    ]
    assert [(each.catalogue, each.text) for each in contradictions(both)] == [
        ("tenants/governance and tenants/office", "Term")
    ]


@pytest.mark.parametrize("house", find_catalogues(), ids=lambda each: each.name)
def test_every_text_of_the_house_is_translated(house: Catalogue) -> None:
    assert [str(problem) for problem in problems_of(house)] == []


def test_the_house_speaks_with_one_voice() -> None:
    assert [str(problem) for problem in contradictions(find_catalogues())] == []
