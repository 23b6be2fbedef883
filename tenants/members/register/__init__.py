"""Reads member registers as secretariats really keep them, through `read_register`; nothing here writes anything."""

from huiguan.spreadsheets.problems import Refused
from tenants.members.register.problems import Problem
from tenants.members.register.register import Register, read_register
from tenants.members.register.rows import Conflict, Row, RowClass
from tenants.members.register.sheets import Sheet

__all__ = ["Conflict", "Problem", "Refused", "Register", "Row", "RowClass", "Sheet", "read_register"]
