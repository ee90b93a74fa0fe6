"""What the PDF reader makes of a paper that an office program exported, tagged and untagged."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NullObject, TextStringObject

from greenforms_extractors.model import Document, PageOrigin, Paragraph, Table
from greenforms_extractors.office import supervisor
from greenforms_extractors.office.instance import Job
from greenforms_extractors.reading import read
from greenforms_extractors.text_lines import joined

INTRODUCTION = (
    "1.企业基本情况。某某冶金有限公司成立于2010年5月，位于包头市昆都仑区，主要从事 high carbon ferrochrome alloy "
    "production 以及铁合金产品的生产与销售，年产能30万吨，先后获得国家高新技术企业等称号，"
    "本公司在 ISO 14001 环境管理体系方面通过认证。"
)
OVER_TWO_PAGES = "企业在资源综合利用方面持续投入，建成余热回收系统、除尘系统和水循环系统，" * 30 + "效果良好。"
LONG_NAME = "高碳铬铁合金产品及其他相关副产品的一个很长的名称"
FIRST = "第一段：企业概况说明，企业在节能减排方面做了大量工作，取得了良好的成效，获得了社会各方面的认可。"


def paper(picture: Path) -> WordDocument:
    """A short report with running text, a table over two pages, a page number and a picture."""
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.size = Pt(14)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋")
    document.add_paragraph("绿色工厂自评价报告").alignment = WD_ALIGN_PARAGRAPH.CENTER
    for _ in range(2):
        document.add_paragraph(INTRODUCTION).paragraph_format.first_line_indent = Pt(28)
    document.add_paragraph("填表人：张三").add_run().add_break(WD_BREAK.LINE)
    document.add_picture(str(picture), width=Cm(3))
    table = document.add_table(rows=5, cols=4, style="Table Grid")
    table.cell(0, 0).text = "企业名称"
    table.cell(0, 1).merge(table.cell(0, 3)).text = "某某冶金有限公司"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "产品"
    table.cell(1, 1).text, table.cell(2, 1).text, table.cell(2, 2).text = "名称", LONG_NAME, "300000"
    wide = table.cell(3, 0).merge(table.cell(3, 3))
    wide.text = FIRST
    wide.add_paragraph("第二段：绿色制造体系建设情况。")
    for number in range(40):
        table.add_row().cells[0].text = str(number + 1)
    document.add_paragraph(OVER_TWO_PAGES)
    footer = document.sections[0].footer.paragraphs[0]
    footer.add_run("— 1 —")
    return document


@pytest.fixture(scope="module", params=["true", "false"], ids=["tagged", "untagged"])
def pdf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pdf")
    Image.new("RGB", (90, 60), "red").save(folder / "a.png")
    paper(folder / "a.png").save(str(folder / "paper.docx"))
    options = f'pdf:writer_pdf_Export:{{"UseTaggedPDF":{{"type":"boolean","value":"{request.param}"}}}}'
    content = supervisor.convert(Job((folder / "paper.docx").read_bytes(), ".docx", options))
    (folder / "paper.pdf").write_bytes(content)
    return folder / "paper.pdf"


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if not paragraph.pictures]


def test_running_text(pdf: Path) -> None:
    """Wrapped lines are joined to the paragraphs they were, and page numbers are left out."""
    document = read(pdf)
    assert texts(document) == ["绿色工厂自评价报告", INTRODUCTION, INTRODUCTION, "填表人：张三", OVER_TWO_PAGES]
    assert document.kind == "pdf"
    assert document.pages == 3
    assert document.notices == ()


def test_table(pdf: Path) -> None:
    """A cell over several grid columns or rows is one cell; wrapped text in it is joined, its paragraphs are kept."""
    first, second = read(pdf).tables
    found = {(cell.row, cell.column): (cell.text, cell.rows, cell.columns) for cell in first.cells}
    assert found[0, 1] == ("某某冶金有限公司", 1, 3)
    assert found[1, 0] == ("产品", 2, 1)
    assert found[2, 1] == (LONG_NAME, 1, 1)
    assert found[3, 0] == (f"{FIRST}\n第二段：绿色制造体系建设情况。", 1, 4)
    assert found[4, 3] == ("", 1, 1)
    assert len(first.edges) == 5
    assert second.edges == first.edges
    assert isinstance(second.origin, PageOrigin)
    assert second.origin.page == 2
    assert second.cells[-4].text == "40"


def test_picture_in_reading_order(pdf: Path) -> None:
    """A picture stands where it is on the page, between the text above and the table below."""
    blocks = read(pdf).blocks
    place = next(number for number, block in enumerate(blocks) if isinstance(block, Paragraph) and block.pictures)
    picture = blocks[place].pictures[0]  # type: ignore[union-attr]
    assert isinstance(blocks[place + 1], Table)
    assert blocks[place - 1].text == "填表人：张三"  # type: ignore[union-attr]
    assert Image.open(io.BytesIO(picture.content)).convert("RGB").getpixel((20, 20)) == (255, 0, 0)


def test_boxes(pdf: Path) -> None:
    """Boxes are in points from the top left of the page."""
    title = read(pdf).paragraphs[0]
    assert isinstance(title.origin, PageOrigin)
    left, top, right, bottom = title.origin.box
    assert title.origin.page == 1
    assert 200 < left < right < 400
    assert 60 < top < bottom < 110
    assert right - left == pytest.approx(9 * 14, abs=8)


def test_attachments_and_fields(pdf: Path, tmp_path: Path) -> None:
    """Embedded files are attachments, form fields are controls with their values."""
    writer = PdfWriter(clone_from=PdfReader(pdf))
    writer.add_attachment("record.json", '{"名称": "甲"}'.encode())
    add_field(writer, "name", {"/FT": NameObject("/Tx"), "/V": TextStringObject("甲厂")})
    add_field(writer, "yes", {"/FT": NameObject("/Btn"), "/AS": NameObject("/On")})
    add_field(writer, "no", {"/FT": NameObject("/Btn"), "/AS": NameObject("/Off")})
    writer.write(tmp_path / "a.pdf")
    document = read(tmp_path / "a.pdf")
    assert document.attachments == {"record.json": '{"名称": "甲"}'.encode()}
    assert [(control.tag, control.text) for control in document.controls] == [
        ("name", "甲厂"),
        ("yes", "☑"),
        ("no", "□"),
    ]
    assert document.controls[0].origin == PageOrigin(1, (100.0, 592.0, 200.0, 612.0))


def add_field(writer: PdfWriter, name: str, more: dict[str, object]) -> None:
    """Put a form field on the first page, 180 points above its lower edge."""
    page = writer.pages[0]
    assert float(page.mediabox.height) == 792
    widget = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/T"): TextStringObject(name),
            NameObject("/Rect"): ArrayObject([FloatObject(edge) for edge in (100, 180, 200, 200)]),
            **{NameObject(key): value for key, value in more.items()},
        }
    )
    page.setdefault(NameObject("/Annots"), ArrayObject()).append(writer._add_object(widget))


def test_joining_lines() -> None:
    """Chinese runs on, words are parted, and a space that the file has is kept."""
    assert joined("绿色", "工厂", keeps_spaces=False) == "绿色工厂"
    assert joined("high", "carbon", keeps_spaces=False) == "high carbon"
    assert joined("张三 ", "李四", keeps_spaces=False) == "张三 李四"
    assert joined("91150100MA", "0N123456", keeps_spaces=True) == "91150100MA0N123456"


def test_broken_tags_do_not_matter(pdf: Path, tmp_path: Path) -> None:
    """This test ensures that a PDF whose tags cannot be understood is read by what stands on its pages."""
    writer = PdfWriter(clone_from=PdfReader(pdf))
    tree = writer.root_object.get("/StructTreeRoot", DictionaryObject()).get_object()
    tree[NameObject("/K")] = ArrayObject([NullObject(), DictionaryObject()])
    broken = tmp_path / "标签坏了.pdf"
    writer.write(broken)
    assert [table.rows for table in read(broken).tables] == [table.rows for table in read(pdf).tables]
    assert "绿色工厂自评价报告" in [paragraph.text for paragraph in read(broken).paragraphs]
