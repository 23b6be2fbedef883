"""Who a row is about: its name and kind, or the reason why no member can be made of it without a person."""

import re
from dataclasses import dataclass, replace
from typing import Any

from huiguan.names.organisations import LONGEST_NAME, is_full_company_name, is_organisation, kind_of
from huiguan.names.people import Contact, read_contacts, read_person
from huiguan.spreadsheets.blanks import says_nothing
from huiguan.spreadsheets.characters import fold
from huiguan.spreadsheets.grids import Broken, is_blank
from huiguan.spreadsheets.problems import Doubt
from tenants.members.register.cells import Cells, Frame
from tenants.members.register.codes import looks_like_code, read_code
from tenants.members.register.names import Name, organisations_in, read_name
from tenants.members.register.phones import read_phones
from tenants.members.register.positions import position
from tenants.members.register.vocabulary import terms, words

_MARKUP = re.compile(
    r"<[a-z/!?]|javascript:|\{\{|\$\{|<%|&lt;|&#|';|--\s*$|\bdrop table\b|\bselect\b.*\bfrom\b", re.IGNORECASE
)
_FORMULA = re.compile(r"^[=@+]|^-(?=[\w(])")
_VACANT = re.compile(r"^[(（\[]?(?:空缺|暂缺|虚位|待增补|待补选|缺额|缺位|空席)")
_TEST = re.compile(
    r"^[(\[【]?(?:测试|示例|样例|范例|填写示例|test|demo|example)|(?:测试|示例)(?:公司|企业|数据|单位)?\d*$"
)
_PLACEHOLDER = re.compile(r"^(?:x{2,}|某{1,3}|\*{2,}|\?{2,}|\.{3,})(?:有限|责任|公司|企业|单位|名称)*$")
_DAMAGED = re.compile(r"[?\ufffd□]")


NOBODY = Name("")


@dataclass(frozen=True, slots=True)
class Identity:
    """Either a name, or a reason; `doubts` are about the kind or the name."""

    name: Name = NOBODY
    kind: str | None = None
    reason: str = ""
    doubts: tuple[tuple[str, Doubt], ...] = ()
    employer: str = ""  # where an individual works, if the register has a column for it


def identify(cells: Cells, frame: Frame) -> Identity:
    """In the order in which a person would notice: struck out, not a name, several names, no name."""
    reason = _why_not_meant(cells) or _why_no_name(cells) or _why_shifted(cells)
    if reason:
        return Identity(reason=reason)
    if _says_individual(cells):
        return _identify_individual(cells, frame)
    if frame.section_kind == "individual" and not cells.text("kind") and _people(cells):
        return replace(_identify_individual(cells, frame), employer=read_name(cells.text("name")).text)
    return _identify_named(cells, frame)


def _why_not_meant(cells: Cells) -> str:
    """Rows that the register itself takes back or that were never members."""
    said = [fold(cells.text(field)) for field in ("remarks", "name", "status")]
    if cells.line.is_struck_out or any(text.strip("()!.。") in words("names", "void_words") for text in said if text):
        return "void_struck_out"
    name = fold(cells.text("name"))
    if any(text in words("names", "ditto_words") for text in (name, fold(cells.text("contact"))) if text):
        return "refers_to_row_above"
    nobody = name or fold(cells.text("contact"))
    if _VACANT.match(nobody) or (nobody.strip("()") in words("names", "vacant_words") and nobody):
        return "vacant_seat"
    if name and (name.strip("()") in words("names", "placeholder_words") or _PLACEHOLDER.match(name)):
        return "placeholder_name"
    is_test = (
        _TEST.search(name)
        or nobody in words("names", "test_words")
        or fold(cells.text("contact")) in words("names", "test_words")
    )
    return "test_row" if is_test else ""


def _why_no_name(cells: Cells) -> str:
    """Cells that are filled with something that is no name."""
    value = cells.value("name")
    if isinstance(value, Broken):
        return "formula_as_name" if value.is_formula else "error_value_as_name"
    text = cells.text("name")
    if _FORMULA.match(text) or _MARKUP.search(text):
        return "name_is_code"
    if len(text) > LONGEST_NAME:
        return "name_too_long"
    if text and _DAMAGED.search(text) and len(text) > 1:
        return "name_damaged"
    if not isinstance(value, str | None) or re.fullmatch(r"[\d\s.,\-/:%]+", text):
        return "" if is_blank(value) or says_nothing(fold(text)) else "name_is_number"
    return "two_members_in_one_row" if organisations_in(text) else ""


