"""Checks of one data set: its structure, its values and the rules of its edition."""
