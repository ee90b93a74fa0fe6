"""What to tell whoever prints a PDF: faces that others stand in for, and characters that come out as boxes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from greenforms.finding import Finding, Place, Severity
from greenforms.form.form import Form
from greenforms.render.fonts import substitutes, without_glyph

#: Where ideographs and their punctuation begin; what is below is printed in a Western face.
_EASTERN = "\u2e80"
#: How many characters a message names.
_NAMED = 10


def print_findings(form: Form, data: Any, file: str) -> tuple[Finding, ...]:
    """What a PDF made here of data (None: of the blank) does not show as it should; `file` is the PDF."""
    runs = list(_runs(form.templates["docx"]))
    faces = dict.fromkeys(face for face, _ in runs if face)
    text = "".join((*_texts(data), *(text for _, text in runs)))
    return (*_substituted(faces, file), *_boxes(without_glyph(text), file))


def _substituted(faces: Mapping[str, None], file: str) -> Iterator[Finding]:
    if instead := substitutes(faces):
        named = "、".join(
            f"{face}（{f'以 {shown} 代替' if shown else '无可用字体'}）" for face, shown in instead.items()
        )
        fix = "请在装有这些字体的电脑上打开生成的 docx 另存为 PDF，或在本机装好字体后重新生成"
        message = f"本机没有公文字体{named}，PDF 的字形与正式格式有差别，docx 不受影响。{fix}。"
        yield Finding("print/substituted-faces", Severity.WARN, message, (Place(file, "", ""),), fix=fix)


def _boxes(lost: tuple[str, ...], file: str) -> Iterator[Finding]:
    if lost:
        named = "、".join(f"“{each}”（U+{ord(each):04X}）" for each in lost[:_NAMED])
        named += f"等 {len(lost)} 个" if len(lost) > _NAMED else ""
        fix = "请安装含有这些字的字体（如思源宋体扩展字库）后重新生成，或改打 docx；是误输入的请改正"
        message = f"本机没有一种字体含有字符{named}，PDF 上印成空白或方框。{fix}。"
        yield Finding("print/no-glyph", Severity.FIX, message, (Place(file, "", ""),), fix=fix)


def _texts(data: Any) -> Iterator[str]:
    """All texts of a data set."""
    match data:
        case str():
            yield data
        case Mapping():
            for value in data.values():
                yield from _texts(value)
        case list():
            for value in data:
                yield from _texts(value)


def _runs(template: Path) -> Iterator[tuple[str, str]]:
    """The Eastern face and the text of each run of a Word file; a face is "" where the text needs none."""
    import docx
    from docx.oxml.ns import qn

    document = docx.Document(str(template))
    usual = _usual_face(document, qn("w:rFonts"), qn("w:eastAsia"))
    for run in document.element.body.iter(qn("w:r")):
        text = "".join(part.text or "" for part in run.iter(qn("w:t")))
        fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        face = (fonts is not None and fonts.get(qn("w:eastAsia"))) or usual
        yield face if "{" in text or any(each >= _EASTERN for each in text) else "", text


def _usual_face(document: Any, fonts: str, eastern: str) -> str:
    """The Eastern face of runs that name none: of the style of ordinary paragraphs, else of all styles."""
    styles = document.styles
    for holder in (styles["Normal"].element, styles.element):
        for found in holder.iter(fonts):
            if found.get(eastern):
                return str(found.get(eastern))
    return ""
