"""Checks a template's page and fonts against how official papers are set (GB/T 9704-2012 and form practice)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

#: A4 in twentieths of a point, upright or lying.
_A4 = {(11906, 16838), (16838, 11906)}
#: Excel's number for A4 paper.
_A4_SHEET = "9"
#: The faces official forms are set in; a free face stands in for them only when a PDF is made.
FACES = frozenset(
    {"仿宋_GB2312", "仿宋", "黑体", "宋体", "楷体_GB2312", "楷体", "方正小标宋简体", "方正小标宋_GBK", "方正仿宋_GBK"}
)
LATIN_FACES = frozenset({"Times New Roman", *FACES})

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def page_errors(path: Path) -> Iterator[str]:
    """What is wrong with a template's paper size and fonts, each with its place; Chinese clauses."""
    with zipfile.ZipFile(path) as package:
        if path.suffix == ".docx":
            yield from _word_errors(package)
        else:
            yield from _sheet_errors(package)


def _word_errors(package: zipfile.ZipFile) -> Iterator[str]:
    document = etree.fromstring(package.read("word/document.xml"))
    for number, size in enumerate(document.iter(f"{_W}pgSz"), 1):
        given = (int(size.get(f"{_W}w", "0")), int(size.get(f"{_W}h", "0")))
        if given not in _A4:
            yield f"第{number}节：纸张不是 A4（{given[0]}×{given[1]}）"
    styles = _Styles(etree.fromstring(package.read("word/styles.xml")))
    for number, paragraph in enumerate(document.iter(f"{_W}p"), 1):
        for run in paragraph.iter(f"{_W}r"):
            text = "".join(node.text or "" for node in run.iter(f"{_W}t"))
            if text.strip():
                fonts = run.find(f"{_W}rPr/{_W}rFonts")
                if fonts is None:
                    fonts = styles.fonts(paragraph)
                yield from (f"第{number}段“{text[:20]}”：{error}" for error in _face_errors(fonts))


class _Styles:
    """The fonts a paragraph's runs inherit (ISO/IEC 29500-1, 17.7.2): its style's, its style's base's, the default."""

    def __init__(self, root: etree._Element) -> None:
        self._default = root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}rFonts")
        self._styles = {style.get(f"{_W}styleId"): style for style in root.iter(f"{_W}style")}
        self._plain = root.find(f"{_W}style[@{_W}type='paragraph'][@{_W}default='1']")

    def fonts(self, paragraph: etree._Element) -> etree._Element | None:
        name = paragraph.find(f"{_W}pPr/{_W}pStyle")
        style = self._styles.get(name.get(f"{_W}val")) if name is not None else self._plain
        while style is not None:
            if (fonts := style.find(f"{_W}rPr/{_W}rFonts")) is not None:
                return fonts
            base = style.find(f"{_W}basedOn")
            style = self._styles.get(base.get(f"{_W}val")) if base is not None else None
        return self._default


def _face_errors(fonts: etree._Element | None) -> Iterator[str]:
    face = fonts.get(f"{_W}eastAsia") if fonts is not None else None
    if face is None:
        yield "没有设定中文字体（w:eastAsia）"
    elif face not in FACES:
        yield f"中文字体“{face}”不是公文用字体，可用：{'、'.join(sorted(FACES))}"
    latin = fonts.get(f"{_W}ascii") if fonts is not None else None
    if latin is not None and latin not in LATIN_FACES:
        yield f"西文字体“{latin}”不是公文用字体"


def _sheet_errors(package: zipfile.ZipFile) -> Iterator[str]:
    for name in package.namelist():
        if name.startswith("xl/worksheets/sheet"):
            setup = etree.fromstring(package.read(name)).find(f"{_S}pageSetup")
            if setup is None or setup.get("paperSize") != _A4_SHEET:
                yield f"{name.rpartition('/')[2]}：纸张不是 A4"
    styles = etree.fromstring(package.read("xl/styles.xml"))
    for font in styles.iterfind(f"{_S}fonts/{_S}font/{_S}name"):
        if font.get("val") not in LATIN_FACES:
            yield f"字体“{font.get('val')}”不是公文用字体，可用：{'、'.join(sorted(LATIN_FACES))}"
