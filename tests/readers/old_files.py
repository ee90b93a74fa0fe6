"""Files in old formats, made by LibreOffice or written out, and what is read from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenforms_extractors.errors import UnreadableFile
from greenforms_extractors.office import supervisor
from greenforms_extractors.office.instance import Job
from greenforms_extractors.reading import read

TARGETS = {
    ".doc": "doc:MS Word 97",
    ".wps": "doc:MS Word 97",
    ".rtf": "rtf:Rich Text Format",
    ".xls": "xls:MS Excel 97",
    ".et": "xls:MS Excel 97",
}
DATED = (
    rb'{\rtf1\ansi{\field{\*\fldinst {\rtlch\fcs1 \af0 DATE \\@ "yyyy-M-d"}}{\fldrslt 2022-5-12}}\par '
    rb"{\field{\*\fldinst FILENAME}{\fldrslt plan.doc}}\par {\field{\*\fldinst REF gone}{\fldrslt part 2}}\par }"
)


WORD_XML = """<?xml version="1.0"?><?mso-application progid="Word.Document"?>
<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>
<w:p><w:r><w:t>企业名称</w:t></w:r></w:p>
<w:p><w:fldSimple w:instr=" DATE "><w:r><w:t>2022-5-12</w:t></w:r></w:fldSimple></w:p>
<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TIME </w:instrText></w:r>
<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>8:05</w:t></w:r
><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:body></w:wordDocument>"""
EXCEL_XML = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="名单"><Table><Row><Cell><Data ss:Type="String">0472-5178206</Data></Cell>
<Cell ss:Formula="=1+1"><Data ss:Type="Number">7</Data></Cell>
<Cell ss:Formula="=WEBSERVICE(&quot;http://127.0.0.1:1/&quot;)"><Data ss:Type="String">旧</Data></Cell></Row></Table>
</Worksheet></Workbook>"""
OFFICE_PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"></head><body><table>
<tr><td>组织机构代码</td><td>0123456789012345678</td></tr></table></body></html>"""


def aged(content: bytes, suffix: str, old: str) -> bytes:
    """A docx or xlsx as LibreOffice saves it in an old format."""
    return supervisor.convert(Job(content, suffix, TARGETS[old]))


def changed(content: bytes, old: bytes, new: bytes) -> bytes:
    assert old in content
    return content.replace(old, new, 1)


def refusal(path: Path) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read(path)
    assert path.name in str(caught.value)
    return caught.value


def texts(path: Path) -> list[str]:
    document = read(path)
    cells = [cell.text for table in document.tables for cell in table.cells]
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]


def notices(path: Path) -> dict[str, str]:
    return {notice.code: notice.message for notice in read(path).notices}
