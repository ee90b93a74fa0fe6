"""What was read from papers, kept: as JSON, as a workbook a clerk corrects, and taken up again as data."""
