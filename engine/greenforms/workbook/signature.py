"""What workbooks of ours say of themselves, by which they are known."""

from __future__ import annotations

#: The very hidden sheet of a fill-in workbook, and the one that keeps readings.
SHEET, READINGS = "_greenforms", "_greenforms_readings"
#: The columns of the sheet of single entries.
ENTRY_COLUMNS = ("栏目", "填写内容", "单位", "必填", "说明")
#: How the sheet of every array is filled in.
HOW_TO = "每条填一行，空行不读取；标 * 的栏目必填。"
#: Behind the heading of a column that must be filled in.
REQUIRED = " *"
