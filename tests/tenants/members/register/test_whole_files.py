"""A register as a whole: from a path or bytes, one sheet of it, and across processes."""

import pickle
from pathlib import Path

import pytest

from tenants.members.register import Refused
from tests.support.workbooks import workbook
from tests.tenants.members.register.workbooks import read

MEMBERS = [["企业名称", "联系人", "手机"], ["西安甲商贸有限公司", "张三丰", "13900000001"]]


def test_an_unknown_sheet_is_named() -> None:
    with pytest.raises(Refused, match="名册二"):
        read(workbook({"会员": MEMBERS}), sheet="名册二")


def test_a_path_is_read_like_bytes(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(workbook({"会员": MEMBERS}))
    assert read(path.read_bytes()).counts() == read(path).counts()  # type: ignore[arg-type]


def test_a_register_crosses_to_another_process() -> None:
    register = read(workbook({"会员": MEMBERS}))
    assert pickle.loads(pickle.dumps(register)).counts() == register.counts()  # noqa: S301
