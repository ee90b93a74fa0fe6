' What people do to a filled workbook in front of the screen. Run takes a file of lines: source, target, format_, deed.

Sub Run(listing)
  On Error GoTo Failed
  handle = FreeFile
  Open listing For Input As #handle
  Do While Not Eof(handle)
    Line Input #handle, entry
    parts = Split(entry, Chr(9))
    If UBound(parts) = 3 Then Once(parts(0), parts(1), parts(2), parts(3))
  Loop
  Close #handle
  Exit Sub
Failed:
  Open listing & ".failed" For Output As #9
  Print #9, Error & " " & Erl & " " & entry
  Close #9
  StarDesktop.terminate()
End Sub

Sub Once(source, target, format_, deed)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
  saved = book
  If deed = "new-workbook" Then
    saved = NewWorkbook(book)
  ElseIf deed = "one-sheet" Then
    saved = OneSheet(book)
  Else
    OnBook(book, deed)
  End If
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName" : how(0).Value = format_
  If InStr(format_, "csv") > 0 Then
    how(1).Name = "FilterOptions" : how(1).Value = "44,34,76,1,,0,false,true,false,false,false,2"
  End If
  saved.storeToURL(ConvertToURL(target), how())
  If deed = "new-workbook" Or deed = "one-sheet" Then saved.close(True)
  book.close(True)
End Sub

Sub OnBook(book, deed)
  sheets = book.Sheets
  Select Case deed
  Case "names-deleted"
    For Each title In book.NamedRanges.ElementNames
      book.NamedRanges.removeByName(title)
    Next
  Case "marker-deleted"
    sheets.removeByName("_greenforms")
  Case "marker-and-guide-deleted"
    sheets.removeByName("_greenforms")
    sheets.removeByName("说明")
  Case "reordered"
    For i = 0 To sheets.Count - 2
      sheets.moveByName(sheets.getByIndex(sheets.Count - 1).Name, i)
    Next
  Case Else
    For Each title In sheets.ElementNames
      If title <> "_greenforms" And title <> "说明" Then OnSheet(book, sheets.getByName(title), deed)
    Next
  End Select
End Sub

Sub OnSheet(book, sheet, deed)
  sheets = book.Sheets
  title = sheet.Name
  isFields = title = "填报"
  heads = IIf(isFields, 1, 2)
  bottom = LastRow(sheet)
  edge = LastColumn(sheet, heads)
  Select Case deed
  Case "copied"
    sheets.copyByName(title, title & "_2", sheets.Count)
  Case "copied-and-original-emptied"
    sheets.copyByName(title, title & "_2", sheets.Count)
    If isFields Then
      sheet.getCellRangeByPosition(1, 2, 1, bottom).clearContents(1 + 2 + 4 + 16)
    Else
      sheet.getCellRangeByPosition(0, 3, edge, bottom + 1).clearContents(1 + 2 + 4 + 16)
    End If
  Case "pasted-into-new-sheet"
    sheets.insertNewByName(Left(title, 20) & "新", sheets.Count)
    Paste(sheet, 0, 0, edge, bottom, sheets.getByIndex(sheets.Count - 1), 0, 0)
    sheets.removeByName(title)
  Case "pasted-beside-blank"
    sheets.insertNewByName(Left(title, 20) & "新", sheets.Count)
    Paste(sheet, 0, heads, edge, bottom, sheets.getByIndex(sheets.Count - 1), 0, 0)
    If isFields Then
      sheet.getCellRangeByPosition(1, 2, 1, bottom).clearContents(1 + 2 + 4 + 16)
    Else
      sheet.getCellRangeByPosition(0, 3, edge, bottom + 1).clearContents(1 + 2 + 4 + 16)
    End If
  Case "copied-down"
    Unmerge(sheet, edge, bottom)
    Paste(sheet, 0, 0, edge, bottom, sheet, 0, 1)
  Case "copied-down-from-headings"
    Unmerge(sheet, edge, bottom)
    Paste(sheet, 0, heads, edge, bottom, sheet, 0, heads + 1)
  Case "copied-right"
    Unmerge(sheet, edge, bottom)
    Paste(sheet, 0, 0, edge, bottom, sheet, 1, 0)
    sheet.getCellRangeByPosition(0, 0, 0, bottom).clearContents(1 + 2 + 4 + 16)
  Case "columns-swapped"
    Unmerge(sheet, edge, bottom)
    one = IIf(isFields, 1, 0)
    other = IIf(isFields, 4, edge)
    Paste(sheet, one, heads, one, bottom, sheet, edge + 5, heads)
    Paste(sheet, other, heads, other, bottom, sheet, one, heads)
    Paste(sheet, edge + 5, heads, edge + 5, bottom, sheet, other, heads)
    sheet.getCellRangeByPosition(edge + 5, heads, edge + 5, bottom).clearContents(1 + 2 + 4 + 16)
  Case "columns-rotated"
    Unmerge(sheet, edge, bottom)
    If Not isFields Then
      Paste(sheet, 0, heads, 0, bottom, sheet, edge + 5, heads)
      For i = 0 To edge - 1
        Paste(sheet, i + 1, heads, i + 1, bottom, sheet, i, heads)
      Next
      Paste(sheet, edge + 5, heads, edge + 5, bottom, sheet, edge, heads)
      sheet.getCellRangeByPosition(edge + 5, heads, edge + 5, bottom).clearContents(1 + 2 + 4 + 16)
    End If
  Case "rows-inserted"
    top = IIf(bottom > 60, 60, bottom)
    For i = top To heads + 1 Step -2
      sheet.Rows.insertByIndex(i, 1)
    Next
  Case "rows-inserted-under-headings"
    sheet.Rows.insertByIndex(heads + 1, 2)
  Case "rows-inserted-above"
    sheet.Rows.insertByIndex(0, 3)
  Case "columns-inserted"
    For i = edge To 1 Step -2
      If Not (isFields And i = 1) Then sheet.Columns.insertByIndex(i, 1)
    Next
  Case "column-inserted-before-values"
    sheet.Columns.insertByIndex(1, 1)
  Case "top-rows-deleted"
    If Not isFields Then sheet.Rows.removeByIndex(0, 2)
  Case "sorted"
    If Not isFields Then SortDown(sheet, edge, bottom)
  Case "renamed"
    sheet.Name = "表" & sheet.RangeAddress.Sheet
  Case "columns-hidden"
    For i = 2 To edge Step 2
      sheet.Columns.getByIndex(i).IsVisible = False
    Next
  Case "formats-cleared"
    sheet.getCellRangeByPosition(0, 0, edge, bottom).clearContents(32 + 64)
  Case "unmerged"
    Unmerge(sheet, edge, bottom)
  Case "values-merged-sideways"
    If isFields Then
      For i = 2 To bottom
        If sheet.getCellByPosition(2, i).String = "" Then sheet.getCellRangeByPosition(1, i, 2, i).merge(True)
      Next
    End If
  Case "headings-merged-down"
    If Not isFields Then
      sheet.Rows.insertByIndex(heads + 1, 1)
      For i = 0 To edge
        sheet.getCellRangeByPosition(i, heads, i, heads + 1).merge(True)
      Next
    End If
  Case "closing-lines"
    row = IIf(isFields, bottom + 2, LastRow(sheet) + 1)
    sheet.getCellByPosition(0, row).String = "填表人：王某　　联系电话：0471-4901234"
    sheet.getCellByPosition(0, row + 1).String = "填表日期：2026年3月1日"
  Case "protected-and-freed"
    sheet.protect("1")
    sheet.unprotect("1")
  Case "column-added"
    sheet.getCellByPosition(edge + 1, heads).String = "内部备注"
    sheet.getCellByPosition(edge + 1, heads + 1).String = "已核对"
  Case "as-it-is"
  End Select
