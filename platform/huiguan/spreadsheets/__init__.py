"""Reads tables that people made, .xlsx and .csv, into grids of values, with limits; understands dates and amounts."""
