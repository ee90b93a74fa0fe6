"""Drafted forms: sound, filled and read back; the authority's file kept; refusals that leave nothing behind."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from unittest.mock import patch

import pytest

from blanks import type_blank
from greenforms.check.packages import lint_edition
from greenforms.cli import main
from greenforms.draft.package import REPORT, Drafted, draft_package
from greenforms.errors import UsageError
from greenforms.form.library import Library
from greenforms.read.paper import read_paper
from greenforms.render.paper import render
from greenforms_extractors.errors import UnreadableFile
from greenforms_scans.made_up import made_up
from papers import without_tags
from shipped import LIBRARY

CASES = Path(__file__).with_name("cases")
SOUND = ["cover-in-two-columns", "kinds-of-values", "list-with-example", "nested-kinds"]
SHEETS = ["sheet-of-years", "card-with-labels-above"]
#: What a sheet typed by a program has of itself: the authors of official ones set face and paper.
OF_THE_FILE = re.compile("纸张不是 A4|不是公文用字体")


def drafted(case: str, folder: Path) -> tuple[Drafted, Library]:
    path, _ = type_blank(CASES / case / "typed.txt", folder)
    found = draft_package(LIBRARY, path, folder / "new", edition="xx-2026", name="drafted")
    return found, Library(*LIBRARY.folders, folder / "new")


@pytest.mark.parametrize("case", [*SOUND, *SHEETS])
def test_a_draft_passes_the_check_and_comes_back_as_it_was_filled(case: str, tmp_path: Path) -> None:
    found, library = drafted(case, tmp_path)
    errors = [error for error in lint_edition(library, "xx-2026") if not OF_THE_FILE.search(error)]
    assert errors == []
    form = library.form(found.form)
    data = made_up(form, 1, 3)
    assert data
    kind = form.entry.outputs[0]
    paper = tmp_path / f"paper.{kind}"
    paper.write_bytes(render(form, data, kind))
    assert read_paper(library, paper).data == data
    # What is printed says it as well, not only the record in the file and its tags.
    paper.write_bytes(without_tags(paper.read_bytes()))
    assert read_paper(library, paper, form.id).data == data


def test_the_file_of_the_authority_is_kept(tmp_path: Path) -> None:
    drafted("kinds-of-values", tmp_path)
    blank, template = (parts(tmp_path / name) for name in ("blank.docx", "new/templates/drafted.docx"))
    text, tagged = (each.pop("word/document.xml") for each in (blank, template))
    assert template == blank
    # The tags stand in the midst of it, in place of the prompts.
    assert b"{{ name }}" in tagged
    assert len(re.findall(b"<w:tc>", tagged)) == len(re.findall(b"<w:tc>", text))


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_report_tells_each_field(tmp_path: Path) -> None:
    drafted("kinds-of-values", tmp_path)
    report = (tmp_path / "new" / REPORT).read_text("utf-8")
    assert "| /field_06 | 总资产（万元） | 表1第5行第2列 | 数字 |" in report
    assert "像是“总资产”，但它按年度说" in report
    assert "| /contact_email | 电子邮箱 | 表1第3行第4列 | 电子邮箱 | 联系人电子邮箱（contact.email） |" in report


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"edition": "nm-2024"}, "版本“nm-2024”已经有了"),
        ({"edition": "2026"}, "版本号“2026”不合写法"),
        ({"name": "cultivation-plan"}, "版式“cultivation-plan”已经有了"),
        ({"name": "新表"}, "表单名“新表”不合写法"),
    ],
)
def test_names_that_are_taken_or_wrong(options: dict[str, str], words: str, tmp_path: Path) -> None:
    path, _ = type_blank(CASES / "kinds-of-values" / "typed.txt", tmp_path)
    with pytest.raises(UsageError, match=words):
        draft_package(LIBRARY, path, tmp_path / "new", **{"edition": "xx-2026", "name": "drafted", **options})
    assert [each.name for each in tmp_path.iterdir()] == ["blank.docx"]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    path, _ = type_blank(CASES / "kinds-of-values" / "typed.txt", tmp_path)
    with pytest.raises(UsageError, match="已经存在，里面有内容，没有写入"):
        draft_package(LIBRARY, path, tmp_path, edition="xx-2026", name="drafted")
    assert [each.name for each in tmp_path.iterdir()] == ["blank.docx"]


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    drafted("kinds-of-values", tmp_path)
    assert (tmp_path / "new" / REPORT).is_file()


def test_a_blank_that_asks_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "typed.txt").write_text("#docx\n通知\n请各单位遵照执行。\n", "utf-8")
    path, _ = type_blank(tmp_path / "typed.txt", tmp_path)
    with pytest.raises(UsageError, match="没有找到要填写的地方"):
        draft_package(LIBRARY, path, tmp_path / "new", edition="xx-2026", name="drafted")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(("content", "code"), [(b"PK\x03\x04 cut off", "damaged"), (b"", "empty")])
def test_a_blank_that_cannot_be_read_has_the_readers_message(content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "blank.docx"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as refused:
        draft_package(LIBRARY, path, tmp_path / "new", edition="xx-2026", name="drafted")
    assert refused.value.code == code
    assert [each.name for each in tmp_path.iterdir()] == ["blank.docx"]


def test_the_command_says_what_it_found_and_what_comes_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, _ = type_blank(CASES / "list-with-example" / "typed.txt", tmp_path)
    with (
        patch("sys.argv", ["greenforms", "forms", "new", str(path), "-o", str(tmp_path / "new")]),
        pytest.raises(SystemExit),
    ):
        main()
    told = capsys.readouterr()
    assert told.out == (
        f"已按“{path}”起草《节水产品推荐名单》：5 个字段、1 张清单，0 个对上了词汇表，都是猜的。\n"
        f"下一步：看“{tmp_path / 'new'}”里的“草稿说明.md”，逐项核对改正，再用 greenforms forms check 检查。\n"
    )
