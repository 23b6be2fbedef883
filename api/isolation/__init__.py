"""A hostile chamber walks through the whole house: every address, every method, every kind of actor. [G1]

Two chambers and two federations are opened in one transaction that is never committed, all their words say whose they
are, and each request is taken back after it was answered: every one meets the same house, and nothing is left of it.
"""
