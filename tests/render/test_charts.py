"""Charts of printed reports: native, editable, known apart without colour, and their figures read back."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree

from greenforms.check.charts import chart_errors
from greenforms.form.chart import Between, Chart, ChartTable, Groups, Listed, Matrix, chart_table, charts_of
from greenforms.read.sources.charts import chart_texts
from greenforms.render.charts import with_charts
from greenforms.render.paper import render, render_blank
from greenforms_extractors.match.result import Unread
from greenforms_extractors.model import PageOrigin
from greenforms_extractors.reading import read
from papers import example
from shipped import LIBRARY, load_form, read_paper

REPORT, PARK, REVIEW = "nm-2024/factory-evaluation-report", "nm-2024/park-evaluation", "nm-2024/review-report"
BENCHMARKING = "cn-2025/factory-benchmarking"
TARGETS = Listed("/plan/targets", "name", ("target", "actual"))
#: A figure of the park's chart.
VALUE = b"<c:v>201.3</c:v>"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def table_of(form: str, data: Any) -> ChartTable | None:
    definition = load_form(form)
    return chart_table(LIBRARY.charts[definition.layout][0], definition.root, data)


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.fixture(scope="module")
def report() -> bytes:
    return render(load_form(REPORT), example("factory-evaluation-report"), "docx", None)


@pytest.fixture(scope="module")
def benchmarking() -> bytes:
    return render(load_form(BENCHMARKING), example("factory-benchmarking"), "docx", None)


@pytest.fixture(scope="module")
def park() -> bytes:
    return render(load_form(PARK), example("park-evaluation"), "docx", None)


def test_figures() -> None:
    """This test ensures that a chart shows the shares of a catalogue's groups, columns by their years, rows by name."""
    assert table_of(REPORT, example("factory-evaluation-report")) == ChartTable(
        ("基础设施", "管理体系", "能源与资源投入", "产品", "环境排放", "绩效"),
        {"得分率": tuple(map(Decimal, ("93.0", "89.0", "90.0", "76.0", "92.0", "88.5")))},
    )
    park = example("park-evaluation")
    year = int(park["cover"]["date"][:4]) if "cover" in park else 2026
    assert table_of(PARK, park) == ChartTable(
        tuple(f"{year + offset}年" for offset in (-3, -2, -1)),
        {
            "园区生产总值": tuple(park["figures"]["gdp"].values()),
            "工业增加值": tuple(park["figures"]["value_added"].values()),
        },
    )
    review = example("review-report")
    found = chart_table(Chart("x", "bars", "目标", "/plan", TARGETS), load_form(REVIEW).root, review)
    assert found is not None
    assert found.categories == tuple(row["name"] for row in review["plan"]["targets"])
    assert [*found.series] == ["计划目标", "实际完成"]


def test_figures_between_two_others() -> None:
    """This test ensures that each figure is drawn where it lies between its benchmarks, whichever is the greater."""
    data = copy.deepcopy(example("factory-benchmarking"))
    table = table_of(BENCHMARKING, data)
    assert table is not None
    assert len(table.categories) == 10
    drawn = dict(zip(table.categories, table.series["对标程度"], strict=True))
    assert (drawn["能源消耗强度"], drawn["可再生能源利用率"]) == (Decimal("76.0"), Decimal("60.7"))
    assert drawn["一般工业固体废物综合利用率"] == Decimal("110.0")
    data["indicators"]["i3"]["value"]["value"] = Decimal("4.3")
    lower = table_of(BENCHMARKING, data)
    assert lower is not None
    assert Decimal("-10.0") in lower.series["对标程度"]


@pytest.mark.parametrize(
    ("column", "held"),
    [
        ("value", None),
        ("value", {"value": 1, "unit": "吨标煤/吨"}),
        ("benchmark", {"value": 510, "unit": "千克标煤/吨"}),
    ],
)
def test_figures_that_lie_nowhere(column: str, held: object) -> None:
    """This test ensures that nothing is drawn where a figure is lacking, in another unit, or its benchmarks are one."""
    data = copy.deepcopy(example("factory-benchmarking"))
    data["indicators"]["i1"][column] = held
    assert table_of(BENCHMARKING, data) is None


def test_bars_lie(benchmarking: bytes) -> None:
    """This test ensures that long names stand upright, the first on top, and that the scale begins at 0."""
    chart = etree.fromstring(parts(benchmarking)["word/charts/chart1.xml"])
    assert [each.get("val") for each in chart.iter(f"{C}barDir")] == ["bar"]
    assert [each.get("val") for each in chart.iter(f"{C}orientation")] == ["maxMin"]
    assert [each.get("val") for each in chart.iter(f"{C}tickLblPos")] == ["low", "nextTo"]
    assert [float(each.get("val", "")) for each in chart.iter(f"{C}min")] == [0]
    data = copy.deepcopy(example("factory-benchmarking"))
    data["indicators"]["i3"]["value"]["value"] = Decimal("4.3")
    below = render(load_form(BENCHMARKING), data, "docx", None)
    assert list(etree.fromstring(parts(below)["word/charts/chart1.xml"]).iter(f"{C}min")) == []


