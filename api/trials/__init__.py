"""Trials of the matching on labelled sets, through the doors that chambers and partners use."""
