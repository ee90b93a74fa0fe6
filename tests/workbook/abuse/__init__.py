"""What people and programs do to a filled workbook, done to the real file by LibreOffice and by openpyxl."""