def test_no_chart_of_half_the_figures() -> None:
    """This test ensures that a chart is drawn when all its figures are there, and a report without them prints."""
    data = copy.deepcopy(example("park-evaluation"))
    del data["figures"]["gdp"]["second"]
    assert table_of(PARK, data) is None
    assert "word/charts/chart1.xml" not in parts(render(load_form(PARK), data, "docx", None))
    assert "word/charts/chart1.xml" not in parts(render_blank(load_form(PARK), "docx"))
    assert table_of(REPORT, {}) is None


def test_a_chart_can_be_edited(report: bytes) -> None:
    """This test ensures that the chart names its sheet, which holds the figures, and that Word is told of both."""
    found = parts(report)
    sheet: Any = openpyxl.load_workbook(io.BytesIO(found["word/embeddings/chart1.xlsx"]))["Sheet1"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[:3] == [("", "得分率"), ("基础设施", 93), ("管理体系", 89)]
    chart = etree.fromstring(found["word/charts/chart1.xml"])
    assert [each.text for each in chart.iter(f"{C}f")] == ["Sheet1!$B$1", "Sheet1!$A$2:$A$7", "Sheet1!$B$2:$B$7"]
    assert chart[-1].tag == f"{C}externalData"
    types = found["[Content_Types].xml"].decode()
    assert "/word/charts/chart1.xml" in types
    assert 'Extension="xlsx"' in types


def test_looks(report: bytes, park: bytes) -> None:
    """This test ensures Chinese faces, a description of all figures, and series that differ without colour."""
    for content, kind in ((report, "radarChart"), (park, "lineChart")):
        chart = etree.fromstring(parts(content)["word/charts/chart1.xml"])
        assert next(chart.iter(f"{C}{kind}")) is not None
        assert {each.get("typeface") for each in chart.iter(f"{A}ea")} == {"宋体"}
    series = list(chart.iter(f"{C}ser"))
    dashes = [each.find(f"{C}spPr/{A}ln/{A}prstDash").get("val") for each in series]  # type: ignore[union-attr]
    markers = [each.find(f"{C}marker/{C}symbol").get("val") for each in series]  # type: ignore[union-attr]
    assert (len({*dashes}), len({*markers})) == (2, 2)
    colours = {each.get("val", "") for each in chart.iter(f"{A}srgbClr")}
    assert all(len({colour[:2], colour[2:4], colour[4:]}) == 1 for colour in colours)
    about = next(etree.fromstring(parts(report)["word/document.xml"]).iter(f"{WP}docPr"))
    assert about.get("descr", "").startswith("一级指标得分率（%）。得分率：基础设施 93.0，管理体系 89.0，")


def test_charts_stand_where_the_layout_says(report: bytes, park: bytes) -> None:
    """This test ensures that the chart is the next thing behind its table."""
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for content, said in ((report, "评价总得分"), (park, "能源综合消耗总量")):
        body = etree.fromstring(parts(content)["word/document.xml"]).find(f"{w}body")
        assert body is not None
        place = next(each for each in body if each.find(f".//{WP}docPr") is not None)
        before = place.getprevious()
        assert before is not None
        assert before.tag == f"{w}tbl"
        assert said in "".join(before.itertext())


def test_read_back(report: bytes, park: bytes, benchmarking: bytes, tmp_path: Path) -> None:
    """This test ensures that readers get the figures, and an untouched paper has no finding."""
    for content, form, name in (
        (report, REPORT, "factory-evaluation-report"),
        (park, PARK, "park-evaluation"),
        (benchmarking, BENCHMARKING, "factory-benchmarking"),
    ):
        path = tmp_path / "报告.docx"
        path.write_bytes(content)
        found = read_paper(path)
        assert (found.data, found.findings) == (example(name), ())
        table, (chart,) = table_of(form, found.data), read(path).charts
        assert table is not None
        assert (chart.categories, {each.name: each.values for each in chart.series}) == (
            table.categories,
            dict(table.series),
        )
    assert render(load_form(PARK), example("park-evaluation"), "docx", None) == park


def edited(content: bytes, old: bytes, new: bytes, name: str = "word/charts/chart1.xml") -> bytes:
    found = parts(content)
    assert old in found[name]
    found[name] = found[name].replace(old, new)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for part, text in found.items():
            package.writestr(part, text)
    return target.getvalue()


def renamed(content: bytes) -> bytes:
    """A paper whose chart another program saved under a name of its own."""
    return edited(content, b"greenforms-chart-three-years", "图表 1".encode(), "word/document.xml")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda paper: edited(paper, VALUE, b"<c:v>210.3</c:v>"), "园区生产总值是210.3，而按表中所填应为201.3"),
        (lambda paper: edited(paper, VALUE, b"<c:v></c:v>"), "园区生产总值没有，而按表中所填应为201.3"),
        (lambda paper: edited(renamed(paper), VALUE, b"<c:v>201.24</c:v>"), "园区生产总值是201.24，"),
    ],
)
def test_a_chart_that_differs(park: bytes, tmp_path: Path, change: Callable[[bytes], bytes], told: str) -> None:
    """This test ensures that a chart which no longer shows the table's figures is a finding with its place."""
    path = tmp_path / "报告.docx"
    path.write_bytes(change(park))
    (finding,) = read_paper(path).findings
    assert (finding.rule, finding.severity.value) == ("read/chart-differs", "fix")
    assert told in finding.message
    assert "图“近三年园区生产总值和工业增加值（亿元）”里" in finding.message


