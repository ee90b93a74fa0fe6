"""The fill-in workbook: a form as plain sheets with drop-downs, units and notes, written and read back."""
