"""Trials of the door: guessing passwords, and what the answers betray. [G15]"""
