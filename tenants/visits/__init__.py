"""Visits to members. [S1; 001 腿勤, 004 会员走访]"""
