"""A report drafted from papers: what they state stands in it with its source, what a person must write is a prompt."""

from __future__ import annotations

import copy
import io
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest

from applicant import PLAN, REPORT, SELF, UNIT, UPDATE, papers_of
from greenforms.carry.material import material_of
from greenforms.carry.unit import statements_of_unit
from greenforms.compose.draft import Draft
from greenforms.compose.drafting import drafted
from greenforms.compose.paper import draft_paper
from greenforms.compose.result import result_json
from greenforms.form.tree import ABSENT, at
from greenforms.pack.crosscheck import check_data, check_paper
from greenforms.read.extraction import Extraction, FieldReading
from greenforms.readings.paper import papers_in
from greenforms.render.paper import render
from greenforms.report import extraction_json, json_text
from greenforms_extractors.model import PageOrigin
from papers import example
from shipped import LIBRARY, load_form, read_paper

DAY = date(2026, 5, 20)


def silent(number: int, total: int, name: str) -> None:
    """Report no progress."""


def made(folder: Path, target: str = REPORT) -> Draft:
    material = material_of(LIBRARY, (folder,), silent, None, None)
    name, statements = statements_of_unit(material, LIBRARY.vocabulary, None)
    return drafted(load_form(target), name, material, statements, DAY)


def reading(form: str, data: Any, unsure: Mapping[str, str] | None = None) -> bytes:
    """A paper as `extract` keeps it; fields that were not read surely have a doubt."""
    place = PageOrigin(1, (0.0, 0.0, 1.0, 1.0))
    fields = tuple(
        FieldReading(path, "", at(data, path), str(at(data, path)), None, 0.3, "ocr", (place,), "red", doubt)
        for path, doubt in (unsure or {}).items()
    )
    return json_text(
        extraction_json(Extraction(f"{form.rpartition('/')[2]}.pdf", form, 1.0, data, fields, (), ()))
    ).encode()


def readings(folder: Path, **unsure: Mapping[str, str]) -> Path:
    """The three papers of the applicant as readings."""
    for form, data in papers_of().items():
        name = form.rpartition("/")[2]
        (folder / f"{name}.json").write_bytes(reading(form, data, unsure.get(name.replace("-", "_"))))
    return folder


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Draft:
    """The report drafted from the three papers, one of them in Word."""
    folder = readings(tmp_path_factory.mktemp("材料"))
    (folder / "factory-self-evaluation.json").unlink()
    paper = render(load_form(SELF), papers_of()[SELF], "docx", None)
    (folder / "factory-self-evaluation.docx").write_bytes(paper)
    return made(folder)


def test_what_is_filled_in(draft: Draft) -> None:
    """This test ensures that every table, verdict and score is filled, and fewer than 30 prompts are left."""
    sources = papers_of()
    own = sources[SELF]["basics"]
    assert draft.unit == UNIT
    assert draft.data["factory"] == {
        **{name: own[name] for name in ("name", "address", "uscc", "legal", "department", "contact", "phone", "email")},
        "industry": own["industry"],
        "ownership": "民营",
        "products": "锂离子电池负极材料、石墨化增碳剂、石墨坩埚",
    }
    assert draft.data["general"] == sources[SELF]["general"]
    for row, said in sources[SELF]["indicators"].items():
        taken = draft.data["indicators"][row]
        assert {name: taken[name] for name in said} == said
        assert taken["finding"].startswith(f"企业自评得{said['score']}分（分值{said['points']}分），")
    assert [row["name"] for row in draft.data["references"]] == [row["name"] for row in sources[SELF]["evidence"]]
    assert draft.data["result"]["general"] == "符合"
    assert draft.data["result"]["score"] == Decimal("87.9")
    assert (draft.data["cover"]["date"], draft.data["data_year"]) == ("2026-05-20", 2025)
    assert draft.data["summary"]["scope"].startswith(f"{UNIT}（{own['address']}）")
    assert len(draft.prompts) == 27


def test_prompts(draft: Draft) -> None:
    """This test ensures that a prompt says what to write, with the latest figures and their papers beside it."""
    text = draft.data["content"]["inputs"]
    assert text.startswith("【待填：（五）能源与资源投入（能源投入、资源投入、采购）。可写到的数据：\n")
    assert "2025年综合能源消费量68700吨标准煤（“annual-update-factory.pdf”）；\n" in text
    prompts = {each.pointer: each for each in draft.prompts}
    assert (prompts["/content/systems"].figures, prompts["/content/systems"].reason) == ((), "要由编制人写")
    assert prompts["/veto/accident/answer"].reason == "收到的材料里没有"
    assert at(draft.data, "/veto") is ABSENT
    found = check_data(load_form(REPORT), draft.data)
    left = {place.path for each in found if each.rule == "universal/leftover-prompt" for place in each.places}
    assert left == {each.pointer for each in draft.prompts if not each.pointer.startswith("/veto/")}
    assert {each.severity.value for each in found if each.rule == "universal/leftover-prompt"} == {"block"}