def _why_shifted(cells: Cells) -> str:
    """Cells that stand in the wrong columns, such as a code under 企业名称."""
    name = cells.text("name")
    wrong = [
        looks_like_code(name) or bool(read_phones(name)[0]),
        is_full_company_name(cells.text("credit_code"))
        or is_full_company_name(cells.text("contact"))
        or is_full_company_name(cells.text("phone")),
        position(cells.text("legal_representative")) is not None
        or is_full_company_name(cells.text("legal_representative")),
        bool(name) and position(name) is not None,
        looks_like_code(cells.text("legal_representative")) or looks_like_code(cells.text("contact")),
    ]
    return "shifted_columns" if wrong[0] or wrong[3] or sum(wrong) > 1 or wrong[1] else ""


def _says_individual(cells: Cells) -> bool:
    name = fold(cells.text("name"))
    return says_nothing(name) or name in words("names", "individual_words")


def _identify_individual(cells: Cells, frame: Frame) -> Identity:
    contacts = _people(cells)
    code = read_code(cells.value("credit_code"))[0]
    is_company = (
        bool(code) or cells.is_said("registered_capital_wan") or _category(cells, frame) in ("enterprise", "group")
    )
    said_individual = (
        fold(cells.text("name")) in words("names", "individual_words") or frame.section_kind == "individual"
    )
    if not contacts or (is_company and not said_individual):
        return Identity(reason="no_name")
    if len(contacts) > 1 and not contacts[1].get("role"):
        return Identity(reason="two_members_in_one_row")
    if not said_individual and _is_second_contact(cells, frame):
        return Identity(reason="contact_without_member")
    name = contacts[0].get("name") or contacts[0]["written_as"]
    doubts = () if "name" in contacts[0] else (("name", Doubt("person_only_surname")),)
    return Identity(Name(name), "individual", doubts=doubts)


def _identify_named(cells: Cells, frame: Frame) -> Identity:
    name = read_name(cells.text("name"))
    if not re.search(r"[^\W\d_]", name.text):
        return Identity(reason="name_is_number")
    category = _category(cells, frame)
    person = "" if is_organisation(name.text) else read_person(name.text) or ""
    if person and _reads_like_person(person, cells, category):
        return Identity(Name(person), "individual")
    code = read_code(cells.value("credit_code"))[0] or ""
    kind = kind_of(name.text, code)
    if kind and category == "individual" and kind != "household":
        return Identity(name, kind, doubts=(("kind", Doubt("kind_contradicts_name")),))
    if kind is None and category in (None, "individual"):
        return Identity(name, "enterprise", doubts=(("kind", Doubt("kind_assumed")),))
    return Identity(name, kind or category)


def _reads_like_person(name: str, cells: Cells, category: str | None) -> bool:
    contact = read_contacts(cells.text("contact"))[0]
    alone = not contact or contact[0].get("name") == name
    is_other = bool(cells.text("credit_code")) or category in ("enterprise", "group", "household")
    return not is_other and (category == "individual" or alone)


def _people(cells: Cells) -> list[Contact]:
    fields = ("contact", "contact_phone")
    return [
        contact
        for field in fields
        for _, value in cells.all(field)
        if isinstance(value, str)
        for contact in read_contacts(value)[0]
    ]


def _category(cells: Cells, frame: Frame) -> str | None:
    return terms("names", "kinds").get(fold(cells.text("kind"))) or frame.section_kind


def _is_second_contact(cells: Cells, frame: Frame) -> bool:
    """Only a person and a number: it may belong to the member above."""
    telling: tuple[Any, ...] = (
        "serial",
        "position",
        "kind",
        "joined",
        "dues",
        "industry",
        "paid",
        "credit_code",
        "address",
    )
    could_say = [field for field in telling if field in frame.fields]
    return (
        len(could_say) > 1 and not any(cells.text(field) for field in could_say) and frame.section_kind != "individual"
    )