def test_figures_kept_in_binary_and_charts_of_others(park: bytes, tmp_path: Path) -> None:
    """This test ensures that rounding by programs and a chart somebody added are no findings."""
    path = tmp_path / "报告.docx"
    path.write_bytes(edited(park, VALUE, b"<c:v>201.30000000000001</c:v>"))
    assert read_paper(path).findings == ()
    other = renamed(park)
    path.write_bytes(edited(other, "近三年园区生产总值和工业增加值（亿元）".encode(), "自己画的图".encode()))
    assert read_paper(path).findings == ()


def test_bars_and_shares() -> None:
    """This test ensures that the other kinds of charts are drawn from a list, too."""
    form, data = load_form(REVIEW), example("review-report")
    plain = render(form, data, "docx", None)
    for kind, tag in (("bars", "barChart"), ("shares", "barChart")):
        rows = {"of": "/plan/targets", "name": "name", "columns": ["target", "actual"]}
        said = {"charts": [{"id": "x", "kind": kind, "title": "目标", "after": "/plan/targets", "rows": rows}]}
        charts = charts_of(said)
        assert list(chart_errors(charts[0], form.root)) == []
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(LIBRARY.charts, form.layout, charts)  # type: ignore[arg-type]
            drawn = parts(with_charts(form, data, plain))
        chart = etree.fromstring(drawn["word/charts/chart1.xml"])
        assert len(list(next(chart.iter(f"{C}{tag}")).iter(f"{C}ser"))) == 2
        assert next(chart.iter(f"{C}legend")) is not None


@pytest.mark.parametrize(
    ("chart", "told"),
    [
        (Chart("x", "bars", "图", "/no", TARGETS), "after 指的“/no”不在表上"),
        (Chart("x", "bars", "图", "/plan", Listed("/plan", "name", ("a",))), "rows 指的“/plan”不是明细"),
        (Chart("x", "bars", "图", "/plan", Matrix(("/plan",), ("a", "b"))), "matrix 指的“/plan”没有 a、b 各列"),
        (Chart("x", "radar", "图", "/plan", Groups("/plan", "first", "率", ("a", "b"))), "不是一张目录表"),
        (Chart("x", "bars", "图", "/plan", Between("/plan", "程度", "a", "b", "c")), "没有 a、b、c 各列数量"),
    ],
)
def test_charts_of_what_is_not_there(chart: Chart, told: str) -> None:
    """This test ensures that a misspelt place of a chart is named."""
    assert any(told in error for error in chart_errors(chart, load_form(REVIEW).root))


def test_shipped_charts_are_sound() -> None:
    """This test ensures that every place of the shipped charts exists, in every form of the layout."""
    for layout, charts in LIBRARY.charts.items():
        forms = [form for form in LIBRARY.forms if form.layout == layout]
        assert forms
        assert [error for form in forms for chart in charts for error in chart_errors(chart, form.root)] == []


def test_print_of_a_chart_on_a_scan() -> None:
    """This test ensures that what is recognised of a chart is told once, and a text beside it by itself."""
    form, data = load_form(PARK), example("park-evaluation")
    title = LIBRARY.charts[form.layout][0].title
    box = (0.0, 0.0, 1.0, 1.0)
    said = (title, "250  226.9", "一■", "2023年  2024年", "园区生产总值 --工业增加值", "园区生产总值", "另附说明")
    unread = [Unread(text, PageOrigin(8, box)) for text in said]
    elsewhere = Unread("226.9", PageOrigin(9, box))
    found = chart_texts(form, data, [*unread, elsewhere])
    assert [each.text for each in found[title]] == [title, "250  226.9", "一■", "2023年  2024年", *said[4:6]]
    assert chart_texts(form, data, unread[1:]) == {}
