"""Reads pages that are pictures: scans, photos, PDF pages without usable text, into the same document model."""