End Sub

Function LastRow(sheet)
  cursor = sheet.createCursor()
  cursor.gotoEndOfUsedArea(False)
  row = cursor.RangeAddress.EndRow
  edge = cursor.RangeAddress.EndColumn
  Do While row > 0
    If sheet.getCellRangeByPosition(0, row, edge, row).computeFunction(com.sun.star.sheet.GeneralFunction.COUNT) > 0 Then Exit Do
    row = row - 1
  Loop
  LastRow = row
End Function

Function LastColumn(sheet, row)
  column = 0
  Do While sheet.getCellByPosition(column, row).String <> ""
    column = column + 1
  Loop
  LastColumn = column - 1
End Function

Sub Paste(sheet, column1, row1, column2, row2, target, column, row)
  target.copyRange(target.getCellByPosition(column, row).CellAddress, sheet.getCellRangeByPosition(column1, row1, column2, row2).RangeAddress)
End Sub

Sub Unmerge(sheet, edge, bottom)
  sheet.getCellRangeByPosition(0, 0, edge, bottom).merge(False)
End Sub

Sub SortDown(sheet, edge, bottom)
  Dim fields(0) As New com.sun.star.table.TableSortField
  fields(0).Field = 0
  fields(0).IsAscending = False
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "SortFields" : how(0).Value = fields()
  how(1).Name = "ContainsHeader" : how(1).Value = False
  If bottom >= 3 Then sheet.getCellRangeByPosition(0, 3, edge, bottom).sort(how())
End Sub

Function NewWorkbook(book)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  made = StarDesktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, hidden())
  For Each title In book.Sheets.ElementNames
    If title <> "_greenforms" And title <> "说明" Then
      made.Sheets.insertNewByName("第" & made.Sheets.Count & "页", made.Sheets.Count)
      PasteValues(book.Sheets.getByName(title), made.Sheets.getByIndex(made.Sheets.Count - 1), 0)
    End If
  Next
  NewWorkbook = made
End Function

Function OneSheet(book)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  made = StarDesktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, hidden())
  row = 0
  For Each title In book.Sheets.ElementNames
    If title <> "_greenforms" And title <> "说明" Then
      PasteValues(book.Sheets.getByName(title), made.Sheets.getByIndex(0), row)
      row = row + LastRow(book.Sheets.getByName(title)) + 3
    End If
  Next
  OneSheet = made
End Function

Sub PasteValues(sheet, target, row)
  cursor = sheet.createCursor()
  cursor.gotoEndOfUsedArea(False)
  edge = cursor.RangeAddress.EndColumn
  bottom = LastRow(sheet)
  source = sheet.getCellRangeByPosition(0, 0, edge, bottom)
  target.getCellRangeByPosition(0, row, edge, row + bottom).setDataArray(source.getDataArray())
End Sub
