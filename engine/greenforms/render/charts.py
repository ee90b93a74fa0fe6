"""Charts of a filled Word paper: native ones with a sheet behind them, so that a person can edit them.

A layout says which figures are drawn and where. Series differ by dash, marker and lightness, never by colour alone.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from lxml import etree

from greenforms.form.chart import CHART_NAME, Chart, ChartTable, chart_table, node_of
from greenforms.form.control_tag import control_tag
from greenforms.form.form import Form
from greenforms.form.template.runs import w
from greenforms.form.tree import Group, Leaf, Node, Rows
from greenforms.render.chart_style import styled
from greenforms.render.package import deflated, packed
from greenforms.render.sealing import declare_part, main_part, parts_of, relate

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
#: Inches in English Metric Units; a chart is as wide as the text of an official paper.
_EMU = 914_400
_WIDE, _HIGH = 5.6, 3.2
#: Drawings of a paper have numbers of their own, far above those that templates use.
_FIRST_ID = 90_001


def with_charts(form: Form, data: Any, content: bytes) -> bytes:
    """A filled docx with its layout's charts; as it is where there are none or their figures are not all there."""
    charts = [(each, chart_table(each, form.root, data)) for each in form.library.charts.get(form.layout, ())]
    known = [(chart, table) for chart, table in charts if table is not None]
    if not known:
        return content
    parts = parts_of(content)
    main = main_part(parts)
    document = etree.fromstring(parts[main])
    body = document.find(w("body"))
    for number, (chart, table) in enumerate(known, 1):
        place = _place(form, body, chart.after) if body is not None else None
        if place is not None:
            relation = _add_parts(parts, main, number, chart, table)
            place.addnext(_paragraph(chart, table, relation, _FIRST_ID + number))
    parts[main] = etree.tostring(document, xml_declaration=True, encoding="UTF-8", standalone=True)
    return packed({name: deflated([part]) for name, part in parts.items()})


def _place(form: Form, body: etree._Element, after: str) -> etree._Element | None:
    """The part of the body in which the last control of a field or part of the form stands."""
    tags = {control_tag(pointer) for pointer in _fields(node_of(form.root, after), after)}
    found = None
    for mark in body.iter(w("tag")):
        if mark.get(w("val"), "") in tags:
            found = mark
    while found is not None and found.getparent() is not body:
        found = found.getparent()
    return found


def _fields(node: Node | None, pointer: str) -> list[str]:
    """The fields of a part that stand in no list."""
    if isinstance(node, Leaf):
        return [pointer]
    if isinstance(node, Group):
        return [each for name, child in node.children.items() for each in _fields(child, f"{pointer}/{name}")]
    return [f"{pointer}/0/{name}" for name in node.item.children] if isinstance(node, Rows) else []


def _add_parts(parts: dict[str, bytes], main: str, number: int, chart: Chart, table: ChartTable) -> str:
    """The chart's part and its sheet; the id of the relationship to the chart."""
    folder = main.rpartition("/")[0]
    name, sheet = f"{folder}/charts/chart{number}.xml", f"{folder}/embeddings/chart{number}.xlsx"
    parts[sheet] = _workbook(table)
    declare_part(parts, sheet, _SHEET_TYPE, usual=True)
    relation = relate(parts, name, f"{_OFFICE}/package", sheet)
    parts[name] = styled(_chart_xml(chart, table), chart, relation)
    declare_part(parts, name, _CHART_TYPE, usual=False)
    return relate(parts, main, f"{_OFFICE}/chart", name)


def _chart_xml(chart: Chart, table: ChartTable) -> bytes:
    from pptx.chart.data import CategoryChartData
    from pptx.chart.xmlwriter import ChartXmlWriter
    from pptx.enum.chart import XL_CHART_TYPE

    kinds: Mapping[str, Any] = {
        "radar": XL_CHART_TYPE.RADAR_MARKERS,
        "lines": XL_CHART_TYPE.LINE_MARKERS,
        "bars": XL_CHART_TYPE.BAR_CLUSTERED,
        "shares": XL_CHART_TYPE.BAR_STACKED_100,
    }
    figures: Any = CategoryChartData(number_format="General")
    figures.categories = table.categories
    for title, values in table.series.items():
        figures.add_series(title, values)
    return str(ChartXmlWriter(kinds[chart.kind], figures).xml).encode()


def _workbook(table: ChartTable) -> bytes:
    """The sheet a person edits: categories below each other, a column for each series."""
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as workbook:
        workbook.set_properties({"created": datetime(1980, 1, 1)})
        sheet = workbook.add_worksheet("Sheet1")
        columns: Sequence[Sequence[Any]] = (table.categories, *table.series.values())
        for column, (title, values) in enumerate(zip(("", *table.series), columns, strict=True)):
            sheet.write_string(0, column, title)
            for row, value in enumerate(values, 1):
                _ = sheet.write_string(row, 0, value) if column == 0 else sheet.write_number(row, column, value)
    return target.getvalue()


def _paragraph(chart: Chart, table: ChartTable, relation: str, number: int) -> etree._Element:
    """A centred paragraph with the chart in line; its description says all figures."""
    paragraph = etree.Element(w("p"))
    properties = etree.SubElement(paragraph, w("pPr"))
    etree.SubElement(properties, w("keepLines"))
    spacing = {"before": "120", "after": "120", "line": "240", "lineRule": "auto"}
    etree.SubElement(properties, w("spacing")).attrib.update({w(name): value for name, value in spacing.items()})
    etree.SubElement(properties, w("ind")).set(w("firstLine"), "0")
    etree.SubElement(properties, w("jc")).set(w("val"), "center")
    drawing = etree.SubElement(etree.SubElement(paragraph, w("r")), w("drawing"))
    inline = etree.SubElement(drawing, f"{{{_WP}}}inline", nsmap={"wp": _WP, "a": _A, "c": _C})
    inline.attrib.update(dict.fromkeys(("distT", "distB", "distL", "distR"), "0"))
    size = {"cx": str(round(_WIDE * _EMU)), "cy": str(round(_HIGH * _EMU))}
    etree.SubElement(inline, f"{{{_WP}}}extent", size)
    about = {"id": str(number), "name": f"{CHART_NAME}{chart.id}", "descr": table.said(chart.title)}
    etree.SubElement(inline, f"{{{_WP}}}docPr", about)
    graphic = etree.SubElement(inline, f"{{{_A}}}graphic")
    inside = etree.SubElement(graphic, f"{{{_A}}}graphicData", uri=_C)
    etree.SubElement(inside, f"{{{_C}}}chart", {f"{{{_OFFICE}}}id": relation}, nsmap={"r": _OFFICE})
    return paragraph
