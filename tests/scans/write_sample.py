"""Writes the fixed sample of scans in tests/scans/sample, each with its truth beside it; see the README there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import simplejson

from scans import scan_files
from scans.degrade import degraded
from scans.made_up import made_up
from scans.printing import blank_printed, printed, rasters

SAMPLE = Path(__file__).with_name("sample")

PLAN, ROSTER = "nm-2024/cultivation-plan", "nm-2024/cultivation-roster"
SUMMARY, EXPERIENCE = "he-2024/recommendation-summary", "he-2024/typical-experience"


@dataclass(frozen=True, slots=True)
class Scan:
    """One file of the sample: its name, the form and the data that were printed on it."""

    file: str
    form: str
    data: Any
    content: bytes = field(repr=False)


def write_sample(folder: Path = SAMPLE) -> None:
    """Write every scan and, under the same name with .json behind it, the form and data printed on it."""
    folder.mkdir(parents=True, exist_ok=True)
    for scan in (*_single_pages(), *_several_pages()):
        (folder / scan.file).write_bytes(scan.content)
        truth = {"form": scan.form, "data": scan.data}
        written = simplejson.dumps(truth, ensure_ascii=False, indent=1, use_decimal=True)
        (folder / f"{scan.file}.json").write_text(f"{written}\n", encoding="utf-8")


def sample() -> list[Scan]:
    """The scans of the committed sample with their truth, in order of name."""
    found = []
    for truth in sorted(SAMPLE.glob("*.json")):
        known = simplejson.loads(truth.read_text(encoding="utf-8"), use_decimal=True)
        file = truth.with_suffix("")
        found.append(Scan(file.name, known["form"], known["data"], file.read_bytes()))
    return found


def _single_pages() -> Iterator[Scan]:
    roster, summary = made_up(ROSTER, 11, rows=7), made_up(SUMMARY, 12, rows=6)
    page = rasters(printed(ROSTER, roster), 150)[0]
    yield Scan("roster-clean.png", ROSTER, roster, scan_files.png(page, 150, "palette"))
    photo = degraded(rasters(printed(ROSTER, roster), 170)[0], "photo", 3, 170)
    yield Scan("roster-photo.jpg", ROSTER, roster, scan_files.jpeg_file(photo, 72, 62))
    sealed = degraded(rasters(printed(SUMMARY, summary), 200)[0], "red-seal", 4, 200)
    yield Scan("summary-red-seal.jpg", SUMMARY, summary, scan_files.jpeg_file(sealed, 200, 55))
    other = made_up(SUMMARY, 13, rows=6)
    grey = degraded(rasters(printed(SUMMARY, other), 150)[0], "rotate", 5, 150)
    yield Scan("summary-sideways.jpg", SUMMARY, other, scan_files.jpeg_file(grey, 150, 50, sideways=True))
    turned = degraded(rasters(printed(ROSTER, roster, "xlsx"), 200)[0], "quarter180", 6, 200)
    yield Scan("roster-upside-down.png", ROSTER, roster, scan_files.png(turned, 200, "bilevel"))
    blank = degraded(rasters(blank_printed(ROSTER), 150)[0], "rotate", 7, 150)
    yield Scan("roster-blank.png", ROSTER, {}, scan_files.png(blank, 150, "bilevel"))


def _several_pages() -> Iterator[Scan]:
    plan = short_plan(2)
    pages = [degraded(page, "rotate", number, 200) for number, page in enumerate(rasters(printed(PLAN, plan), 200))]
    yield Scan("plan.tif", PLAN, plan, scan_files.tiff(pages, 200))
    summary = made_up(SUMMARY, 14, rows=12)
    paper = printed(SUMMARY, summary)
    copies = [degraded(page, "office", number, 150) for number, page in enumerate(rasters(paper, 150))]
    yield Scan("summary-office.pdf", SUMMARY, summary, scan_files.image_pdf(copies, 150, "colour", 45))
    scanned = scan_files.image_pdf(rasters(paper, 150), 150, "bilevel")
    mixed = scan_files.joined_pdf((paper, 0), *((scanned, number) for number in range(1, len(copies))))
    yield Scan("summary-mixed.pdf", SUMMARY, summary, mixed)
    roster = made_up(ROSTER, 15, rows=8)
    paper = printed(ROSTER, roster)
    noisy = [degraded(page, "rotate", 8, 150) for page in rasters(paper, 150)]
    nonsense = scan_files.with_nonsense_text(scan_files.image_pdf(noisy, 150, "bilevel"), paper, 9)
    yield Scan("roster-nonsense-text.pdf", ROSTER, roster, nonsense)


def short_plan(seed: int) -> Any:
    """A plan whose chapters have two paragraphs each and one project, so that it takes few pages."""
    data = made_up(PLAN, seed)
    plan: dict[str, Any] = data["plan"]
    for name, text in plan.items():
        plan[name] = text[:1] if isinstance(text, list) else "\n".join(text.split("\n")[:2])
    return data


if __name__ == "__main__":
    write_sample()
