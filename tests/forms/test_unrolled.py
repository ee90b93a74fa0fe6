"""Catalogues, layouts inside layouts, derived texts and texts of editions, in both directions."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from folder import Folder, form_entry
from openpyxl import load_workbook

from greenforms.check.packages import lint_packages
from greenforms.errors import FormPackageError
from greenforms.form.layout import layout_for, template_errors
from greenforms.read.take.identify import Identified
from greenforms.read.take.slots import read_structure
from greenforms.render.paper import render, render_blank
from greenforms.workbook.writing import make_workbook
from greenforms_extractors.match.take import match
from greenforms_extractors.model import Document
from greenforms_extractors.reading import read

TEXT = {"type": "string", "x-codec": "text"}
NUMBER = {"type": "number", "x-codec": "number"}
INTEGER = {"type": "integer", "x-codec": "integer"}
NAME = {**TEXT, "title": "单位名称"}

CATALOGUE = {
    "catalogue": "gf",
    "title": "评价指标",
    "grade": "C",
    "source": "自拟",
    "merged": ["level"],
    "parts": [
        {
            "id": "basic",
            "title": "基本要求",
            "rows": [
                {"id": "b1", "title": "合规", "level": "一般要求", "text": "应依法设立", "points": 5},
                {"id": "b2", "title": "无事故", "level": "一般要求", "text": "三年内无较大事故", "points": 5},
                {"id": "b3", "title": "体系", "level": "管理体系", "text": "应建立能源管理体系", "points": 10},
            ],
        }
    ],
}


def _verdicts() -> dict:
    item = {
        "type": "object",
        "additionalProperties": False,
        "required": ["score"],
        "properties": {
            "score": {**NUMBER, "title": "得分"},
            "proof": {**TEXT, "title": "证明材料"},
        },
    }
    return {"title": "评价表", "type": "object", "x-catalogue": "gf#basic", "additionalProperties": item}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "forms")


def taken(form, content: bytes, tmp_path: Path, kind: str = "docx") -> dict[str, str]:
    """What layout alone finds in a paper."""
    path = tmp_path / f"paper.{kind}"
    path.write_bytes(content)
    document: Document = read(path)
    found = match(layout_for(form, document.kind), document)
    return {each.path: each.raw.strip() for each in found.found}


REPORT = [
    "评价报告",
    "单位名称：{{ name }}",
    [
        ["一级指标", "评价要求", "分值", "得分", "证明材料"],
        ["{%tr for item in verdicts %}", "", "", "", ""],
        ["{{ item.level }}", "{{ item.text }}", "{{ item.points }}", "{{ item.score }}", "{{ item.proof }}"],
        ["{%tr endfor %}", "", "", "", ""],
        ["合计", "<", "<", "{{ total }}", ""],
    ],
]
DATA = {
    "name": "甲公司",
    "verdicts": {
        "b1": {"score": Decimal("4.5"), "proof": "营业执照"},
        "b2": {"score": 5},
        "b3": {"score": 8, "proof": "证书"},
    },
}


def _report(folder: Folder):
    folder.catalogue("gf", CATALOGUE)
    total = {"total": {"title": "合计", "type": "number", "x-codec": "number", "sum": "/verdicts/b1/score"}}
    folder.layout("report", {"name": NAME, "verdicts": _verdicts()}, REPORT, **{"x-derived": total})
    folder.edition("xx-2025", form_entry("report"))
    form = folder.library().form("report")
    assert template_errors(form, "docx") == ()
    return form


def test_rows_printed_from_a_catalogue(folder: Folder, tmp_path: Path) -> None:
    """This test ensures that a catalogue's rows are printed by us, filled by them and read back by their ids."""
    form = _report(folder)
    assert taken(form, render(form, DATA, "docx"), tmp_path) == {
        "/name": "甲公司",
        "/verdicts/b1/score": "4.5", "/verdicts/b1/proof": "营业执照",
        "/verdicts/b2/score": "5", "/verdicts/b2/proof": "",
        "/verdicts/b3/score": "8", "/verdicts/b3/proof": "证书",
        "/total": "4.5",
    }  # fmt: skip


def test_merged_attributes(folder: Folder, tmp_path: Path) -> None:
    """This test ensures that what several rows of a catalogue share stands in one merged cell."""
    form = _report(folder)
    path = tmp_path / "blank.docx"
    path.write_bytes(render_blank(form, "docx"))
    (table,) = read(path).tables
    assert [(cell.text, cell.rows) for cell in table.cells if cell.column == 0][1:3] == [
        ("一般要求", 2),
        ("管理体系", 1),
    ]


