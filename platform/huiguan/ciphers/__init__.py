"""Encrypts sensitive fields with keys of each chamber, and finds by them without reading them. [rule 15 of security]"""
