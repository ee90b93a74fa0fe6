"""LibreOffice behind one wall: one process with settings of its own, supervised, for printing and for legacy files.

`supervisor.convert` is the only door; nothing else starts LibreOffice.
"""
