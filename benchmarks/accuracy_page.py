"""The page that tells how exactly scans were read: every share with how many fields it is of and its bounds of 95 %."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

OURS = "greenforms"
#: The generator that the reader was made with, and the one written apart.
PRINTED, TYPED = "printed", "typed"
USUAL = 200
#: The quantile of the normal distribution for bounds that hold with 95 %.
SURE = 1.959964
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
    "printed": "套打",
    "typed": "手打",
    "rapidocr": "RapidOCR",
    "tesseract": "Tesseract",
}
MEASURES = ("全部", "错字率", "虚增", "秒/页", "页/秒/核", "内存峰值")


@dataclass(frozen=True, slots=True)
class Case:
    """One paper, scanned one way, read by one reader."""

    form: str
    generator: str
    seed: int
    fault: str
    dpi: int
    reader: str

    @property
    def key(self) -> str:
        """The case as one line of JSON."""
        return json.dumps(asdict(self))


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


def page(found: list[tuple[Case, Result]], seeds: str, wanted: int) -> str:
    """The page in Markdown, with what was measured of the papers that were `wanted`."""
    foot = f"\n虚构数据的种子：{seeds}。应测 {wanted} 份纸件，已测 {len(found)} 份"
    foot += "。\n" if len(found) == wanted else "；没有测完的，表中只有已测的部分。\n"
    return HEAD + "\n".join(table(sorted(found, key=lambda each: order(each[0])))) + "\n" + foot


def order(case: Case) -> tuple[bool, bool, int]:
    """Where a case stands in the table: papers of one kind together, at the usual resolution first."""
    return case.generator != PRINTED, case.dpi != USUAL, list(NAMES).index(case.fault)


def table(found: list[tuple[Case, Result]]) -> Iterator[str]:
    """Markdown rows by fault and resolution: each form's and all fields' exactness, then cost and the peers."""
    forms = list(dict.fromkeys(case.form for case, _ in found))
    peers = [reader for reader in dict.fromkeys(case.reader for case, _ in found) if reader != OURS]
    names = [form.partition("/")[2] for form in forms]
    heads = ["纸件", "情况", "dpi", *names, *MEASURES, *(NAMES[peer] for peer in peers)]
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for kind in dict.fromkeys((case.generator, case.fault, case.dpi) for case, _ in found):
        generator, fault, dpi = kind
        here = [(case, result) for case, result in found if (case.generator, case.fault, case.dpi) == kind]
        ours = [(case, result) for case, result in here if case.reader == OURS]
        by_form = [share(result for case, result in ours if case.form == form) for form in forms]
        theirs = [beside(result for case, result in here if case.reader == peer) for peer in peers]
        first = [NAMES[generator], NAMES[fault], str(dpi)]
        yield f"| {' | '.join([*first, *by_form, *costs([result for _, result in ours]), *theirs])} |"


def beside(found: Iterable[Result]) -> str:
    """A peer's exact fields and what a page costs it."""
    results = list(found)
    return f"{share(results)}，{per_page(results):.1f} 秒" if results else "–"


def per_page(found: Iterable[Result]) -> float:
    """CPU seconds for a page."""
    results = list(found)
    return sum(result.seconds for result in results) / (sum(result.pages for result in results) or 1)


def share(found: Iterable[Result]) -> str:
    """Exact fields in per cent, the bounds of 95 %, and how many fields that is of."""
    results = list(found)
    total, right = sum(result.total for result in results), sum(result.right for result in results)
    if not total:
        return "–"
    low, high = bounds(right, total)
    return f"{right / total:.1%}（{low:.1%}–{high:.1%}，n={total}）"


def bounds(right: int, total: int) -> tuple[float, float]:
    """The Wilson score interval of a share of `total` at 95 %."""
    share, square = right / total, SURE * SURE / total
    middle = share + square / 2
    reach = math.sqrt(square * (share * (1 - share) + square / 4))
    return max(0.0, (middle - reach) / (1 + square)), min(1.0, (middle + reach) / (1 + square))


def costs(found: list[Result]) -> list[str]:
    seconds = per_page(found)
    total = sum(result.total for result in found) or 1
    cer = sum(result.cer * result.total for result in found) / total
    peak = max((result.megabytes for result in found), default=0)
    invented = sum(result.invented for result in found)
    speed = f"{1 / seconds:.2f}" if seconds else "–"
    return [f"**{share(found)}**", f"{cer:.2%}", str(invented), f"{seconds:.1f}", speed, f"{peak:.0f} MB"]


HEAD = """# 扫描件读取的准确程度

由 `make accuracy` 生成，请勿手改。纸件是虚构数据打印的各种表单，按所列分辨率扫描，再按所列情况做坏。

- 百分数是“完全读对”的字段所占的比例：整个字段（包括几百字的正文）一个字不差才算对；
  空白、全角半角、引号和破折号的写法不计。括号内是 95% 的置信区间（Wilson 法）和字段数 n；
  同一张纸上的字段并不完全独立，实际的范围比所列的略宽。
- “套打”是本程序的空白表填写后打印的纸件；“手打”是另外编写的一套纸件：按官方文本重新录入，
  字体、行距、线宽、合并方式都不同，程序的任何参数都没有按它调整过。
- “虚增”是纸上没有却读出来的字段数。“错字率”是错、漏、多的字占全部字数的比例，各字段平均。
- “秒/页”是处理器时间，不含程序启动；“页/秒/核”是它的倒数；内存峰值是整个程序的。
- 右边两列是同样的页面由 RapidOCR、Tesseract（chi_sim）整页识别，再按最近的栏目名取值的结果，以及每页的处理器时间；
  只在部分情况下测量。机器的快慢相差可达三成，比较各自的秒数要看同一行的比例。

读得没有把握的栏目会标成黄色或红色，见[看扫描件读得对不对](handbook/clerks.md#看扫描件读得对不对)。

"""
