"""The pictures of the READMEs and the handbook: forms rendered, read back and checked, as a newcomer sees them."""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from page_pictures import DPI, FOLDER, font, page_holding, page_image, save, shrunk
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter

from greenforms import datafile
from greenforms.bundled import examples_dir
from greenforms.cli.demo import contradicting, demonstration
from greenforms.form.library import open_library
from greenforms.pack.crosscheck import check_folder
from greenforms.read.extraction import FieldReading
from greenforms.read.paper import read_paper
from greenforms.render.office import to_pdf
from greenforms.render.paper import render, render_blank
from greenforms.show.showing import showing
from greenforms.workbook.writing import make_workbook
from greenforms_extractors.model import PageOrigin

LIBRARY = open_library()
PLAN, ROSTER = "nm-2024/cultivation-plan", "nm-2024/cultivation-roster"
#: Dots per inch of a fax.
FAX = 200
WORDS = {"block": "必须改", "fix": "应改", "warn": "提示", "ask": "请确认"}

GREEN, ORANGE = (40, 140, 70), (214, 120, 0)
PAPER, INK, GREY = (255, 255, 255), (34, 34, 34), (120, 120, 120)
SCREEN, SCREEN_INK, SCREEN_RED, SCREEN_GREY = (30, 32, 36), (226, 226, 222), (255, 110, 100), (150, 152, 156)


def beside(pictures: Sequence[tuple[str, Image.Image]]) -> Image.Image:
    """Pictures side by side, each with its caption above, framed."""
    gap, head = 16, 40
    width = sum(picture.width for _, picture in pictures) + gap * (len(pictures) + 1)
    height = max(picture.height for _, picture in pictures) + head + gap
    sheet = Image.new("RGB", (width, height), PAPER)
    draw, left = ImageDraw.Draw(sheet), gap
    for caption, picture in pictures:
        draw.text((left, 8), caption, font=font(19), fill=INK)
        sheet.paste(picture, (left, head))
        draw.rectangle((left - 1, head - 1, left + picture.width, head + picture.height), outline=GREY)
        left += picture.width + gap
    return sheet


def upper(picture: Image.Image, share: float, margin: float = 0.07) -> Image.Image:
    """The upper part of a page without its margins."""
    edge = int(picture.width * margin)
    return picture.crop((edge, int(edge * 1.4), picture.width - edge, int(picture.height * share)))


def example(name: str) -> datafile.DataSet:
    """A shipped data set."""
    return datafile.load(str(examples_dir() / name))


def filled_and_blank() -> None:
    """The blank of the enterprise table beside the filled one."""
    form, data = LIBRARY.form(PLAN), example("cultivation-plan-factory.json")
    blank, filled = render_blank(form, "pdf"), render(form, data.data, "pdf", data.base)
    title = "基本情况表"
    shown = [
        (caption, upper(page_image(pdf, page_holding(pdf, title)), 0.84))
        for caption, pdf in (("官方空表  greenforms blank", blank), ("填好的表  greenforms render", filled))
    ]
    save(shrunk(beside(shown), 1300), "filled-and-blank", 16)


def without_record(pdf: bytes) -> bytes:
    """The paper as another program would have printed it: the same pages, no embedded record."""
    writer = PdfWriter()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        writer.add_page(page)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def colour_of(field: FieldReading) -> tuple[int, int, int]:
    """Green for certain, orange for doubtful."""
    return GREEN if field.confidence >= 0.9 else ORANGE


def evidence() -> None:
    """A PDF without a record as it was read: a box for every field, and what was doubted."""
    data = example("cultivation-plan-factory.json").data
    data["enterprise"]["legal_phone"] = "5178201"
    data["enterprise"]["email"] = "lvse@example,com"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "返回.pdf")
        file.write_bytes(without_record(render(LIBRARY.form(PLAN), data, "pdf")))
        extraction, pdf = read_paper(LIBRARY, file), file.read_bytes()
    page = next(
        field.evidence.page
        for field in extraction.fields
        if field.path == "/enterprise/org_code" and isinstance(field.evidence, PageOrigin)
    )
    picture = page_image(pdf, page)
    draw = ImageDraw.Draw(picture)
    for field in extraction.fields:
        if isinstance(field.evidence, PageOrigin) and field.evidence.page == page:
            left, top, right, bottom = (edge * DPI / 72 for edge in field.evidence.box)
            draw.rectangle((left + 2, top + 2, right - 2, bottom - 2), outline=colour_of(field), width=3)
            if field.confidence < 0.9:
                draw.text((left + 8, bottom - 17), f"{field.confidence:.0%}", font=font(11), fill=ORANGE)
    caption = "读取结果：绿框＝读到，无疑问；橙框＝读到，有疑问（框内为可信度）"
    save(shrunk(beside([(caption, upper(picture, 0.84))]), 900), "evidence", 48)


