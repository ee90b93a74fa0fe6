"""Packs of papers without an error, in many spellings, roundings, orders and formats; and ways to spoil one.

Nothing here knows what is checked or how figures are worked out: what is clean is clean by the forms and by arithmetic
of its own.
"""
