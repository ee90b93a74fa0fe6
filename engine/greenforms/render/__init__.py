"""Prints a form: data into the official layout, sealed with the record, as docx, xlsx or PDF."""