def scan_shown() -> None:
    """A list that came by fax, as `extract --show` marks it."""
    sys.path.insert(0, str(FOLDER.parents[1] / "generator"))
    from greenforms_scans import scan_files
    from greenforms_scans.degrade import degraded
    from greenforms_scans.made_up import made_up
    from greenforms_scans.printing import printed, rasters

    form = LIBRARY.form(ROSTER)
    page = rasters(printed(form, made_up(form, 21, rows=12), "xlsx"), FAX)[0]
    with tempfile.TemporaryDirectory() as folder:
        paper, target = Path(folder, "名单传真件.png"), Path(folder, "shown.png")
        paper.write_bytes(scan_files.png(degraded(page, "fax", 0, FAX), FAX, "bilevel"))
        showing(LIBRARY, paper, str(target)).write(read_paper(LIBRARY, paper))
        picture = Image.open(io.BytesIO(target.read_bytes())).convert("RGB")
    save(shrunk(without_blank_rows(picture), 860), "scan-shown", 40, Image.Quantize.FASTOCTREE)


def without_blank_rows(picture: Image.Image, most: int = 60) -> Image.Image:
    """The picture with no more than so many rows of pixels in one place that are white but for specks."""
    kept, blank = [], 0
    for row in range(picture.height):
        strip = picture.crop((0, row, picture.width, row + 1))
        blank = blank + 1 if sum(strip.convert("L").histogram()[:235]) < 0.01 * picture.width else 0
        kept += [strip] if blank <= most else []
    sheet = Image.new("RGB", (picture.width, len(kept)), PAPER)
    for row, strip in enumerate(kept):
        sheet.paste(strip, (0, row))
    return sheet


def wrapped(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """The lines a text takes on a screen."""
    lines, line = [], ""
    for char in text:
        if char == "\n" or face.getlength(line + char) > width:
            lines.append(line)
            line = ""
        line += "" if char == "\n" else char
    return [*lines, line]


def finding() -> None:
    """What the check of a folder prints when a name is misspelt in one paper."""
    with tempfile.TemporaryDirectory() as folder:
        for form, data in contradicting(LIBRARY, demonstration()["contradiction"]["papers"]):
            Path(folder, f"{form.entry.titles[0]}.docx").write_bytes(render(form, data, "docx"))
        report = check_folder(LIBRARY, Path(folder))
    lines = [("$ greenforms check 申报材料/", SCREEN_GREY)]
    lines += [(f"{paper.file}：《{paper.title}》 {paper.subject or ''}", SCREEN_INK) for paper in report.papers]
    for each in report.findings:
        basis = f"依据：{each.citation.document} {each.citation.article}，" if each.citation else ""
        lines.append((f"【{WORDS[each.severity]}】{each.message}（{basis}{each.rule}）", SCREEN_RED))
    screen(lines, "finding")


def screen(lines: Sequence[tuple[str, tuple[int, int, int]]], name: str) -> None:
    """Lines of a terminal as a picture."""
    face, width, step = font(20), 1060, 32
    rows = [(row, colour) for text, colour in lines for row in wrapped(text, face, width)]
    picture = Image.new("RGB", (width + 40, step * len(rows) + 30), SCREEN)
    draw = ImageDraw.Draw(picture)
    for number, (row, colour) in enumerate(rows):
        draw.text((20, 14 + number * step), row, font=face, fill=colour)
    save(picture, name, 16)


def workbook() -> None:
    """The sheet of the fill-in workbook on which single fields are entered."""
    data = example("cultivation-plan-factory.json").data
    pdf = to_pdf(make_workbook(LIBRARY.form(PLAN), data), ".xlsx")
    page = page_holding(pdf, "单位（盖章）")
    caption = "填报表（Excel）  greenforms blank --workbook"
    save(shrunk(beside([(caption, upper(page_image(pdf, page), 0.62, 0.03))]), 900), "workbook", 128)


def write() -> None:
    """All of them."""
    for make in (finding, filled_and_blank, evidence, scan_shown, workbook):
        make()