def test_merged_attributes_end_with_the_one_around_them(folder: Folder, tmp_path: Path) -> None:
    """This test ensures that equal weights of two indicators stay two cells, and that a row may lack an attribute."""
    rows = [
        {"id": "r1", "title": "一", "level": "甲", "weight": "15%", "text": "要求一"},
        {"id": "r2", "title": "二", "level": "甲", "weight": "15%", "text": "要求二", "points": 5},
        {"id": "r3", "title": "三", "level": "乙", "weight": "15%", "text": "要求三"},
    ]
    parts = [{"id": "basic", "title": "要求", "rows": rows}]
    folder.catalogue("gf", {**CATALOGUE, "merged": ["level", "weight"], "parts": parts})
    line = ["{{ item.level }}", "{{ item.weight }}", "{{ item.text }}", "{{ item.points }}", "{{ item.score }}"]
    table = [
        ["指标", "权重", "要求", "分值", "得分"],
        ["{%tr for item in verdicts %}", "", "", "", ""],
        line,
        ["{%tr endfor %}", "", "", "", ""],
    ]
    folder.layout("report", {"name": NAME, "verdicts": _verdicts()}, ["report表", "单位名称：{{ name }}", table])
    folder.sheet("report", [["report表"], ["单位名称", "{{ name }}"], *table])
    folder.edition("xx-2025", form_entry("report", outputs=["docx", "xlsx"]))
    form = folder.library().form("report")
    for kind in ("docx", "xlsx"):
        assert template_errors(form, kind) == ()
        path = tmp_path / f"blank.{kind}"
        path.write_bytes(render_blank(form, kind))
        (paper,) = read(path).tables
        weights = [(cell.text, cell.rows) for cell in paper.cells if cell.column == 1 and cell.text == "15%"]
        assert weights == [("15%", 2), ("15%", 1)], kind


def test_a_blank_catalogue_is_empty(folder: Folder, tmp_path: Path) -> None:
    """This test ensures that a blank report holds no value."""
    form = _report(folder)
    assert not any(taken(form, render_blank(form, "docx"), tmp_path).values())


def test_a_layout_inside_a_layout(folder: Folder, tmp_path: Path) -> None:
    """This test ensures that another layout's template stands inside this one's once for each year, both ways."""
    use = {
        "type": "object",
        "title": "能源",
        "additionalProperties": False,
        "required": ["kind", "amount"],
        "properties": {"kind": {**TEXT, "title": "品种"}, "amount": {**NUMBER, "title": "数量"}},
    }
    year = {
        "year": {"type": "integer", "x-codec": "year", "title": "年度"},
        "energy": {"title": "能耗", "type": "array", "items": use},
    }
    folder.layout(
        "annual",
        year,
        [
            "{{ form.title }}",
            "年度：{{ year }}",
            [
                ["品种", "数量"],
                ["{%tr for row in energy %}", ""],
                ["{{ row.kind }}", "{{ row.amount }}"],
                ["{%tr endfor %}", ""],
            ],
            "合计共{{ count }}种",
        ],
        **{"x-derived": {"count": {"title": "品种数", "type": "integer", "x-codec": "integer", "count": "/energy"}}},
    )
    folder.layout(
        "review",
        {
            "unit": {**TEXT, "title": "单位"},
            "years": {"title": "年度表", "type": "array", "items": {"$ref": "annual.schema.json"}},
        },
        ["复核报告", "单位：{{ unit }}", "{%p for y in years %}", "{%p layout y %}", "{%p endfor %}", "审核意见"],
    )
    folder.edition("xx-2025", form_entry("annual", title="动态管理表"), form_entry("review"))
    form = folder.library().form("review")
    assert template_errors(form, "docx") == ()
    data = {
        "unit": "甲公司",
        "years": [
            {"year": 2023, "energy": [{"kind": "电", "amount": 1}, {"kind": "煤", "amount": 2}]},
            {"year": 2024, "energy": [{"kind": "气", "amount": 3}]},
        ],
    }
    assert taken(form, render(form, data, "docx"), tmp_path) == {
        "/unit": "甲公司",
        "/years/0/year": "2023", "/years/0/count": "2",
        "/years/0/energy/0/kind": "电", "/years/0/energy/0/amount": "1",
        "/years/0/energy/1/kind": "煤", "/years/0/energy/1/amount": "2",
        "/years/1/year": "2024", "/years/1/count": "1",
        "/years/1/energy/0/kind": "气", "/years/1/energy/0/amount": "3",
    }  # fmt: skip


