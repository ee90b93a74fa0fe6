"""How sure we are of recognised fields: signs, evidence, grades, and what is said about them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scanned import CLEAR, PLAN, SMUDGED, example, scanned

from greenforms.cli.output import extraction_text
from greenforms.fact.statement import Fact
from greenforms.finding import Finding, Place, Severity
from greenforms.read.extraction import Extraction, FieldReading
from greenforms.read.said import facts_of
from greenforms.read.trust.assess import assess
from greenforms.read.trust.calibration import Evidence, Risk, calibration
from greenforms.read.trust.doubts import hedged
from greenforms.render.paper import render
from greenforms.report import extraction_json
from greenforms_extractors.model import Legibility
from shipped import LIBRARY, assess_together, load_form, read_document, read_paper

#: Longer texts may be amber for their length alone.
LONG = 25

FACTORY = example("cultivation-plan-factory")
PARK = example("cultivation-plan-park")


def field(extraction: Extraction, path: str) -> FieldReading:
    return next(each for each in extraction.fields if each.path == path)


def finding(extraction: Extraction, rule: str) -> Finding:
    (found,) = (each for each in extraction.findings if each.rule == rule)
    return found


def read(data: Any, folder: Path, **scan: Any) -> Extraction:
    return read_document(scanned(data, folder, **scan), "扫描.tif")


def test_clear_text_is_green(tmp_path: Path) -> None:
    """this test ensures that what is well seen, short and contradicts nothing is green, and is called ocr"""
    extraction = read(FACTORY, tmp_path)
    assert extraction.data == {**FACTORY, "plan": extraction.data["plan"]}
    short = [each for each in extraction.fields if len(each.raw) <= LONG]
    assert len(short) > 40
    assert {(each.source, each.grade, each.doubt) for each in short} == {("ocr", "green", "")}
    assert {finding.rule for finding in extraction.findings} <= {"read/ocr-doubtful"}


def test_a_green_paper_has_no_finding(tmp_path: Path) -> None:
    """this test ensures that where every field is green there is nothing to ask"""
    extraction = read(example("cultivation-roster"), tmp_path, form="nm-2024/cultivation-roster")
    assert {each.grade for each in extraction.fields} == {"green"}
    assert extraction.findings == ()


@pytest.mark.parametrize(
    ("seen", "doubt"),
    [
        (SMUDGED, "认得不准"),
        (replace(CLEAR, room=0.05), "截断"),
        (replace(CLEAR, stray=0.8), "没认出的墨迹"),
        (replace(CLEAR, unexplained=1.2), "没认出的笔画"),
        (replace(CLEAR, lowest=0.2), "过小"),
    ],
)
def test_a_sign_of_trouble(seen: Legibility, doubt: str, tmp_path: Path) -> None:
    """this test ensures that each sign of trouble alone keeps a field from being green, and says which it was"""
    extraction = read(FACTORY, tmp_path, seen={"lvse@example.com": seen})
    troubled = field(extraction, "/enterprise/email")
    assert troubled.grade != "green"
    assert doubt in troubled.doubt
    assert field(extraction, "/enterprise/fax").grade == "green"


def test_long_texts_of_a_doubtful_paper(tmp_path: Path) -> None:
    """this test ensures that a long text seen as clearly as ever is less sure where the paper's other texts are not"""
    overview = FACTORY["plan"]["overview"][:20]
    clear = field(read(FACTORY, tmp_path), "/plan/overview")
    blurred = {overview: CLEAR, "": replace(CLEAR, slips=0.03)}
    doubted = field(read(FACTORY, tmp_path, seen=blurred), "/plan/overview")
    assert clear.confidence > 0.99 > doubted.confidence
    assert "文字较多" in doubted.doubt


def test_doubtful_fields_are_one_finding(tmp_path: Path) -> None:
    """this test ensures that all doubtful fields of a file are one question, with place, text, reason and what to do"""
    seen = {"lvse@example.com": "/enterprise/email", "0472-5178299": "/enterprise/fax"}
    blurred = dict(zip(seen, (SMUDGED, replace(CLEAR, room=0.05)), strict=True))
    found = finding(read(FACTORY, tmp_path, seen=blurred), "read/ocr-doubtful")
    assert found.severity is Severity.ASK
    assert {place.path for place in found.places if len(str(place.value)) <= LONG} == set(seen.values())
    for part in ("扫描.tif", "第1页", "基本情况表（企业填写）·电子邮箱”", "lvse@example.com", "截断", "请对照原件核对"):
        assert part in found.message
    assert all(place.evidence for place in found.places)


