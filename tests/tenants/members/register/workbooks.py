"""Builds small registers for the tests and reads them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from stdnum.cn import uscc

from tenants.members.register import Register, Row, read_register
from tests.support.workbooks import Rows, workbook

TODAY = date(2025, 11, 30)


def read(content: bytes, filename: str = "名册.xlsx", **options: Any) -> Register:
    return read_register(content, filename=filename, today=TODAY, **options)


def read_rows(rows: Rows, **options: Any) -> dict[int, Row]:
    """The rows of one sheet by their numbers."""
    register = read(workbook({"会员名册": rows}, merges={"会员名册": options.pop("merges", ())}), **options)
    return {row.row: row for row in register.rows}


def read_member(headings: Sequence[str], cells: Sequence[Any], *, filler: int = 2) -> Row:
    """One member below its headings, with others beside it so that a sheet looks like one."""
    others = [
        [f"西安{name}商贸有限公司" if heading in ("企业名称", "单位名称") else None for heading in headings]
        for name in "甲乙丙丁"[:filler]
    ]
    return read_rows([headings, cells, *others])[2]


def code(number: int, *, kind: str = "91") -> str:
    """A valid credit code whose organisation part is invented (MA00…)."""
    body = f"{kind}610104MA00{number:05}"
    return body + uscc.calc_check_digit(body)
