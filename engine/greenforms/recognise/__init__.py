"""Reads returned files back into data with evidence: record, tagged controls, then the layout alone."""
