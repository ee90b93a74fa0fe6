"""What the Word reader makes of each construction it can meet."""

from __future__ import annotations

from pathlib import Path

import pytest
from office_parts import NAMESPACES, p, tc, write_docx

from greenforms_extractors.model import Document, ParagraphOrigin, Table, TableOrigin
from greenforms_extractors.reading import read
from greenforms_extractors.word.numbering import chinese_number


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def line(tmp_path: Path, runs: str) -> str:
    """The text of a document of one paragraph with these runs."""
    (text,) = texts(read(write_docx(tmp_path / "a.docx", f"<w:p>{runs}</w:p>")))
    return text


def codes(document: Document) -> list[str]:
    return [notice.code for notice in document.notices]


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r>", "甲\n乙\t丙"),
        ("<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t><w:softHyphen/><w:t>C</w:t></w:r>", "A-BC"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0A8"/><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>', "□☑"),
        ('<w:r><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>\uf0fe</w:t></w:r>', "☑"),
        ('<w:r><w:rPr><w:rFonts w:ascii="Wingdings 2"/></w:rPr><w:t>R是</w:t></w:r>', "☑是"),
        ('<w:hyperlink r:id="rId9"><w:r><w:t>链接</w:t></w:r></w:hyperlink>', "链接"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:t>显</w:t></w:r>", "显"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显</w:t></w:r>', "显"),
        ("<w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", "新"),
        ("<w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>移</w:t></w:r></w:moveTo>", "移"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>lǜ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>绿</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "绿",
        ),
        ('<w:fldSimple w:instr="PAGE"><w:r><w:t>3</w:t></w:r></w:fldSimple>', "3"),
    ],
)
def test_runs(tmp_path: Path, runs: str, text: str) -> None:
    """Each sign inside a run is read as it is shown."""
    assert line(tmp_path, runs) == text


def field(kind: str, inside: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inside}</w:fldChar></w:r>'


def test_field_shows_its_result(tmp_path: Path) -> None:
    """A field gives its result, also when another field stands in its instruction."""
    code, result = "<w:r><w:instrText>DATE</w:instrText><w:t>码</w:t></w:r>", "<w:r><w:t>果</w:t></w:r>"
    inner = field("begin") + code + field("separate") + "<w:r><w:t>内</w:t></w:r>" + field("end")
    assert line(tmp_path, field("begin") + code + inner + field("separate") + result + field("end")) == "果"


def test_broken_off_field(tmp_path: Path) -> None:
    """A field without end does not hide the rest of the document."""
    body = f"<w:p>{field('begin')}<w:r><w:t>码</w:t></w:r></w:p>{p('后文')}"
    assert texts(read(write_docx(tmp_path / "a.docx", body))) == ["", "后文"]


def test_form_fields(tmp_path: Path) -> None:
    """Legacy check boxes and drop-downs, which have no result text, show their state."""
    boxes = "".join(
        field("begin", f"<w:ffData><w:checkBox>{state}</w:checkBox></w:ffData>") + field("end")
        for state in ("<w:checked/>", '<w:default w:val="1"/><w:checked w:val="0"/>', '<w:default w:val="1"/>')
    )
    entries = '<w:listEntry w:val="甲"/><w:listEntry w:val="乙"/>'
    choice = f'<w:ffData><w:ddList><w:result w:val="1"/>{entries}</w:ddList></w:ffData>'
    assert line(tmp_path, boxes + field("begin", choice) + field("end")) == "☑□☑乙"


