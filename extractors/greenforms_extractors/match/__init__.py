"""Lays the blank form's layout over a returned document and takes what stands in its slots."""
