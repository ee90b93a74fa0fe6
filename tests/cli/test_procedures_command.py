"""`procedures`: what is to be handed in, and by when."""

from __future__ import annotations

from console import call


def test_papers_copies_and_days_left() -> None:
    """each paper stands with its copies, file kinds and article; the deadline with the days left."""
    said = call("procedures", "he-2024/application", "--as-of", "2024-07-10")
    assert said.code == 0
    assert "（he-2024/typical-experience），不要纸质版、电子版1份，只收 .docx、.doc、.wps 文件" in said.text
    assert "2024年7月19日前（当日有效），还有9天（7个工作日）" in said.text
    assert "不用交：绿色供应链管理企业：典型经验报告——" in said.text


def test_one_edition_as_json() -> None:
    """the same as data: who fills in and receives each paper, copies null where the document does not say."""
    listed = call("procedures", "--edition", "nm-2024", "--as-of", "2026-05-20", "--json").json
    assert [each["procedure"] for each in listed][:2] == ["nm-2024/cultivation", "nm-2024/application"]
    [paper, *_] = listed[0]["papers"]
    assert (paper["form"], paper["copies"]) == ("nm-2024/cultivation-plan", {"paper": None, "electronic": None})
    assert paper["received_by"] == "所在地盟市工业和信息化主管部门"
    assert listed[1]["deadlines"][0]["days_left"] == 11


def test_the_day_of_the_event() -> None:
    """a term is counted from --since, and says so where that is not told."""
    assert "办理相关手续之日后30个工作日内（" in call("procedures", "nm-2024/renaming", "--as-of", "2026-04-01").text
    told = call("procedures", "nm-2024/renaming", "--since", "2026-03-02", "--as-of", "2026-04-01")
    assert "即2026年4月14日前（当日有效），还有13天（8个工作日）" in told.text


def test_an_unknown_procedure() -> None:
    """an id that nobody has is refused with those there are."""
    call("procedures", "nm-2024/licence").refused(2, "没有编号为“nm-2024/licence”的程序", "nm-2024/renaming")
