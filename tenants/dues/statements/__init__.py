"""Bank statements: read as banks give them out, and matched to the dues of members. Nothing here knows a database."""

from huiguan.spreadsheets.problems import Refused
from tenants.dues.statements.codes import payment_code, shown_code
from tenants.dues.statements.lines import Account, Line, Skipped, Statement
from tenants.dues.statements.matched import Allocation, Candidate, Kind, Match, Matched
from tenants.dues.statements.matching import match_lines
from tenants.dues.statements.payees import KnownPayer, Payee
from tenants.dues.statements.problems import Problem
from tenants.dues.statements.reading import read_limited, read_statement
from tenants.dues.statements.reasons import Reason

__all__ = [
    "Account",
    "Allocation",
    "Candidate",
    "Kind",
    "KnownPayer",
    "Line",
    "Match",
    "Matched",
    "Payee",
    "Problem",
    "Reason",
    "Refused",
    "Skipped",
    "Statement",
    "match_lines",
    "payment_code",
    "read_limited",
    "read_statement",
    "shown_code",
]
