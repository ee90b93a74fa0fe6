"""Measures how exactly scans are read, beside RapidOCR and Tesseract with a search for the nearest label.

All read the same pages. Papers are made up, printed, rasterised and degraded by seed (generator/); fields are compared
after normalisation.
The table goes to docs/accuracy.md, each row's counts are kept in a folder between runs, so that a run broken off goes
on where it stopped. Run with `make accuracy`; `--seeds 1-3 --faults clean,office` measures less or more.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "generator")]

OURS = "greenforms"
PEERS = ("rapidocr", "tesseract")
USUAL, OTHERS = 200, (150, 300)
RESULT = ROOT / "docs" / "accuracy.md"
#: What the table calls faults and peers.
NAMES = {
    "clean": "干净",
    "rotate": "歪斜（±2°）",
    "quarter90": "转 90°",
    "quarter180": "转 180°",
    "quarter270": "转 270°",
    "noise": "噪点",
    "jpeg40": "JPEG 40",
    "blur": "模糊",
    "grey": "灰底、淡墨",
    "uneven": "明暗不匀",
    "perspective": "透视",
    "red-seal": "红章压字",
    "grey-seal": "红章扫成灰色",
    "watermark": "水印",
    "punch": "装订孔",
    "fold": "折痕",
    "staple": "订书钉阴影",
    "pen": "笔迹划过",
    "photo": "手机拍照",
    "office": "办公复印机（综合）",
    "fax": "传真",
    "rapidocr": "RapidOCR",
    "tesseract": "Tesseract",
}
MEASURES = ("全部", "错字率", "虚增", "秒/页", "页/秒/核", "内存峰值")
#: Read before the clock starts, so that loading networks is not counted as reading.
WARMING = cv2.putText(np.full((200, 600, 3), 255, np.uint8), "2024-11-20", (40, 120), 0, 2.0, (0, 0, 0), 3)
#: Pages of one scan are read by one process, so that its peak memory is its own.
_WORKER = "--one"


@dataclass(frozen=True, slots=True)
class Case:
    """One paper, scanned one way, read by one reader."""

    form: str
    seed: int
    fault: str
    dpi: int
    reader: str

    @property
    def name(self) -> str:
        return "-".join(str(part).replace("/", "_") for part in asdict(self).values())


@dataclass(frozen=True, slots=True)
class Result:
    """What came out: fields right of all, invented ones, edits per character, pages, CPU seconds, peak megabytes."""

    right: int
    total: int
    invented: int
    cer: float
    pages: int
    seconds: float
    megabytes: float


def measured(case: Case) -> Result:
    """Read one paper in this process."""
    from greenforms.form.library import open_library
    from greenforms_scans.lost import lost_in_print
    from greenforms_scans.made_up import made_up
    from greenforms_scans.printing import printed
    from greenforms_scans.trial import scanned
    from greenforms_scans.truth import score

    form = open_library().form(case.form)
    data = made_up(form, case.seed)
    left_out = lost_in_print(form, data, printed(form, data))
    pages = scanned(form, data, case.fault, case.seed, case.dpi)
    read_ours([WARMING], case) if case.reader == OURS else read_theirs([WARMING], case)
    clock = cpu_seconds()
    read = read_ours(pages, case) if case.reader == OURS else read_theirs(pages, case)
    seconds = cpu_seconds() - clock
    found = score(form, data, read, left_out)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Result(found.right, found.total, found.invented, found.cer, len(pages), seconds, peak)


def cpu_seconds() -> float:
    """Processor time of this process and of the programs it ran."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def read_ours(pages: list[Any], case: Case) -> Any:
    from PIL import Image

    from greenforms.errors import GreenformsError
    from greenforms.form.library import open_library
    from greenforms.read.paper import read_paper
    from greenforms_extractors.errors import UnreadableFile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scan.tif"
        first, *rest = [Image.fromarray(page[:, :, ::-1]) for page in pages]
        first.save(path, save_all=True, append_images=rest, dpi=(case.dpi, case.dpi))
        try:
            return read_paper(open_library(), path).data
        except (GreenformsError, UnreadableFile):
            return {}


def read_theirs(pages: list[Any], case: Case) -> Any:
    from greenforms.form.library import open_library
    from greenforms_scans.peers.baselines import BASELINES, read_with

    return read_with(BASELINES[case.reader], open_library().form(case.form), pages, case.dpi)


def results(cases: Iterable[Case], kept: Path) -> Iterator[tuple[Case, Result]]:
    """Each case's result, from the folder of earlier ones or measured in a process of its own."""
    kept.mkdir(parents=True, exist_ok=True)
    for case in cases:
        file = kept / f"{case.name}.json"
        if not file.is_file():
            print(case.name, file=sys.stderr, flush=True)
            command = [sys.executable, __file__, _WORKER, json.dumps(asdict(case))]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            file.write_text(done.stdout.strip().splitlines()[-1], "utf-8")
        yield case, Result(**json.loads(file.read_text("utf-8")))