def test_an_enclosed_paper_prints_its_own_title(folder: Folder, tmp_path: Path) -> None:
    """This test ensures that a paper inside a paper is called by its own name where the edition has no such form."""
    folder.layout("annual", {"name": NAME}, ["{{ form.title }}", "单位名称：{{ name }}"], title="动态管理表")
    years = {"title": "年度表", "type": "array", "items": {"$ref": "annual.schema.json"}}
    folder.layout(
        "review", {"years": years}, ["{{ form.title }}", "{%p for y in years %}", "{%p layout y %}", "{%p endfor %}"]
    )
    folder.edition("xx-2025", form_entry("review", title="复核报告"))
    path = tmp_path / "paper.docx"
    path.write_bytes(render(folder.library().form("review"), {"years": [{"name": "甲公司"}]}, "docx"))
    assert [each.text for each in docx.Document(str(path)).paragraphs][:2] == ["复核报告", "动态管理表"]


def test_texts_of_editions(folder: Folder, tmp_path: Path) -> None:
    """This test ensures that two editions print one layout under their own titles and makers."""
    folder.layout(
        "brief",
        {"name": NAME},
        ["{{ form.title }}", "单位名称：{{ name }}", "{{ form.maker }}"],
    )
    folder.edition("xx-2024", form_entry("brief", title="2024年简报", texts={"maker": "甲厅制"}))
    folder.edition("xx-2025", form_entry("brief", title="2025年简报", texts={"maker": "乙厅制"}))
    library = folder.library()
    for edition, title, maker in (("xx-2024", "2024年简报", "甲厅制"), ("xx-2025", "2025年简报", "乙厅制")):
        form = library.form(f"{edition}/brief")
        with zipfile.ZipFile(io.BytesIO(render(form, {"name": "甲公司"}, "docx"))) as package:
            text = package.read("word/document.xml").decode()
        assert title in text
        assert maker in text


def test_a_text_no_edition_gives(folder: Folder) -> None:
    """This test ensures that a template that asks for a text its edition does not give is refused."""
    folder.layout("brief", {"name": NAME}, ["{{ form.maker }}", "单位名称：{{ name }}"])
    folder.edition("xx-2025", form_entry("brief"))
    (error,) = template_errors(folder.library().form("brief"), "docx")
    assert "maker" in error


def test_a_derived_text_that_was_changed(folder: Folder, tmp_path: Path) -> None:
    """This test ensures that a sum on the paper that differs from its rows is told with both."""
    from greenforms.read.sources.derived import derived_findings

    form = _report(folder)
    path = tmp_path / "changed.docx"
    content = render(form, DATA, "docx")
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(path, "w") as target:
        for name in package.namelist():
            part = package.read(name)
            target.writestr(name, part.replace(b">4.5<", b">9.5<", 2) if name == "word/document.xml" else part)
    document = read(path)
    found = match(layout_for(form, "docx"), document)
    identified = Identified(form, found)
    structure = read_structure(identified.form, identified.match)
    (finding,) = derived_findings("changed.docx", form.root, DATA, structure)
    assert (finding.rule, finding.suggestion) == ("read/derived-differs", "4.5")


def _letter(folder: Folder, **derived: dict[str, object]):
    verdict = {"title": "意见", "type": "string", "enum": ["同意", "不同意"], "x-codec": "choice"}
    refused = {"verdict": "不同意"}
    unit = {
        "type": "object",
        "additionalProperties": False,
        "required": ["name", "verdict"],
        "properties": {"name": NAME, "verdict": verdict},
    }
    folder.layout(
        "letter",
        {
            "attachments": {"title": "附件", "type": "string", "x-codec": "paragraphs", "x-blank": "（名称）"},
            "issuer": {**TEXT, "title": "署名"},
            "date": {"title": "日期", "type": "string", "x-codec": "date"},
            "rows": {"title": "名单", "type": "array", "items": unit},
        },
        [
            "letter表",
            "不同意{{ refused }}家，分别是：{{ names }}。",
            "附件：{{ attachments }}",
            "{{ issuer }}",
            "{{ date }}",
            "（此件公开发布）",
            [
                ["单位名称", "意见"],
                ["{%tr for row in rows %}", ""],
                ["{{ row.name }}", "{{ row.verdict }}"],
                ["{%tr endfor %}", ""],
            ],
        ],
        **{
            "x-derived": {
                "refused": {**INTEGER, "title": "家数", "count": "/rows", "where": refused},
                "names": {"title": "名称", "join": "/rows/*/name", "where": refused, "x-empty": "无"},
                **derived,
            }
        },
    )  # fmt: skip
    folder.edition("xx-2025", form_entry("letter"))
    return folder.library().form("letter")


