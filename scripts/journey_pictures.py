"""The pictures of the READMEs that show each user's way: what the journeys of the tests make, from sheet to letter."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from page_pictures import FOLDER, page_holding, page_image, save, shrunk
from PIL import Image
from readme_pictures import beside

from greenforms import datafile
from greenforms.render.office import to_pdf

_ROOT = FOLDER.parents[1]
_TESTS, _EXAMPLES = _ROOT / "tests", _ROOT / "examples"
#: Each picture shows the upper part of a page, so many pixels wide and high at most.
_WIDTH, _HEIGHT, _COLOURS = 440, 560, 64
_LAST_DAY = ("--as-of", "2026-05-01")


def write() -> None:
    """All of them."""
    sys.path.insert(0, str(_TESTS))
    for make in (applicant, clerk, evaluator):
        with _elsewhere():
            make()


@contextmanager
def _elsewhere() -> Iterator[None]:
    """An empty folder to work in."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


def _run(*words: object) -> None:
    from cli.console import call

    assert call(*words).code in (0, 1)


def _page(paper: str, text: str, top: float = 0.02, right: float = 0.97) -> Image.Image:
    """The page of a paper on which a text stands, without the shares of it over `top` and beyond `right`."""
    pdf = to_pdf(Path(paper).read_bytes(), ".xlsx" if paper.endswith(".xlsx") else ".docx")
    page = page_image(pdf, page_holding(pdf, text))
    left = 0.03
    return _tile(page.crop((int(page.width * left), int(page.height * top), int(page.width * right), page.height)))


def _tile(picture: Image.Image) -> Image.Image:
    small = shrunk(picture, _WIDTH)
    return small.crop((0, 0, _WIDTH, min(small.height, _HEIGHT)))


def _line(name: str, *pictures: tuple[str, Image.Image]) -> None:
    numbered = [(f"{number}. {caption}", picture) for number, (caption, picture) in enumerate(pictures, 1)]
    save(beside(numbered), name, _COLOURS)


def applicant() -> None:
    """The workbook that asks everything once, one of the papers made of it, and what to print and seal."""
    from cli.evidence_papers import pdf_of
    from submission.packs import REASSESSMENT, answers, asking, fill

    day = ("--as-of", "2026-04-10")
    _run("pack", "new", REASSESSMENT[0], "--type", REASSESSMENT[1], "-o", "申报包", *day)
    asked = asking(*REASSESSMENT)
    fill(Path("申报包"), asked, answers(asked))
    Path("申报包/证明材料/营业执照.pdf").write_bytes(pdf_of(["营业执照"]))
    _run("pack", "build", "申报包", *day)
    _line(
        "journey-applicant",
        ("填一次  pack new", _page("申报包/填报表.xlsx", "单位名称")),
        ("各份材料都有了  pack build", _page("申报包/成品/01 绿色制造示范单位再评价申请表.docx", "单位名称")),
        ("照着打印、盖章", _page("申报包/成品/附件目录和打印清单.xlsx", "打印清单", right=0.86)),
    )


def clerk() -> None:
    """The report of a check, the notice of what to put right, and the letter with the list."""
    _run("render", "nm-2024/cultivation-plan", _EXAMPLES / "cultivation-plan-park.json", "-o", "园区.docx")
    Path("收件").mkdir()
    faulty = (_EXAMPLES / "cultivation-plan-factory.json").read_text("utf-8").replace("0472-5178201", "5178201")
    Path("数据.json").write_text(faulty, "utf-8")
    _run("render", "nm-2024/cultivation-plan", "数据.json", "-o", "收件/方案.docx")
    Path("园区.docx").rename("收件/园区方案.docx")
    check = ("check", "收件", "--procedure", "nm-2024/cultivation", *_LAST_DAY)
    _run(*check, "--report", "报告.html", "--notice", "通知.docx")
    letter = ("--letter", "nm-2024/consultation-letter", "函.docx")
    _run("summary", "nm-2024/cultivation-roster", "收件", "-o", "名单.docx", *letter, *_LAST_DAY)
    _line(
        "journey-clerk",
        ("核对一个文件夹  check --report", _tile(_screen(Path("报告.html")))),
        ("补正通知  check --notice", _page("通知.docx", "没有区号")),
        ("名单和征求意见函  summary --letter", _page("函.docx", "征求", top=0.12)),
    )


def _screen(page: Path) -> Image.Image:
    """A page as a browser shows it."""
    from station.chrome import opened_chrome

    with opened_chrome() as chrome:
        chrome.set_window_size(760, 1000)
        chrome.get(page.absolute().as_uri())
        return Image.open(io.BytesIO(chrome.get_screenshot_as_png())).convert("RGB")


def evaluator() -> None:
    """A draft with its open places, what became of it from one draft to the next, and the index of evidence."""
    from cli.evidence_papers import pdf_of
    from journeys.test_evaluator_journey import written

    form, day = "nm-2024/factory-evaluation-report", ("--as-of", "2022-06-10")
    material = _EXAMPLES / "factory-self-evaluation.json"
    self_evaluation = "nm-2022/factory-self-evaluation"
    _run("draft", form, material, "--of", self_evaluation, "-o", "初稿.docx", *day)
    written(datafile.load("初稿.json").data, "定稿.json")
    _run("render", form, "定稿.json", "-o", "定稿.docx")
    _run("diff", "初稿.docx", "定稿.docx", "-o", "变更清单.docx")
    Path("证明材料").mkdir()
    named = (("附件1 营业执照", 2), ("附件7 水平衡测试报告", 31), ("附件9 能源管理体系认证证书", 4))
    for name, pages in named:
        Path("证明材料", f"{name}.pdf").write_bytes(pdf_of([name[4:], "单位名称：包头市砺川稀土材料有限公司"], pages))
    _run("evidence", "证明材料", "--of", material, "--form", self_evaluation, "-o", "索引.xlsx", *day)
    _line(
        "journey-evaluator",
        ("从申报材料起草  draft", _page("初稿.docx", "待填清单")),
        ("两稿逐句对比  diff", _page("变更清单.docx", "变更", right=0.9)),
        ("证明材料编索引、核对  evidence", _page("索引.xlsx", "营业执照", right=0.6)),
    )
