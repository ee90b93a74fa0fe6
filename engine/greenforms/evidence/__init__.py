"""The evidence of a report: a folder of papers told apart, listed with pages, and held against the report."""
