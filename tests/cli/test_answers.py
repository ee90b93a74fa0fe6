"""`--answer` and `--answers`: what people say where no paper does, to `validate` and to `check`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml
from console import DATA, PLAN, ROOT, call

ASKED = "nm-2024/no-accident"
RULE = {
    "id": ASKED,
    "title": "近三年没有较大事故",
    "forms": ["cultivation-plan"],
    "check": "answered",
    "with": {"question": "近三年是否发生较大事故", "wanted": ["否"]},
    "severity": "block",
    "message": {"unwanted": "{who}于{when}答复“{question}”：{answer}，应为“{wanted}”"},
    "remedy": "请核对后再申报",
    "citation": {"document": "nm-rules", "article": "第五条"},
    "cases": [],
}


@pytest.fixture(autouse=True)
def asking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped forms, with one question to people."""
    for name in ("schemas", "templates"):
        shutil.copytree(ROOT / name, tmp_path / "forms" / name)
    path = tmp_path / "forms/schemas/rules/nm-2024.yaml"
    path.write_text(f"{path.read_text('utf-8')}  - {json.dumps(RULE, ensure_ascii=False)}\n", "utf-8")
    monkeypatch.setenv("GREENFORMS_SHIPPED", str(tmp_path / "forms"))
    monkeypatch.chdir(tmp_path)


def rules(*words: object) -> list[str]:
    return [each["rule"] for each in json.loads(call(*words, "--json").text)["findings"]]


def test_an_answer_on_the_line() -> None:
    """This test ensures that an answer is judged by its rule, on the day of the verdict, and without one nothing is."""
    data = ("validate", PLAN, DATA[PLAN], "--as-of", "2026-03-01")
    assert ASKED not in rules(*data)
    assert ASKED not in rules(*data, "--answer", f"{ASKED}=否")
    said = call(*data, "--answer", f"{ASKED} = 是")
    assert said.code == 1
    assert "未注明的答复人于2026年3月1日答复“近三年是否发生较大事故”：是，应为“否”。请核对后再申报" in said.text


@pytest.mark.parametrize(
    "content", [f"{ASKED}: 是\n", json.dumps({ASKED: {"answer": "是", "who": "苏晓萌", "when": "2026-02-03"}})]
)
def test_answers_of_a_file(content: str) -> None:
    """This test ensures that papers are checked with the answers of a file, which may say whose they are."""
    Path("答复.yaml").write_text(content, "utf-8")
    Path("材料").mkdir()
    call("render", PLAN, DATA[PLAN], "-o", "材料/方案.docx")
    assert rules("check", "材料", "--answers", "答复.yaml").count(ASKED) == 1
    assert rules("validate", PLAN, "材料/方案.docx", "--answers", "答复.yaml").count(ASKED) == 1
    assert ("苏晓萌于2026年2月3日" in call("check", "材料", "--answers", "答复.yaml").text) is ("who" in content)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("--answer", "nm-2024/x=是"),
            "没有编号为“nm-2024/x”的问题。可以答复的有：",
        ),
        (("--answer", "nm-2024/plan-deadline=是"), "没有编号为“nm-2024/plan-deadline”的问题"),
        (("--answer", ASKED), "请写成 编号=答复"),
        (("--answer", f"{ASKED}="), "请写成 编号=答复"),
        (("--answer", f"{ASKED}=是", "--answer", f"{ASKED}=否"), "答复了两次"),
    ],
)
def test_refused_answers(words: tuple[str, ...], said: str) -> None:
    """This test ensures that a question nobody asks, or an answer nobody understands, is no answer in silence."""
    call("validate", PLAN, DATA[PLAN], *words).refused(2, said)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("- 是\n", "应当每行一个问题"),
        (f"{ASKED}: true\n", "写法看不懂"),
        (f"{ASKED}: {{answer: 是, whom: 甲}}\n", "写法看不懂"),
        (f"{ASKED}: {{who: 甲}}\n", "没有写答复"),
        (f"{ASKED}: {{answer: 是, when: 三月}}\n", "日期“三月”应写成 2026-03-01 的样子"),
    ],
)
def test_refused_files(content: str, said: str) -> None:
    """This test ensures that a file that says something else is refused with the way to write it."""
    Path("答复.yaml").write_text(content, "utf-8")
    call("validate", PLAN, DATA[PLAN], "--answers", "答复.yaml").refused(3, said)
    call("validate", PLAN, DATA[PLAN], "--answers", "没有.yaml").refused(3, "没有.yaml")


def test_where_nothing_is_asked(tmp_path: Path) -> None:
    """This test ensures that forms whose rules ask nobody say so."""
    for path in (tmp_path / "forms/schemas/rules").glob("*.yaml"):
        content = yaml.safe_load(path.read_text("utf-8"))
        kept = [rule for rule in content.get("rules", ()) if "question" not in rule.get("with", {})]
        path.write_text(yaml.safe_dump({**content, **({"rules": kept} if "rules" in content else {})}), "utf-8")
    call("validate", PLAN, DATA[PLAN], "--answer", "a/b=是").refused(2, "现有的规则都不需要人来答复")
