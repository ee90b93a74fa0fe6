"""The report of a check as a file: one page that works by itself, or a workbook."""
