"""Does to filled workbooks what people and programs do to them, and reads them back: docs/workbook.md.

Ends with 1 when fewer than 99.5 % of the cells come back, or one is lost in silence or wrong. Run with `make workbook`;
words in a deed's name choose it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from workbook.abuse.catalogue import OFFICE, TEXT, THROUGH, Score, abused, samples, score  # noqa: E402 - beside the tests
from workbook.abuse.round_trip import DEEDS  # noqa: E402 - beside the tests

TABLE = ROOT / "docs" / "workbook.md"
_LEAST_SHARE = 0.995
_HEAD = """# 填报工作簿经得起什么

对填好的工作簿做下面每一件事，再读回来，数一数各个格子的下落。改动都做在真实的文件上：
一部分由 LibreOffice 打开、改动、保存，一部分由 openpyxl 读入再写出。用 `make workbook` 重新得出本页。

- **读回**：与原来填的完全一样。
- **列为缺失**：没有读到，程序说出了是哪一栏、或哪一格的内容没有读取。
- **无声丢失**：没有读到，也没有说。
- **读错**：读成了别的内容，或多出了没有填过的内容。

"""


def main(words: list[str]) -> int:
    """Run all deeds on all samples, or those whose names hold one of the words."""
    chosen = [name for name in (*OFFICE, *THROUGH, *TEXT, *DEEDS) if not words or any(word in name for word in words)]
    by_deed: dict[str, Score] = {}
    by_form: dict[str, Score] = {}
    for sample in samples():
        with tempfile.TemporaryDirectory() as folder:
            for deed, path in abused(sample, Path(folder), chosen, Path(folder, "office")).items():
                found = score(sample, path, deed)
                by_deed[deed] = by_deed.get(deed, Score(0, 0, 0, 0, 0)) + found
                by_form[sample.name] = by_form.get(sample.name, Score(0, 0, 0, 0, 0)) + found
                if found.recovered < found.cells or found.wrong:
                    print(sample.name, deed, _numbers(found), *found.said[:6], sep="\n  ", flush=True)
    total = sum(by_deed.values(), Score(0, 0, 0, 0, 0))
    print(_numbers(total))
    if not words:
        TABLE.write_text(_HEAD + _table("改动", by_deed, total) + "\n" + _table("表单", by_form, total), "utf-8")
    return int(total.recovered < _LEAST_SHARE * total.cells or total.silent + total.wrong > 0)


def _table(head: str, rows: dict[str, Score], total: Score) -> str:
    lines = [f"| {head} | 格子 | 读回 | 列为缺失 | 无声丢失 | 读错 |", "|---|--:|--:|--:|--:|--:|"]
    for name, found in (*rows.items(), ("**合计**", total)):
        lines.append(f"| {name} | {_numbers(found)} |")
    return "\n".join(lines) + "\n"


def _numbers(found: Score) -> str:
    share = found.recovered / found.cells if found.cells else 0
    return f"{found.cells} | {found.recovered}（{share:.2%}） | {found.listed} | {found.silent} | {found.wrong}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