def test_a_doubt_of_its_own_is_not_summed_up(tmp_path: Path) -> None:
    """this test ensures that a text that is no value is told by itself and not among the doubtful ones again"""
    data = {**FACTORY, "contact": {**FACTORY["contact"], "phone": "123"}}
    paper = read(data, tmp_path, seen={"123": SMUDGED, "lvse@example.com": SMUDGED})
    assert finding(paper, "read/phone").places[0].path == "/contact/phone"
    summed = [place.path for place in finding(paper, "read/ocr-doubtful").places]
    assert "/enterprise/email" in summed
    assert "/contact/phone" not in summed


def test_long_lists_are_cut_short(tmp_path: Path) -> None:
    """this test ensures that a paper full of doubts names a few fields in words and all of them among its places"""
    found = finding(read(FACTORY, tmp_path, seen={"": SMUDGED}), "read/ocr-doubtful")
    assert found.message.count("读作") == 8
    assert len(found.places) > 20
    assert f"等{len(found.places)}栏" in found.message


def test_another_place_confirms(tmp_path: Path) -> None:
    """this test ensures that a text is surer when the paper says the same elsewhere, and the fitted numbers do it"""
    alone = read({**FACTORY, "contact": {**FACTORY["contact"], "name": "苏晓明"}}, tmp_path, seen={"苏晓萌": SMUDGED})
    twice = read(FACTORY, tmp_path, seen={"苏晓萌": SMUDGED})
    assert field(twice, "/enterprise/contact").confidence > field(alone, "/enterprise/contact").confidence + 0.05
    assert field(alone, "/enterprise/contact").grade != "green"


def test_another_place_contradicts(tmp_path: Path) -> None:
    """this test ensures that both places of a contradiction are doubtful, and the surer one is offered, not taken"""
    seen = {"苏晓明": Legibility(0.9, 0.1)}
    data = {**FACTORY, "contact": {**FACTORY["contact"], "name": "苏晓明"}}
    extraction = read(data, tmp_path, seen=seen)
    both = [field(extraction, path) for path in ("/contact/name", "/enterprise/contact")]
    assert [each.value for each in both] == ["苏晓明", "苏晓萌"]
    assert "green" not in {each.grade for each in both}
    assert all("不一致" in each.doubt for each in both)
    found = finding(extraction, "read/ocr-differs")
    assert [place.path for place in found.places] == ["/contact/name", "/enterprise/contact"]
    assert (found.severity, found.suggestion) == (Severity.ASK, "苏晓萌")
    for part in ("扫描.tif", "苏晓明", "苏晓萌", "第1页", "请对照原件核对"):
        assert part in found.message


def test_broken_rule_lowers(tmp_path: Path) -> None:
    """this test ensures that figures that break a rule of the edition are doubtful, and named with the rule"""
    data = {**PARK, "park": {**PARK["park"], "built_area": PARK["park"]["planned_area"] + 1}}
    extraction, fine = read(data, tmp_path), read(PARK, tmp_path)
    for path in ("/park/built_area", "/park/planned_area"):
        assert field(extraction, path).confidence < field(fine, path).confidence
        assert field(extraction, path).grade != "green"
    assert "不大于规划面积" in field(extraction, "/park/built_area").doubt


def test_check_digit_offers_the_right_code(tmp_path: Path) -> None:
    """this test ensures that a code with a wrong check digit stays as read, with the only right look-alike offered"""
    extraction = read(FACTORY, tmp_path, changed={"MA0N7K3Q-2": "MAON7K3Q-Z"})
    code = field(extraction, "/enterprise/org_code")
    found = finding(extraction, "read/orgcode")
    assert (code.value, found.suggestion) == ("MAON7K3QZ", "MA0N7K3Q2")
    assert code.grade != "green"
    assert "请对照原件" in found.message


def test_nearest_option_is_offered(tmp_path: Path) -> None:
    """this test ensures that a misread option gives no value, but the only option one slip away as a suggestion"""
    extraction = read(FACTORY, tmp_path, changed={"绿色工厂": "绿色工广"})
    assert "creation_type" not in extraction.data
    assert (field(extraction, "/creation_type").grade, field(extraction, "/creation_type").value) == ("red", None)
    assert finding(extraction, "read/choice").suggestion == "绿色工厂"


def test_letters_for_digits_are_offered(tmp_path: Path) -> None:
    """this test ensures that a telephone number with a letter in it is offered in digits"""
    extraction = read(FACTORY, tmp_path, changed={"0472-5178299": "0472-5l78299"})
    assert finding(extraction, "read/phone").suggestion == "0472-5178299"


def test_texts_of_a_file_offer_nothing(tmp_path: Path) -> None:
    """this test ensures that in a file that was typed a slip is a slip: look-alikes are offered for scans alone"""
    path = tmp_path / "表.docx"
    path.write_bytes(render(load_form(PLAN), {**FACTORY, "creation_type": "绿色工广"}, "docx"))
    extraction = replace(read_paper(path), findings=())
    assert {each.source for each in extraction.fields} == {"record"}
    assert assess(load_form(PLAN), extraction) is extraction


