"""The fill-in workbook: a form as plain sheets with drop-downs, units and notes, written and read back."""

from __future__ import annotations

from greenforms.workbook.reading import WorkbookData, read_workbook
from greenforms.workbook.signs import is_workbook
from greenforms.workbook.writing import make_workbook

__all__ = ["WorkbookData", "is_workbook", "make_workbook", "read_workbook"]