def test_sources(draft: Draft) -> None:
    """This test ensures that every value has its source in words, and a fact its paper, place and name."""
    shape = result_json(draft, "评价报告.docx")
    fields = {each["path"]: each for each in shape["fields"]}
    assert fields["/factory/legal"]["from"]["fact"] == "unit.head"
    assert fields["/factory/uscc"]["drafted"].endswith("表1第5行第2列“统一社会信用代码”")
    assert fields["/result/general"]["drafted"] == "由“附表1 基本要求评价表”8项的结论得出"
    assert fields["/result/score"]["drafted"].startswith("计算得出：评价得分＝")
    assert "表3第2行第8列" in fields["/indicators/i1_1_1/score"]["drafted"]
    assert [each["path"] for each in shape["prompts"]] == [each.pointer for each in draft.prompts]
    assert papers_in(shape, "评价报告.json") is not None


def test_the_paper_reads_back(draft: Draft, tmp_path: Path) -> None:
    """This test ensures that the Word file holds exactly the drafted data, with sources as comments at their places."""
    path = tmp_path / "评价报告.docx"
    path.write_bytes(draft_paper(draft))
    read = read_paper(path)
    assert (read.form, read.data, read.findings) == (REPORT, draft.data, ())
    rules = {each.rule for each in check_paper(load_form(REPORT), read)}
    assert rules == {"universal/leftover-prompt", "schema/required"}
    document: Any = docx.Document(io.BytesIO(path.read_bytes()))
    comments = [comment.text for comment in document.comments]
    assert "【绿表来源】起草的日期" in comments
    assert sum(comment.startswith("【绿表来源】待填：") for comment in comments) == len(draft.prompts)
    assert len(document.tables[0].rows) == 1 + len(draft.prompts)


def test_papers_that_contradict_each_other(tmp_path: Path) -> None:
    """This test ensures that what two papers say differently stays open, whether it is a fact or not, and says both."""
    readings(tmp_path)
    other = copy.deepcopy(papers_of()[PLAN])
    other["enterprise"]["ownership"] = "国有企业"
    other["enterprise"]["legal_representative"] = "另有其人"
    (tmp_path / "cultivation-plan.json").write_bytes(reading(PLAN, other))
    draft = made(tmp_path)
    reasons = {each.pointer: each.reason for each in draft.prompts}
    assert reasons["/factory/legal"].startswith("各处说法不一，没有替您选：")
    assert "“国有企业”" in reasons["/factory/ownership"]
    assert "“民营”" in reasons["/factory/ownership"]
    assert "另有其人" in draft.data["factory"]["legal"]
    assert "ownership" not in draft.data["factory"]


def test_what_was_not_read_surely(tmp_path: Path) -> None:
    """This test ensures that an unsure reading is no answer; it is told, and another paper may answer."""
    doubt = "一个数字看不清"
    readings(
        tmp_path, factory_self_evaluation={"/basics/uscc": doubt, "/basics/industry": doubt, "/general/b1/met": doubt}
    )
    draft = made(tmp_path)
    reasons = {each.pointer: each.reason for each in draft.prompts}
    assert "91150204MA0N7K3Q2E”，一个数字看不清，请照原件填写" in reasons["/factory/uscc"]
    assert draft.data["factory"]["industry"] == papers_of()[PLAN]["enterprise"]["industry"]
    assert "met" not in draft.data["general"]["b1"]
    assert "general" not in draft.data["result"]


def test_an_unmet_requirement(tmp_path: Path) -> None:
    """This test ensures that one requirement that is not met makes the verdict, and lowers no score."""
    readings(tmp_path)
    data = copy.deepcopy(papers_of()[SELF])
    data["general"]["b3"]["met"] = "不符合"
    (tmp_path / "factory-self-evaluation.json").write_bytes(reading(SELF, data))
    assert made(tmp_path).data["result"] | {"highlights": ""} == {
        "general": "不符合",
        "score": Decimal("87.9"),
        "highlights": "",
    }


def test_an_institutions_own_data(tmp_path: Path) -> None:
    """This test ensures that a data set of the same form that names no unit fills what only the institution knows."""
    readings(tmp_path)
    report = example("factory-evaluation-report")
    own = {"evaluator": report["evaluator"], "qualification": report["qualification"], "process": report["process"]}
    (tmp_path / "机构.json").write_bytes(reading(REPORT, own))
    draft = made(tmp_path)
    assert {name: draft.data[name] for name in own} == own
    assert draft.data["cover"]["compiler"] == own["evaluator"]["name"]


def test_a_form_without_drafting(tmp_path: Path) -> None:
    """This test ensures that any form can be drafted by facts alone."""
    readings(tmp_path)
    draft = made(tmp_path, "nm-2024/review-report")
    assert UNIT in json_text(draft.data)
    assert draft.prompts


@pytest.mark.scans
def test_one_paper_is_a_scan(tmp_path: Path) -> None:
    """This test ensures that a scanned paper serves like a printed one."""
    from greenforms_scans.scan_files import image_pdf
    from greenforms_scans.trial import scanned

    readings(tmp_path)
    (tmp_path / "annual-update-factory.json").unlink()
    pages = scanned(load_form(UPDATE), papers_of()[UPDATE], "clean", 1, 200)
    (tmp_path / "扫描件.pdf").write_bytes(image_pdf(pages, 200))
    draft = made(tmp_path)
    assert len(draft.prompts) < 30
    assert "综合能源消费量68700吨标准煤（“扫描件.pdf”）" in draft.data["content"]["inputs"]
