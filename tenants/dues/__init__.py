"""Dues 会费: rules by level, what each member owes, what came in, and a ledger that always adds up. [S2]"""