REFUSED = {
    "attachments": "1.名单\n2.报告",
    "issuer": "甲市工业和信息化局",
    "date": "2025-03-18",
    "rows": [{"name": "甲公司", "verdict": "不同意"}, {"name": "乙公司", "verdict": "同意"}],
}


@pytest.mark.parametrize(
    ("verdicts", "refused", "names"),
    [(("不同意", "同意"), "1", "甲公司"), (("不同意", "不同意"), "2", "甲公司、乙公司"), (("同意", "同意"), "0", "无")],
)
def test_counted_and_named_are_the_items_meant(
    folder: Folder, tmp_path: Path, verdicts: tuple[str, ...], refused: str, names: str
) -> None:
    """This test ensures that a count and a row of names can be of some items of a list, and say so where none is."""
    rows = [{**row, "verdict": verdict} for row, verdict in zip(REFUSED["rows"], verdicts, strict=True)]
    found = taken(form := _letter(folder), render(form, {**REFUSED, "rows": rows}, "docx"), tmp_path)
    assert (found["/refused"], found["/names"]) == (refused, names)


def test_what_where_cannot_mean_is_refused(folder: Folder) -> None:
    """This test ensures that `where` names fields of the list and values they can have."""
    strange = {"strange": {"title": "别的", "join": "/rows/*/name", "where": {"verdict": "缓议", "level": "国家级"}}}
    _letter(folder, **strange)
    told = errors_of(folder, form_entry("letter"))
    assert told == [
        "layouts/letter.schema.json：x-derived“别的”里的 where“verdict”不能是“缓议”",
        "layouts/letter.schema.json：x-derived“别的”里的 where“level”不是“/rows/*/name”所在列表的字段",
    ]


def test_a_label_before_several_paragraphs(folder: Folder, tmp_path: Path) -> None:
    """This test ensures that a label stands before the first of them, the others below it, and ends where it must."""
    form = _letter(folder)
    path = tmp_path / "paper.docx"
    path.write_bytes(render(form, REFUSED, "docx"))
    assert [block.text for block in read(path).blocks[2:6]] == [
        "附件：1.名单", "　　　2.报告", "甲市工业和信息化局", "2025年3月18日",
    ]  # fmt: skip
    found = taken(form, render(form, REFUSED, "docx"), tmp_path)
    assert {name: found[f"/{name}"] for name in ("attachments", "issuer", "date")} == {
        "attachments": "1.名单\n　　　2.报告",
        "issuer": "甲市工业和信息化局",
        "date": "2025年3月18日",
    }


def test_catalogue_in_a_sheet(folder: Folder, tmp_path: Path) -> None:
    """This test ensures that a catalogue's rows stand in a sheet template, too."""
    folder.catalogue("gf", CATALOGUE)
    folder.layout("report", {"name": NAME, "verdicts": _verdicts()}, REPORT[:2])
    folder.sheet("report", [["评价报告"], ["单位名称", "{{ name }}"], *(row[:5] for row in REPORT[2][:4])])
    folder.edition("xx-2025", form_entry("report", outputs=["docx", "xlsx"]))
    form = folder.library().form("report")
    assert template_errors(form, "xlsx") == ()
    found = taken(form, render(form, DATA, "xlsx"), tmp_path, "xlsx")
    assert found["/verdicts/b3/proof"] == "证书"
    assert found["/verdicts/b1/score"] == "4.5"


def test_the_workbook_asks_for_no_derived_text(folder: Folder) -> None:
    """This test ensures that what the form works out is not asked of whoever fills the workbook in."""
    names = set(load_workbook(io.BytesIO(make_workbook(_report(folder), None))).defined_names)
    assert "gf.verdicts.b1.score" in names
    assert "gf.total" not in names


def errors_of(folder: Folder, *forms: dict) -> list[str]:
    """What `forms check` says of a folder with the forms of one edition."""
    folder.edition("xx-2025", *forms)
    return lint_packages(folder.library())