def sdt(tag: str, content: str, more: str = "") -> str:
    return f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/>{more}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def test_controls_at_every_level(tmp_path: Path) -> None:
    """Content controls around runs, blocks, rows and cells are read, and their text is not lost to the body."""
    run = "<w:p><w:r><w:t>名称：</w:t></w:r>" + sdt("run", "<w:r><w:t>甲厂</w:t></w:r>") + "</w:p>"
    block = sdt("block", p("一") + p("二"))
    cells = sdt("cell", tc(p("格"))) + tc(sdt("in-cell", p("上") + p("下")))
    body = run + block + f"<w:tbl>{sdt('row', f'<w:tr>{cells}</w:tr>')}</w:tbl>"
    document = read(write_docx(tmp_path / "a.docx", body))
    assert {control.tag: control.text for control in document.controls} == {
        "run": "甲厂", "block": "一\n二", "row": "格\t上\n下", "cell": "格", "in-cell": "上\n下",
    }  # fmt: skip
    origins = {control.tag: control.origin for control in document.controls}
    assert origins["run"] == ParagraphOrigin(1)
    assert origins["block"] == ParagraphOrigin(2)
    assert origins["in-cell"] == TableOrigin(1, 1, 2)
    assert texts(document) == ["名称：甲厂", "一", "二"]
    assert [cell.text for cell in document.tables[0].cells] == ["格", "上\n下"]


def test_prompt_is_no_value(tmp_path: Path) -> None:
    """The grey prompt of an empty control is not read as if somebody had written it."""
    prompt = sdt("a", "<w:r><w:t>单击此处输入文字</w:t></w:r>", "<w:showingPlcHdr/>")
    block = sdt("b", p("单击此处输入文字"), "<w:showingPlcHdr/>")
    document = read(write_docx(tmp_path / "a.docx", f"<w:p>{prompt}</w:p>{block}"))
    assert texts(document) == ["", ""]
    assert [control.text for control in document.controls] == ["", ""]


GLOSSARY = (
    '<w:docPart><w:docPartPr><w:category><w:gallery w:val="{}"/></w:category></w:docPartPr>'
    "<w:docPartBody><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:docPartBody></w:docPart>"
)


@pytest.mark.parametrize(
    ("prompt", "shown"),
    [
        ("单击或点击此处输入文字。", False),
        ("单击此处输入文字。", False),
        ("选择一项。", False),
        ("请输入企业名称", False),
        ("Click or tap here to enter text.", False),
        ("写上全称", False),
        ("", False),
        ("常用句", True),
        ("晴川公司", True),
        ("选择性催化还原装置", True),
        ("点击率", True),
    ],
)
def test_typed_over_the_prompt(tmp_path: Path, prompt: str, shown: bool) -> None:
    """Text typed where a control still says it shows its prompt is read; a prompt is not, at any level of control."""
    inline = sdt("a", f"<w:r><w:t>{prompt}</w:t></w:r>", "<w:showingPlcHdr/>")
    around = [sdt("b", p(prompt), "<w:showingPlcHdr/>"), sdt("c", tc(p(prompt)), "<w:showingPlcHdr/>")]
    body = f"<w:p>{inline}</w:p>{around[0]}<w:tbl><w:tr>{around[1]}</w:tr></w:tbl>"
    parts = GLOSSARY.format("placeholder", "写上全称") + GLOSSARY.format("autoTxt", "常用句")
    glossary = f"<w:glossaryDocument {NAMESPACES}><w:docParts>{parts}</w:docParts></w:glossaryDocument>"
    link = "rId1", "glossaryDocument", "glossary/document.xml"
    path = write_docx(tmp_path / "a.docx", body, link, parts={"word/glossary/document.xml": glossary})
    document = read(path)
    wanted = prompt if shown else ""
    assert [control.text for control in document.controls] == [wanted] * 3
    assert texts(document) == [wanted] * 2
    assert document.tables[0].cells[0].text == wanted


def test_checkbox_control(tmp_path: Path) -> None:
    """A check box control gives its sign, and its state where it has no sign."""
    box = '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'
    shown = sdt("a", "<w:r><w:t>☒</w:t></w:r>", box) + sdt("b", "", box)
    assert line(tmp_path, shown) == "☒☑"


def test_tracked_changes_are_noticed(tmp_path: Path) -> None:
    """Changes are read as accepted; a deleted paragraph end joins two paragraphs."""
    deleted = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    row = "<w:tr><w:trPr><w:del/></w:trPr>" + tc(p("旧")) + "</w:tr>"
    body = p("前", deleted) + p("后") + f"<w:tbl>{row}<w:tr>{tc(p('新'))}</w:tr></w:tbl>"
    document = read(write_docx(tmp_path / "a.docx", body))
    assert texts(document) == ["前后"]
    assert [cell.text for cell in document.tables[0].cells] == ["新"]
    assert codes(document) == ["revisions"]
    assert "修订" in document.notices[0].message


