"""Workbooks: cells, merges, number formats, defined names."""
