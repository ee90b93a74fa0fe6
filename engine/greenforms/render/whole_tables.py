"""Whether a PDF shows all that its Word file says, and how to lay the tables out otherwise where it does not.

LibreOffice 7.4 now and then prints a table without the rows behind a page break: where little more than its headings
fits on the page and the paragraph before it is kept with it. It depends on a millimetre here or there, so what it has
lost is looked for, and the same paper tried again with its tables a little lower, then with lower rows.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from greenforms.form.template.runs import w

if TYPE_CHECKING:
    from lxml import etree

_MAIN = "word/document.xml"
#: So high is the empty line put before a table, in twentieths of a point.
_THIN = "20"


def lost_letters(document: bytes, printed: bytes) -> int:
    """How many letters (digits and signs aside) a docx has and the PDF printed from it has not."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(document)) as package:
        main = etree.fromstring(package.read(_MAIN))
    said = Counter(_letters("".join(each.text or "" for each in main.iter(w("t")))))
    return (said - Counter(_letters(_text(printed)))).total()


def otherwise_laid_out(document: bytes) -> tuple[bytes, ...]:
    """Copies of a docx with the same texts: tables after a thin empty line, then rows no higher than what they hold."""
    return _changed(document, _lower_tables), _changed(document, _lower_rows)


def _letters(text: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKC", text) if each.isalpha())


def _text(printed: bytes) -> str:
    import pypdfium2 as pdfium

    with pdfium.PdfDocument(printed) as document:
        return "".join(page.get_textpage().get_text_bounded() for page in document)


def _changed(document: bytes, change: Callable[[etree._Element], None]) -> bytes:
    from lxml import etree

    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as package, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as copy:
        for info in package.infolist():
            part = package.read(info)
            if info.filename == _MAIN:
                root = etree.fromstring(part)
                change(root)
                part = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            copy.writestr(info.filename, part)
    return output.getvalue()


def _lower_tables(root: etree._Element) -> None:
    from lxml import etree

    for table in root.iter(w("tbl")):
        line = etree.Element(w("p"))
        etree.SubElement(etree.SubElement(line, w("pPr")), w("spacing"), {w("line"): _THIN, w("lineRule"): "exact"})
        table.addprevious(line)


def _lower_rows(root: etree._Element) -> None:
    for height in list(root.iter(w("trHeight"))):
        parent = height.getparent()
        assert parent is not None
        parent.remove(height)