def test_hidden_text_is_noticed(tmp_path: Path) -> None:
    """Hidden text is dropped with a notice, also where a style hides it."""
    styles = (
        f'<w:styles {NAMESPACES}><w:style w:styleId="base"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="derived"><w:basedOn w:val="base"/></w:style></w:styles>'
    )
    body = '<w:p><w:r><w:rPr><w:rStyle w:val="derived"/></w:rPr><w:t>隐</w:t></w:r><w:r><w:t>显</w:t></w:r></w:p>'
    path = write_docx(tmp_path / "a.docx", body, ("rId1", "styles", "styles.xml"), parts={"word/styles.xml": styles})
    document = read(path)
    assert texts(document) == ["显"]
    assert codes(document) == ["hidden-text"]


def level(depth: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{depth}"><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


def numbered(text: str, depth: int, number: int = 1) -> str:
    return p(text, f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>')


def test_automatic_numbers(tmp_path: Path) -> None:
    """Numbers that Word counts by itself are read, level by level, and start again where they should."""
    levels = (
        level(0, "chineseCountingThousand", "%1、")
        + level(1, "japaneseCounting", "（%2）")
        + level(2, "decimal", "%3.", '<w:suff w:val="nothing"/>')
        + level(3, "decimal", "%1.%4", "<w:isLgl/>")
        + level(4, "bullet", "\uf0a8")
    )
    numbering = (
        f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
    )
    body = "".join(
        numbered(text, depth, number)
        for text, depth, number in [
            ("甲", 0, 1), ("乙", 1, 1), ("丙", 1, 1), ("丁", 2, 1), ("戊", 0, 1), ("己", 1, 1), ("庚", 3, 1),
            ("辛", 4, 1), ("壬", 0, 2), ("癸", 0, 2),
        ]
    )  # fmt: skip
    path = write_docx(tmp_path / "a.docx", body, ("r", "numbering", "n.xml"), parts={"word/n.xml": numbering})
    expected = ["一、甲", "（一）乙", "（二）丙", "1.丁", "二、戊", "（一）己", "2.1 庚", "辛", "一、壬", "二、癸"]
    assert texts(read(path)) == expected


@pytest.mark.parametrize(
    ("count", "text"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (110, "一百一十"), (2024, "二千零二十四")],
)
def test_chinese_numbers(count: int, text: str) -> None:
    """Chinese counting is written as Word writes it."""
    assert chinese_number(count) == text


def test_table_spans(tmp_path: Path) -> None:
    """Merged cells become one cell, and grid positions are kept before and after them."""
    grid = '<w:tblGrid><w:gridCol w:w="1000"/><w:gridCol w:w="2000"/><w:gridCol w:w="3000"/></w:tblGrid>'
    rows = (
        "<w:tr>" + tc(p("宽"), '<w:gridSpan w:val="2"/>') + tc(p("高"), '<w:vMerge w:val="restart"/>') + "</w:tr>"
        "<w:tr>" + tc(p("甲")) + tc(p("乙")) + tc("<w:p/>", "<w:vMerge/>") + "</w:tr>"
        '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + tc(p("丙")) + tc(p("丁")) + "</w:tr>"
    )
    (table,) = read(write_docx(tmp_path / "a.docx", f"<w:tbl>{grid}{rows}</w:tbl>")).tables
    assert [(cell.text, cell.row, cell.column, cell.rows, cell.columns) for cell in table.cells] == [
        ("宽", 0, 0, 1, 2), ("高", 0, 2, 2, 1), ("甲", 1, 0, 1, 1), ("乙", 1, 1, 1, 1), ("丙", 2, 1, 1, 1),
        ("丁", 2, 2, 1, 1),
    ]  # fmt: skip
    assert (table.rows, table.columns) == (3, 3)
    assert table.edges == (0, 50, 150, 300)
    assert table.cells[1].origin == TableOrigin(1, 1, 3)


def test_nested_table(tmp_path: Path) -> None:
    """A nested table is text of its cell and a table of its own."""
    inner = f"<w:tbl><w:tr>{tc(p('内甲'))}{tc(p('内乙'))}</w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr>{tc(p('外') + inner + '<w:p/>')}</w:tr></w:tbl>"
    blocks = read(write_docx(tmp_path / "a.docx", outer + p("后"))).blocks
    first, second, last = blocks
    assert isinstance(first, Table)
    assert isinstance(second, Table)
    assert first.cells[0].text == "外\n内甲\t内乙\n"
    assert [cell.text for cell in second.cells] == ["内甲", "内乙"]
    assert second.origin == TableOrigin(2, 1, 1)
    assert last.origin == ParagraphOrigin(1)


def test_text_box(tmp_path: Path) -> None:
    """A text box is read once, after the paragraph it hangs on."""
    box = f"<wps:txbx><w:txbxContent>{p('框一')}{p('框二')}</w:txbxContent></wps:txbx>"
    fallback = f"<w:pict><v:textbox><w:txbxContent>{p('旧框')}</w:txbxContent></v:textbox></w:pict>"
    choice = f"<mc:Choice Requires='wps'><w:drawing><wp:anchor>{box}</wp:anchor></w:drawing></mc:Choice>"
    both = f"<mc:AlternateContent>{choice}<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    body = f"<w:p><w:r><w:t>锚</w:t>{both}</w:r></w:p>{p('后')}<w:p><w:r>{fallback}</w:r></w:p>"
    document = read(write_docx(tmp_path / "a.docx", body))
    assert texts(document) == ["锚", "框一", "框二", "后", "", "旧框"]


def test_picture(tmp_path: Path) -> None:
    """A picture keeps its name, description, type and bytes."""
    drawing = (
        '<w:drawing><wp:inline><wp:docPr id="1" name="图片 1" descr="营业执照"/>'
        '<a:graphic><a:graphicData><a:blip r:embed="rId5"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    path = write_docx(
        tmp_path / "a.docx",
        f"<w:p><w:r>{drawing}</w:r></w:p>",
        ("rId5", "image", "media/image1.png"),
        parts={"word/media/image1.png": b"\x89PNG"},
    )
    ((picture,),) = (paragraph.pictures for paragraph in read(path).paragraphs)
    found = (picture.name, picture.description, picture.media_type, picture.content)
    assert found == ("图片 1", "营业执照", "image/png", b"\x89PNG")


def test_notes_and_custom_xml(tmp_path: Path) -> None:
    """Footnotes come last with a notice, custom XML parts are attachments."""
    notes = (
        f'<w:footnotes {NAMESPACES}><w:footnote w:type="separator">{p("—")}</w:footnote>'
        f"<w:footnote>{p('注释')}</w:footnote></w:footnotes>"
    )
    path = write_docx(
        tmp_path / "a.docx",
        p("正文"),
        ("rId1", "footnotes", "footnotes.xml"),
        parts={"word/footnotes.xml": notes, "customXml/item1.xml": "<a/>"},
    )
    document = read(path)
    assert texts(document) == ["正文", "注释"]
    assert codes(document) == ["notes"]
    assert document.attachments == {"customXml/item1.xml": b"<a/>"}


def test_entries_of_a_table_of_contents(tmp_path: Path) -> None:
    """What a table of contents repeats is not text of the document; the heading itself is."""
    styles = (
        f'<w:styles {NAMESPACES}><w:style w:type="paragraph" w:styleId="11"><w:name w:val="TOC 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="目录"/><w:basedOn w:val="11"/></w:style></w:styles>'
    )
    entry = '<w:pPr><w:pStyle w:val="{}"/></w:pPr>'
    body = p("一、概述\t1", entry.format("11")) + p("二、结论\t2", entry.format("a")) + p("一、概述")
    path = write_docx(tmp_path / "a.docx", body, ("rId2", "styles", "styles.xml"), parts={"word/styles.xml": styles})
    assert texts(read(path)) == ["", "", "一、概述"]
