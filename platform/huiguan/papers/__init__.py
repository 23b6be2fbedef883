"""Letters, receipts and reports as PDF, under the chamber's letterhead. [S2, S8]"""