def test_what_would_only_show_on_paper_is_refused(folder: Folder) -> None:
    """This test ensures that words an edition changes are printed, and that derived texts follow from something."""
    folder.layout(
        "brief",
        {"name": NAME, "head": {**TEXT, "title": "负责人"}},
        ["brief表", "单位名称：{{ name }}", "负责人：{{ head }}", "以上共{{ count }}家"],
        **{"x-derived": {"count": {"title": "家数", "count": "/name"}}},
    )
    told = errors_of(folder, form_entry("brief", title="简报", titles=["简报"], fields={"/head": {"title": "法人"}}))
    assert told == [
        "layouts/brief.schema.json：x-derived“家数”里的 count“/name”指的不是列表",
        "templates/brief.docx：没有印上 xx-2025 的标题“简报”，模板里标题处请写 {{ form.title }}",
        "templates/brief.docx：没有印上 xx-2025 的栏名“法人”，模板里栏名处请写 {{ head.title }}",
    ]


def test_a_merged_attribute_that_no_row_has(folder: Folder) -> None:
    """This test ensures that a misspelt attribute is named, not taken for one without cells to merge."""
    folder.catalogue("gf", {**CATALOGUE, "merged": ["levle"]})
    with pytest.raises(FormPackageError, match="没有一行有“levle”"):
        _ = folder.library().catalogues


def test_a_choice_among_rows_that_are_not_there(folder: Folder) -> None:
    """This test ensures that a catalogue whose choice names a row it does not have is refused with the place."""
    folder.catalogue(
        "gf", {**CATALOGUE, "choices": [{"id": "one", "title": "其一", "choose": 1, "rows": ["b1", "b9"]}]}
    )
    with pytest.raises(FormPackageError, match="“/choices/0/rows”：没有编号为“b9”的行"):
        _ = folder.library().catalogues


SCORING = {
    "title": "得分",
    "unit": "分",
    "part": "basic",
    "rows": [{"expression": "分值 * 符合", "full": "分值"}],
    "total": "sum(得分)",
    "source": "自拟",
    "confidence": "重建",
}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"part": "scored"}, "“/scoring”：没有名为“scored”的部分"),
        ({"gate": {"parts": ["first"]}}, "“/scoring”：没有名为“first”的部分"),
        ({"groups": {"by": "weight", "expression": "得分"}}, "“/scoring”：没有一行有“weight”"),
        ({"total": "得分"}, "“得分”里的“得分”要写在 sum(…) 里"),
        ({"total": "sum(得分 * 权重)"}, "里的“权重”不能用，可用：得分、项数"),
        ({"rows": [{"expression": "sum(分值)", "full": "分值"}]}, "里的“分值”不能写在 sum(…) 里"),
        ({"rows": [{"expression": "分值 ** 2", "full": "分值"}]}, "“分值 ** 2”不能写在算式里"),
    ],
)
def test_a_scoring_that_does_not_fit(folder: Folder, changed: dict, told: str) -> None:
    """This test ensures that each thing wrong with a scoring is told with the file."""
    folder.catalogue("gf", {**CATALOGUE, "scoring": {**SCORING, **changed}})
    with pytest.raises(FormPackageError) as error:
        _ = folder.library().catalogues
    assert error.value.errors[0].startswith("indicators/gf.yaml：“/scoring”：")
    assert told in error.value.errors[0]


def test_a_score_of_columns_that_are_not_there(folder: Folder) -> None:
    """This test ensures that a layout which names a column its rows do not have is refused."""
    folder.catalogue("gf", CATALOGUE)
    verdicts = {**_verdicts(), "x-score": {"value": ["value"], "score": "score"}}
    folder.layout("brief", {"name": NAME, "verdicts": verdicts}, ["简报表"])
    told = errors_of(folder, form_entry("brief"))
    assert any("x-score 里的“value”不在每一行的 properties 中" in error for error in told)


def test_a_row_that_names_a_formula_nobody_has(folder: Folder) -> None:
    """This test ensures that a misspelt formula is told with catalogue and row."""
    part = CATALOGUE["parts"][0]  # type: ignore[index]
    rows = [{**part["rows"][0], "formulas": "gf/a1"}, *part["rows"][1:]]  # type: ignore[index]
    folder.catalogue("gf", {**CATALOGUE, "parts": [{**part, "rows": rows}]})  # type: ignore[dict-item]
    assert "indicators/gf.yaml：“b1”：没有编号为“gf/a1”的算式（formulas）" in lint_packages(folder.library())
