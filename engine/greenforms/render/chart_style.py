"""How charts look: faces of official papers, and series that differ in grey print as on a screen."""

from __future__ import annotations

from typing import Any

from greenforms.form.chart import Chart

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_FACE, _LATIN = "宋体", "Times New Roman"
_SIZE, _TITLE_SIZE = 9, 11
#: Lightness, dash and marker of the first, the second … series; one that is known apart by none of them is too many.
_GREYS = ("404040", "A6A6A6", "D9D9D9", "7F7F7F")
#: The same where figures stand on the ground itself.
_PALE = ("F2F2F2", "BFBFBF", "D9D9D9", "A6A6A6")
_DASHES = ("SOLID", "DASH", "ROUND_DOT", "LONG_DASH_DOT")
_MARKERS = ("CIRCLE", "SQUARE", "TRIANGLE", "DIAMOND")
_EXTERNAL = (
    '<c:externalData xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{}">'
    '<c:autoUpdate val="0"/></c:externalData>'
)


def styled(xml: bytes, chart: Chart, sheet: str) -> bytes:
    """A chart's XML with title, legend, figures and looks; `sheet` is the relationship to its workbook."""
    from lxml import etree
    from pptx.chart.chart import Chart as ChartObject
    from pptx.enum.chart import XL_LABEL_POSITION, XL_LEGEND_POSITION
    from pptx.oxml import parse_xml
    from pptx.util import Pt

    space: Any = parse_xml(xml)
    made: Any = ChartObject(space, None)
    made.font.size = Pt(_SIZE)
    made.has_title = True
    made.chart_title.include_in_layout = False
    made.chart_title.text_frame.text = chart.title
    made.chart_title.text_frame.paragraphs[0].runs[0].font.size = Pt(_TITLE_SIZE)
    plot = made.plots[0]
    made.has_legend = len(plot.series) > 1
    if made.has_legend:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    plot.has_data_labels = True
    plot.data_labels.show_value = True
    if chart.kind == "lines":
        plot.data_labels.position = XL_LABEL_POSITION.ABOVE
    _rule(made, chart)
    for number, series in enumerate(plot.series):
        _look(chart, series, number % len(_GREYS))
    _set_faces(space)
    _mend(space, chart)
    space.append(parse_xml(_EXTERNAL.format(sheet)))
    return bytes(etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True))


def _rule(made: Any, chart: Chart) -> None:
    """Lines to read figures off by; percentages of a radar from the middle to 100."""
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_TICK_LABEL_POSITION

    axis = made.value_axis
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = RGBColor.from_string("BFBFBF")
    if all(value >= 0 for series in made.plots[0].series for value in series.values if value is not None):
        axis.minimum_scale = 0
    if chart.kind == "bars":  # lying, so that long names stand upright; the first on top, beside bars below zero, too
        made.category_axis.reverse_order = True
        made.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if chart.kind == "radar":
        axis.maximum_scale, axis.major_unit = 100, 20


def _look(chart: Chart, series: Any, number: int) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE_DASH_STYLE
    from pptx.util import Pt

    greys = _PALE if chart.kind == "shares" else _GREYS
    grey, black = RGBColor.from_string(greys[number]), RGBColor(0, 0, 0)
    if chart.kind in {"bars", "shares"}:
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = grey
        series.format.line.color.rgb = black
        return
    series.smooth = False
    series.format.line.color.rgb = black if number == 0 else RGBColor.from_string("595959")
    series.format.line.width = Pt(1.5)
    series.format.line.dash_style = getattr(MSO_LINE_DASH_STYLE, _DASHES[number])
    series.marker.style = getattr(XL_MARKER_STYLE, _MARKERS[number])
    series.marker.size = 7
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = grey
    series.marker.format.line.color.rgb = black


def _mend(space: Any, chart: Chart) -> None:
    """What the writer has and the standard has not: axes with negative ids, smooth lines on a radar."""
    for axis in [*space.iter(f"{_C}axId"), *space.iter(f"{_C}crossAx")]:
        axis.set("val", axis.get("val").lstrip("-"))
    for smooth in [*space.iter(f"{_C}smooth")] if chart.kind == "radar" else ():
        smooth.getparent().remove(smooth)


def _set_faces(space: Any) -> None:
    """Chinese and Latin faces wherever a chart says how its text looks."""
    from lxml import etree

    a = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    for properties in [*space.iter(f"{a}defRPr"), *space.iter(f"{a}rPr")]:
        for name, face in (("latin", _LATIN), ("ea", _FACE)):
            for old in properties.findall(f"{a}{name}"):
                properties.remove(old)
            etree.SubElement(properties, f"{a}{name}").set("typeface", face)
