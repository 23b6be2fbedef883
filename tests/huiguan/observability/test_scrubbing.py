"""Personal data does not survive in words that a machine wrote."""

import pytest

from huiguan.observability.scrubbing import scrub, words_of


@pytest.mark.parametrize(
    "personal",
    [
        "13800138000",
        "138 0013 8000",
        "+86-138-0013-8000",
        "0736-7712345",
        "430702197001011234",
        "43070219700101123X",
        "１３８００１３８０００",
        "6222021234567890123",
        "zhang.san@example.org",
        "王小明",
        "欧阳·阿依古丽",
        "91430700MA4L16JQ9B",
    ],
)
def test_personal_data_is_taken_out(personal: str) -> None:
    for text in (personal, f"cannot save ({personal})", f"phone={personal};", f"“{personal}”已存在"):
        assert personal not in scrub(text)


@pytest.mark.parametrize(
    "text", ["0190a5b2-1234-7abc-8def-123456789012", "members-member-list", "23505", "10.0.0.12", "K04"]
)
def test_ids_and_names_of_code_are_kept(text: str) -> None:
    assert scrub(f"at {text}, line 12") == f"at {text}, line 12"


def test_the_words_of_an_exception_are_kept_only_when_they_are_about_code() -> None:
    assert words_of(AttributeError("'NoneType' object has no attribute 'settle'")).endswith("no attribute 'settle'")
    assert words_of(ValueError("canary is not a number")) == ""


def test_a_database_error_names_the_constraint_and_not_the_value() -> None:
    class Diagnosis:
        sqlstate, table_name, constraint_name = "23505", "members_member", "one_phone_once"
        message_detail = "Key (phone)=(canary) already exists."

    class UniqueError(Exception):
        diag = Diagnosis()

    error = Exception("duplicate key: canary")
    error.__cause__ = UniqueError("canary")
    assert words_of(error) == "sqlstate=23505 table_name=members_member constraint_name=one_phone_once"
