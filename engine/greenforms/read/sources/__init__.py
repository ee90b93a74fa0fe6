"""Merges what a file says in several ways: its record, its tags, its layout, or the cells of a workbook."""
