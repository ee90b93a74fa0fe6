"""Word documents: their text as it is shown, tables, numbers, content controls."""