def test_grades_are_shown(tmp_path: Path) -> None:
    """this test ensures that grades stand in the JSON, and beside recognised values on the screen"""
    extraction = read(FACTORY, tmp_path, seen={"lvse@example.com": SMUDGED})
    shown = {each["path"]: each for each in extraction_json(extraction)["fields"]}
    assert shown["/enterprise/fax"]["grade"] == "green"
    assert "doubt" not in shown["/enterprise/fax"]
    assert "认得不准" in shown["/enterprise/email"]["doubt"]
    lines = [line for line in extraction_text(LIBRARY, extraction).splitlines() if "传真" in line or "电子邮箱" in line]
    assert [line.rstrip("〕")[-1] for line in lines[:2]] in (["绿", "黄"], ["绿", "红"])


def test_a_second_paper_weighs(tmp_path: Path) -> None:
    """this test ensures that a paper in the folder that says the same raises a doubtful field, and another lowers it"""
    own = read(FACTORY, tmp_path, seen={"lvse@example.com": SMUDGED})
    email = field(own, "/enterprise/email")
    same, other = (_weighed(own, address) for address in ("lvse@example.com", "lvsc@example.com"))
    assert other.confidence < email.confidence < same.confidence
    assert "不一致" in other.doubt


def _weighed(own: Extraction, address: str) -> FieldReading:
    fact = next(each for each in facts_of(load_form(PLAN), own) if each.path == "/enterprise/email")
    elsewhere: Fact = replace(fact, value=address, document="另一份.docx", evidence=None)
    (paper,) = assess_together([own], [[fact, elsewhere]])
    return field(paper, "/enterprise/email")


def test_one_cell_is_no_second_witness(tmp_path: Path) -> None:
    """this test ensures that a text is not confirmed by itself: two statements read from one place are one"""
    own = read(FACTORY, tmp_path, seen={"lvse@example.com": SMUDGED})
    fact = next(each for each in facts_of(load_form(PLAN), own) if each.path == "/enterprise/email")
    (paper,) = assess_together([own], [[fact, replace(fact, path="/contact/email")]])
    assert field(paper, "/enterprise/email").confidence == field(own, "/enterprise/email").confidence


def test_fitted_numbers_make_sense() -> None:
    """this test ensures that a stronger sign is never taken for a better one, and that evidence points its own way"""
    fitted = calibration()
    assert {"least", "slips", "crowded", "stray", "unexplained", "row"} <= set(fitted.risks)
    for risk in fitted.risks.values():
        assert list(risk.chances) == sorted(risk.chances)
        assert len(risk.chances) == len(risk.steps) + 1
        assert 0 <= risk.chances[0] < 0.01
    assert {"list", "check-digit", "same-fact", "rule/order"} <= set(fitted.evidence)
    assert all(each.right > each.wrong for each in fitted.evidence.values())
    assert fitted.red < fitted.green < 1
    assert [fitted.grade(each) for each in (fitted.green, (fitted.green + fitted.red) / 2, 0.1)] == [
        "green",
        "amber",
        "red",
    ]


def test_a_step_begins_where_it_says() -> None:
    """this test ensures that the chance of a step holds from its strength on, and not before"""
    risk = Risk((0.1, 0.5), (0.0, 0.2, 0.9))
    assert [risk.at(each) for each in (0.0, 0.0999, 0.1, 0.4999, 0.5, 7.0)] == [0.0, 0.0, 0.2, 0.2, 0.9, 0.9]


@given(st.floats(0.001, 0.999), st.floats(0.5, 0.999), st.floats(0.001, 0.45))
def test_bayes(confidence: float, right: float, wrong: float) -> None:
    """this test ensures that what holds raises, what fails lowers, and the odds change by the ratio of the rates"""
    evidence = Evidence(right, wrong)
    raised = evidence.weigh(confidence, holds=True)
    assert evidence.weigh(confidence, holds=False) <= confidence <= raised
    if raised < 0.9998:
        assert raised / (1 - raised) == pytest.approx(confidence / (1 - confidence) * right / wrong)


def test_papers_are_not_blamed_for_misreading(tmp_path: Path) -> None:
    """this test ensures that a contradiction that rests on a doubtful reading is a question, and says on which"""
    own = read(FACTORY, tmp_path, seen={"lvse@example.com": SMUDGED})
    email, fax = field(own, "/enterprise/email"), field(own, "/enterprise/fax")
    doubtful = {(own.file, email.path): email}
    wrong, sure = (
        hedged(
            Finding("pack/same-fact", Severity.BLOCK, "不一致。", (Place(own.file, each.path, each.label),)), doubtful
        )
        for each in (email, fax)
    )
    assert (wrong.severity, sure.severity) == (Severity.ASK, Severity.BLOCK)
    assert "“扫描.tif”的“电子邮箱”由扫描件识别" in wrong.message
    assert sure.message == "不一致。"
