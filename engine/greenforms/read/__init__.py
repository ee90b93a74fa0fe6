"""Reads a paper, from the file to its data with evidence: taken, its sources merged, and weighed (`read.paper`)."""