def table(found: list[tuple[Case, Result]]) -> Iterator[str]:
    """Markdown rows by fault and resolution: each form's and all fields' exactness, then cost and the peers."""
    forms = list(dict.fromkeys(case.form for case, _ in found))
    peers = [reader for reader in dict.fromkeys(case.reader for case, _ in found) if reader != OURS]
    names = [form.partition("/")[2] for form in forms]
    heads = ["情况", "dpi", *names, *MEASURES, *(NAMES[peer] for peer in peers)]
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for fault, dpi in dict.fromkeys((case.fault, case.dpi) for case, _ in found):
        here = [(case, result) for case, result in found if (case.fault, case.dpi) == (fault, dpi)]
        ours = [(case, result) for case, result in here if case.reader == OURS]
        by_form = [share(result for case, result in ours if case.form == form) for form in forms]
        theirs = [beside(result for case, result in here if case.reader == peer) for peer in peers]
        yield f"| {' | '.join([NAMES[fault], str(dpi), *by_form, *costs([result for _, result in ours]), *theirs])} |"


def beside(found: Iterable[Result]) -> str:
    """A peer's exact fields and what a page costs it."""
    results = list(found)
    return f"{share(results)}，{per_page(results):.1f} 秒" if results else "–"


def per_page(found: Iterable[Result]) -> float:
    """CPU seconds for a page."""
    results = list(found)
    return sum(result.seconds for result in results) / (sum(result.pages for result in results) or 1)


def share(found: Iterable[Result]) -> str:
    """Exact fields in per cent."""
    results = list(found)
    total = sum(result.total for result in results)
    return f"{sum(result.right for result in results) / total:.1%}" if total else "–"


def costs(found: list[Result]) -> list[str]:
    seconds = per_page(found)
    total = sum(result.total for result in found) or 1
    right = sum(result.right for result in found)
    cer = sum(result.cer * result.total for result in found) / total
    peak = max((result.megabytes for result in found), default=0)
    invented = sum(result.invented for result in found)
    shown = f"**{right / total:.2%}**（{right}/{total}）"
    return [shown, f"{cer:.2%}", str(invented), f"{seconds:.1f}", f"{1 / seconds:.2f}", f"{peak:.0f} MB"]


HEAD = """# 扫描件读取的准确程度

由 `make accuracy` 生成，请勿手改。纸件是虚构数据打印的各种表单，按所列分辨率扫描，再按所列情况做坏。

- 百分数是“完全读对”的字段所占的比例：整个字段（包括几百字的正文）一个字不差才算对；
  空白、全角半角、引号和破折号的写法不计。
- “虚增”是纸上没有却读出来的字段数。“错字率”是错、漏、多的字占全部字数的比例，各字段平均。
- “秒/页”是处理器时间，不含程序启动；“页/秒/核”是它的倒数；内存峰值是整个程序的。
- 右边两列是同样的页面由 RapidOCR、Tesseract（chi_sim）整页识别，再按最近的栏目名取值的结果，以及每页的处理器时间；
  只在部分情况下测量。机器的快慢相差可达三成，比较各自的秒数要看同一行的比例。

读得没有把握的栏目会标成黄色或红色，见[看扫描件读得对不对](handbook/clerks.md#看扫描件读得对不对)。

"""


def cases(options: argparse.Namespace) -> Iterator[Case]:
    from greenforms.form.library import open_library

    forms = open_library().form_ids
    first, _, last = options.seeds.partition("-")
    usual = [(fault, USUAL) for fault in options.faults.split(",")]
    others = [(fault, dpi) for fault in options.also.split(",") for dpi in OTHERS if fault]
    for fault, dpi in (*usual, *others):
        for reader in (OURS, *(PEERS if fault in options.peers.split(",") and dpi == USUAL else ())):
            for form in forms:
                for seed in range(int(first), int(last or first) + 1):
                    yield Case(form, seed, fault, dpi, reader)


def main() -> None:
    if sys.argv[1:2] == [_WORKER]:
        print(json.dumps(asdict(measured(Case(**json.loads(sys.argv[2]))))))
        return
    from greenforms_scans.degrade import MIXED, SINGLE

    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", default="1-2")
    parser.add_argument("--faults", default=",".join((*SINGLE, *MIXED)))
    parser.add_argument("--also", default="clean,red-seal,office", help="faults measured at other resolutions, too")
    parser.add_argument("--peers", default="clean,office,fax")
    parser.add_argument("--kept", type=Path, default=Path(tempfile.gettempdir()) / "greenforms-accuracy")
    options = parser.parse_args()
    started = time.monotonic()
    found = list(results(cases(options), options.kept))
    foot = f"\n虚构数据的种子：{options.seeds}。\n"
    RESULT.write_text(HEAD + "\n".join(table(found)) + "\n" + foot, "utf-8")
    print(f"{RESULT} {time.monotonic() - started:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
