"""Kills the programs of a house at random while people and partners write, and looks whether anything was lost."""
