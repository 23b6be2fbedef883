"""Distributing offers that more needs ask for than can have them. [federation.md A.4]"""
