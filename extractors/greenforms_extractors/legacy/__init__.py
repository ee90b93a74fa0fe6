"""Old formats (.doc .xls .wps .et .rtf, Office 2003 XML, web pages): looked at, frozen, converted, read as new ones."""
