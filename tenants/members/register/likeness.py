"""Whether two rows are the same member. Certain, likely (a person is asked) or not; look-alikes are the hard part."""

from collections.abc import Iterator
from dataclasses import dataclass

from huiguan.names.organisations import is_full_company_name, place_of, short_name
from huiguan.spreadsheets.characters import simplified
from tenants.members.register.rows import Row


@dataclass(frozen=True, slots=True)
class Likeness:
    """`how` two rows are alike: the code of a reason, empty if they are not."""

    how: str = ""
    is_certain: bool = False

    @staticmethod
    def keys(row: Row) -> Iterator[str]:
        """Rows without a common key are never compared."""
        name = str(row.fields.get("name", ""))
        yield from (f"name {simplified(text)}" for text in (name, row.fields.get("former_name")) if text)
        if row.fields.get("kind") == "individual":
            return
        yield f"core {core(name)}"
        if code := row.fields.get("credit_code"):
            yield f"code {code}"


NOT_ALIKE = Likeness()


def compare(one: Row, other: Row) -> Likeness:
    kinds = {one.fields.get("kind"), other.fields.get("kind")}
    if "individual" in kinds:
        return _compare_people(one, other) if len(kinds) == 1 else NOT_ALIKE
    codes = {row.fields["credit_code"] for row in (one, other) if "credit_code" in row.fields}
    if len(codes) == 1 and all("credit_code" in row.fields for row in (one, other)):
        return _compare_same_code(one, other)
    if len(codes) == 2:
        return _compare_two_codes(one, other)
    return _compare_by_name(one, other)


def core(name: str) -> str:
    """What remains of a name without place and legal form: equal for spellings of one company, and for look-alikes."""
    return simplified(short_name(name))


def _compare_people(one: Row, other: Row) -> Likeness:
    if one.fields["name"] != other.fields["name"]:
        return NOT_ALIKE
    if _share_phone(one, other):
        return Likeness(_pasted(one, other) or "same_person_and_phone", is_certain=True)
    has_both = bool(one.fields.get("phones") and other.fields.get("phones"))
    return NOT_ALIKE if has_both else Likeness("maybe_same_person")


def _compare_same_code(one: Row, other: Row) -> Likeness:
    names = _names(one), _names(other)
    if names[0] == names[1]:
        lower = any(any(c.islower() for c in row.written_code) for row in (one, other))
        return Likeness(_pasted(one, other) or ("same_code_lower_case" if lower else "same_code"), is_certain=True)
    if _is_renamed(one, other):
        return Likeness("former_name_same_code", is_certain=True)
    if core(names[0]) == core(names[1]):
        return Likeness("same_code_name_variant", is_certain=True)
    if _share_person(one, other) or _share_phone(one, other):
        return Likeness("same_code_other_name", is_certain=True)
    return Likeness("maybe_wrong_code")


def _compare_two_codes(one: Row, other: Row) -> Likeness:
    """Two valid codes are two companies, whatever their names; only equal names make one wonder."""
    return Likeness("maybe_other_code") if _names(one) == _names(other) else NOT_ALIKE


def _compare_by_name(one: Row, other: Row) -> Likeness:
    person, phone = _share_person(one, other), _share_phone(one, other)
    if _is_renamed(one, other):
        return Likeness("former_name", is_certain=person or phone)
    if _names(one) == _names(other):
        return _compare_same_name(one, other, person or phone)
    if core(_names(one)) != core(_names(other)):
        return NOT_ALIKE
    places = {place_of(_names(row)) for row in (one, other)} - {""}
    if len(places) > 1:
        return Likeness("maybe_other_place") if person and phone else NOT_ALIKE
    if person and phone:
        is_short = not all(is_full_company_name(_names(row)) for row in (one, other))
        return Likeness(
            "short_name_same_person_and_phone" if is_short else "name_variant_same_person_and_phone", is_certain=True
        )
    return Likeness("maybe_name_variant") if person or phone or not _both_tell(one, other) else NOT_ALIKE


def _compare_same_name(one: Row, other: Row, is_confirmed: bool) -> Likeness:
    """A full name is given once in a place; a short one, or one in another script, needs a person or a telephone."""
    if pasted := _pasted(one, other):
        return Likeness(pasted, is_certain=True)
    is_full = is_full_company_name(_names(one)) and one.fields["name"] == other.fields["name"]
    if not is_confirmed and not is_full:
        return Likeness("maybe_same_name")
    spaced = any(" " in row.written_name.strip() for row in (one, other))
    return Likeness("name_spacing_no_code" if spaced else "same_name", is_certain=True)


def _names(row: Row) -> str:
    return simplified(str(row.fields.get("name", "")))


def _is_renamed(one: Row, other: Row) -> bool:
    former = [simplified(str(row.fields.get("former_name", ""))) for row in (one, other)]
    return former[0] == _names(other) or former[1] == _names(one)


def _pasted(one: Row, other: Row) -> str:
    """All cells equal but the serial number: the same row, pasted twice."""
    return "pasted_twice" if one.written == other.written else ""


def _share_person(one: Row, other: Row) -> bool:
    return bool(_people(one) & _people(other))


def _people(row: Row) -> set[str]:
    people = {contact.get("name") or contact.get("written_as", "") for contact in row.fields.get("contacts", [])}
    return {simplified(person) for person in people | {row.fields.get("legal_representative", "")} if person}


def _share_phone(one: Row, other: Row) -> bool:
    return bool(set(one.fields.get("phones", [])) & set(other.fields.get("phones", [])))


def _both_tell(one: Row, other: Row) -> bool:
    """Whether both rows name a person and a number, so that their difference says something."""
    return all(_people(row) and row.fields.get("phones") for row in (one, other))
